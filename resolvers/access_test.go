package resolvers

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func load(t *testing.T, text string) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "test", Input: `directive @access(class: String!) on OBJECT | INTERFACE | FIELD_DEFINITION
` + text})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A field added without a policy class, or decided by policy and non-null, stops the
// build and the start-up.
func TestUnclassifiedFieldsAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ schema, want string }{
		"no class":        {`type Query { a: String }`, "Query.a has no @access class"},
		"empty class":     {`type Query { a: String @access(class: "") }`, "Query.a has no @access class"},
		"one of many":     {`type Query { a: T @access(class: "open") } type T { b: Int @access(class: "value") c: Int }`, "T.c has no @access class"},
		"non-null":        {`type Query { a: T @access(class: "open") } type T @access(class: "record:x") { b: Int! }`, "T.b is decided by policy and must be nullable"},
		"in an interface": {`type Query { a: I @access(class: "open") } interface I { b: Int } type T implements I @access(class: "value") { b: Int }`, "I.b has no @access class"},
	} {
		if _, err := readAccess(load(t, c.schema)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readAccess(load(t, `type Query { a: T @access(class: "patient:read") } type T @access(class: "record:x") { b: Int }`)); err != nil {
		t.Error(err)
	}
}

func TestTheSchemaIsClassified(t *testing.T) {
	t.Parallel()
	classes, err := Coordinates(Schema())
	if err != nil {
		t.Fatal(err)
	}
	if len(classes["record:allergies"]) < 10 {
		t.Errorf("record:allergies has %v", classes["record:allergies"])
	}
	for _, class := range []string{"patient:read", "patient:list", "patient:search"} {
		if _, ok := classes[class]; !ok {
			t.Errorf("no class %s", class)
		}
	}
}

// Without a session, or with the zero Grant, no source is asked.
func TestZeroGrantAsksNothing(t *testing.T) {
	t.Parallel()
	q := &request{resolver: &Resolver{}}
	if q.read(t.Context(), q.nothing(), 0, keyOf("allergies")) != nil {
		t.Error("a source was asked without a Grant")
	}
}
