package resolvers

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
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
			case r.kind == ruleControlled && f.Type.NonNull && !isRoot(name):
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
		if r.kind == ruleControlled && !isRoot(c.object) {
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

// isRoot reports whether fields of the object are entry points, which are refused
// outright because there is no value to leave out.
func isRoot(object string) bool {
	return object == "Query" || object == "Mutation" || object == "Subscription"
}

// InterceptField decides every field of every operation, and hands sections and what a
// search found to the straight-line encoder.
func (r *Resolver) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := graphql.GetFieldContext(ctx)
	if isRoot(fc.Object) {
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
		return requestFrom(ctx).sees(fc, rule.class)
	}
	return strings.HasPrefix(fc.Object, "__")
}

// sees decides one field that policy controls, by whose it is: of an entry, for its
// source and labels; of a link, for its source; of the index, for the sources that
// state it. What cannot be told is refused.
func (q *request) sees(fc *graphql.FieldContext, class string) bool {
	if fc.Parent == nil {
		return false
	}
	field := fc.Field.Name
	switch owner := ownerOf(fc.Parent.Result).(type) {
	case *model.PatientHit:
		return true // search.go put nothing in that may not be seen
	case *model.ComparedPerson:
		return true // nor did linking_compare.go
	case *patient.Patient:
		return q.seesStated(owner, class, field)
	case *patient.Link:
		p := personOf(fc)
		return p != nil && q.grant(p, class, q.resolver.origin(owner.Source)).Field(field)
	case record.Entry:
		p := personOf(fc)
		if p == nil || owner.Common().Provenance.Source == nil {
			return false
		}
		fields, seen := q.grant(p, class, owner.Common().Provenance.Source).Entry(owner)
		return seen == policy.Shown && q.policy.Has(class, fields, field)
	}
	return false
}

// seesStated decides a fact that the index keeps because linked sources agree on it.
func (q *request) seesStated(p *patient.Patient, class, field string) bool {
	for i := range p.Registrations {
		reg := &p.Registrations[i]
		if reg.State != patient.Linked {
			continue
		}
		fields, seen := q.grant(p, class, q.resolver.origin(reg.Source)).Labelled(reg.Labels)
		if seen == policy.Shown && q.policy.Has(class, fields, field) {
			return true
		}
	}
	return false
}

// ownerOf unwraps what the executor keeps as the parent of a field: the object itself,
// or a pointer to the element of a list.
func ownerOf(result any) any {
	switch v := result.(type) {
	case *record.Entry:
		return *v
	case record.Entry, *patient.Patient, *patient.Link, *model.PatientHit, *model.ComparedPerson:
		return v
	}
	if v := reflect.ValueOf(result); v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Pointer {
		return v.Elem().Interface()
	}
	return nil
}

// personOf finds the person under whom a field stands; nil if there is none.
func personOf(fc *graphql.FieldContext) *patient.Patient {
	for p := fc.Parent; p != nil; p = p.Parent {
		if person, ok := ownerOf(p.Result).(*patient.Patient); ok {
			return person
		}
	}
	return nil
}

// allowRoot decides an entry point.
func (r *Resolver) allowRoot(ctx context.Context, fc *graphql.FieldContext) error {
	if strings.HasPrefix(fc.Field.Name, "__") {
		return nil
	}
	q := requestFrom(ctx)
	if q.session == nil {
		return refuse(ctx, CodeUnauthenticated, "Sign in first")
	}
	rule := r.schema.rules[coordinate{fc.Object, fc.Field.Name}]
	if rule.class == classLists || rule.class == classShares || strings.HasPrefix(rule.class, "views:") {
		if err := q.errPinned(ctx); err != nil { // lists and what is run over them are of many people
			q.trail.denied(rule.class)
			return err
		}
	}
	switch rule.kind {
	case ruleOpen:
		return nil
	case ruleControlled:
		if aboutSomebody[rule.class] {
			if q.policy.Might(q.session, actionOf(rule.class), rule.class) {
				return nil // about the person who is found it is decided again: mayOpen
			}
		} else if q.may(actionOf(rule.class), rule.class, nil).Allowed() {
			return nil
		}
		q.trail.denied(rule.class)
	}
	return refuse(ctx, CodeForbidden, "Your role does not allow this")
}

// aboutSomebody are the classes of entry points that lead to one person: they are
// decided about that person.
var aboutSomebody = map[string]bool{
	"patient:read": true, "patient:list": true, "patient:claim": true, "patient:break-glass": true, "patient:object": true,
}

// mayOpen decides the entry point again, about the person who was found. Whoever may
// not be opened is not there.
func (r *Resolver) mayOpen(ctx context.Context, p *patient.Patient) error {
	if requestFrom(ctx).opens(rootClass(ctx, r.schema), p) {
		return nil
	}
	return notFound(ctx)
}

func (q *request) opens(class string, p *patient.Patient) bool {
	s := q.standing(p)
	if s == nil || !q.decide(grantKey{actionOf(class), class, p.ID, nil}, s.about).Allowed() {
		q.trail.denied(class)
		return false
	}
	return true
}

// rootClass is the class of the entry point under which the context's field stands.
func rootClass(ctx context.Context, schema *access) string {
	fc := graphql.GetFieldContext(ctx)
	for fc != nil && !isRoot(fc.Object) {
		fc = fc.Parent
	}
	if fc == nil {
		return ""
	}
	return schema.rules[coordinate{fc.Object, fc.Field.Name}].class
}

// actionOf is the last word of an entry point's class: patient:search is searching. Using
// lists is listing.
func actionOf(class string) policy.Action {
	_, word, _ := strings.Cut(class, ":")
	switch a := policy.Action(word); a {
	case policy.Search, policy.List, policy.Share, policy.Export, policy.Audit, policy.Administer:
		return a
	}
	if class == classLists {
		return policy.List
	}
	return policy.Read
}

// classLists and classShares are the classes of what is done with lists; classListed that
// of seeing a person on one.
const (
	classLists  = "lists:use"
	classShares = "lists:share"
	classListed = "patient:list"
)

func refuse(ctx context.Context, code, text string) *gqlerror.Error {
	return &gqlerror.Error{Message: text, Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": code}}
}
