package resolvers

import (
	"sort"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/record"
)

// selectedFields are the schema coordinates of an operation under each section, and
// those outside of any.
type selectedFields struct {
	bySection map[record.Section][]string
	outside   []string
}

// fieldsOf lists the coordinates that an operation selects, by the section of Patient
// under which they stand. A fragment on an interface counts under its own type.
func fieldsOf(oc *graphql.OperationContext, schema *access) *selectedFields {
	w := walk{oc: oc, schema: schema, seen: map[visit]bool{}, found: map[record.Section]map[string]bool{}}
	w.selection(oc.Operation.SelectionSet, "")
	s := &selectedFields{bySection: map[record.Section][]string{}}
	for section, set := range w.found {
		names := make([]string, 0, len(set))
		for n := range set {
			names = append(names, n)
		}
		sort.Strings(names)
		if section == "" {
			s.outside = names
		} else {
			s.bySection[section] = names
		}
	}
	return s
}

// returned are the coordinates of one person's part of the answer: those of the
// sections that had entries, and those outside of sections.
func (s *selectedFields) returned(p *opened) []string {
	fields := append([]string(nil), s.outside...)
	for section, shown := range p.shown {
		for _, c := range s.bySection[section] {
			// A coordinate of the entry's own type was returned if the field was.
			if _, field, _ := strings.Cut(c, "."); shown[field] || strings.HasPrefix(c, "Patient.") {
				fields = append(fields, c)
			}
		}
	}
	sort.Strings(fields)
	return fields
}

type visit struct {
	section  record.Section
	fragment string
}

type walk struct {
	oc     *graphql.OperationContext
	schema *access
	seen   map[visit]bool
	found  map[record.Section]map[string]bool
}

func (w *walk) selection(set ast.SelectionSet, section record.Section) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			w.field(sel, section)
		case *ast.InlineFragment:
			w.selection(sel.SelectionSet, section)
		case *ast.FragmentSpread:
			if v := (visit{section, sel.Name}); !w.seen[v] {
				w.seen[v] = true
				w.selection(sel.Definition.SelectionSet, section)
			}
		}
	}
}

func (w *walk) field(f *ast.Field, section record.Section) {
	if f.ObjectDefinition == nil || f.Name == "__typename" {
		return
	}
	c := coordinate{f.ObjectDefinition.Name, f.Name}
	if c.object == "Patient" {
		section = ""
		if s, ok := record.SectionNamed(f.Name); ok {
			section = s
		} else if f.Name == "person" {
			section = record.Demographics
		}
	}
	if w.found[section] == nil {
		w.found[section] = map[string]bool{}
	}
	// Values below a field add nothing: the field that holds them says it.
	if w.schema.rules[c].kind != ruleValue || c.object == "Entry" {
		w.found[section][c.String()] = true
	}
	w.selection(f.SelectionSet, section)
}
