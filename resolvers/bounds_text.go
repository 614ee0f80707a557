package resolvers

import "github.com/vektah/gqlparser/v2/ast"

// textual measures a text as it stands, each part of it once. The parser has bounded how deep
// it nests.
type textual struct{ *measured }

func (t textual) document(doc *ast.QueryDocument) {
	for _, o := range doc.Operations {
		t.variables = max(t.variables, len(o.VariableDefinitions))
		t.named(o.Name)
		t.defined(o.VariableDefinitions)
		t.directed(o.Directives)
		t.selected(o.SelectionSet, 1)
	}
	for _, f := range doc.Fragments {
		t.variables = max(t.variables, len(f.VariableDefinition))
		t.named(f.Name)
		t.named(f.TypeCondition)
		t.defined(f.VariableDefinition)
		t.directed(f.Directives)
		t.selected(f.SelectionSet, 1)
	}
}

func (t textual) defined(list ast.VariableDefinitionList) {
	for _, v := range list {
		t.nodes++
		t.named(v.Variable)
		depth := 0
		for typ := v.Type; typ != nil; typ = typ.Elem {
			depth++
			t.named(typ.NamedType)
		}
		t.nesting = max(t.nesting, depth)
		t.valued(v.DefaultValue, 1)
		t.directed(v.Directives)
	}
}

func (t textual) selected(set ast.SelectionSet, depth int) {
	if len(set) > 0 {
		t.nesting = max(t.nesting, depth)
	}
	for _, s := range set {
		t.nodes++
		switch s := s.(type) {
		case *ast.Field:
			t.named(s.Name)
			t.named(s.Alias)
			if s.Alias != s.Name {
				t.aliases++
			}
			t.argued(s.Arguments)
			t.directed(s.Directives)
			t.selected(s.SelectionSet, depth+1)
		case *ast.InlineFragment:
			t.named(s.TypeCondition)
			t.directed(s.Directives)
			t.selected(s.SelectionSet, depth+1)
		case *ast.FragmentSpread:
			t.named(s.Name)
			t.directed(s.Directives)
		}
	}
}

func (t textual) directed(list ast.DirectiveList) {
	t.directives += len(list)
	t.nodes += len(list)
	for _, d := range list {
		t.named(d.Name)
		t.argued(d.Arguments)
	}
}

func (t textual) argued(list ast.ArgumentList) {
	t.arguments = max(t.arguments, len(list))
	for _, a := range list {
		t.named(a.Name)
		t.valued(a.Value, 1)
	}
}

func (t textual) valued(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	t.nodes++
	t.nesting = max(t.nesting, depth)
	t.items = max(t.items, len(v.Children))
	if v.Kind == ast.EnumValue || v.Kind == ast.Variable {
		t.named(v.Raw)
	}
	for _, c := range v.Children {
		t.named(c.Name)
		t.valued(c.Value, depth+1)
	}
}

func (t textual) named(name string) { t.name = max(t.name, len(name)) }
