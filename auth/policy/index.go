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
	by  map[indexKey][]*candidate
}

// candidate is a policy that speaks of a class or of fields in it.
type candidate struct {
	ladon.Policy
	// class: it speaks of the class itself, and so of all fields; else of fields alone.
	class  bool
	fields Fields
	// label is its condition on the label, nil if it has none; others are the rest.
	label  ladon.Condition
	others []keyed
}

type keyed struct {
	key string
	ladon.Condition
}

// holds reports whether the conditions hold that are not on the label.
func (c *candidate) holds(ctx context.Context, values ladon.Context, r *ladon.Request) bool {
	for _, k := range c.others {
		if !k.Fulfills(ctx, values[k.key], r) {
			return false
		}
	}
	return true
}

type indexKey struct {
	subject string
	action  Action
	class   string
}

func indexOf(set *Set, classes map[string]*class) index {
	x := index{by: map[indexKey][]*candidate{}}
	for i := range set.Policies {
		p := set.Policies[i].ladon()
		x.all = append(x.all, p)
		for name, c := range classes {
			spoken := candidateOf(p, c)
			if spoken == nil {
				continue
			}
			for _, s := range p.Subjects {
				for _, a := range p.Actions {
					key := indexKey{s, Action(a), name}
					if list := x.by[key]; len(list) == 0 || list[len(list)-1] != spoken { // a name that is listed twice
						x.by[key] = append(list, spoken)
					}
				}
			}
		}
	}
	return x
}

// candidateOf is nil if the policy speaks neither of the class nor of one of its fields.
func candidateOf(p ladon.Policy, c *class) *candidate {
	spoken := &candidate{Policy: p}
	for _, r := range p.GetResources() {
		spoken.class = spoken.class || match(r, c.name)
		for i, f := range c.fields {
			if match(r, c.name+":"+f) {
				spoken.fields |= 1 << i
			}
		}
	}
	if !spoken.class && spoken.fields == 0 {
		return nil
	}
	for _, key := range sortedKeys(p.GetConditions()) {
		if condition := p.GetConditions()[key]; key == keyLabel {
			spoken.label = condition
		} else {
			spoken.others = append(spoken.others, keyed{key, condition})
		}
	}
	return spoken
}

func (x index) candidates(subject string, action Action, class string) []*candidate {
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
