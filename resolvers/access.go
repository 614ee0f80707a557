package resolvers

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth/policy"
)

// coordinate names a field of the schema: Allergy.reactions.
type coordinate struct{ object, field string }

// String is the coordinate as the GraphQL specification writes it.
func (c coordinate) String() string { return c.object + "." + c.field }

type ruleKind uint8

// The kinds of policy class. The zero kind refuses.
const (
	ruleNone ruleKind = iota
	ruleOpen
	ruleValue
	rulePatient
	ruleControlled
)

type rule struct {
	kind  ruleKind
	class string
}

// access is the policy class of every coordinate, read from the schema's @access once
// at start-up, and what plans need to know of its types. It is never changed after.
type access struct {
	rules      map[coordinate]rule
	types      map[string]*ast.Definition
	implements map[string][]string // object → itself and its interfaces
}

// readAccess reads @access from the schema. It fails on every field without a class
// and every policy-controlled field that could not be null.
func readAccess(schema *ast.Schema) (*access, error) {
	a := &access{rules: map[coordinate]rule{}, types: schema.Types, implements: map[string][]string{}}
	var problems []string
	for name, def := range schema.Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") || (def.Kind != ast.Object && def.Kind != ast.Interface) {
			continue
		}
		a.implements[name] = append([]string{name}, def.Interfaces...)
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			r := ruleOf(def, f)
			switch {
			case r.kind == ruleNone:
				problems = append(problems, fmt.Sprintf("%s.%s has no @access class", name, f.Name))
			case r.kind == ruleControlled && f.Type.NonNull && name != "Query":
				problems = append(problems, fmt.Sprintf("%s.%s is decided by policy and must be nullable", name, f.Name))
			}
			a.rules[coordinate{name, f.Name}] = r
		}
	}
	if len(problems) > 0 {
		sort.Strings(problems)
		return nil, fmt.Errorf("the schema leaves fields open:\n%s", strings.Join(problems, "\n"))
	}
	return a, nil
}

func ruleOf(def *ast.Definition, f *ast.FieldDefinition) rule {
	d := f.Directives.ForName("access")
	if d == nil {
		d = def.Directives.ForName("access")
	}
	if d == nil {
		return rule{}
	}
	switch class := d.Arguments.ForName("class").Value.Raw; class {
	case "":
		return rule{}
	case "open":
		return rule{kind: ruleOpen}
	case "value":
		return rule{kind: ruleValue}
	case "patient":
		return rule{kind: rulePatient}
	default:
		return rule{ruleControlled, class}
	}
}

// Coordinates is the closed set of resources that policy decides over: class → fields.
func Coordinates(schema *ast.Schema) (policy.Schema, error) {
	a, err := readAccess(schema)
	if err != nil {
		return nil, err
	}
	classes := policy.Schema{}
	for c, r := range a.rules {
		if r.kind == ruleControlled && c.object != "Query" {
			if !slices.Contains(classes[r.class], c.field) {
				classes[r.class] = append(classes[r.class], c.field)
			}
		} else if r.kind == ruleControlled {
			classes[r.class] = append(classes[r.class], []string{}...)
		}
	}
	for _, fields := range classes {
		sort.Strings(fields)
	}
	return classes, nil
}

// InterceptField decides every field of every operation, and hands sections to the
// straight-line encoder.
func (r *Resolver) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := graphql.GetFieldContext(ctx)
	if fc.Object == "Query" {
		if err := r.allowRoot(ctx, fc); err != nil {
			return nil, err
		}
	} else if !r.allowField(ctx, fc) {
		return nil, nil
	}
	v, err := next(ctx)
	if err != nil || v == nil {
		return v, err
	}
	if planned(v) && !r.FieldByField {
		return requestFrom(ctx).encode(ctx, fc, v), nil
	}
	if readsAsNull(v) {
		return nil, nil
	}
	return v, nil
}

func (r *Resolver) allowField(ctx context.Context, fc *graphql.FieldContext) bool {
	rule := r.schema.rules[coordinate{fc.Object, fc.Field.Name}]
	switch rule.kind {
	case ruleOpen, ruleValue, rulePatient:
		return true
	case ruleControlled:
		return requestFrom(ctx).grant(ctx, policy.Read, rule.class).Field(fc.Field.Name)
	}
	return strings.HasPrefix(fc.Object, "__")
}

// allowRoot refuses a root field outright, because there is no value to leave out.
func (r *Resolver) allowRoot(ctx context.Context, fc *graphql.FieldContext) error {
	if strings.HasPrefix(fc.Field.Name, "__") {
		return nil
	}
	q := requestFrom(ctx)
	if q.session == nil {
		return refuse(ctx, CodeUnauthenticated, "Sign in first")
	}
	rule := r.schema.rules[coordinate{fc.Object, fc.Field.Name}]
	switch rule.kind {
	case ruleOpen:
		return nil
	case ruleControlled:
		if q.grant(ctx, actionOf(rule.class), rule.class).Allowed() {
			return nil
		}
		q.trail.denied(rule.class)
	}
	return refuse(ctx, CodeForbidden, "Your role does not allow this")
}

// actionOf is the last word of a root field's class: patient:search is searching.
func actionOf(class string) policy.Action {
	switch {
	case strings.HasSuffix(class, ":search"):
		return policy.Search
	case strings.HasSuffix(class, ":list"):
		return policy.List
	}
	return policy.Read
}

func refuse(ctx context.Context, code, text string) *gqlerror.Error {
	return &gqlerror.Error{Message: text, Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": code}}
}
