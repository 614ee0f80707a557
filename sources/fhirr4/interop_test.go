package fhirr4_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// witness is a FHIR R4 server that others wrote: what it is asked and what it answers
// agrees with nobody's reading of the standard but its authors'.
type witness struct {
	url string
	// includes: it sends along what _include asks for.
	includes bool
	// pages: it gives a link to the next page. Without, a page that is not all of it
	// must read as PARTIAL.
	pages bool
}

// interop writes four people to the server and reads them through the connector, as a
// region would.
func interop(t *testing.T, w witness) {
	all := interopResources(t)
	for _, r := range all {
		w.put(t, r)
	}
	t.Logf("%d resources", len(all))
	for _, batch := range []bool{false, true} {
		for _, person := range interopPeople() {
			t.Run(fmt.Sprintf("%s/batch=%v", person.id, batch), func(t *testing.T) {
				s := w.open(t, &fhirr4.Config{Batch: batch})
				w.compare(t, person, read(t, s, person.id))
			})
		}
		t.Run(fmt.Sprintf("together/batch=%v", batch), func(t *testing.T) {
			s := w.open(t, &fhirr4.Config{Batch: batch})
			var ids []string
			for _, person := range interopPeople() {
				ids = append(ids, person.id)
			}
			answers := read(t, s, ids...)
			for _, person := range interopPeople() {
				w.compare(t, person, answers)
			}
		})
	}
	t.Run("small pages", func(t *testing.T) { w.smallPages(t) })
	t.Run("find", func(t *testing.T) {
		w.find(t, w.open(t, &fhirr4.Config{}))
		w.find(t, w.open(t, &fhirr4.Config{SearchByGet: true}))
	})
	t.Run("probe", func(t *testing.T) {
		if err := w.open(t, &fhirr4.Config{}).Probe(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func (w witness) put(t *testing.T, r map[string]any) {
	t.Helper()
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, fmt.Sprintf("%s/%s/%s", w.url, r["resourceType"], r["id"]), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/fhir+json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(resp.Body)
	if resp.StatusCode/100 != 2 {
		t.Fatalf("%s/%s: HTTP %d: %.400s", r["resourceType"], r["id"], resp.StatusCode, said)
	}
}

func (w witness) open(t *testing.T, c *fhirr4.Config) *sources.System {
	t.Helper()
	c.URL = w.url
	c.Sections = map[string]fhirr4.Section{
		"medications": {Resources: []string{"MedicationRequest", "MedicationStatement", "MedicationDispense", "DeviceUseStatement"}},
		"results":     {Resources: []string{"DiagnosticReport", "Observation", "ImagingStudy"}},
	}
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	s, err := sources.Open(t.Context(), c, sources.Settings{
		Origin: record.Origin{ID: "witness", Name: "The witness"}, Timeout: 30 * time.Second,
	}, sources.Env{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// read reads every section of the people in one Begin.
func read(t *testing.T, s *sources.System, ids ...string) map[sources.Key]sources.Answer {
	t.Helper()
	var keys []sources.Key
	for _, id := range ids {
		for _, h := range record.Headings() {
			if !s.Offers(h.Section) {
				t.Fatalf("%s is not offered", h.Name)
			}
			keys = append(keys, sources.Key{Section: h.Section, LocalID: id})
		}
	}
	answers := map[sources.Key]sources.Answer{}
	for i, r := range s.Begin(keys) {
		select {
		case <-r.Done():
			answers[keys[i]] = r.Answer()
		case <-t.Context().Done():
			t.Fatal("no answer")
		}
	}
	return answers
}

// optional is what only a server that sends resources along can tell: [so written].
var optional = regexp.MustCompile(`\[[^]]*\]`)

func (w witness) compare(t *testing.T, person interopPerson, answers map[sources.Key]sources.Answer) {
	t.Helper()
	for _, h := range record.Headings() {
		a := answers[sources.Key{Section: h.Section, LocalID: person.id}]
		var want []string
		for _, line := range person.sections[h.Name] {
			if !w.includes {
				line = optional.ReplaceAllString(line, "")
			}
			want = append(want, strings.NewReplacer("[", "", "]", "").Replace(line))
		}
		status := sources.OutcomeOf(a, time.Now())
		expected := record.Empty
		switch {
		case !w.includes && slices.Contains(person.unnamed, h.Name):
			expected = record.Partial
		case len(want) > 0:
			expected = record.Answered
		case slices.Contains(person.none, h.Name):
			expected = record.AssertedNone
		}
		if status.Status != expected {
			t.Errorf("%s of %s is %s (%s), not %s", h.Name, person.id, status.Status, status.Code, expected)
		}
		var got []string
		for _, e := range a.Entries {
			if e.Common().Subject != person.id {
				t.Errorf("%s of %s: a statement about somebody else (hazard H-01)", h.Name, person.id)
			}
			got = append(got, line(e))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s of %s:\n got %q\nwant %q", h.Name, person.id, got, want)
		}
	}
}

// smallPages reads pages of one: all of it where the server links to the next page,
// and otherwise PARTIAL, never as if that were all (hazard H-02).
func (w witness) smallPages(t *testing.T) {
	person := interopPeople()[0]
	answers := read(t, w.open(t, &fhirr4.Config{PageSize: 1}), person.id)
	if w.pages {
		w.compare(t, person, answers)
		return
	}
	for name, want := range person.sections {
		section, _ := record.SectionNamed(name)
		o := sources.OutcomeOf(answers[sources.Key{Section: section, LocalID: person.id}], time.Now())
		if o.Count < len(want) && o.Status != record.Partial {
			t.Errorf("%s: %d of %d, and it is %s", name, o.Count, len(want), o.Status)
		}
	}
}

func (w witness) find(t *testing.T, s *sources.System) {
	t.Helper()
	queries := []record.PersonQuery{
		{NHSNumber: "9990000018"},
		{NHSNumber: "9990000026"},
		{NHSNumber: "9990000042"},
		{LocalID: "pw-ash"},
		{LocalID: "pw-nobody"},
		{FamilyName: "Birtwistle", BirthDate: "1961-07-04"},
		{FamilyName: "Birtwistle", BirthDate: "1961-07-05"},
		{NHSNumber: "9990000034"},
	}
	want := []string{"pw-ash", "pw-bir", "", "pw-ash", "", "pw-bir", "", "pw-cro"}
	found, err := s.Find(t.Context(), queries)
	if err != nil {
		t.Fatal(err)
	}
	for i, people := range found {
		var got []string
		for _, p := range people {
			got = append(got, p.Subject)
		}
		if strings.Join(got, " ") != want[i] {
			t.Errorf("query %d found %q, not %q", i, got, want[i])
		}
	}
	if p := found[0][0]; p.Name.Family != "Ashworth" || p.NHSNumberStatus != record.NumberVerified || p.Gender != "female" {
		t.Error("the person found lacks a name, a verified number or a gender")
	}
}
