package main

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Everything wrong with a configuration is said at once, each with its line.
func TestConfigReportsEverything(t *testing.T) {
	t.Parallel()
	_, err := parseConfig("bad.yaml", []byte(`listen: nowhere
stat: sqlite:x
session: {idle: soon}
sources:
  - id: Hospital One
    type: fhir
  - id: gp
    type: fhirr4
    timeout: -3s
    conect: {}
  - id: pas
    type: sqlview
    connect:
      driver: db2
      dsn: x
      sections:
        allergies: {query: "DELETE FROM x", columns: {subjct: pas_id}}
  - id: gp
    type: csvfile
    remember_by: {secrets: 3s}
    connect: {location: ../x, sections: {contacts: {file: ../../etc/passwd}}}
`))
	var config *ConfigError
	if !errors.As(err, &config) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"bad.yaml:1: listen must be HOST:PORT", "bad.yaml:2: there is no key stat", "bad.yaml:3: this must be a duration such as 15s",
		"bad.yaml:5: source 1: id must be", `bad.yaml:6: source Hospital One: there is no type "fhir"; there are csvfile, `,
		"bad.yaml:7: source gp: timeout", "connect is missing", "bad.yaml:10: there is no key conect",
		"bad.yaml:14: source pas: driver", "bad.yaml:17: source pas: sections.allergies.query", `the nearest are subject`,
		"source gp: this id is taken", `bad.yaml:20: source gp: there is no section "secrets"`, "bad.yaml:21: source gp: sections.contacts.file",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
}

// The commented stanzas that `source init` writes stand under `sources:` as they are.
func TestSampleStanzasAreWell(t *testing.T) {
	t.Parallel()
	for kind := range samples() {
		var out, errs bytes.Buffer
		if code := run([]string{"source", "init", kind}, &out, &errs); code != 0 {
			t.Fatalf("%s: %d %s", kind, code, errs.String())
		}
		if _, err := parseConfig(kind, []byte("sources:\n"+out.String())); err != nil {
			t.Errorf("%v\nin\n%s", err, out.String())
		}
	}
}

// Whoever does not know the types yet asks for them without naming one.
func TestInitWithoutATypeNamesThemAll(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if code := run([]string{"source", "init"}, &out, &errs); code != 0 {
		t.Fatalf("%d %s", code, errs.String())
	}
	named := strings.Fields(out.String())
	if want := slices.Sorted(maps.Keys(samples())); !slices.Equal(named, want) {
		t.Errorf("it names %v, there are %v", named, want)
	}
}

// Exit codes: 2 for wrong use and configuration, 1 for what failed, and one plain
// sentence each.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := "sources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"well":          {[]string{"config", "check", file("good.yaml", good)}, 0, ""},
		"no file":       {[]string{"config", "check", filepath.Join(dir, "none.yaml")}, 2, "there is no file"},
		"not YAML":      {[]string{"config", "check", file("broken.yaml", "sources: [")}, 2, "broken.yaml:2: not YAML"},
		"empty":         {[]string{"config", "check", file("empty.yaml", "")}, 2, "at least one system"},
		"no command":    {[]string{"bogus"}, 2, "unexpected argument"},
		"no type":       {[]string{"source", "init", "fhir"}, 2, "there are csvfile, "},
		"port taken":    {[]string{"serve", "--config", file("a.yaml", "state: sqlite:"+dir+"/a.db\n"+good), "--listen", l.Addr().String()}, 1, "is taken by another program"},
		"no such place": {[]string{"serve", "--config", file("b.yaml", "state: sqlite:"+dir+"/none/b.db\n"+good), "--listen", "127.0.0.1:0"}, 1, "database"},
		"wrong role":    {[]string{"user", "add", "x", "--config", file("c.yaml", "state: sqlite:"+dir+"/c.db\n"+good), "--name", "X", "--role", "boss", "--organisation", "X1"}, 2, "there is no role"},
	} {
		var out, errs bytes.Buffer
		if code := run(c.args, &out, &errs); code != c.code || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%s: exit %d %s, want %d and %q", name, code, errs.String(), c.code, c.want)
		}
	}
}
