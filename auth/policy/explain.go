package policy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ory/ladon"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

// Explanation says why one resource is shown or not.
type Explanation struct {
	Shown bool
	// Concealed: not even its existence is shown.
	Concealed bool
	// Partly: the app's scopes reach only some of the entries.
	Partly bool
	Why    Reason
	// Resource is the class or field that was asked about, Version the policies' version.
	Resource, Version string
	// Attributes are the typed context, every key.
	Attributes map[string][]string
	// Policies are those that speak of the resource to the caller, by id.
	Policies []Verdict
}

// Verdict is how one policy stands to a question.
type Verdict struct {
	Policy *Policy
	// Applies: all its conditions hold.
	Applies bool
	// Unmet are the conditions that do not, in words.
	Unmet []string
}

// Explain decides as Check does, and says why. field "" asks about the class; label ""
// about entries without label; unknown ones are refused with the nearest names.
func (e *Edition) Explain(s *auth.Session, about *About, action Action, class, field string, source *record.Origin, label string) (*Explanation, error) {
	c, place, err := e.locate(class, field, label)
	if err != nil {
		return nil, err
	}
	x := &Explanation{Resource: class, Version: e.Version}
	if field != "" {
		x.Resource += ":" + field
	}
	f := e.gather(s, e.reachOf(s), about, class, source)
	q := question{f, action, class}
	g := e.Check(s, about, action, class, source)
	x.Why = g.Why()
	seen := g.sight(c, place, field)
	x.Shown, x.Concealed, x.Partly = seen == sightShown, seen == sightConcealed, g.Partly()
	if g.Allowed() && field != "" && g.lacks()&(1<<c.place[field]) != 0 {
		x.Why = ReasonScope
	}
	x.Attributes = map[string][]string{}
	for key, values := range f.context(place) {
		x.Attributes[key], _ = values.([]string)
	}
	x.Policies = e.verdicts(q, x.Resource, place)
	return x, nil
}

// sight is what becomes of a class or field of an entry with the label at place.
func (g Grant) sight(c *class, place int, field string) sight {
	held := func(conceals bool) sight {
		if conceals {
			return sightConcealed
		}
		return sightWithheld
	}
	switch {
	case !g.Allowed():
		return held(g.Conceals())
	case !g.v.by[place].allowed:
		return held(g.v.by[place].conceals)
	case field == "":
		return sightShown
	}
	bit := Fields(1) << c.place[field]
	if g.v.by[place].fields&bit&^g.lacks() != 0 {
		return sightShown
	}
	return held(g.v.by[place].hushed&bit != 0)
}

// Sentence words what the decision rests on, for whoever keeps the policies: which of
// them allow or deny it or, if none does, what those lack that come nearest.
func (x *Explanation) Sentence() string {
	var allows, denies, near []string
	lack := 0
	for _, v := range x.Policies {
		switch {
		case v.Applies && v.Policy.Effect == Deny:
			denies = append(denies, v.Policy.ID)
		case v.Applies:
			allows = append(allows, v.Policy.ID)
		case v.Policy.Effect == Allow && len(near) > 0 && len(v.Unmet) > lack:
		case v.Policy.Effect == Allow:
			if len(v.Unmet) < lack {
				near = nil
			}
			near, lack = append(near, v.Policy.ID+" would, but "+strings.Join(v.Unmet, ", and ")), len(v.Unmet)
		}
	}
	switch {
	case x.Shown:
		return "allowed by " + strings.Join(allows, ", ")
	case denies != nil:
		return "denied by " + strings.Join(denies, ", ")
	case allows != nil:
		return "allowed by " + strings.Join(allows, ", ") + ", but the section itself, or the session's scopes, do not allow it"
	case near != nil:
		return "no policy allows it: " + strings.Join(near, "; ")
	}
	return "no policy speaks of it to this role"
}

func (e *Edition) locate(class, field, label string) (*class, int, error) {
	known := map[string]bool{}
	for name := range e.classes {
		known[name] = true
	}
	c := e.classes[class]
	if c == nil {
		return nil, 0, fmt.Errorf("there is no resource %q%s", class, nearest(class, known))
	}
	if _, ok := c.place[field]; field != "" && !ok {
		return nil, 0, fmt.Errorf("%s has no field %q%s", class, field, nearest(field, set(c.fields)))
	}
	if label == "" {
		label = none
	}
	place := slices.Index(Labels(), label)
	if place < 0 {
		return nil, 0, fmt.Errorf("there is no label %q%s", label, nearest(label, set(Labels())))
	}
	return c, place, nil
}

// verdicts lists how each policy stands that speaks of the resource to the caller.
func (e *Edition) verdicts(q question, resource string, label int) []Verdict {
	var list []Verdict
	values := q.context(label)
	for _, subject := range q.subjects() {
		for _, p := range e.index.candidates(subject, q.action, q.class) {
			r := &ladon.Request{Resource: resource, Action: string(q.action), Subject: subject, Context: values}
			if speaks, _ := (exact{}).Matches(p, p.GetResources(), resource); !speaks {
				continue
			}
			list = append(list, Verdict{
				Policy: e.set.Find(p.GetID()), Applies: applies(context.Background(), p, r), Unmet: unmet(p, r),
			})
		}
	}
	slices.SortFunc(list, func(a, b Verdict) int { return strings.Compare(a.Policy.ID, b.Policy.ID) })
	return list
}

// unmet words the conditions that do not hold.
func unmet(p ladon.Policy, r *ladon.Request) []string {
	var words []string
	for _, key := range sortedKeys(p.GetConditions()) {
		c := p.GetConditions()[key]
		if c.Fulfills(context.Background(), r.Context[key], r) {
			continue
		}
		is, _ := c.(*Is)
		if clock, ok := c.(*Clock); ok {
			is = &clock.Is
		}
		actual, _ := r.Context[key].([]string)
		words = append(words, unmetWords(key, is, actual))
	}
	return words
}

func unmetWords(key string, is *Is, actual []string) string {
	var parts []string
	if len(is.In) > 0 {
		parts = append(parts, "must be "+strings.Join(narrow(key, is.In), " or "))
	}
	if len(is.Not) > 0 {
		parts = append(parts, "must not be "+strings.Join(narrow(key, is.Not), " or "))
	}
	return fmt.Sprintf("%s %s, and is %s", key, strings.Join(parts, " and "), strings.Join(actual, ", "))
}

// narrow puts "any" where all kinds of relationship stand, as people write it.
func narrow(key string, values []string) []string {
	others := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return slices.Contains(relationshipNames(), s) })
	if key != keyRelationship || len(values)-len(others) < len(relationship.Kinds()) {
		return values
	}
	return append(others, anyOf)
}
