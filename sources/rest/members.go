package rest

import (
	"slices"
	"strings"

	"github.com/itchyny/gojq"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// members reports members of a mapping's rows that are no field of their section: a name
// that is mistyped would be dropped in silence. What can only be known when the mapping
// runs is told then.
func (v *check) members(path, rows string, section record.Section, s columns.Stanza) {
	q, err := gojq.Parse(rows)
	if err != nil || rows == "" {
		return // said already
	}
	names, all := membersOf(q)
	v.problems = append(v.problems, s.ValidateNames(path, section, names, all)...)
}

// membersOf are the names of the members that a program's rows have, as far as they are
// written out; all reports whether there can be no other.
func membersOf(q *gojq.Query) (names []string, all bool) {
	if q.Term != nil {
		return membersOfTerm(q.Term)
	}
	switch q.Op {
	case gojq.OpPipe:
		if t := q.Right.Term; t != nil && t.Type == gojq.TermTypeFunc && t.Func.Name == "select" && len(t.SuffixList) == 0 {
			return membersOf(q.Left)
		}
		return membersOf(q.Right)
	case gojq.OpComma, gojq.OpAdd:
		return both(q.Left, q.Right)
	}
	return nil, false
}

func both(queries ...*gojq.Query) (names []string, all bool) {
	all = true
	for _, q := range queries {
		if q == nil {
			return names, false
		}
		some, known := membersOf(q)
		names, all = append(names, some...), all && known
	}
	return names, all
}

func membersOfTerm(t *gojq.Term) (names []string, all bool) {
	if len(t.SuffixList) > 0 {
		return nil, false
	}
	switch t.Type {
	case gojq.TermTypeQuery:
		return membersOf(t.Query)
	case gojq.TermTypeNull:
		return nil, true
	case gojq.TermTypeFunc:
		return nil, t.Func.Name == "empty"
	case gojq.TermTypeIf:
		arms := []*gojq.Query{t.If.Then, t.If.Else}
		for _, e := range t.If.Elif {
			arms = append(arms, e.Then)
		}
		return both(arms...)
	case gojq.TermTypeObject:
		all = true
		for _, kv := range t.Object.KeyVals {
			name := strings.TrimPrefix(kv.Key, "$")
			if kv.KeyString != nil && len(kv.KeyString.Queries) == 0 {
				name = kv.KeyString.Str
			}
			if name == "" {
				all = false
			} else if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return names, all
	}
	return nil, false
}
