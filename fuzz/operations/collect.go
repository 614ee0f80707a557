package operations

import "github.com/vektah/gqlparser/v2/ast"

// Field is one response name of an object, with everything that is asked under it.
type Field struct {
	// Key is the name in the answer, Name the field's.
	Key, Name string
	// Arguments have the values of variables filled in, and defaults.
	Arguments map[string]any
	sets      []ast.SelectionSet
}

// Roots are the fields of the operation itself.
func (o *Operation) Roots() []Field {
	op := o.doc.Operations[0]
	kind := "Query"
	if op.Operation == ast.Mutation {
		kind = "Mutation"
	}
	return o.collect(kind, nil, []ast.SelectionSet{op.SelectionSet})
}

// Below are the fields asked of a value of the type, one of whose interfaces may be in
// interfaces.
func (o *Operation) Below(f Field, typeName string, interfaces ...string) []Field {
	return o.collect(typeName, interfaces, f.sets)
}

// collect is CollectFields of the GraphQL specification (§6.3.2), in plain words.
func (o *Operation) collect(typeName string, interfaces []string, sets []ast.SelectionSet) []Field {
	var list []Field
	var walk func(ast.SelectionSet)
	fits := func(condition string) bool {
		if condition == "" || condition == typeName {
			return true
		}
		for _, i := range interfaces {
			if i == condition {
				return true
			}
		}
		return false
	}
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !o.skipped(s.Directives) {
					list = o.merge(list, s)
				}
			case *ast.InlineFragment:
				if !o.skipped(s.Directives) && fits(s.TypeCondition) {
					walk(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				if !o.skipped(s.Directives) && fits(s.Definition.TypeCondition) {
					walk(s.Definition.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		walk(set)
	}
	return list
}

func (o *Operation) merge(list []Field, s *ast.Field) []Field {
	for i := range list {
		if list[i].Key == s.Alias {
			list[i].sets = append(list[i].sets, s.SelectionSet)
			return list
		}
	}
	f := Field{Key: s.Alias, Name: s.Name, sets: []ast.SelectionSet{s.SelectionSet}}
	if s.Definition != nil && len(s.Definition.Arguments) > 0 {
		f.Arguments = s.ArgumentMap(o.Variables)
	}
	return append(list, f)
}

func (o *Operation) skipped(list ast.DirectiveList) bool {
	for _, d := range list {
		value, _ := d.ArgumentMap(o.Variables)["if"].(bool)
		if d.Name == "skip" && value || d.Name == "include" && !value {
			return true
		}
	}
	return false
}
