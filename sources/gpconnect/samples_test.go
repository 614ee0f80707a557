package gpconnect

import (
	"bytes"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// number is whom every sample is renumbered to: they all carry one that is not valid.
const number = "9465700088"

var template = regexp.MustCompile(`\{\{.*?\}\}`)

// samples are the files of a folder, all about one person whose number is valid.
func samples(t testing.TB, folder string) []sourcetest.Sample {
	t.Helper()
	all := sourcetest.Samples(t, "gpconnect, "+folder, "fhir-stu3/"+folder+"/*.json*")
	for i := range all {
		all[i].Body = template.ReplaceAll(all[i].Body, []byte(number))
		all[i].Body = bytes.ReplaceAll(all[i].Body, []byte("1234567890"), []byte(number))
	}
	return all
}

func reading() fhirr4.Reading {
	return fhirr4.Reading{Zone: time.UTC, MaxEntries: 2000, NHSNumberSystem: record.NHSNumberSystem}
}

// count reads every section of an answer.
func count(t *testing.T, c *sourcetest.Tally, name string, a *answer) {
	t.Helper()
	kinds := map[string]bool{}
	for i := range areas {
		x := &areas[i]
		for _, kind := range x.kinds {
			kinds[kind] = true
		}
		r := a.section(reading(), x)
		if r.Err != nil {
			t.Errorf("%s: %s: %v", name, x.section.Name(), r.Err)
			continue
		}
		for _, e := range r.Entries {
			if s := e.Common().Subject; s != string(a.number) {
				c.Not(x.section.Name() + ": without a subject")
				continue
			}
			c.Understood(x.section.Name(), 1)
		}
		c.None += len(r.Asserted)
		for _, g := range r.Gaps {
			if g.Code != "not-all" {
				c.Not(x.section.Name() + ": " + g.Code)
			}
		}
	}
	for _, i := range a.items {
		if !kinds[i.kind] && !supports[i.kind] {
			c.Not("no section: " + i.kind)
		}
	}
}

// TestSamplesRecords: whole records of suppliers and of the standard are understood, and
// what is not is named.
func TestSamplesRecords(t *testing.T) {
	t.Parallel()
	c := &sourcetest.Tally{Connector: "gpconnect, whole records"}
	for _, folder := range []string{"assured-tc4", "emis-tpp-e2e", "spec-examples"} {
		for _, s := range samples(t, folder) {
			if folder == "spec-examples" && !bytes.Contains(s.Body, []byte(`"collection"`)) {
				continue // of other operations
			}
			c.Files++
			a, err := read(s.Body)
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			count(t, c, s.Name, a)
		}
	}
	c.Report(t)
	if c.Files < 19 || c.Entries() < 1150 {
		t.Errorf("only %d entries of %d files", c.Entries(), c.Files)
	}
}

// TestSamplesMalformed: what is broken is a typed error or a named gap, never a record
// that reads as whole.
func TestSamplesMalformed(t *testing.T) {
	t.Parallel()
	status := map[string]int{"operationOutcomeNoRelationship": 403, "operationOutcomePatientNotFound": 404, "operationOutcomeInternalServerError": 500,
		"operationOutcomeInvalidDemographic": 404, "notFoundPatientDocumentResponse": 404, "operationOutcomeInvalidNHSNumber": 400,
		"operationOutcomeBadRequest": 400, "operationOutcomeInvalidParameter": 422, "operationOutcomeInvalidResource": 422}
	c := &sourcetest.Tally{Connector: "gpconnect, malformed"}
	for _, s := range samples(t, "malformed") {
		c.Files++
		code := status[strings.TrimSuffix(strings.TrimSuffix(s.File, ".gz"), ".json")]
		if code == 0 {
			code = http.StatusOK
		}
		got := &response{status: code, body: s.Body, json: true}
		err := got.usable()
		var a *answer
		if err == nil {
			if a, err = read(s.Body); err == nil {
				count(t, c, s.Name, a)
				continue
			}
		}
		var typed *sources.Error
		if !errors.As(err, &typed) || typed.Code == "" || strings.Contains(typed.Reason, number) {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		c.Not("refused: " + typed.Code)
	}
	c.Report(t)
}

// TestSamplesCareConnect: the examples of the base profiles are understood one by one.
func TestSamplesCareConnect(t *testing.T) {
	t.Parallel()
	sections := map[string]record.Section{"AllergyIntolerance": record.Allergies, "Condition": record.Problems, "Immunization": record.Vaccinations,
		"Procedure": record.Procedures, "Observation": record.Observations, "Encounter": record.Contacts, "MedicationRequest": record.Medications, "Patient": record.Demographics}
	c := &sourcetest.Tally{Connector: "fhirstu3, Care Connect"}
	for _, s := range samples(t, "careconnect-ri") {
		c.Files++
		o, err := fhirversion.Decode(s.Body)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		kind := o.Text("resourceType")
		fhirversion.STU3.Resource(o)
		section, ok := sections[kind]
		if !ok {
			c.Not("no section: " + kind)
			continue
		}
		i := &item{Node: o, kind: kind}
		bundle := append(i.entry([]byte(`{"resourceType":"Bundle","type":"searchset","entry":[`), true, o), "]}"...)
		subject := strings.TrimPrefix(o.Object("subject").Text("reference")+o.Object("patient").Text("reference"), "Patient/")
		if kind == "Patient" {
			subject = o.Text("id")
		}
		r := reading().Section(section, subject, fhirr4.Part{Kind: kind, Bundle: bundle})
		if r.Err != nil || len(r.Entries)+len(r.Asserted) != 1 || len(r.Gaps) > 0 {
			t.Errorf("%s: %d entries, %v, %v", s.Name, len(r.Entries), r.Gaps, r.Err)
		}
		c.Understood(section.Name(), len(r.Entries))
		c.None += len(r.Asserted)
	}
	for range sourcetest.Samples(t, c.Connector, "fhir-stu3/careconnect-ri/*.xml") {
		c.Files++
		c.Not("file in XML, which is never asked for")
	}
	c.Report(t)
}
