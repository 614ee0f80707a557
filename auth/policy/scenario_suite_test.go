package policy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/resolvers"
)

// suite is every scenario file: the specification of the built-in policies.
func suite(t testing.TB) []policy.Scenario {
	t.Helper()
	files, err := filepath.Glob("testdata/*.test")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenario files", err)
	}
	var all []policy.Scenario
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		list, err := policy.ParseScenarios(f, string(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	return all
}

func classes(t testing.TB) policy.Schema {
	t.Helper()
	c, err := resolvers.Coordinates(resolvers.Schema())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func builtIn(t testing.TB) *policy.Set {
	t.Helper()
	set, err := policy.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestDefaults holds the built-in policies to what testdata/*.test says of them.
func TestDefaults(t *testing.T) {
	t.Parallel()
	e, err := policy.NewEdition(builtIn(t), classes(t), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	scenarios := suite(t)
	if err := e.CheckScenarios(scenarios); err != nil {
		t.Fatal(err)
	}
	for _, f := range e.Run(scenarios) {
		t.Error(f)
	}
}

// TestDocumentation: the example that people learn from is true.
func TestDocumentation(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "```text\ngiven ")
	example, _, ended := strings.Cut(rest, "```")
	if !found || !ended {
		t.Fatal("docs/policy.md has no example")
	}
	list, err := policy.ParseScenarios("docs/policy.md", "given "+example)
	if err != nil {
		t.Fatal(err)
	}
	e, err := policy.NewEdition(builtIn(t), classes(t), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range e.Run(list) {
		t.Error(f)
	}
}
