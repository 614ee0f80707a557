package gpconnect

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

const shared = "../../../shared/data/fhir-stu3/"

// sample is a file that others wrote.
type sample struct {
	name string
	body []byte
}

// number is whom every sample is renumbered to: they all carry one that is not valid.
const number = "9465700088"

var template = regexp.MustCompile(`\{\{.*?\}\}`)

func samples(t testing.TB, folder string) []sample {
	t.Helper()
	names, _ := filepath.Glob(shared + folder + "/*.json*")
	if len(names) == 0 {
		t.Skip("skipped: ../shared/data is absent")
	}
	var all []sample
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if data, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		data = template.ReplaceAll(data, []byte(number))
		data = bytes.ReplaceAll(data, []byte("1234567890"), []byte(number))
		all = append(all, sample{strings.TrimSuffix(strings.TrimSuffix(filepath.Base(name), ".gz"), ".json"), data})
	}
	return all
}

func reading() fhirr4.Reading {
	return fhirr4.Reading{Zone: time.UTC, MaxEntries: 2000, NHSNumberSystem: record.NHSNumberSystem}
}

// tally counts what was understood of samples, and what was named as not understood.
type tally struct {
	files, entries, asserted int
	gaps                     map[string]int
	left                     map[string]int
}

func (c *tally) String() string {
	words := func(m map[string]int) string {
		var all []string
		for _, k := range slices.Sorted(maps.Keys(m)) {
			all = append(all, fmt.Sprintf("%s %d", k, m[k]))
		}
		return strings.Join(all, ", ")
	}
	n := 0
	for _, one := range c.gaps {
		n += one
	}
	return fmt.Sprintf("%d files, %d entries understood, %d statements of none, %d gaps named (%s); resources of no section: %s",
		c.files, c.entries, c.asserted, n, words(c.gaps), words(c.left))
}

// count reads every section of an answer.
func (c *tally) count(t *testing.T, name string, a *answer) {
	c.files++
	before := c.entries
	kinds := map[string]bool{}
	gaps := map[string]bool{}
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
				c.gaps[x.section.Name()+": without a subject"]++
				continue
			}
			c.entries++
		}
		c.asserted += len(r.Asserted)
		for _, g := range r.Gaps {
			if g.Code != "not-all" {
				c.gaps[g.Code]++
				gaps[x.section.Name()+" "+g.Code] = true
			}
		}
	}
	for _, i := range a.items {
		if !kinds[i.kind] && !supports[i.kind] {
			c.left[i.kind]++
		}
	}
	t.Logf("%s: %d entries; %s", name, c.entries-before, strings.Join(slices.Sorted(maps.Keys(gaps)), ", "))
}

// TestSamplesRecords: whole records of suppliers and of the standard are understood, and
// what is not is named.
func TestSamplesRecords(t *testing.T) {
	t.Parallel()
	c := &tally{gaps: map[string]int{}, left: map[string]int{}}
	for _, folder := range []string{"assured-tc4", "emis-tpp-e2e", "spec-examples"} {
		for _, s := range samples(t, folder) {
			if folder == "spec-examples" && !bytes.Contains(s.body, []byte(`"collection"`)) {
				continue // of other operations
			}
			a, err := read(s.body)
			if err != nil {
				t.Errorf("%s: %v", s.name, err)
				continue
			}
			c.count(t, s.name, a)
		}
	}
	t.Logf("samples gpconnect: %s", c)
	if c.files < 19 || c.entries < 1150 {
		t.Errorf("only %d entries of %d files", c.entries, c.files)
	}
}

// TestSamplesMalformed: what is broken is a typed error or a named gap, never a record
// that reads as whole.
func TestSamplesMalformed(t *testing.T) {
	t.Parallel()
	status := map[string]int{"operationOutcomeNoRelationship": 403, "operationOutcomePatientNotFound": 404, "operationOutcomeInternalServerError": 500,
		"operationOutcomeInvalidDemographic": 404, "notFoundPatientDocumentResponse": 404, "operationOutcomeInvalidNHSNumber": 400,
		"operationOutcomeBadRequest": 400, "operationOutcomeInvalidParameter": 422, "operationOutcomeInvalidResource": 422}
	c := &tally{gaps: map[string]int{}, left: map[string]int{}}
	for _, s := range samples(t, "malformed") {
		code := status[s.name]
		if code == 0 {
			code = http.StatusOK
		}
		got := &response{status: code, body: s.body, json: true}
		err := got.usable()
		var a *answer
		if err == nil {
			if a, err = read(s.body); err == nil {
				c.count(t, s.name, a)
				continue
			}
		}
		var typed *sources.Error
		if !errors.As(err, &typed) || typed.Code == "" || strings.Contains(typed.Reason, number) {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		t.Logf("%s: %s", s.name, typed)
		c.files++
		c.gaps["error "+typed.Code]++
	}
	t.Logf("samples gpconnect, malformed: %s", c)
}

// TestSamplesCareConnect: the examples of the base profiles are understood one by one.
func TestSamplesCareConnect(t *testing.T) {
	t.Parallel()
	sections := map[string]record.Section{"AllergyIntolerance": record.Allergies, "Condition": record.Problems, "Immunization": record.Vaccinations,
		"Procedure": record.Procedures, "Observation": record.Observations, "Encounter": record.Contacts, "MedicationRequest": record.Medications, "Patient": record.Demographics}
	understood, left := 0, map[string]int{}
	all := samples(t, "careconnect-ri")
	for _, s := range all {
		o, err := fhirversion.Decode(s.body)
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		kind := o.Text("resourceType")
		fhirversion.STU3.Resource(o)
		section, ok := sections[kind]
		if !ok {
			left[kind]++
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
			t.Errorf("%s: %d entries, %v, %v", s.name, len(r.Entries), r.Gaps, r.Err)
		}
		understood += len(r.Entries) + len(r.Asserted)
	}
	xml, _ := filepath.Glob(shared + "careconnect-ri/*.xml")
	t.Logf("samples careconnect: %d files, %d entries understood; resources of no section: %v; %d files are XML, which is not read", len(all)+len(xml), understood, left, len(xml))
}
