package resolvers

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/record"
)

// What an operation would ask of the systems is told before anything is asked: the people it
// names or pages through, times the sections that it selects of each. Where the number of
// people cannot be told before they are found, one is numberSent, and the field itself bounds
// them.

// asking is what a valid operation would ask of the systems; its variables are still open.
type asking struct {
	terms []term
	pages []paged
}

// term is one place at which people stand in an operation.
type term struct {
	people   []amount // to be multiplied
	sections int
}

// paged is a field that is given by pages.
type paged struct {
	size amount
	most int
}

// amount is a number in an operation, or the length of a list; what is not a number counts 1.
type amount struct {
	value   *ast.Value
	without *ast.Value // the argument's default; may be nil
}

// wants reads a valid operation. It looks at every selection once for each place where it
// stands, of which there are at most mostSelections.
func wants(o *ast.OperationDefinition) *asking {
	w := &asking{}
	w.selection(o.SelectionSet, nil)
	return w
}

func (w *asking) selection(set ast.SelectionSet, people []amount) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			w.field(s, people)
		case *ast.InlineFragment:
			w.selection(s.SelectionSet, people)
		case *ast.FragmentSpread:
			if s.Definition != nil {
				w.selection(s.Definition.SelectionSet, people)
			}
		}
	}
}

func (w *asking) field(f *ast.Field, people []amount) {
	if f.Definition == nil || f.ObjectDefinition == nil {
		return
	}
	if n, ok := amountOf(f); ok {
		people = append(people[:len(people):len(people)], n)
	}
	if f.Definition.Arguments.ForName("first") != nil && f.ObjectDefinition.Name != "Patient" || f.Name == "timeline" {
		most := mostPage
		if f.ObjectDefinition.Name == "ViewRun" {
			most = mostRows
		}
		w.pages = append(w.pages, paged{argument(f, "first"), most})
	}
	if f.Definition.Type.Name() != "Patient" {
		w.selection(f.SelectionSet, people)
		return
	}
	w.terms = append(w.terms, term{people, w.sections(f.SelectionSet)})
}

// sections are how many a selection of Patient reads, each as often as it is written out.
func (w *asking) sections(set ast.SelectionSet) int {
	n := 0
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			switch _, section := record.SectionNamed(s.Name); {
			case section, s.Name == "person", s.Name == "conflicts":
				n++
			case s.Name == "timeline":
				n += len(timelineSections(nil))
				w.field(s, nil) // its page
			}
		case *ast.InlineFragment:
			n += w.sections(s.SelectionSet)
		case *ast.FragmentSpread:
			if s.Definition != nil {
				n += w.sections(s.Definition.SelectionSet)
			}
		}
	}
	return n
}

// amountOf is how many a field gives, where an argument says so.
func amountOf(f *ast.Field) (amount, bool) {
	if f.Definition.Arguments.ForName("first") != nil && f.ObjectDefinition.Name != "Patient" {
		return argument(f, "first"), true
	}
	for _, a := range f.Definition.Arguments {
		if a.Type.Elem != nil && f.Arguments.ForName(a.Name) != nil {
			return argument(f, a.Name), true
		}
	}
	return amount{}, false
}

func argument(f *ast.Field, name string) amount {
	a := amount{without: f.Definition.Arguments.ForName(name).DefaultValue}
	if sent := f.Arguments.ForName(name); sent != nil {
		a.value = sent.Value
	}
	return a
}

// within refuses what would ask more than is allowed, now that the variables are known.
func (w *asking) within(variables map[string]any) error {
	for _, p := range w.pages {
		if n := p.size.of(variables); n > p.most {
			return &gqlerror.Error{Message: fmt.Sprintf("`first` must be from 1 to %d", p.most), Extensions: map[string]any{"code": CodeBadInput, "field": "first"}}
		}
	}
	reads := 0
	for _, t := range w.terms {
		n := t.sections
		for _, p := range t.people {
			n = min(n*max(p.of(variables), 1), plenty)
		}
		reads = min(reads+n, plenty)
	}
	return over("reads", "sections of people to be read", reads, mostReads)
}

func (a amount) of(variables map[string]any) int {
	v := a.value
	if v != nil && v.Kind == ast.Variable {
		sent, ok := variables[v.Raw]
		if ok {
			return numberSent(sent)
		}
		if v.VariableDefinition != nil && v.VariableDefinition.DefaultValue != nil {
			return literal(v.VariableDefinition.DefaultValue)
		}
		v = nil
	}
	if v == nil {
		v = a.without
	}
	return literal(v)
}

func literal(v *ast.Value) int {
	switch {
	case v == nil:
		return 1
	case v.Kind == ast.ListValue:
		return len(v.Children)
	case v.Kind == ast.IntValue:
		return whole(strconv.ParseInt(v.Raw, 10, 64))
	}
	return 1
}

// numberSent is a variable as a number: as JSON has it, or a surface of ours.
func numberSent(v any) int {
	switch v := v.(type) {
	case json.Number:
		return whole(v.Int64())
	case float64:
		return whole(int64(min(max(v, 0), plenty)), nil)
	case int:
		return whole(int64(v), nil)
	case int64:
		return whole(v, nil)
	case []any:
		return len(v)
	}
	return 1
}

// whole is a number that can be multiplied.
func whole(n int64, err error) int {
	if err != nil {
		return 1 // it is refused as a value
	}
	return int(min(max(n, 0), plenty))
}
