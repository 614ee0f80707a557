package sqlview

import (
	"context"
	"os"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func region(t *testing.T) *demo.Region {
	t.Helper()
	r, err := demo.Start(context.Background(), demo.Options{Patients: 60, Dir: t.TempDir(), Now: func() time.Time { return time.Date(2026, 3, 18, 11, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return r
}

func demoStanza(t *testing.T, file, dsn string) *Config {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c Config
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	c.Driver, c.DSN = "postgres", dsn
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	return &c
}

// Every table of the demo's PAS is read, by a real driver, without a value left out.
func TestDemoPAS(t *testing.T) {
	r := region(t)
	s := open(t, demoStanza(t, "testdata/demo-pas.yaml", r.System("mental-health").URL))
	var keys []sources.Key
	var queries []record.PersonQuery
	var ids []string
	for _, p := range r.Patients {
		id := p.LocalIDs["mental-health"]
		if id == "" {
			continue
		}
		ids = append(ids, id)
		queries = append(queries, record.PersonQuery{NHSNumber: record.NHSNumber(p.NHSNumber)})
		for _, section := range s.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	filled := map[record.Section]int{}
	for k, got := range read(t, s, keys...) {
		if got.Err != nil {
			t.Errorf("%s: %v", k.Section.Name(), got.Err)
		}
		for _, g := range got.Gaps {
			t.Errorf("%s: %s", k.Section.Name(), g.Code)
		}
		for _, e := range got.Entries {
			if !sources.Fits(k.Section, e) || e.Common().Subject != k.LocalID {
				t.Errorf("%s: a %T that is not of it", k.Section.Name(), e)
			}
		}
		filled[k.Section] += len(got.Entries)
	}
	for _, section := range s.Offers() {
		if filled[section] == 0 {
			t.Errorf("nothing was read for %s", section.Name())
		}
	}
	if len(s.Offers()) < 14 {
		t.Errorf("only %d sections are offered", len(s.Offers()))
	}
	found, err := s.(sources.Finder).Find(t.Context(), queries)
	if err != nil {
		t.Fatal(err)
	}
	for i, people := range found {
		for _, p := range people {
			if p.Subject != ids[i] && len(people) == 1 && p.NHSNumber != queries[i].NHSNumber {
				t.Errorf("query %d found somebody else", i)
			}
		}
	}
}
