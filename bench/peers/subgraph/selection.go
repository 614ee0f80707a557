package subgraph

import (
	"errors"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// field is one of a selection.
type field struct {
	name, alias string
	under       []field
}

// root is a call to the source: what it is asked by are variables.
type root struct {
	field
	arguments map[string]*ast.Value
}

// parse reads an operation of root fields whose selections have no fragments: what
// gateways send.
func parse(query string) ([]root, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		return nil, err
	}
	if len(doc.Operations) != 1 {
		return nil, errors.New("there must be one operation")
	}
	var roots []root
	for _, s := range doc.Operations[0].SelectionSet {
		f, ok := s.(*ast.Field)
		if !ok {
			return nil, errors.New("there are fragments")
		}
		r := root{field: fieldOf(f), arguments: map[string]*ast.Value{}}
		for _, a := range f.Arguments {
			r.arguments[a.Name] = a.Value
		}
		roots = append(roots, r)
	}
	return roots, nil
}

func fieldOf(f *ast.Field) field {
	out := field{name: f.Name, alias: f.Alias}
	for _, s := range f.SelectionSet {
		if f, ok := s.(*ast.Field); ok {
			out.under = append(out.under, fieldOf(f))
		}
	}
	return out
}

// argument is the text of an argument.
func (r root) argument(name string, variables map[string]any) string {
	v := r.arguments[name]
	if v == nil {
		return ""
	}
	if v.Kind == ast.Variable {
		s, _ := variables[v.Raw].(string)
		return s
	}
	return strings.TrimSpace(v.Raw)
}
