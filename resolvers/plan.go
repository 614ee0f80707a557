package resolvers

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// The record part of an answer, below a section, holds no resolvers: only fields of
// record's own structs; and so does the answer of a search. A plan is the straight line through it: the selection, the
// policy's decisions and the Go fields brought together, so that writing an entry asks
// nothing any more. It is kept with the operation's shape (shapes.go). The executor needs about 1.5 µs and 13 allocations a field
// for the same bytes (docs/decisions/0003).

// objectPlan writes one object of one GraphQL type. An entry may hold back more fields
// than the section does.
type objectPlan struct {
	fields []fieldPlan
	entry  bool
}

// fieldPlan writes one selected field: its key and colon, then its value.
type fieldPlan struct {
	name  string
	key   []byte
	write writer
}

// writer appends the JSON of v to b. v is addressable.
type writer func(b []byte, v reflect.Value) []byte

// encode turns what is planned into the JSON that its selection asks for.
func (q *request) encode(ctx context.Context, fc *graphql.FieldContext, what any) graphql.Marshaler {
	v := reflect.ValueOf(what).Elem()
	b := buffers.Get().(*[]byte)
	*b = q.plan(graphql.GetOperationContext(ctx), fc, v).append((*b)[:0], v)
	return &finished{b}
}

// planKey is all that a plan depends on: where it stands, and which fields of the
// section's entries may be seen; none for a search, whose hits hold nothing else.
type planKey struct {
	path   string
	fields policy.Fields
}

// plan finds the plan of a section or of a search, or makes it.
func (q *request) plan(oc *graphql.OperationContext, fc *graphql.FieldContext, v reflect.Value) *objectPlan {
	key := planKey{path: responsePath(fc)}
	if v.Type() != searched {
		key.fields = policy.Fields(v.FieldByName("Fields").Uint())
	}
	if p, ok := q.shape.plans.Load(key); ok {
		return p.(*objectPlan)
	}
	c := compiler{oc: oc, schema: q.resolver.schema, sees: seesOfHit}
	if v.Type() != searched {
		section := sectionClass(record.Section(v.FieldByName("Section").String()))
		c.sees = func(of coordinate, class string) bool {
			return class == section && q.policy.Has(section, key.fields, of.field)
		}
	}
	made := c.object(fc.Field.Definition.Type.Name(), fc.Field.Selections, v.Type())
	p, was := q.shape.plans.LoadOrStore(key, made)
	if !was {
		q.shape.weigh(len(key.path) + fieldWeight*c.fields)
	}
	return p.(*objectPlan)
}

// seesOfHit is true of a hit's own fields: hits.go puts nothing in that may not be seen.
func seesOfHit(of coordinate, _ string) bool { return of.object == "PatientHit" }

// responsePath names where in the answer a field stands, without places in lists: all
// people of a list share their plans.
func responsePath(fc *graphql.FieldContext) string {
	var path []byte
	for ; fc != nil; fc = fc.Parent {
		if fc.Index == nil && fc.Field.Field != nil {
			path = append(append(path, fc.Field.Alias...), '/')
		}
	}
	return string(path)
}

// compiler makes plans for one operation.
type compiler struct {
	oc     *graphql.OperationContext
	schema *access
	sees   func(of coordinate, class string) bool
	fields int // how many it has made
}

func (c *compiler) object(name string, selection ast.SelectionSet, t reflect.Type) *objectPlan {
	def := c.schema.types[name]
	fields := graphql.CollectFields(c.oc, selection, c.schema.implements[name])
	p := &objectPlan{fields: make([]fieldPlan, 0, len(fields)), entry: reflect.PointerTo(t).Implements(entryType)}
	c.fields += len(fields)
	for _, f := range fields {
		fp := fieldPlan{name: f.Name, key: append(appendString(nil, f.Alias), ':')}
		switch {
		case f.Name == "__typename":
			fp.write = constant(`"` + name + `"`)
		case !c.allowed(name, f.Name):
			fp.write = constant("null")
		default:
			fp.write = c.field(def.Fields.ForName(f.Name), f.Selections, t)
		}
		p.fields = append(p.fields, fp)
	}
	return p
}

// allowed is the decision of access.go, made once for the plan instead of for every
// entry.
func (c *compiler) allowed(object, field string) bool {
	of := coordinate{object, field}
	rule := c.schema.rules[of]
	switch rule.kind {
	case ruleOpen, ruleValue, rulePatient:
		return true
	case ruleControlled:
		return c.sees(of, rule.class)
	}
	return false
}

// field finds the Go field or method behind a GraphQL field, as the generated code
// does: by name, whatever the case.
func (c *compiler) field(def *ast.FieldDefinition, selection ast.SelectionSet, t reflect.Type) writer {
	if m, ok := methods[methodKey{t, def.Name}]; ok {
		return m
	}
	if strings.HasPrefix(t.Name(), "Set[") {
		if m, ok := setMethods[def.Name]; ok {
			return m
		}
	}
	f, ok := t.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, def.Name) })
	if ok {
		write := orNull(f.Type, c.value(def.Type, selection, f.Type))
		if len(f.Index) == 1 {
			i := f.Index[0]
			return func(b []byte, v reflect.Value) []byte { return write(b, v.Field(i)) }
		}
		index := f.Index
		return func(b []byte, v reflect.Value) []byte { return write(b, v.FieldByIndex(index)) }
	}
	panic(fmt.Sprintf("resolvers: %s has nothing for the field %s", t, def.Name))
}

func (c *compiler) value(t *ast.Type, selection ast.SelectionSet, rt reflect.Type) writer {
	if t.Elem != nil {
		return list(c.value(t.Elem, selection, rt.Elem()), t.NonNull)
	}
	if rt.Kind() == reflect.Pointer {
		write := c.value(t, selection, rt.Elem())
		return func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, "null"...)
			}
			return write(b, v.Elem())
		}
	}
	if def := c.schema.types[t.NamedType]; def.IsCompositeType() {
		return c.object(t.NamedType, selection, rt).append
	}
	return scalar(rt)
}

var entryType = reflect.TypeFor[record.Entry]()

func (p *objectPlan) append(b []byte, v reflect.Value) []byte {
	var held []string
	if p.entry {
		held = v.Addr().Interface().(record.Entry).Common().Withheld
	}
	b = append(b, '{')
	for i := range p.fields {
		f := &p.fields[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, f.key...)
		if held != nil && slices.Contains(held, f.name) {
			b = append(b, "null"...)
			continue
		}
		b = f.write(b, v)
	}
	return append(b, '}')
}

// planned reports whether v is what plans can write: a section, or a search.
func planned(v any) bool {
	t := reflect.TypeOf(v)
	return t != nil && t.Kind() == reflect.Pointer &&
		(t.Elem() == searched || t.Elem().PkgPath() == recordPath && strings.HasPrefix(t.Elem().Name(), "Set["))
}

var searched = reflect.TypeFor[model.PatientSearch]()

var recordPath = reflect.TypeFor[record.Base]().PkgPath()

var zeroers = []reflect.Type{
	reflect.TypeFor[record.Concept](), reflect.TypeFor[record.Coding](), reflect.TypeFor[record.Quantity](),
	reflect.TypeFor[record.Period](), reflect.TypeFor[record.Organisation](), reflect.TypeFor[record.Actor](),
	reflect.TypeFor[record.HumanName](), reflect.TypeFor[record.Address](), reflect.TypeFor[record.Value](),
}

// orNull writes null for the zero value of the types that have one meaning "not known".
func orNull(t reflect.Type, write writer) writer {
	if !slices.Contains(zeroers, t) {
		return write
	}
	return func(b []byte, v reflect.Value) []byte {
		if v.Addr().Interface().(interface{ IsZero() bool }).IsZero() {
			return append(b, "null"...)
		}
		return write(b, v)
	}
}

// readsAsNull is orNull for the executor's road.
func readsAsNull(v any) bool {
	switch v := v.(type) {
	case record.Concept:
		return v.IsZero()
	case record.Coding:
		return v.IsZero()
	case record.Quantity:
		return v.IsZero()
	case record.Period:
		return v.IsZero()
	case record.Organisation:
		return v.IsZero()
	case record.Actor:
		return v.IsZero()
	case record.HumanName:
		return v.IsZero()
	case record.Address:
		return v.IsZero()
	case record.Value:
		return v.IsZero()
	case record.Date:
		return v == ""
	case record.NHSNumber:
		return v == ""
	case time.Time:
		return v.IsZero()
	}
	return false
}
