package rest

import (
	"slices"

	"github.com/itchyny/gojq"
)

// path is the members that a program looks up one in the other and nothing else, as
// .meta.after does; nil for any other program.
func path(text string) []string {
	q, err := gojq.Parse(text)
	if err != nil {
		return nil
	}
	return pathOf(q)
}

func pathOf(q *gojq.Query) []string {
	if q.Op == gojq.OpPipe && len(q.Patterns) == 0 && q.Term == nil {
		left, right := pathOf(q.Left), pathOf(q.Right)
		if left == nil || right == nil {
			return nil
		}
		return slices.Concat(left, right)
	}
	t := q.Term
	if t == nil {
		return nil
	}
	var all []string
	switch t.Type {
	case gojq.TermTypeIdentity:
	case gojq.TermTypeIndex:
		all = append(all, member(t.Index))
	case gojq.TermTypeQuery:
		all = pathOf(t.Query)
	default:
		return nil
	}
	for _, s := range t.SuffixList {
		if s.Index == nil {
			return nil
		}
		all = append(all, member(s.Index))
	}
	if slices.Contains(all, "") {
		return nil
	}
	return all
}

// member is the name that an index looks up; "" if it is no plain name.
func member(i *gojq.Index) string {
	switch {
	case i.IsSlice || i.Start != nil:
		return ""
	case i.Str != nil && len(i.Str.Queries) == 0:
		return i.Str.Str
	}
	return i.Name
}

// holds reports whether an answer has the member that a path leads to, be it null.
func holds(answer any, path []string) bool {
	for _, name := range path {
		object, ok := answer.(map[string]any)
		if !ok {
			return false
		}
		if answer, ok = object[name]; !ok {
			return false
		}
	}
	return true
}
