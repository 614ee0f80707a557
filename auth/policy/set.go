package policy

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/ory/ladon"
	pkgerrors "github.com/pkg/errors"
)

// Set is a read-only set of policies, indexed by subject and sorted by id so that
// decisions and their explanations never depend on an order of chance. It is the
// Manager that Ladon asks.
type Set struct {
	// Version names the set in the audit.
	Version   string
	bySubject map[string]ladon.Policies
	all       ladon.Policies
}

func newSet(version string, policies []*ladon.DefaultPolicy) *Set {
	s := &Set{Version: version, bySubject: map[string]ladon.Policies{}}
	sort.Slice(policies, func(i, j int) bool { return policies[i].ID < policies[j].ID })
	for _, p := range policies {
		s.all = append(s.all, p)
		for _, subject := range p.Subjects {
			s.bySubject[subject] = append(s.bySubject[subject], p)
		}
	}
	return s
}

// mentions reports whether some policy speaks of this very resource, and not only of
// the class around it.
func (s *Set) mentions(resource string) bool {
	for _, p := range s.all {
		for _, r := range p.GetResources() {
			if r == resource {
				return true
			}
		}
	}
	return false
}

func (s *Set) checkResources(schema Schema) error {
	known := map[string]bool{}
	for _, l := range labels {
		known[l.resource] = true
	}
	for class, fields := range schema {
		known[class] = true
		for _, f := range fields {
			known[class+":"+f] = true
		}
	}
	var problems []string
	for _, p := range s.all {
		for _, r := range p.GetResources() {
			if !matchesAny(r, known) {
				problems = append(problems, fmt.Sprintf("policy %q: there is no resource %q%s", p.GetID(), r, nearest(r, known)))
			}
		}
	}
	if len(problems) > 0 {
		return errors.New(strings.Join(problems, "\n"))
	}
	return nil
}

func matchesAny(pattern string, known map[string]bool) bool {
	for k := range known {
		if match(pattern, k) {
			return true
		}
	}
	return false
}

// match is exact, or by a whole prefix when the pattern ends in ":*". A class matches
// its own pattern and its fields'; matching is case-sensitive and knows no other sign.
func match(pattern, s string) bool {
	if prefix, ok := strings.CutSuffix(pattern, ":*"); ok {
		return s == prefix || strings.HasPrefix(s, prefix+":")
	}
	return pattern == s
}

// exact is Ladon's matcher: no regular expressions.
type exact struct{}

// Matches reports whether needle matches one of the patterns.
func (exact) Matches(_ ladon.Policy, patterns []string, needle string) (bool, error) {
	for _, p := range patterns {
		if match(p, needle) {
			return true, nil
		}
	}
	return false, nil
}

func isForceful(err error) bool {
	return errors.Is(pkgerrors.Cause(err), ladon.ErrRequestForcefullyDenied)
}

// matching lists the ids of the candidates that speak of the request.
func matching(ctx context.Context, candidates ladon.Policies, r *ladon.Request) []string {
	var ids []string
	for _, p := range candidates {
		a, _ := exact{}.Matches(p, p.GetActions(), r.Action)
		res, _ := exact{}.Matches(p, p.GetResources(), r.Resource)
		if a && res && fulfilled(ctx, p, r) {
			ids = append(ids, p.GetID())
		}
	}
	return ids
}

func fulfilled(ctx context.Context, p ladon.Policy, r *ladon.Request) bool {
	for key, c := range p.GetConditions() {
		if !c.Fulfills(ctx, r.Context[key], r) {
			return false
		}
	}
	return true
}

var errReadOnly = errors.New("policy: the set is read-only; load a new one")

// Create is refused: a set is loaded whole.
func (s *Set) Create(context.Context, ladon.Policy) error { return errReadOnly }

// Update is refused: a set is loaded whole.
func (s *Set) Update(context.Context, ladon.Policy) error { return errReadOnly }

// Delete is refused: a set is loaded whole.
func (s *Set) Delete(context.Context, string) error { return errReadOnly }

// Get returns one policy.
func (s *Set) Get(_ context.Context, id string) (ladon.Policy, error) {
	for _, p := range s.all {
		if p.GetID() == id {
			return p, nil
		}
	}
	return nil, ladon.ErrNotFound
}

// GetAll returns a page of the policies, by id.
func (s *Set) GetAll(_ context.Context, limit, offset int64) (ladon.Policies, error) {
	n := int64(len(s.all))
	from := min(max(offset, 0), n)
	return s.all[from:min(from+max(limit, 0), n)], nil
}

// FindRequestCandidates returns the policies of the request's subject.
func (s *Set) FindRequestCandidates(_ context.Context, r *ladon.Request) (ladon.Policies, error) {
	return s.bySubject[r.Subject], nil
}

// FindPoliciesForSubject returns the policies of a subject.
func (s *Set) FindPoliciesForSubject(_ context.Context, subject string) (ladon.Policies, error) {
	return s.bySubject[subject], nil
}

// FindPoliciesForResource returns all policies: a superset, as Ladon allows.
func (s *Set) FindPoliciesForResource(context.Context, string) (ladon.Policies, error) {
	return s.all, nil
}
