package policy

import (
	"context"
	"errors"
	"strings"

	"github.com/ory/ladon"
	pkgerrors "github.com/pkg/errors"
)

// index finds the policies that can speak of a question: by subject, action and class.
// It is the Manager that Ladon asks. Its lists are in the order of the ids, so that
// decisions and explanations never depend on an order of chance.
type index struct {
	all ladon.Policies
	by  map[indexKey]ladon.Policies
	// denied are the fields that some deny names: only they can differ from their class.
	denied map[string]bool
}

type indexKey struct {
	subject string
	action  Action
	class   string
}

func indexOf(set *Set, classes map[string]*class) index {
	x := index{by: map[indexKey]ladon.Policies{}, denied: map[string]bool{}}
	for i := range set.Policies {
		p := set.Policies[i].ladon()
		x.all = append(x.all, p)
		for name, c := range classes {
			if !speaksOf(p, c) {
				continue
			}
			for _, s := range p.Subjects {
				for _, a := range p.Actions {
					key := indexKey{s, Action(a), name}
					x.by[key] = append(x.by[key], p)
				}
			}
		}
		if p.Effect == Deny {
			for _, r := range p.Resources {
				x.denied[r] = true
			}
		}
	}
	return x
}

// speaksOf reports whether the policy names the class or one of its fields.
func speaksOf(p ladon.Policy, c *class) bool {
	for _, r := range p.GetResources() {
		if match(r, c.name) || strings.HasPrefix(r, c.name+":") {
			return true
		}
	}
	return false
}

func (x index) candidates(subject string, action Action, class string) ladon.Policies {
	return x.by[indexKey{subject, action, class}]
}

// match is exact, or by a whole prefix when the pattern ends in ":*". A class speaks of
// its fields too. Matching is case-sensitive and knows no other sign.
func match(pattern, s string) bool {
	if prefix, ok := strings.CutSuffix(pattern, ":*"); ok {
		return s == prefix || strings.HasPrefix(s, prefix+":")
	}
	return pattern == s || strings.HasPrefix(s, pattern+":") && strings.Contains(pattern, ":")
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

// isUnspoken reports whether no policy applied.
func isUnspoken(err error) bool {
	return errors.Is(pkgerrors.Cause(err), ladon.ErrRequestDenied)
}

// concealed reports whether one of the denies that apply conceals.
func concealed(ctx context.Context, candidates ladon.Policies, r *ladon.Request) bool {
	for _, p := range candidates {
		if p.GetEffect() == Deny && len(p.GetMeta()) > 0 && applies(ctx, p, r) {
			return true
		}
	}
	return false
}

// applies reports whether the candidate speaks of the request and its conditions hold.
func applies(ctx context.Context, p ladon.Policy, r *ladon.Request) bool {
	if a, _ := (exact{}).Matches(p, p.GetActions(), r.Action); !a {
		return false
	}
	if res, _ := (exact{}).Matches(p, p.GetResources(), r.Resource); !res {
		return false
	}
	for key, c := range p.GetConditions() {
		if !c.Fulfills(ctx, r.Context[key], r) {
			return false
		}
	}
	return true
}

var errReadOnly = errors.New("policy: an edition is read-only; make a new one")

// Create is refused: an edition is made whole.
func (index) Create(context.Context, ladon.Policy) error { return errReadOnly }

// Update is refused: an edition is made whole.
func (index) Update(context.Context, ladon.Policy) error { return errReadOnly }

// Delete is refused: an edition is made whole.
func (index) Delete(context.Context, string) error { return errReadOnly }

// Get returns one policy.
func (x index) Get(_ context.Context, id string) (ladon.Policy, error) {
	for _, p := range x.all {
		if p.GetID() == id {
			return p, nil
		}
	}
	return nil, ladon.ErrNotFound
}

// GetAll returns a page of the policies, by id.
func (x index) GetAll(_ context.Context, limit, offset int64) (ladon.Policies, error) {
	n := int64(len(x.all))
	from := min(max(offset, 0), n)
	return x.all[from:min(from+max(limit, 0), n)], nil
}

// FindRequestCandidates returns all policies: a superset, as Ladon allows.
func (x index) FindRequestCandidates(context.Context, *ladon.Request) (ladon.Policies, error) {
	return x.all, nil
}

// FindPoliciesForSubject returns all policies: a superset, as Ladon allows.
func (x index) FindPoliciesForSubject(context.Context, string) (ladon.Policies, error) {
	return x.all, nil
}

// FindPoliciesForResource returns all policies: a superset, as Ladon allows.
func (x index) FindPoliciesForResource(context.Context, string) (ladon.Policies, error) {
	return x.all, nil
}
