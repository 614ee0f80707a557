package fhirr4_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// without makes a server refuse the types, also as parts of a batch.
func (s *server) without(code int, types ...string) {
	lacks := func(path string) bool { return slices.Contains(types, strings.Trim(path, "/")) }
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/" || r.Method != http.MethodPost {
			return lacks(r.URL.Path) && status(code)(w, r)
		}
		var in struct {
			Entry []struct{ Request struct{ URL string } }
		}
		_ = json.NewDecoder(r.Body).Decode(&in)
		var out []object
		for _, e := range in.Entry {
			u, _ := url.Parse(e.Request.URL)
			part := object{"response": object{"status": "200"}, "resource": s.search("/"+u.Path, u.Query())}
			if lacks(u.Path) {
				part = object{"response": object{"status": strconv.Itoa(code)}}
			}
			out = append(out, part)
		}
		reply(w, object{"resourceType": "Bundle", "type": "batch-response", "entry": out})
		return true
	})
}

// several are the sections that read several types, with those.
var several = map[record.Section][]string{
	record.PersonalContacts: {"Patient", "RelatedPerson"},
	record.Medications:      {"MedicationRequest", "MedicationStatement"},
	record.Results:          {"DiagnosticReport", "Observation"},
	record.EndOfLifeCare:    {"Flag", "Consent", "CarePlan"},
}

// decided is a person with something in each of those types.
func decided() []object {
	return append(one("p1", "9990000018", "Ashworth", "1956-03-12"), entries(
		`{"resourceType":"Flag","id":"fd","subject":{"reference":"Patient/p1"},"status":"active","code":{"coding":[{"system":"http://snomed.info/sct","code":"450476008","display":"Not for attempted CPR"}]}}`,
		`{"resourceType":"Consent","id":"kd","patient":{"reference":"Patient/p1"},"status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"adr"}]},"category":[{"text":"Advance decision"}],"dateTime":"2021-01-01"}`,
		`{"resourceType":"Observation","id":"oa","subject":{"reference":"Patient/p1"},"status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"Sodium"},"effectiveDateTime":"2024-03-01","valueQuantity":{"value":140,"unit":"mmol/L"}}`)...)
}

// TestRefusedTypesAreNamed: whoever reads of it knows which type it is, and that of nobody.
func TestRefusedTypesAreNamed(t *testing.T) {
	t.Parallel()
	for _, batch := range []bool{false, true} {
		for code, want := range map[int]struct {
			kind         sources.Kind
			name, reason string
		}{
			404: {sources.Unavailable, "http-404", "It does not have Consent, CarePlan"},
			501: {sources.Unavailable, "http-501", "It does not have Consent, CarePlan"},
			403: {sources.Refused, "http-403", "It does not allow us to read Consent, CarePlan"},
			400: {sources.Unavailable, "http-400", "It does not answer the question for Consent, CarePlan"},
		} {
			s := newServer(t, decided()...)
			s.without(code, "CarePlan", "Consent")
			end := sources.Key{Section: record.EndOfLifeCare, LocalID: "p1"}
			alerts := sources.Key{Section: record.Alerts, LocalID: "p1"}
			got := fetch(t, open(t, &fhirr4.Config{URL: s.URL, Batch: batch}), end, alerts)
			e := sources.AsError(got[end].Err)
			if e == nil || e.Kind != want.kind || e.Code != want.name || e.Reason != want.reason || e.About != "Consent, CarePlan" {
				t.Errorf("batch %v, %d: %+v", batch, code, e)
			}
			if o := sources.OutcomeOf(sources.Answer{Result: got[end]}, time.Now()); o.Reason != want.reason || o.Status != record.Unavailable {
				t.Errorf("batch %v, %d: outcome %+v", batch, code, o)
			}
			if r := got[alerts]; r.Err != nil || len(r.Entries) == 0 {
				t.Errorf("batch %v, %d: the alerts it has are gone: %v", batch, code, r.Err)
			}
		}
	}
}

// TestOtherFaultsNameNoType: who may not ask at all is not told of a type.
func TestOtherFaultsNameNoType(t *testing.T) {
	t.Parallel()
	for _, code := range []int{401, 429, 500, 503} {
		s := newServer(t, two()...)
		s.behave(status(code))
		if e := sources.AsError(fetchOne(t, &fhirr4.Config{URL: s.URL}, allergies).Err); e == nil || e.About != "" {
			t.Errorf("%d: %+v", code, e)
		}
	}
}

// TestServersWithFewTypes: a server that has one type of a section alone is joined with it,
// and nothing of it is lost or taken for none.
func TestServersWithFewTypes(t *testing.T) {
	t.Parallel()
	for section, all := range several {
		for _, has := range all {
			for _, batch := range []bool{false, true} {
				s := newServer(t, decided()...)
				s.without(404, slices.DeleteFunc(slices.Clone(all), func(kind string) bool { return kind == has })...)
				c := &fhirr4.Config{URL: s.URL, Batch: batch, Sections: map[string]fhirr4.Section{section.Name(): {Resources: []string{has}}}}
				for _, h := range record.Headings() { // only what it has
					if h.Section != section && h.Section != record.Allergies {
						c.Sections[h.Name] = fhirr4.Section{Off: true}
					}
				}
				key := sources.Key{Section: section, LocalID: "p1"}
				r := fetch(t, open(t, c), key, allergies)[key]
				if r.Err != nil || len(r.Entries) == 0 {
					t.Errorf("%s of %s alone, batch %v: %d entries, %v", section.Name(), has, batch, len(r.Entries), r.Err)
				}
			}
		}
	}
}

// TestNoneWithATypeLeftOut: what says that there are none speaks for no type that was not
// asked for (hazard H-02).
func TestNoneWithATypeLeftOut(t *testing.T) {
	t.Parallel()
	none := `{"resourceType":"MedicationStatement","id":"s1","status":"active","subject":{"reference":"Patient/p1"},"dateAsserted":"2024-01-01",
		"medicationCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"787481004","display":"No known medications"}]}}`
	dispensed := `{"resourceType":"MedicationDispense","id":"d1","status":"completed","subject":{"reference":"Patient/p1"},"medicationCodeableConcept":{"text":"Warfarin"},"whenHandedOver":"2024-01-01"}`
	for name, c := range map[string]struct {
		holds, asks []string
		want        record.Status
		reason      string
	}{
		"all are asked for":        {[]string{none}, nil, record.AssertedNone, ""},
		"more are asked for":       {[]string{none}, []string{"MedicationRequest", "MedicationStatement", "Device"}, record.AssertedNone, ""},
		"requests are left out":    {[]string{none}, []string{"MedicationStatement"}, record.Partial, "MedicationRequest"},
		"others do not speak":      {[]string{none}, []string{"MedicationStatement", "MedicationDispense"}, record.Partial, "MedicationRequest"},
		"it is contradicted":       {[]string{none, dispensed}, []string{"MedicationStatement", "MedicationDispense"}, record.Answered, ""},
		"nothing, and one asked":   {nil, []string{"MedicationStatement"}, record.Empty, ""},
		"the statement is not one": {[]string{none}, []string{"MedicationRequest"}, record.Empty, ""},
	} {
		s := newServer(t, entries(append(c.holds, `{"resourceType":"AllergyIntolerance","id":"a1","patient":{"reference":"Patient/p1"},"code":{"text":"Nuts"}}`)...)...)
		key := sources.Key{Section: record.Medications, LocalID: "p1"}
		r := fetch(t, open(t, &fhirr4.Config{URL: s.URL, Sections: map[string]fhirr4.Section{"medications": {Resources: c.asks}}}), key, allergies)[key]
		o := sources.OutcomeOf(sources.Answer{Result: r}, time.Now())
		if o.Status != c.want || !strings.Contains(o.Reason, c.reason) {
			t.Errorf("%s: %s %q, want %s", name, o.Status, o.Reason, c.want)
		}
	}
}

// TestMissingTypesAreNoFailure: a server without some types is not taken for one that is
// down, however often it is asked: what it has is read.
func TestMissingTypesAreNoFailure(t *testing.T) {
	t.Parallel()
	s := newServer(t, two()...)
	s.without(404, "Condition", "Flag", "Appointment", "Encounter", "CareTeam", "Consent", "Immunization", "Procedure", "DocumentReference", "CarePlan", "Composition")
	system, err := sources.Open(t.Context(), &fhirr4.Config{URL: s.URL}, sources.Settings{Origin: record.Origin{ID: "few"}}, sources.Env{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = system.Close() })
	for round := range 3 {
		var keys []sources.Key
		for _, h := range record.Headings() {
			keys = append(keys, sources.Key{Section: h.Section, LocalID: "p1"})
		}
		for i, read := range system.Begin(keys) {
			<-read.Done()
			a := read.Answer()
			if e := sources.AsError(a.Err); e != nil && e.Code != "http-404" {
				t.Errorf("round %d, %s: %v", round, keys[i].Section.Name(), e)
			} else if e == nil && len(a.Entries) == 0 {
				t.Errorf("round %d, %s: nothing", round, keys[i].Section.Name())
			}
		}
	}
}

// TestResourcesThatFit: a type that another section asks for cannot be left out, for what of
// it belongs here would be shown nowhere.
func TestResourcesThatFit(t *testing.T) {
	t.Parallel()
	off := fhirr4.Section{Off: true}
	of := func(kinds ...string) fhirr4.Section { return fhirr4.Section{Resources: kinds} }
	for name, c := range map[string]struct {
		sections map[string]fhirr4.Section
		want     string // part of the problem's text; "" for none
	}{
		"default":                     {nil, ""},
		"only flags":                  {map[string]fhirr4.Section{"endOfLife": of("Flag"), "carePlans": off, "consents": off}, ""},
		"flags beside care plans":     {map[string]fhirr4.Section{"endOfLife": of("Flag"), "consents": off}, "leaves out CarePlan, which carePlans asks for"},
		"no flags beside alerts":      {map[string]fhirr4.Section{"endOfLife": of("CarePlan", "Consent")}, "leaves out Flag, which alerts asks for"},
		"switched off":                {map[string]fhirr4.Section{"endOfLife": {Off: true, Resources: []string{"Flag"}}}, ""},
		"contacts of the patient":     {map[string]fhirr4.Section{"personalContacts": of("Patient")}, ""},
		"related people alone":        {map[string]fhirr4.Section{"personalContacts": of("RelatedPerson")}, "leaves out Patient, which demographics asks for"},
		"reports beside observations": {map[string]fhirr4.Section{"results": of("DiagnosticReport")}, "leaves out Observation, which observations asks for"},
		"reports alone":               {map[string]fhirr4.Section{"results": of("DiagnosticReport"), "observations": off}, ""},
		"one type, named":             {map[string]fhirr4.Section{"problems": of("Condition")}, ""},
		"another type":                {map[string]fhirr4.Section{"problems": of("Flag")}, "allowed here: Condition"},
		"none":                        {map[string]fhirr4.Section{"endOfLife": {Resources: []string{}}}, "at least one"},
		"twice":                       {map[string]fhirr4.Section{"endOfLife": of("Flag", "Consent", "CarePlan", "Flag")}, "twice"},
	} {
		problems := (&fhirr4.Config{URL: "https://x.example", Sections: c.sections}).Validate()
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%s: %v", name, problems)
		case c.want != "" && !slices.ContainsFunc(problems, func(p sources.Problem) bool { return strings.Contains(p.Text, c.want) }):
			t.Errorf("%s: %v, want %q", name, problems, c.want)
		}
	}
}
