package gpconnect_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	practice "github.com/patchworkcare/patchwork/demo/gpconnect"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/gpconnect"
)

// report is an OperationOutcome with a code.
func report(code string) string {
	return `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"x","details":{"coding":[{"system":"s","code":"` + code + `"}]},"diagnostics":"9990000018"}]}`
}

const fhirJSON = "application/fhir+json"

// TestRefusals: each way to say no is told as what it is. That a person is not known
// there is said by the practice only; an address that is wrong says nothing about anybody.
func TestRefusals(t *testing.T) {
	s := newServer(t, people()...)
	source := open(t, config(s.base()))
	for _, c := range []struct {
		what   string
		answer handler
		want   record.Status
		code   string
	}{
		{"no consent", answering(403, fhirJSON, report("NO_PATIENT_CONSENT")), record.Withheld, "consent"},
		{"no consent in a success", answering(200, fhirJSON, report("NO_PATIENT_CONSENT")), record.Withheld, "consent"},
		{"not found", answering(404, fhirJSON, report("PATIENT_NOT_FOUND")), record.Empty, ""},
		{"not found in a success", answering(200, fhirJSON, report("PATIENT_NOT_FOUND")), record.Unavailable, "operation-outcome"},
		{"not found in a fault", answering(500, fhirJSON, report("PATIENT_NOT_FOUND")), record.Unavailable, "http-500"},
		{"a wrong address", answering(404, fhirJSON, report("RESOURCE_NOT_FOUND")), record.Unavailable, "http-404"},
		{"a wrong address of a web server", answering(404, "text/html", "<html>"), record.Unavailable, "http-404"},
		{"no agreement", answering(403, fhirJSON, report("NO_RELATIONSHIP")), record.Unavailable, "no-relationship"},
		{"a number it does not take", answering(400, fhirJSON, report("INVALID_NHS_NUMBER")), record.Unavailable, "invalid-demographics"},
		{"demographics it does not take", answering(404, fhirJSON, report("INVALID_PATIENT_DEMOGRAPHICS")), record.Unavailable, "invalid-demographics"},
		{"a fault in a success", answering(200, fhirJSON, report("INTERNAL_SERVER_ERROR")), record.Unavailable, "operation-outcome"},
		{"a redirect", answering(302, fhirJSON, ""), record.Unavailable, "redirect"},
		{"nothing", answering(204, fhirJSON, ""), record.Unavailable, "empty-body"},
	} {
		s.behave(c.answer)
		r := fetchOne(t, source, record.Allergies, "9990000018")
		o := sources.OutcomeOf(sources.Answer{Result: r}, env().Now())
		if o.Status != c.want || o.Code != c.code {
			t.Errorf("%s: %s %s, want %s %s", c.what, o.Status, o.Code, c.want, c.code)
		}
		if strings.Contains(o.Reason, "999") {
			t.Errorf("%s: the reason quotes", c.what)
		}
	}
	s.behave(nil)
	if o := sources.OutcomeOf(sources.Answer{Result: fetchOne(t, source, record.Allergies, "9990000050")}, env().Now()); o.Status != record.Withheld {
		t.Errorf("who objects: %s", o.Status)
	}
	if r := fetchOne(t, source, record.Allergies, "pt-1"); r.Err != nil || len(r.Entries) > 0 {
		t.Errorf("an id that is no number: %v", r)
	}
}

// bundle is a record about pt-1 with more in it.
func bundle(more ...string) string {
	all := append([]string{patient("pt-1", "9990000018")}, more...)
	for i := range all {
		all[i] = `{"resource":` + all[i] + `}`
	}
	return `{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(all, ",") + `]}`
}

func patient(id, number string) string {
	return fmt.Sprintf(`{"resourceType":"Patient","id":"%s","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"%s"}],"birthDate":"1956-03-12"}`, id, number)
}

// TestWhoseRecord: whatever does not surely belong to the person asked for is not shown
// (hazard H-01).
func TestWhoseRecord(t *testing.T) {
	problem := func(who string) string {
		return `{"resourceType":"Condition","id":"c","code":{"text":"Gout"},"subject":{"reference":"` + who + `"}}`
	}
	const empty = `{"resourceType":"List","status":"current","mode":"snapshot","code":{"coding":[{"code":"717711000000103"}]},"subject":{"reference":"Patient/%s"},"emptyReason":{"coding":[{"code":"nilknown"}]}}`
	s := newServer(t)
	source := open(t, config(s.base()))
	for what, c := range map[string]struct {
		body string
		kind sources.Kind
	}{
		"another number":                   {strings.ReplaceAll(bundle(), "9990000018", "9990000026"), sources.WrongPatient},
		"no number":                        {strings.ReplaceAll(bundle(), "nhs-number", "local"), sources.WrongPatient},
		"a number that is none":            {strings.ReplaceAll(bundle(), "9990000018", "1234567890"), sources.WrongPatient},
		"two people":                       {bundle(patient("pt-2", "9990000026")), sources.WrongPatient},
		"two people of one number":         {bundle(patient("pt-2", "9990000018")), sources.WrongPatient},
		"nobody":                           {`{"resourceType":"Bundle","type":"collection","entry":[]}`, sources.Malformed},
		"another's problem":                {bundle(problem("Patient/pt-2")), sources.WrongPatient},
		"another's problem by its address": {bundle(problem("https://elsewhere/Patient/pt-2")), sources.WrongPatient},
		"a version of another's":           {bundle(problem("Patient/pt-1/_history/2")), sources.WrongPatient},
		"another's list":                   {bundle(fmt.Sprintf(empty, "pt-2")), sources.WrongPatient},
		"another's allergy within a list":  {bundle(`{"resourceType":"List","subject":{"reference":"Patient/pt-1"},"contained":[{"resourceType":"AllergyIntolerance","patient":{"reference":"Patient/pt-2"}}]}`), sources.WrongPatient},
		"another's in a section not asked": {bundle(`{"resourceType":"Immunization","id":"i","patient":{"reference":"Patient/pt-2"}}`), sources.WrongPatient},
		"not a collection":                 {strings.Replace(bundle(), "collection", "searchset", 1), sources.Malformed},
		"not a Bundle":                     {patient("pt-1", "9990000018"), sources.Malformed},
		"a name twice":                     {strings.Replace(bundle(), `"type"`, `"type":"collection","type"`, 1), sources.Malformed},
		"bad UTF-8":                        {bundle(`{"resourceType":"Basic","x":"` + "\xff" + `"}`), sources.Malformed},
		"deeper than anybody reads":        {bundle(strings.Repeat(`{"x":`, 100) + "1" + strings.Repeat("}", 100)), sources.Malformed},
		"more values than anybody reads":   {bundle(`{"resourceType":"Basic","x":[` + strings.Repeat("0,", 600_000) + `0]}`), sources.Malformed},
	} {
		s.behave(text(fhirJSON, c.body))
		r := fetchOne(t, source, record.Problems, "9990000018")
		if e := sources.AsError(r.Err); e == nil || e.Kind != c.kind {
			t.Errorf("%s: %v, %d entries", what, r.Err, len(r.Entries))
		}
		if _, err := source.(sources.Finder).Find(t.Context(), []record.PersonQuery{{NHSNumber: "9990000018"}}); err == nil {
			t.Errorf("%s: found", what)
		}
	}
	// Without a subject a statement is nobody's, which the guard of package sources refuses.
	s.behave(text(fhirJSON, bundle(problem(""))))
	if r := fetchOne(t, source, record.Problems, "9990000018"); r.Err == nil && (len(r.Entries) != 1 || r.Entries[0].Common().Subject == "9990000018") {
		t.Errorf("a statement without a subject: %v", r)
	}
}

// TestTooLarge: no answer is read beyond what is allowed, whether it says its size or not.
func TestTooLarge(t *testing.T) {
	s := newServer(t, people()...)
	c := config(s.base())
	c.MaxBody = 4096
	source := open(t, c)
	for what, h := range map[string]handler{
		"said": text(fhirJSON, strings.Repeat(" ", 5000)),
		"not said": func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", fhirJSON)
			for range 100 {
				_, _ = w.Write([]byte(strings.Repeat(" ", 4096)))
			}
			return true
		},
		"packed": func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte("x"))
			return true
		},
	} {
		s.behave(h)
		if e := sources.AsError(fetchOne(t, source, record.Allergies, "9990000018").Err); e == nil || e.Kind != sources.Malformed {
			t.Errorf("%s: %v", what, e)
		}
	}
}

// TestLongHistory: a record that is longer than is read is asked for section by section,
// and only what is too long by itself is missing.
func TestLongHistory(t *testing.T) {
	long := people()[0]
	for range 300 {
		long.Observations = append(long.Observations, long.Observations[0])
	}
	s := newServer(t, long)
	c := config(s.base())
	c.MaxBody = 64 << 10
	source := open(t, c)
	keys := []sources.Key{{Section: record.Allergies, LocalID: "9990000018"}, {Section: record.Observations, LocalID: "9990000018"}, {Section: record.Problems, LocalID: "9990000018"}}
	got := fetch(t.Context(), source, keys...)
	for _, k := range keys {
		e := sources.AsError(got[k].Err)
		if k.Section == record.Observations {
			if e == nil || e.Code != "too-large" {
				t.Errorf("observations: %v", got[k].Err)
			}
		} else if e != nil || len(got[k].Entries) == 0 {
			t.Errorf("%s: %v", k.Section.Name(), got[k].Err)
		}
	}
	if n := len(s.asked()); n != 4 {
		t.Errorf("%d calls", n)
	}
}

// TestOtherListsCostNothing: lists that name each other again and again cost no more
// than their bytes.
func TestOtherListsCostNothing(t *testing.T) {
	var all []string
	for i := range 300 {
		var refs []string
		for j := range 300 {
			refs = append(refs, fmt.Sprintf(`{"item":{"reference":"List/l%d"}}`, j))
		}
		all = append(all, fmt.Sprintf(`{"resourceType":"List","id":"l%d","code":{"coding":[{"code":"325851000000107"}]},"subject":{"reference":"Patient/pt-1"},"encounter":{"reference":"Encounter/e%d"},"entry":[%s]}`,
			i, i, strings.Join(refs, ",")), fmt.Sprintf(`{"resourceType":"Encounter","id":"e%d","subject":{"reference":"Patient/pt-1"}}`, i))
	}
	s := newServer(t)
	s.behave(text(fhirJSON, bundle(all...)))
	if r := fetchOne(t, open(t, config(s.base())), record.Contacts, "9990000018"); r.Err != nil || len(r.Entries) != 300 {
		t.Errorf("%d, %v", len(r.Entries), r.Err)
	}
}

// TestValidate: every mistake of a stanza is told at once.
func TestValidate(t *testing.T) {
	c := gpconnect.Config{URL: "gp", Proxy: "x?y", From: "a b", TLS: gpconnect.TLS{CertFile: "x"}, MaxBody: -1,
		Sections: map[string]gpconnect.Section{"alerts": {}, "allergies": {Off: true}}}
	var got []string
	for _, p := range c.Validate() {
		got = append(got, p.Path)
	}
	want := "from max_body proxy requester.organisation requester.system requester.user_id sections.alerts tls to url"
	if strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
	if problems := config("https://gp.example.nhs.uk").Validate(); len(problems) > 0 {
		t.Error(problems)
	}
	off := config("https://gp.example.nhs.uk")
	off.Sections = map[string]gpconnect.Section{"documents": {Off: true}}
	for _, s := range open(t, off).Offers() {
		if s == record.Documents {
			t.Error("offers what is off")
		}
	}
}

// TestSearchNotOffered: that the practice cannot be asked by name never reads as knowing
// nobody (hazard H-02).
func TestSearchNotOffered(t *testing.T) {
	s := newServer(t, people()...)
	finder := open(t, config(s.base())).(sources.Finder)
	for _, q := range []record.PersonQuery{{FamilyName: "Ashworth", BirthDate: "1956-03-12"}, {Identifier: "H1"}, {BirthDate: "1956-03-12", Fuzzy: true}} {
		if _, err := finder.Find(t.Context(), []record.PersonQuery{{NHSNumber: "9990000018"}, q}); sources.AsError(err) == nil || sources.AsError(err).Code != sources.CodeSearchNotOffered {
			t.Errorf("%v: %v", q, err)
		}
	}
	if len(s.asked()) > 0 {
		t.Error("it was asked")
	}
}

// TestProbe: it is asked about nobody.
func TestProbe(t *testing.T) {
	s := newServer(t, practice.Record{})
	source := open(t, config(s.base()))
	if err := source.(sources.Prober).Probe(t.Context()); err != nil || s.asked()[0].method != http.MethodGet {
		t.Error(err)
	}
	s.behave(status(503))
	if err := source.(sources.Prober).Probe(t.Context()); err == nil {
		t.Error("a system that is down is well")
	}
}
