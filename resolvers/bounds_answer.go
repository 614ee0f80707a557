package resolvers

import (
	"cmp"
	"errors"

	"github.com/vektah/gqlparser/v2/ast"
)

// errCycle refuses fragments that spread themselves: what they unfold to has no end.
var errCycle = errors.New("a fragment spreads itself, by itself or by others")

// answers measures the places of the answers: how often each is asked for, and how many pairs
// validation compares to see that they may be one. It looks at each selection once for every
// place where it stands, of which there are at most mostSelections.
func (u *unfolded) answers(m *measured) error {
	reached := make([]int, len(u.sized))
	for i, o := range u.doc.Operations {
		roots := u.place(m, []ast.SelectionSet{o.SelectionSet})
		m.roots = max(m.roots, roots)
		var s sized
		_ = u.size(&s, o.SelectionSet) // it has been measured before
		u.reach(&s, reached, i+1)
	}
	for i, f := range u.doc.Fragments {
		if reached[i] == 0 {
			u.place(m, []ast.SelectionSet{f.SelectionSet})
		}
	}
	return cmp.Or(
		over("rootFields", "fields at the top", m.roots, mostRoots),
		over("repeats", "times that one place of the answer is asked for", m.repeats, mostRepeats),
		over("compared", "fields that are compared with one another", m.compared, mostCompared),
	)
}

// place measures one object of the answer, which several selections ask for, and those below
// it. It gives how many fields are selected there, whether or not they are the same.
func (u *unfolded) place(m *measured, sets []ast.SelectionSet) int {
	g := gathering{u: u, at: map[string]int{}}
	for _, set := range sets {
		g.gather(set)
	}
	for i := range g.fields {
		f := &g.fields[i]
		m.repeats = max(m.repeats, f.times)
		m.compared = min(m.compared+f.times*(f.times-1)/2, plenty)
		if len(f.below) > 0 {
			u.place(m, f.below)
		}
	}
	// Each spread is compared with all that stands beside it, also one of nothing.
	m.compared = min(m.compared+g.spreads*(g.spreads-1)/2+g.spreads*g.n/4, plenty)
	return g.n
}

// gathering collects the fields of one object by their names in the answer.
type gathering struct {
	u          *unfolded
	at         map[string]int
	fields     []gathered
	n, spreads int
}

type gathered struct {
	times int
	below []ast.SelectionSet
}

func (g *gathering) gather(set ast.SelectionSet) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			g.n++
			i, ok := g.at[sel.Alias]
			if !ok {
				i = len(g.fields)
				g.at[sel.Alias] = i
				g.fields = append(g.fields, gathered{})
			}
			f := &g.fields[i]
			f.times++
			if len(sel.SelectionSet) > 0 {
				f.below = append(f.below, sel.SelectionSet)
			}
		case *ast.InlineFragment:
			g.gather(sel.SelectionSet)
		case *ast.FragmentSpread:
			g.spreads++
			if i, ok := g.u.index[sel.Name]; ok {
				g.gather(g.u.doc.Fragments[i].SelectionSet)
			}
		}
	}
}
