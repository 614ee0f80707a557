package csvfile

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	_ "modernc.org/sqlite" // the demo's PAS
)

func region(t *testing.T) *demo.Region {
	t.Helper()
	r, err := demo.Start(context.Background(), demo.Options{Patients: 60, Dir: t.TempDir(), Now: func() time.Time { return written.Add(9 * time.Hour) }})
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

func demoSource(t *testing.T, r *demo.Region) (s sources.Source, ids []string, queries []record.PersonQuery) {
	t.Helper()
	text, err := os.ReadFile("testdata/demo-social-care.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c Config
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	c.Location = r.System("social-care").URL
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	for _, p := range r.Patients {
		if id := p.LocalIDs["social-care"]; id != "" {
			ids = append(ids, id)
			queries = append(queries, record.PersonQuery{NHSNumber: record.NHSNumber(p.NHSNumber)})
		}
	}
	return open(t, &c), ids, queries
}

func keysOf(s sources.Source, ids []string) []sources.Key {
	var keys []sources.Key
	for _, id := range ids {
		for _, section := range s.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	return keys
}

func misbehave(t *testing.T, r *demo.Region, fault string) {
	t.Helper()
	method, body := http.MethodPut, `{"fault": "`+fault+`"}`
	if fault == "" {
		method, body = http.MethodDelete, ""
	}
	request, err := http.NewRequestWithContext(t.Context(), method, r.System("social-care").Control, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= 300 {
		t.Fatalf("%s: %s", fault, answer.Status)
	}
	http.DefaultClient.CloseIdleConnections()
}

// Every file of the demo's extract is read without a value left out.
func TestDemoExtract(t *testing.T) {
	r := region(t)
	s, ids, queries := demoSource(t, r)
	filled := map[record.Section]int{}
	for k, got := range read(t, s, keysOf(s, ids)...) {
		if got.Err != nil {
			t.Errorf("%s: %v", k.Section.Name(), got.Err)
		}
		for _, g := range got.Gaps {
			t.Errorf("%s: %s", k.Section.Name(), g.Code)
		}
		if got.AsOf.IsZero() {
			t.Errorf("%s: no age", k.Section.Name())
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
	found, err := s.(sources.Finder).Find(t.Context(), queries)
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for i, people := range found {
		for _, p := range people {
			if p.Subject == ids[i] {
				hits++
			}
		}
	}
	if hits < len(ids)*3/4 {
		t.Errorf("%d of %d people were found by their NHS number", hits, len(ids))
	}
}

// Whoever was linked while all was well is not shown another's rows when the extract
// is joined wrongly, not even where all its files agree.
func TestDemoExtractJoinedWrongly(t *testing.T) {
	r := region(t)
	s, ids, queries := demoSource(t, r)
	number := map[string]record.NHSNumber{}
	for i, id := range ids {
		number[id] = queries[i].NHSNumber
	}
	if _, err := s.(sources.Finder).Find(t.Context(), queries); err != nil {
		t.Fatal(err)
	}
	healthy := read(t, s, keysOf(s, ids)...)
	for _, fault := range []string{"wrong-patient", "mixed-patients"} {
		misbehave(t, r, fault)
		mismatched, wrong := 0, 0
		for k, got := range read(t, s, keysOf(s, ids)...) {
			if got.Err != nil {
				mismatched++
				continue
			}
			// Whatever is still shown must be what the person has.
			own := map[string]bool{}
			for _, e := range healthy[k].Entries {
				own[e.Common().Provenance.LocalID] = true
			}
			for _, e := range got.Entries {
				if id := e.Common().Provenance.LocalID; !own[id] && !strings.HasPrefix(id, "row-") {
					wrong++
				}
			}
		}
		if mismatched == 0 || wrong > 0 {
			t.Errorf("%s: %d answers refused, %d statements shown for somebody else", fault, mismatched, wrong)
		}
	}
	misbehave(t, r, "")
	for k, got := range read(t, s, keysOf(s, ids)...) {
		if got.Err != nil {
			t.Errorf("%s after healing: %v", k.Section.Name(), got.Err)
		}
	}
}

// No fault reads as "nothing recorded".
func TestDemoExtractFaults(t *testing.T) {
	r := region(t)
	s, ids, _ := demoSource(t, r)
	keys := keysOf(s, ids[:1])
	for _, fault := range []string{"refused", "reset", "status-500", "status-503", "status-429", "status-401", "bad-json", "html", "empty", "huge", "gzip-bomb", "redirect-internal"} {
		misbehave(t, r, fault)
		for range 3 { // bad-json takes turns
			for k, got := range read(t, s, keys...) {
				if got.Err == nil {
					t.Errorf("%s: %s: no error, %d entries", fault, k.Section.Name(), len(got.Entries))
				}
			}
		}
	}
	misbehave(t, r, "duplicates")
	for k, got := range read(t, s, keys...) {
		if got.Err != nil {
			t.Errorf("duplicates: %s: %v", k.Section.Name(), got.Err)
		}
	}
}
