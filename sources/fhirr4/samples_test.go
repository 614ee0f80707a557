package fhirr4

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// TestSamplesPublished reads whole records and examples of others, each resource as a
// search would answer with it, and says what was understood and what was not.
func TestSamplesPublished(t *testing.T) {
	for _, x := range []struct {
		of      string
		pattern string
		least   int
	}{
		{"whole records (Synthea)", "synthea/*.json.gz", 19000},
		{"official examples", "fhir-r4-official/examples/*", 15},
		{"UK Core", "fhir-r4-uk/ukcore/*", 0}, // which are all XML
		{"summary care records", "fhir-r4-uk/scr/*", 10},
		{"laboratories (made of EDIFACT)", "fhir-r4-uk/pathology/*", 10},
		{"bookings and referrals", "fhir-r4-uk/bars/*", 0},
	} {
		t.Run(x.of, func(t *testing.T) {
			c := &sourcetest.Tally{Connector: "fhirr4, " + x.of}
			for _, s := range sourcetest.Samples(t, c.Connector, x.pattern) {
				resources(t, c, s)
			}
			c.Report(t)
			if c.Entries() < x.least {
				t.Errorf("only %d entries", c.Entries())
			}
		})
	}
}

// TestSamplesInvalid: what is no valid FHIR is a typed error, something named, or an entry;
// never the end of the server.
func TestSamplesInvalid(t *testing.T) {
	c := &sourcetest.Tally{Connector: "fhirr4, invalid on purpose"}
	for _, s := range sourcetest.Samples(t, c.Connector, "hostile/fhir-invalid/*") {
		resources(t, c, s)
		for _, kind := range []string{"Patient", "Observation", "AllergyIntolerance"} { // and as the answer itself
			r := &reader{workspace: &workspace{}, kind: kind, zone: time.UTC}
			if _, err := r.page(s.Body); err == nil && !json.Valid(s.Body) {
				t.Errorf("%s: accepted as an answer, and is no JSON", s.Name)
			}
		}
	}
	c.Report(t)
}

// known are the resource types that serve a section.
func known() map[string]bool {
	all := map[string]bool{}
	for _, h := range record.Headings() {
		for _, kind := range slices.Concat(types(h.Section), further(h.Section)) {
			all[kind] = true
		}
	}
	return all
}

// refers are the types that others refer to: they come as a part of those.
var refers = map[string]bool{"Organization": true, "Practitioner": true, "PractitionerRole": true, "Location": true, "HealthcareService": true}

func resources(t *testing.T, c *sourcetest.Tally, s sourcetest.Sample) {
	t.Helper()
	c.Files++
	if filepath.Ext(s.File) == ".xml" || bytes.HasPrefix(bytes.TrimSpace(s.Body), []byte("<")) {
		c.Not("file in XML, which is never asked for")
		return
	}
	all := map[string][]json.RawMessage{}
	if scatter(s.Body, all); len(all) == 0 {
		c.Not("file that is no resource in JSON")
		return
	}
	serves := known()
	for kind, each := range all {
		if refers[kind] {
			continue
		}
		if !serves[kind] {
			for range each {
				c.Not("no section: " + typeName(kind))
			}
			continue
		}
		for _, one := range each {
			resource(t, c, s.Name, kind, one)
		}
	}
}

// resource reads one as the answer to a search for its type.
func resource(t *testing.T, c *sourcetest.Tally, name, kind string, one json.RawMessage) {
	t.Helper()
	r := &reader{workspace: &workspace{}, kind: kind, zone: time.UTC, numbers: numbering{system: record.NHSNumberSystem}}
	body := append(append([]byte(`{"resourceType":"Bundle","type":"searchset","entry":[{"resource":`), one...), "}]}"...)
	if _, err := r.page(body); err != nil {
		e := sources.AsError(err)
		if e == nil || e.Code == "" {
			t.Errorf("%s: %s: an error without a code", name, kind)
			return
		}
		c.Not(kind + ": refused: " + e.Code)
		return
	}
	r.resolve()
	for _, x := range r.statements {
		c.Understood(x.section.Name(), 1)
	}
	c.Understood(record.Observations.Name(), len(r.observations))
	c.Understood(record.Results.Name(), len(r.reports))
	c.None += len(r.asserted)
	for _, m := range r.marks {
		for _, g := range m.flaws.gaps() {
			c.Not(kind + ": " + g.Code)
		}
	}
	if len(r.statements)+len(r.observations)+len(r.reports)+len(r.asserted)+len(r.marks) == 0 {
		c.Not(kind + " that states nothing")
	}
}

// typeName keeps what somebody wrote for a resource type out of the report if it is none.
func typeName(kind string) string {
	for _, c := range kind {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return "of no type"
		}
	}
	return kind
}
