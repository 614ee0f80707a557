package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// statementKinds are the resource types of statements about a person: the sections that
// hold them and which kinds of it (nil for all), elements that FHIR R4 requires, the
// element that the search parameter `code` or `category` looks at, a status that some have,
// and the elements that `date` looks at.
var statementKinds = []struct {
	name, section    string
	kinds            []string
	required         []string
	coded, parameter string
	status           string
	dates            []string
}{
	{"MedicationRequest", "medications", []string{"REPEAT", "ACUTE", "PRESCRIPTION"}, []string{"status", "intent", "medicationCodeableConcept", "subject"}, "medicationCodeableConcept", "code", "completed", []string{"authoredOn"}},
	{"MedicationStatement", "medications", []string{"STATEMENT"}, []string{"status", "medicationCodeableConcept", "subject"}, "medicationCodeableConcept", "code", "active", []string{"effectivePeriod.start"}},
	{"Condition", "problems", nil, []string{"subject"}, "code", "code", "resolved", []string{"onsetDateTime", "recordedDate"}},
	{"Procedure", "procedures", nil, []string{"status", "subject"}, "code", "code", "in-progress", []string{"performedPeriod.start", "performedDateTime"}},
	{"Immunization", "vaccinations", nil, []string{"status", "vaccineCode", "patient", "occurrenceDateTime"}, "", "", "completed", []string{"occurrenceDateTime"}},
	{"Flag", "alerts", nil, []string{"status", "code", "subject"}, "category", "category", "active", []string{"period.start"}},
	{"Consent", "consents endOfLife", nil, []string{"status", "scope", "category", "policyRule", "patient"}, "category", "category", "active", []string{"dateTime"}},
	{"CarePlan", "carePlans", nil, []string{"status", "intent", "subject"}, "", "", "active", []string{"period.start"}},
}

// The statements about the person who has everything, as FHIR: all that the graph gives,
// each valid and to be read by itself; searches narrow, and a stopped source is told.
func TestFHIRStatements(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			if c.Sources[i].ID == "gp" {
				c.Sources[i].Timeout = 1500 * time.Millisecond
			}
		}
	})
	person := r.fhirSearch(t, "Patient", url.Values{"identifier": {r.Scenario("everything").NHSNumber}}).text("entry.0.resource.id")
	for _, k := range statementKinds {
		t.Run(k.name, func(t *testing.T) {
			of := func(more url.Values) []object {
				form := url.Values{"patient": {person}, "_count": {"500"}}
				for name, values := range more {
					form[name] = values
				}
				return matchesOf(t, r.fhirSearch(t, k.name, form), k.name)
			}
			all := of(nil)
			if want := r.statementIDs(t, person, k.section, k.kinds); len(want) == 0 || !slices.Equal(idsAsFHIR(all), want) {
				t.Errorf("the graph has %d, FHIR %d", len(want), len(all))
			}
			for _, o := range all {
				r.checkStatement(t, o, k.name, person, k.required)
			}
			expect := func(name string, got []object, fits func(o object) bool) {
				t.Helper()
				want := slices.DeleteFunc(slices.Clone(all), func(o object) bool { return !fits(o) })
				if len(want) == 0 || !slices.Equal(idsAsFHIR(got), idsAsFHIR(want)) {
					t.Errorf("%s finds %d, not %d", name, len(got), len(want))
				}
			}
			if k.coded != "" {
				system, code := codingIn(all, k.coded)
				expect("code", of(url.Values{k.parameter: {system + "|" + code}}), func(o object) bool { return hasCoding(o[k.coded], system, code) })
				if n := len(of(url.Values{k.parameter: {system + "|other"}})); n > 0 {
					t.Errorf("another code finds %d", n)
				}
			} else if n := len(of(url.Values{"code": {"other"}})); n > 0 {
				t.Errorf("a code that none has finds %d", n)
			}
			expect("status", of(url.Values{"status": {k.status}}), func(o object) bool {
				return o.text("status") == k.status || o.text("clinicalStatus.coding.0.code") == k.status
			})
			days := daysOf(all, k.dates)
			middle := days[len(days)/2]
			expect("date", of(url.Values{"date": {"le" + middle}}), func(o object) bool { return dayOf(o, k.dates) <= middle })
			if n := len(of(url.Values{"date": {"lt" + days[0]}})); n > 0 {
				t.Errorf("before the first there are %d", n)
			}
		})
	}
	t.Run("stopped", func(t *testing.T) { r.statementsStopped(t, person) })
}

// statementsStopped looks at every type while the practice's system does not answer.
func (r *region) statementsStopped(t *testing.T, person string) {
	one := map[string]string{}
	for _, k := range statementKinds {
		for _, o := range matchesOf(t, r.fhirSearch(t, k.name, url.Values{"patient": {person}, "_count": {"500"}}), k.name) {
			if strings.HasPrefix(o.text("meta.source"), "urn:patchwork:source:gp#") {
				one[k.name] = o.text("id")
			}
		}
	}
	r.control(t, "PUT", "gp", "", `{"fault":"refused"}`)
	for _, k := range statementKinds {
		b := r.fhirSearch(t, k.name, url.Values{"patient": {person}, "_count": {"500"}})
		matchesOf(t, b, k.name)
		entries := b.list("entry")
		outcome := entries[len(entries)-1]
		if outcome.text("search.mode") != "outcome" || outcome.text("resource.resourceType") != "OperationOutcome" ||
			len(outcome.list("resource.issue")) != len(strings.Fields(k.section)) || outcome.text("resource.issue.0.severity") != "warning" ||
			!strings.Contains(outcome.text("resource.issue.0.diagnostics"), "Westmarch General Practices") {
			t.Errorf("%s: a stopped source is told as %v", k.name, outcome)
		}
		if one[k.name] == "" {
			t.Errorf("the practice has no %s", k.name)
			continue
		}
		if status, o := r.fhirGet(t, "/"+k.name+"/"+one[k.name]); status != http.StatusServiceUnavailable || o.text("resourceType") != "OperationOutcome" {
			t.Errorf("%s of a stopped source reads %d", k.name, status)
		}
	}
}

// checkStatement looks at one resource of the person, and reads it by its id.
func (r *region) checkStatement(t *testing.T, o object, name, person string, required []string) {
	t.Helper()
	id := o.text("id")
	subject := o.text("subject.reference") + o.text("patient.reference")
	if o.text("resourceType") != name || subject != "Patient/"+person || o.text("meta.profile.0") == "" || !strings.HasPrefix(o.text("meta.source"), "urn:patchwork:source:") {
		t.Errorf("%s: not a %s of the person with its profile and source", id, name)
	}
	for _, element := range required {
		if o[element] == nil && o["_"+element] == nil {
			t.Errorf("%s has no %s", id, element)
		}
	}
	if path := emptyIn(map[string]any(o)); path != "" {
		t.Errorf("%s has a blank %s", id, path)
	}
	status, read := r.fhirGet(t, "/"+name+"/"+id)
	delete(read.at("meta").(map[string]any), "lastUpdated") // it was read again
	delete(o.at("meta").(map[string]any), "lastUpdated")
	if status != http.StatusOK || !reflect.DeepEqual(read, o) {
		t.Errorf("%s read by itself is another: %d", id, status)
	}
}

// emptyIn finds an element that is there and empty, which FHIR forbids (R4 §2.6.0.1, ele-1).
func emptyIn(v any) string {
	switch v := v.(type) {
	case map[string]any:
		for name, w := range v {
			if path := emptyIn(w); path != "" {
				return name + "." + path
			}
		}
		if len(v) == 0 {
			return "object"
		}
	case []any:
		for _, w := range v {
			if path := emptyIn(w); path != "" {
				return path
			}
		}
		if len(v) == 0 {
			return "list"
		}
	case string:
		if strings.TrimSpace(v) == "" {
			return "string"
		}
	case nil:
		return "null"
	}
	return ""
}

var statementID = regexp.MustCompile(`^[A-Za-z0-9.-]{1,64}$`)

// matchesOf checks a searchset and gives its matches: valid, each once, all counted.
func matchesOf(t *testing.T, b object, name string) []object {
	t.Helper()
	var matches []object
	seen := map[string]bool{}
	for _, e := range b.list("entry") {
		if e.text("search.mode") != "match" {
			continue
		}
		o := object(e["resource"].(map[string]any))
		if id := o.text("id"); !statementID.MatchString(id) || seen[id] || !strings.HasSuffix(e.text("fullUrl"), "/fhir/"+name+"/"+id) {
			t.Errorf("id %q is malformed, not its own, or not its address's", id)
		}
		seen[o.text("id")] = true
		matches = append(matches, o)
	}
	if b.text("resourceType") != "Bundle" || b.text("type") != "searchset" || b.at("total") != float64(len(matches)) || b.text("link.0.relation") != "self" {
		t.Errorf("no searchset of %d: %s %s %v", len(matches), b.text("resourceType"), b.text("type"), b.at("total"))
	}
	return matches
}

// statementIDs are the ids that the graph's entries have in FHIR, sorted.
func (r *region) statementIDs(t *testing.T, person, section string, kinds []string) []string {
	t.Helper()
	field := ""
	if kinds != nil {
		field = " kind"
	}
	var ids []string
	for name := range strings.FieldsSeq(section) {
		answer := r.ask(t, auth.RoleGP, "query($id: ID!) { patient(id: $id) { "+name+" { entries { id"+field+" } } } }", map[string]any{"id": person})
		for _, e := range answer.list("data.patient." + name + ".entries") {
			if kinds == nil || slices.Contains(kinds, e.text("kind")) {
				ids = append(ids, person+"."+strings.ReplaceAll(e.text("id"), "_", "."))
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func idsAsFHIR(list []object) []string {
	var ids []string
	for _, o := range list {
		ids = append(ids, o.text("id"))
	}
	slices.Sort(ids)
	return ids
}

// codingIn gives the first coding with a system in an element.
func codingIn(list []object, element string) (system, code string) {
	for _, o := range list {
		for _, c := range codingsOf(o[element]) {
			if s := c.text("system"); s != "" {
				return s, c.text("code")
			}
		}
	}
	return "", ""
}

func hasCoding(element any, system, code string) bool {
	return slices.ContainsFunc(codingsOf(element), func(c object) bool { return c.text("system") == system && c.text("code") == code })
}

func codingsOf(element any) []object {
	switch v := element.(type) {
	case map[string]any:
		return object(v).list("coding")
	case []any:
		var all []object
		for _, c := range v {
			all = append(all, codingsOf(c)...)
		}
		return all
	}
	return nil
}

// dayOf is the day of the first of the elements that a resource has.
func dayOf(o object, elements []string) string {
	for _, element := range elements {
		if s := o.text(element); len(s) >= 10 {
			return s[:10]
		}
	}
	return ""
}

func daysOf(list []object, elements []string) []string {
	var days []string
	for _, o := range list {
		days = append(days, dayOf(o, elements))
	}
	slices.Sort(days)
	return days
}

// fhirSearch searches as the practice's doctor, by a form.
func (r *region) fhirSearch(t *testing.T, name string, form url.Values) object {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/fhir/"+name+"/_search", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, o := r.fhirSend(t, req)
	if status != http.StatusOK {
		t.Fatalf("%s: %d", name, status)
	}
	return o
}

// fhirGet reads as the practice's doctor.
func (r *region) fhirGet(t *testing.T, path string) (int, object) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+"/fhir"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.fhirSend(t, req)
}

func (r *region) fhirSend(t *testing.T, req *http.Request) (int, object) {
	t.Helper()
	req.Header.Set("Authorization", "Bearer "+r.tokens[auth.RoleGP])
	status, body := send(t, req)
	var o object
	if err := json.Unmarshal(body, &o); err != nil {
		t.Fatalf("%d %v", status, err)
	}
	return status, o
}
