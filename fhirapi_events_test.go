package main

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// eventKind is what a test must know of a resource type that tells of what happened to a
// person, or who is around them.
type eventKind struct {
	// person is the reference to the person; code the element that `code` searches, date
	// that of `date`, "" for none.
	person, code, date string
	// required elements; each may be there as its data-absent-reason.
	required []string
	// statuses are FHIR R4's required value set, nil for a type without a status.
	statuses []string
	// sections are those of the graph that it is of.
	sections []string
}

var eventKinds = map[string]eventKind{
	"Observation": {"subject.reference", "code", "effectiveDateTime", []string{"status", "code"},
		[]string{"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"}, []string{"observations", "results"}},
	"DiagnosticReport": {"subject.reference", "code", "effectiveDateTime", []string{"status", "code"},
		[]string{"registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled", "entered-in-error", "unknown"}, []string{"results"}},
	"Encounter": {"subject.reference", "type.0", "period.start", []string{"status", "class"},
		[]string{"planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown"}, []string{"contacts", "admissions", "discharges"}},
	"Appointment": {"participant.0.actor.reference", "", "start", []string{"status", "participant", "start", "end"},
		[]string{"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in", "waitlist"}, []string{"appointments"}},
	"DocumentReference": {"subject.reference", "type", "", []string{"status", "content"},
		[]string{"current", "superseded", "entered-in-error"}, []string{"documents"}},
	"RelatedPerson": {"patient.reference", "", "", []string{"patient"}, nil, []string{"personalContacts"}},
	"CareTeam":      {"subject.reference", "", "period.start", []string{"subject"}, nil, []string{"professionalContacts"}},
}

// Each type for the person who has everything: a valid searchset of all that the graph has,
// each resource readable by itself, and searches that narrow.
func TestFHIREvents(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.eventPerson(t, "everything")
	totals := r.eventTotals(t, id)
	for name, k := range eventKinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, issues := r.events(t, name, "patient="+id)
			if len(issues) > 0 {
				t.Errorf("all systems answer, and yet: %v", issues)
			}
			want := 0
			for _, section := range k.sections {
				want += totals[section]
			}
			if name == "Observation" {
				want -= totals["worded"]
			}
			if len(all) == 0 || len(all) != want {
				t.Fatalf("%d resources, the graph has %d statements", len(all), want)
			}
			for _, o := range all {
				k.sound(t, name, id, o)
				status, read := r.event(t, auth.RoleGP, name+"/"+o.text("id"))
				if status != http.StatusOK || !reflect.DeepEqual(timeless(read), timeless(o)) {
					t.Errorf("%d: read by itself it differs: %v, %v", status, read, o)
				}
			}
			k.narrows(t, r, name, id, all)
			t.Logf("%d resources", len(all))
		})
	}
}

var fhirID = regexp.MustCompile(`^[A-Za-z0-9.-]{1,64}$`)

// sound checks what FHIR requires of a resource.
func (k eventKind) sound(t *testing.T, name, person string, o object) {
	t.Helper()
	if o.text("resourceType") != name || !fhirID.MatchString(o.text("id")) || o.text(k.person) != "Patient/"+person {
		t.Errorf("type, id or person: %v", o)
	}
	if !strings.HasSuffix(o.text("meta.profile.0"), "/UKCore-"+name) || !strings.HasPrefix(o.text("meta.source"), "urn:patchwork:source:") {
		t.Errorf("meta: %v", o["meta"])
	}
	for _, element := range k.required {
		reason := o.at("_" + element + ".extension.0.valueCode")
		if o[element] == nil && reason != "unknown" || o[element] != nil && reason != nil {
			t.Errorf("%s is required: %v", element, o)
		}
	}
	for _, p := range o.list("participant") {
		if name == "Appointment" && p["status"] == nil && p.at("_status.extension.0.valueCode") != "unknown" {
			t.Errorf("a participant's status is required: %v", p)
		}
	}
	if status := o.text("status"); status != "" && !slices.Contains(k.statuses, status) {
		t.Errorf("status %q is not FHIR's", status)
	}
	if at := blank(map[string]any(o)); at != "" {
		t.Errorf("%s is blank: %v", at, o)
	}
}

// blank finds an element that is there without a value.
func blank(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		if v == "" {
			return "text"
		}
	case []any:
		if len(v) == 0 {
			return "list"
		}
		for _, x := range v {
			if at := blank(x); at != "" {
				return at
			}
		}
	case map[string]any:
		if len(v) == 0 {
			return "object"
		}
		for name, x := range v {
			if at := blank(x); at != "" {
				return name + "." + at
			}
		}
	}
	return ""
}

// timeless leaves out when it was read.
func timeless(o object) object {
	o = maps.Clone(o)
	if meta, ok := o["meta"].(map[string]any); ok {
		meta = maps.Clone(meta)
		delete(meta, "lastUpdated")
		o["meta"] = meta
	}
	return o
}

// narrows searches by what the first resource has: exactly those that have it are found.
func (k eventKind) narrows(t *testing.T, r *region, name, person string, all []object) {
	t.Helper()
	narrow := func(search string, fits func(object) bool) {
		t.Helper()
		var want []string
		for _, o := range all {
			if fits(o) {
				want = append(want, o.text("id"))
			}
		}
		found, _ := r.events(t, name, "patient="+person+"&"+search)
		if got := eventIDs(found); !slices.Equal(got, want) {
			t.Errorf("%s: found %d, want %d of %d", search, len(got), len(want), len(all))
		}
	}
	narrow("_id="+all[0].text("id"), func(o object) bool { return o.text("id") == all[0].text("id") })
	if k.code != "" {
		coding := firstCoding(all, k.code)
		narrow("code="+url.QueryEscape(coding.text("system")+"|"+coding.text("code")), func(o object) bool {
			return slices.ContainsFunc(o.list(k.code+".coding"), func(c object) bool {
				return c["system"] == coding["system"] && c["code"] == coding["code"]
			})
		})
		narrow("code=no-such-code", func(object) bool { return false })
	}
	if k.date != "" {
		day := all[len(all)/2].text(k.date)[:10]
		narrow("date="+day, func(o object) bool { return strings.HasPrefix(o.text(k.date), day) && endsOn(o, day) })
		narrow("date=lt"+day, func(o object) bool { return o.text(k.date) != "" && o.text(k.date)[:10] < day })
	}
	if k.statuses != nil {
		status := all[0].text("status")
		narrow("status="+status, func(o object) bool { return o.text("status") == status })
		narrow("status=no-such-status", func(object) bool { return false })
	}
}

// endsOn reports whether a period, if there is one, does not go on after the day; one
// without an end does.
func endsOn(o object, day string) bool {
	end := o.text("period.end")
	return end == "" && o.text("period.start") == "" || strings.HasPrefix(end, day)
}

func firstCoding(all []object, path string) object {
	for _, o := range all {
		for _, c := range o.list(path + ".coding") {
			return c
		}
	}
	return object{}
}

func eventIDs(list []object) []string {
	var ids []string
	for _, o := range list {
		ids = append(ids, o.text("id"))
	}
	return ids
}

// A report holds what was measured, in its order and with the laboratory's own digits, and
// refers to all of it; the Observation of the same report has the same.
func TestFHIRReports(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.eventPerson(t, "everything")
	graph := r.ask(t, auth.RoleGP, `query($id: ID!) { patient(id: $id) { results { entries { provenance { localId }
		measurements { code { text } value { quantity { value } } } } } } }`, map[string]any{"id": id})
	reports, _ := r.events(t, "DiagnosticReport", "patient="+id)
	observations, _ := r.events(t, "Observation", "patient="+id)
	measured := 0
	for i, e := range graph.list("data.patient.results.entries") {
		contained, results := reports[i].list("contained"), reports[i].list("result")
		if n := len(e.list("measurements")); n == 0 {
			continue
		} else if len(contained) != n || len(results) != n {
			t.Fatalf("%d contained and %d results of %d measurements", len(contained), len(results), n)
		}
		panel := partsOf(observations, reports[i].text("meta.source"))
		if len(panel) != len(contained) {
			t.Fatalf("the Observation has %d of %d measurements", len(panel), len(contained))
		}
		for j, m := range e.list("measurements") {
			measured++
			value := m.text("value.quantity.value")
			for _, o := range []object{contained[j], panel[j]} {
				if got, _ := o.at("valueQuantity.value").(json.Number); o.text("code.text") != m.text("code.text") || got.String() != value {
					t.Errorf("%v, want %v", o, m)
				}
			}
			if results[j].text("reference") != "#"+contained[j].text("id") {
				t.Errorf("result %v is not %s", results[j], contained[j].text("id"))
			}
		}
	}
	if measured < 10 {
		t.Errorf("only %d measurements were looked at", measured)
	}
	t.Logf("%d measurements", measured)
}

// partsOf are the measurements in the Observation from the same place as a report: one alone
// is the Observation itself, so that it is found by its code.
func partsOf(observations []object, source string) []object {
	for _, o := range observations {
		if o.text("meta.source") != source {
			continue
		}
		if parts := o.list("component"); len(parts) > 1 {
			return parts
		}
		return []object{o}
	}
	return nil
}

// A stopped system is told in every searchset, and what may be there is not "not found".
func TestFHIREventsStopped(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { remember(c, 0) })
	id := r.eventPerson(t, "everything")
	before := map[string][]object{}
	for name := range eventKinds {
		before[name], _ = r.events(t, name, "patient="+id)
	}
	r.control(t, "PUT", "hospital", "", `{"fault":"refused"}`)
	for name, all := range before {
		of := func(o object) bool { return strings.HasPrefix(o.text("meta.source"), "urn:patchwork:source:hospital#") }
		gone := slices.IndexFunc(all, of)
		if gone < 0 {
			t.Errorf("%s: the hospital had none", name)
			continue
		}
		after, issues := r.events(t, name, "patient="+id)
		if len(issues) == 0 || slices.ContainsFunc(after, of) {
			t.Errorf("%s: issues %v", name, issues)
		}
		if others := slices.DeleteFunc(slices.Clone(all), of); !slices.Equal(eventIDs(after), eventIDs(others)) {
			t.Errorf("%s: the other systems' changed: %d, %d", name, len(after), len(others))
		}
		if status, o := r.event(t, auth.RoleGP, name+"/"+all[gone].text("id")); status != http.StatusServiceUnavailable || o.text("resourceType") != "OperationOutcome" {
			t.Errorf("%s: reading what the hospital has: %d", name, status)
		}
	}
}

// What a role may not read in the graph it may not read here either, and is told so.
func TestFHIREventsWithheld(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.eventPerson(t, "everything")
	reports, _ := r.events(t, "DiagnosticReport", "patient="+id)
	status, bundle := r.event(t, auth.RoleReceptionist, "DiagnosticReport?patient="+id)
	for _, e := range bundle.list("entry") {
		if e.text("search.mode") != "outcome" || e.text("resource.issue.0.code") != "suppressed" {
			t.Errorf("a receptionist is given %v", e)
		}
	}
	if status == http.StatusOK && len(bundle.list("entry")) == 0 {
		t.Error("a receptionist is not told that it is held back")
	}
	if status, _ := r.event(t, auth.RoleReceptionist, "DiagnosticReport/"+reports[0].text("id")); status == http.StatusOK {
		t.Error("a receptionist reads a report by its id")
	}
}

// eventPerson finds a scenario's person by number.
func (r *region) eventPerson(t *testing.T, scenario string) string {
	t.Helper()
	people, _ := r.events(t, "Patient", "identifier="+r.Scenario(scenario).NHSNumber)
	if len(people) != 1 {
		t.Fatalf("%d people", len(people))
	}
	return people[0].text("id")
}

// eventTotals counts the graph's statements by section; "worded" are the results that
// measured nothing.
func (r *region) eventTotals(t *testing.T, id string) map[string]int {
	t.Helper()
	totals := map[string]int{}
	for _, k := range eventKinds {
		for _, section := range k.sections {
			a := r.ask(t, auth.RoleGP, `query($id: ID!) { patient(id: $id) { `+section+` { entries { id } } } }`, map[string]any{"id": id})
			totals[section] = len(a.list("data.patient." + section + ".entries"))
		}
	}
	a := r.ask(t, auth.RoleGP, `query($id: ID!) { patient(id: $id) { results { entries { measurements { status } } } } }`, map[string]any{"id": id})
	for _, e := range a.list("data.patient.results.entries") {
		if len(e.list("measurements")) == 0 {
			totals["worded"]++
		}
	}
	return totals
}

// events searches as the GP and gives the matches and the issues of the outcome.
func (r *region) events(t *testing.T, name, search string) (matches, issues []object) {
	t.Helper()
	status, bundle := r.event(t, auth.RoleGP, name+"?_count=500&"+search)
	if status != http.StatusOK || bundle.text("resourceType") != "Bundle" || bundle.text("type") != "searchset" {
		t.Fatalf("%s: %d %v", name, status, bundle)
	}
	seen := map[string]bool{}
	for _, e := range bundle.list("entry") {
		resource := object(e["resource"].(map[string]any))
		if e.text("search.mode") == "outcome" {
			issues = append(issues, resource.list("issue")...)
			continue
		}
		if seen[resource.text("id")] || !strings.HasSuffix(e.text("fullUrl"), "/fhir/"+name+"/"+resource.text("id")) {
			t.Errorf("%s: id or fullUrl: %v", name, e["fullUrl"])
		}
		seen[resource.text("id")] = true
		matches = append(matches, resource)
	}
	if total, _ := bundle["total"].(json.Number); total.String() != strconv.Itoa(len(matches)) {
		t.Errorf("%s: total %v of %d", name, bundle["total"], len(matches))
	}
	return matches, issues
}

// event reads from the API over HTTP; numbers keep their digits.
func (r *region) event(t *testing.T, role auth.Role, path string) (int, object) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+"/fhir/"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.tokens[role])
	status, body := send(t, req)
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	var o object
	if err := decoder.Decode(&o); err != nil {
		t.Fatalf("%d: %v", status, err)
	}
	return status, o
}
