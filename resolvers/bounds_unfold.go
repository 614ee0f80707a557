package resolvers

import (
	"cmp"

	"github.com/vektah/gqlparser/v2/ast"
)

// unfolded measures a text with its fragments put where they are spread, without putting
// them there: each fragment is measured once.
type unfolded struct {
	doc   *ast.QueryDocument
	index map[string]int // by name; of several of one name the first, as validation has it
	sized []sized        // by the fragments' places
}

// sized is a part of a text with what it spreads.
type sized struct {
	state sizing
	// own are its selections in the text, all of them are with those of its fragments.
	own, all int
	// depth is how many levels of fields it adds.
	depth int
	// spreads are the fragments that it spreads, as often as it does.
	spreads []int
}

// sizing: a fragment that is reached again while it is being sized spreads itself.
type sizing int

const (
	notYetSized sizing = iota
	beingSized
	isSized
)

// plenty is where counting stops, far beyond every bound and far below an overflow.
const plenty = 1 << 20

func newUnfolded(doc *ast.QueryDocument) *unfolded {
	u := &unfolded{doc: doc, index: make(map[string]int, len(doc.Fragments)), sized: make([]sized, len(doc.Fragments))}
	for i, f := range doc.Fragments {
		if _, ok := u.index[f.Name]; !ok {
			u.index[f.Name] = i
		}
	}
	return u
}

// sizes measures operations and fragments.
func (u *unfolded) sizes(m *measured) error {
	operations := make([]sized, len(u.doc.Operations))
	for i, o := range u.doc.Operations {
		if err := u.size(&operations[i], o.SelectionSet); err != nil {
			return err
		}
		m.selections += operations[i].all
		m.depth = max(m.depth, operations[i].depth)
	}
	for i := range u.sized {
		if err := u.fragment(i); err != nil {
			return err
		}
		m.depth = max(m.depth, u.sized[i].depth)
	}
	// Those that no operation reaches are looked at by validation all the same.
	reached := make([]int, len(u.sized))
	for i := range operations {
		m.walked += u.reach(&operations[i], reached, i+1)
	}
	for i := range u.sized {
		if reached[i] == 0 {
			m.selections += u.sized[i].all
		}
	}
	if err := cmp.Or(
		over("depth", "levels of fields", m.depth, mostDepth),
		over("selections", "selections with those of fragments", m.selections, mostSelections),
	); err != nil {
		return err
	}
	for i := range u.sized {
		m.walked += u.reach(&u.sized[i], reached, len(operations)+i+1)
		if m.walked > mostWalked {
			break
		}
	}
	return over("walked", "selections to be validated", m.walked, mostWalked)
}

// reach counts what is reached from a part of the text, each fragment once; stamp marks
// those that were reached.
func (u *unfolded) reach(s *sized, reached []int, stamp int) int {
	n := s.own
	for _, i := range s.spreads {
		if reached[i] != stamp {
			reached[i] = stamp
			n += u.reach(&u.sized[i], reached, stamp)
		}
	}
	return n
}

func (u *unfolded) fragment(i int) error {
	switch s := &u.sized[i]; s.state {
	case isSized:
		return nil
	case beingSized:
		return errCycle
	default:
		s.state = beingSized
		if err := u.size(s, u.doc.Fragments[i].SelectionSet); err != nil {
			return err
		}
		s.state = isSized
		return nil
	}
}

// size measures a selection into s.
func (u *unfolded) size(s *sized, set ast.SelectionSet) error {
	return u.add(s, set, 1)
}

func (u *unfolded) add(s *sized, set ast.SelectionSet, depth int) error {
	for _, sel := range set {
		s.own, s.all = s.own+1, min(s.all+1, plenty)
		switch sel := sel.(type) {
		case *ast.Field:
			s.depth = max(s.depth, depth)
			if err := u.add(s, sel.SelectionSet, depth+1); err != nil {
				return err
			}
		case *ast.InlineFragment:
			if err := u.add(s, sel.SelectionSet, depth); err != nil {
				return err
			}
		case *ast.FragmentSpread:
			i, ok := u.index[sel.Name]
			if !ok {
				continue // validation says so
			}
			if err := u.fragment(i); err != nil {
				return err
			}
			f := &u.sized[i]
			s.spreads = append(s.spreads, i)
			s.all = min(s.all+f.all, plenty)
			s.depth = max(s.depth, depth-1+f.depth)
		}
	}
	return nil
}
