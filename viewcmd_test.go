package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// A view in a file is checked, kept, submitted, and kept anew only when it has changed.
func TestViewsInFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	dsn := dbtest.SQLite(t)
	db := dbtest.Open(t, dsn)
	if err := migrations.Apply(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "patchwork.yaml")
	write := func(name, text string) string {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("patchwork.yaml", "state: "+dsn+"\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n")
	example, err := os.ReadFile("docs/examples/view-allergies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	view := write("view.yaml", string(example))
	does := func(code int, want string, args ...string) {
		t.Helper()
		var out bytes.Buffer
		if got := run(args, &out, &out); got != code || !strings.Contains(out.String(), want) {
			t.Errorf("%v: %d %s", args, got, &out)
		}
	}
	does(0, "is well", "view", "check", view)
	does(0, "severe-allergies, version 1: Severe allergies of my list waits for approval", "view", "apply", "--config", config, view)
	does(0, "is unchanged", "view", "apply", "--config", config, view)
	write("view.yaml", strings.Replace(string(example), "Severe allergies of my list", "Severe allergies", 1))
	does(0, "version 2: Severe allergies waits for approval", "view", "apply", "--config", config, view)
	does(0, "submitted", "view", "list", "--config", config)
	for name, c := range map[string][2]string{
		"a key":     {"purpose:", "purpos:"},
		"a field":   {"field: criticality", "field: criticalty"},
		"a name":    {"name: severe-allergies", "name: Severe Allergies"},
		"a section": {"section: allergies", "section: alergies"},
	} {
		bad := write("bad.yaml", strings.Replace(string(example), c[0], c[1], 1))
		var out bytes.Buffer
		if code := run([]string{"view", "apply", "--config", config, bad}, &out, &out); code == 0 {
			t.Errorf("%s: %s", name, &out)
		}
	}
	does(0, "severe-allergies  2", "view", "list", "--config", config)
}
