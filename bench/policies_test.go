package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// So many policies as were wanted, all of them of fields that the schema has.
func TestPolicies(t *testing.T) {
	t.Chdir("..") // the schema is found as when the bench runs
	for _, many := range policyCounts() {
		text, err := policies(many)
		if err != nil {
			t.Fatal(err)
		}
		var set struct{ Policies []policyOf }
		if err := json.Unmarshal(text, &set); err != nil || len(set.Policies) != many {
			t.Fatalf("%d policies of %d, %v", len(set.Policies), many, err)
		}
	}
	fields, err := schemaFields()
	if all := strings.Join(fields, " "); err != nil || !strings.Contains(all, "record:allergies:reactions") || len(fields) < 100 {
		t.Errorf("%d fields, %v: %s", len(fields), err, all)
	}
}

// What is replaced to build the variants is still there, each once.
func TestVariantsFitTheSource(t *testing.T) {
	t.Parallel()
	for name, v := range variants() {
		if _, err := v.write("..", t.TempDir()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
