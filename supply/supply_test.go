package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDependenciesAreWritten: every direct dependency is pinned and has its reason, and no
// reason is of one that has gone.
func TestDependenciesAreWritten(t *testing.T) {
	t.Parallel()
	manifests, reasons := read(t, "..")
	for _, w := range Unwritten(manifests, reasons) {
		t.Error(w)
	}
}

// TestUnwritten: what is wrong with reasons is found.
func TestUnwritten(t *testing.T) {
	t.Parallel()
	const why = "It does what nothing else does."
	m := []*Manifest{{"go.mod", map[string]string{"example.org/a": "v1.2.3"}}, {"web/package.json", map[string]string{"b": "1.0.0"}}}
	good := func() map[string]map[string]Row {
		return map[string]map[string]Row{"go.mod": {"example.org/a": {3, why, "MIT"}}, "web/package.json": {"b": {9, why, "MIT"}}}
	}
	for name, c := range map[string]struct {
		change func(map[string]map[string]Row)
		want   string
	}{
		"nothing":     {func(map[string]map[string]Row) {}, ""},
		"no row":      {func(r map[string]map[string]Row) { delete(r["web/package.json"], "b") }, "b of web/package.json has no row"},
		"no reason":   {func(r map[string]map[string]Row) { r["go.mod"]["example.org/a"] = Row{3, "needed", "MIT"} }, ":3: example.org/a has no reason"},
		"a stale row": {func(r map[string]map[string]Row) { r["go.mod"]["example.org/gone"] = Row{4, why, "MIT"} }, ":4: example.org/gone is not in go.mod any more"},
		"no manifest": {func(r map[string]map[string]Row) { r["gone/package.json"] = nil }, "there is no gone/package.json"},
	} {
		reasons := good()
		c.change(reasons)
		got := Unwritten(m, reasons)
		if c.want == "" && len(got) != 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, loose := range []string{"^1.0.0", "~1.0.0", "1", "1.x", "latest", ">=1.0.0", "*", "git+https://example.org/b", ""} {
		m[1].Versions["b"] = loose
		if len(m[1].Loose()) != 1 {
			t.Errorf("%q is exact", loose)
		}
	}
}

// TestLicences: everything that is built in or built with has an allowed licence, and what is
// written of a direct dependency is what it has.
func TestLicences(t *testing.T) {
	t.Parallel()
	manifests, reasons := read(t, "..")
	modules, err := GoLicences("..")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]string{"go.mod": {}}
	for _, m := range modules {
		found["go.mod"][m.Path] = m.Licence
	}
	for _, m := range manifests {
		if !m.isNPM() {
			continue
		}
		if found[m.File], err = NPMLicences("..", m.File); err != nil {
			t.Fatal(err)
		}
	}
	for file, licences := range found {
		for name, licence := range licences {
			if !permitted(licence) {
				t.Errorf("%s: %s is under %q, which is not allowed", file, name, licence)
			}
			if r, ok := reasons[file][name]; ok && r.Licence != licence {
				t.Errorf("%s:%d: %s is under %s, not %s", reasonsFile, r.Line, name, licence, r.Licence)
			}
		}
		for name, r := range reasons[file] {
			if _, ok := licences[name]; !ok {
				t.Errorf("%s:%d: %s is not built in", reasonsFile, r.Line, name)
			}
		}
	}
}

func TestPermitted(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]bool{
		"MIT": true, "BSD-3-Clause, MIT": true, "(MIT AND BSD-3-Clause)": true, "(BSD-3-Clause OR GPL-2.0)": true, "MPL-2.0": true,
		"": false, "GPL-3.0": false, "AGPL-3.0-only": false, "(MIT AND GPL-2.0)": false, "UNLICENSED": false, "SEE LICENSE IN LICENSE.md": false,
		"MIT, GPL-3.0": false, "GPL-2.0 OR LGPL-3.0": false, "()": false,
	} {
		if permitted(expression) != want {
			t.Errorf("%q: %v", expression, !want)
		}
	}
}

// TestAllowedSecretsHaveReasons: whatever the search for secrets passes over has a comment of
// why it is none.
func TestAllowedSecretsHaveReasons(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", ".gitleaks.toml"))
	if err != nil {
		t.Fatal(err)
	}
	allowlists := strings.Split(string(text), "[[allowlists]]")[1:]
	if len(allowlists) == 0 {
		t.Error("there is none: then this test can go")
	}
	for _, a := range allowlists {
		lines := strings.Split(strings.TrimSpace(a), "\n")
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, "description = ") && len(l) > 40 }) {
			t.Errorf("no reason:\n%s", a)
		}
	}
}

func read(t *testing.T, root string) ([]*Manifest, map[string]map[string]Row) {
	t.Helper()
	manifests, err := Manifests(root)
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := ReadReasons(root)
	if err != nil {
		t.Fatal(err)
	}
	return manifests, reasons
}

// TestNotices: a release has the words of everybody whose work is in it, and of no tool.
func TestNotices(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../web/node_modules/react"); err != nil {
		t.Skip("skipped: absent: web/node_modules")
	}
	var b strings.Builder
	if err := Notices("..", &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nGo go1.", "\ngithub.com/jackc/pgx/v5 v", "\nreact 1", "\n@lhncbc/ucum-lhc ", "Regenstrief Institute"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in the notices", want)
		}
	}
	for _, tool := range []string{"\nvitest ", "\ngithub.com/anishathalye/porcupine "} {
		if strings.Contains(b.String(), tool) {
			t.Errorf("%q is in the notices, and in no release", tool)
		}
	}
}
