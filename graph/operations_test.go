package graph

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
)

// The sample operations are what GraphiQL shows, the viewer's tests run and the
// benchmark measures: they must be valid against the schema.
func TestOperationsAreValid(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("operations/*.graphql")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d operations: %v", len(files), err)
	}
	schema := NewExecutableSchema(Config{}).Schema()
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, errs := gqlparser.LoadQueryWithRules(schema, string(text), nil); len(errs) > 0 {
			t.Errorf("%s: %v", f, errs)
		}
	}
}

// The schema is the manual: everything in it is described.
func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	for name, def := range NewExecutableSchema(Config{}).Schema().Types {
		if def.BuiltIn || name[0] == '_' {
			continue
		}
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
		for _, f := range def.Fields {
			if f.Description == "" && f.Name[0] != '_' {
				t.Errorf("%s.%s has no description", name, f.Name)
			}
		}
		for _, v := range def.EnumValues {
			if v.Description == "" {
				t.Errorf("%s.%s has no description", name, v.Name)
			}
		}
	}
}
