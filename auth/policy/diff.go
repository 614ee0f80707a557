package policy

import (
	"cmp"
	"slices"

	"github.com/patchworkcare/patchwork/auth"
)

// Difference is what changes for callers when one set of policies replaces another.
type Difference struct {
	// Changes are in the order of the roles.
	Changes []Change
	// Contexts is how many were decided by both sets. Cut names the keys of which not
	// every combination was: there could be differences that are not listed.
	Contexts int
	Cut      []string
}

// Change is one thing that becomes different for roles in some contexts.
type Change struct {
	Roles []auth.Role
	// Became is what becomes of the resources.
	Became Became
	// Actions to which it applies.
	Actions []Action
	// Resources are sections and classes, or fields such as "appointments.reason".
	Resources []string
	// When are the circumstances, in words: all hold. nil is always.
	When []string
}

// Became is how a resource is seen differently.
type Became uint8

// Gained is shown now, Lost is not any more. Disclosed is still not shown, but said to
// be there; Hushed is still not shown, and no longer said to be there.
const (
	Gained Became = iota
	Lost
	Disclosed
	Hushed
)

// String is the verb.
func (b Became) String() string {
	return [...]string{"gains", "loses", "is now told of", "is no longer told of"}[b]
}

// mostContexts bounds how many contexts of one role, action and class are decided, and
// mostDecisions all of them together.
const (
	mostContexts  = 20_000
	mostDecisions = 400_000
)

// Diff decides by both editions, which must be of the same schema, in every context that
// their policies can tell apart, and says where they differ. What depends on several
// relationships at once is tried for pairs of those that the policies name.
func Diff(before, after *Edition) *Difference {
	d := &comparison{before: before, after: after, found: map[changeKey]*Change{}}
	var subjects []asking
	for _, role := range auth.Roles() {
		for _, action := range actions() {
			for _, class := range sortedKeys(before.classes) {
				if t := (asking{role, Action(action), class}); d.changed(t) {
					subjects = append(subjects, t)
				}
			}
		}
	}
	for _, t := range subjects {
		d.compare(t, min(mostContexts, mostDecisions/len(subjects)))
	}
	slices.Sort(d.out.Cut)
	d.out.Cut = slices.Compact(d.out.Cut)
	d.gather()
	return &d.out
}

// asking is whose doing what to which class is compared.
type asking struct {
	role   auth.Role
	action Action
	class  string
}

// comparison is one Diff under way.
type comparison struct {
	before, after *Edition
	found         map[changeKey]*Change
	order         []changeKey
	out           Difference
}

// speakers are the policies of both sets that speak of it, those of other organisations
// too.
func (d *comparison) speakers(t asking) (before, after []*Policy) {
	of := func(e *Edition) (list []*Policy) {
		for i := range e.set.Policies {
			p := &e.set.Policies[i]
			if (slices.Contains(p.Roles, string(t.role)) || slices.Contains(p.Roles, anyOf)) && slices.Contains(p.Actions, string(t.action)) && candidateOf(p.ladon(), e.classes[t.class]) != nil {
				list = append(list, p)
			}
		}
		return list
	}
	return of(d.before), of(d.after)
}

// changed reports whether the policies that speak of it differ at all.
func (d *comparison) changed(t asking) bool {
	before, after := d.speakers(t)
	return !slices.EqualFunc(before, after, func(a, b *Policy) bool {
		x, _ := a.Ladon()
		y, _ := b.Ladon()
		return x == y
	})
}

// compare decides every context of the grid and notes where the sets differ.
func (d *comparison) compare(t asking, most int) {
	before, after := d.speakers(t)
	g := gridOf(t, slices.Concat(before, after), d.before.set, d.after.set)
	d.out.Cut = append(d.out.Cut, g.cut(most)...)
	c := d.before.classes[t.class]
	seen := map[resourceChange][]bool{}
	n := g.size()
	for at := range n {
		f, label := g.facts(at)
		q := question{f, t.action, t.class}
		d.out.Contexts++
		was, before := d.before.seen(q, label)
		is, after := d.after.seen(q, label)
		for i := -1; i < len(c.fields); i++ {
			became, differs := change(was.of(i), is.of(i))
			if before != after && (became == Disclosed || became == Hushed) && label > 0 {
				continue // it follows from what becomes of the section
			}
			if differs {
				key := resourceChange{i, became}
				if seen[key] == nil {
					seen[key] = make([]bool, n)
				}
				seen[key][at] = true
			}
		}
	}
	d.note(t, c, g, seen)
}

// resourceChange is what becomes of a field, by its place; -1 is the class itself.
type resourceChange struct {
	field  int
	became Became
}

// seen decides one label of a question; section says whether the section is shown, without
// which none of its entries is.
func (e *Edition) seen(q question, label int) (r ruling, section bool) {
	h := e.hear(q)
	h.under(0)
	if r = h.rule(0); label == 0 || !r.allowed {
		return r, r.allowed
	}
	h.under(label)
	return h.rule(label), true
}

// of is what is seen of a field; -1 is the class itself.
func (r ruling) of(field int) sight {
	bit := Fields(1) << max(field, 0)
	switch {
	case r.allowed && (field < 0 || r.fields&bit != 0):
		return sightShown
	case !r.allowed && r.conceals, r.allowed && r.hushed&bit != 0:
		return sightConcealed
	}
	return sightWithheld
}

func change(was, is sight) (became Became, differs bool) {
	switch {
	case was == is:
		return 0, false
	case is == sightShown:
		return Gained, true
	case was == sightShown:
		return Lost, true
	case is == sightWithheld:
		return Disclosed, true
	}
	return Hushed, true
}

// note turns what was seen into changes, with the contexts in words.
func (d *comparison) note(t asking, c *class, g *grid, seen map[resourceChange][]bool) {
	keys := make([]resourceChange, 0, len(seen))
	for k := range seen {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b resourceChange) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.became, b.became))
	})
	boxes := map[string][][]string{} // the same contexts are worded once
	for _, k := range keys {
		signature := signatureOf(seen[k])
		whens, worded := boxes[signature]
		if !worded {
			whens = g.words(seen[k])
			boxes[signature] = whens
		}
		for _, when := range whens {
			d.add(t, c, k, when)
		}
	}
}

func signatureOf(points []bool) string {
	b := make([]byte, len(points))
	for i, p := range points {
		if p {
			b[i] = 1
		}
	}
	return string(b)
}
