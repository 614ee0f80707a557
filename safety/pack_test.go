package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestThePack: of the real log, with every test passed, every document is there, whole, in the
// state of the tree, and loads nothing.
func TestThePack(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	log, problems := ReadLog(root)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c := &Case{Log: log, Results: passed(t, root, log), Tree: Tree{Commit: "0123456789abcdef", Dirty: true}, Made: time.Unix(0, 0)}
	c.Judge = &Judge{Sources: NewSources(root), Results: c.Results}
	dir := t.TempDir()
	for _, file := range []string{"docs/safety/evidence.yaml", "docs/safety/threat-model.md", "docs/safety/dpia.md", "SECURITY.md", "docs/dependencies.md"} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		put(t, dir, file, string(text))
	}
	evidence, problems := ReadEvidence(root)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	// The files that the evidence names are in the repository, not in the folder of the test.
	for _, a := range evidence.Assessments {
		for _, q := range a.Questions {
			for _, f := range q.Files {
				if _, err := os.Stat(filepath.Join(dir, f)); err != nil && !strings.HasPrefix(f, packFolder) {
					put(t, dir, f, "")
				}
			}
		}
	}
	var out bytes.Buffer
	if err := c.write(dir, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	pages, _ := filepath.Glob(filepath.Join(dir, packFolder, "*.html"))
	if len(pages) != 9 {
		t.Errorf("%d pages", len(pages))
	}
	for page, want := range map[string]string{"hazard-log": "H-16", "evidence-pack": "DTAC C3", "dependencies": "gqlgen", "clinical-safety-case-report": "catastrophic × very low = 3"} {
		if text, err := os.ReadFile(filepath.Join(dir, packFolder, page+".md")); err != nil || !bytes.Contains(text, []byte(want)) {
			t.Errorf("%s does not say %q: %v", page, want, err)
		}
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "src=", "<no value>", "%!", `href="..`, `href="docs`} {
			if bytes.Contains(text, []byte(bad)) {
				t.Errorf("%s has %s", filepath.Base(page), bad)
			}
		}
		if !bytes.Contains(text, []byte("not for release")) {
			t.Errorf("%s does not say that the tree was dirty", filepath.Base(page))
		}
	}
	f, err := os.Open(filepath.Join(dir, packFolder, "hazard-log.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if controls, _ := log.size(); err != nil || len(rows) != controls+1 || len(rows[0]) != len(columns) {
		t.Errorf("%d rows: %v", len(rows), err)
	}
}

// passed are results in which every test that is named anywhere has passed.
func passed(t *testing.T, root string, log *Log) *Results {
	t.Helper()
	r := &Results{goTests: map[string][]Result{}, web: map[string][]webTest{}}
	add := func(refs []Reference) {
		for _, ref := range refs {
			if ref.File == "" {
				r.goTests[goKey(ref.Package, ref.Test)] = []Result{Passed}
			} else {
				r.web[ref.File] = append(r.web[ref.File], webTest{ref.Titles, Passed})
			}
		}
	}
	for _, h := range log.Hazards {
		for _, c := range h.Controls {
			add(c.references)
		}
	}
	evidence, _ := ReadEvidence(root)
	for _, a := range evidence.Assessments {
		for _, q := range a.Questions {
			add(q.references)
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "docs/safety/threat-model.md"))
	if err != nil {
		t.Fatal(err)
	}
	add(named(string(text)))
	return r
}

// TestTheOtherDocuments: what the threat model and the evidence name is in the source too.
func TestTheOtherDocuments(t *testing.T) {
	t.Parallel()
	sources := NewSources("..")
	evidence, problems := ReadEvidence("..")
	for _, p := range problems {
		t.Error(p)
	}
	if evidence == nil {
		t.FailNow()
	}
	for _, a := range evidence.Assessments {
		for _, q := range a.Questions {
			for _, ref := range q.references {
				if missing := sources.Missing(ref); missing != "" {
					t.Errorf("%s:%d: %s", evidenceFile, ref.Line, missing)
				}
			}
		}
	}
	for _, file := range []string{"docs/safety/threat-model.md", "docs/safety/dpia.md", "SECURITY.md"} {
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, ref := range named(string(text)) {
			if missing := sources.Missing(ref); missing != "" {
				t.Errorf("%s:%d: %s", file, ref.Line, missing)
			}
		}
	}
}
