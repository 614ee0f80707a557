package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzConfig: any file is a configuration, or is refused with a line for each problem.
func FuzzConfig(f *testing.F) {
	files, err := filepath.Glob("sources/*/sample.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files[:min(len(files), 4)] {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(append([]byte("sources:\n- id: a\n  name: A\n  connect:\n"), text...))
	}
	f.Add([]byte("listen: 127.0.0.1:8080\npublic_url: https://care.example\ndatabase: {sqlite: x.db}\n"))
	f.Add([]byte("sources: &a [*a]"))
	f.Add([]byte("a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nsources: [*b,*b,*b,*b]"))
	f.Add([]byte("? [a]\n: {b: c}\n--- \nx"))
	f.Add([]byte("answers: {wait: 1e400, max_wait: -5}\nviews: {secondary: {opt_outs: }}\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		if strings.ContainsAny(string(text), "/\\") {
			return // it may name files of this machine
		}
		c, err := parseConfig(filepath.Join(dir, "patchwork.yaml"), text)
		var config *ConfigError
		switch {
		case err == nil && c == nil, err != nil && (c != nil || !errors.As(err, &config) || len(config.problems) == 0 || config.Error() == ""):
			t.Fatalf("%v, %v", c, err)
		}
	})
}

// FuzzPeople: a file of people is read whole or refused; each has the columns of their row.
func FuzzPeople(f *testing.F) {
	for _, s := range []string{
		"id,family_name,given_name,birth_date,nhs_number\n1,Smith,Ann Mary,1999-12-31,9434765919\n", "\ufeffFamily_Name,given_name,birth_date\n\"a\nb\",c,19991231\n", "family_name,given_name,birth_date\nx\n", "a\"b,c\n", "",
	} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte, zipped bool) {
		name := filepath.Join(dir, "people.csv")
		if zipped {
			name += ".gz"
		}
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		people, err := readPeople(name)
		if err != nil && people != nil {
			t.Fatal("refused, and given")
		}
		if !zipped && len(people) > strings.Count(string(text), "\n") {
			t.Fatalf("%d people of %q", len(people), text)
		}
	})
}

// FuzzViewFile: a view that is kept in a file is read, or refused, whatever stands there.
func FuzzViewFile(f *testing.F) {
	text, err := os.ReadFile("docs/examples/view-allergies.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"name": "a", "title": "b", "columns": [{"name": "x", "section": "patient", "field": "id"}]}`))
	f.Add([]byte("name: &a [*a]"))
	f.Add([]byte("? {a: b}\n: c"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		name := filepath.Join(dir, "view.yaml")
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if v, err := readView(name); (err == nil) == (v == nil) {
			t.Fatalf("%v %v", v, err)
		}
	})
}
