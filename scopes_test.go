package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
)

// app gives a token of an app that a role opened: with scopes, on a patient. client is the
// EPR that launched it; "" if the user chose the patient.
func (r *region) app(t *testing.T, role auth.Role, patient, client string, scopes ...string) string {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	user, err := r.server.sessions.Find(ctx, r.tokens[role])
	if err != nil {
		t.Fatal(err)
	}
	token, err := r.server.sessions.Start(ctx, auth.Session{
		Issuer: user.Issuer, Subject: user.Subject, Name: user.Name, Role: user.Role, Organisation: user.Organisation, Scopes: scopes,
		CareSetting: user.CareSetting, Confirmed: time.Now(), Launch: &auth.Launch{Patient: patient, Client: client},
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// searched are the types that scopes with a query can filter, with the sections that hold
// them.
var searched = map[string][]string{
	"AllergyIntolerance": {"allergies"}, "Condition": {"problems"}, "Flag": {"alerts"}, "Consent": {"consents", "endOfLife"}, "Immunization": {"vaccinations"},
	"MedicationRequest": {"medications"}, "MedicationStatement": {"medications"}, "Procedure": {"procedures"}, "Appointment": {"appointments"},
	"Observation": {"observations", "results"}, "DiagnosticReport": {"results"}, "Encounter": {"contacts", "admissions", "discharges"},
	"DocumentReference": {"documents"}, "CarePlan": {"carePlans"}, "Composition": {"aboutMe"},
}

// TestScopesFilterAlike: an app with a granular scope sees, without searching, exactly what
// anybody finds who searches by it: through the FHIR API, in the sections of the graph and
// in the line of time. Its sections are never complete (hazard H-02).
func TestScopesFilterAlike(t *testing.T) {
	exhausts(t)
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 16}, nil)
	compared, found := 0, 0
	for i, p := range r.Patients {
		if i%3 != 0 {
			continue
		}
		id := r.record(t, auth.RoleGP, p.NHSNumber).text("id")
		whole := r.app(t, auth.RoleGP, id, "epr", "patchwork/graph")
		for _, resource := range slices.Sorted(maps.Keys(searched)) {
			for _, query := range queriesOf(r.matches(t, whole, resource, id, "")) {
				if resource == "Appointment" && !strings.HasPrefix(query, "status") {
					continue
				}
				want := r.matches(t, whole, resource, id, query)
				token := r.app(t, auth.RoleGP, id, "epr", "patient/"+resource+".rs?"+query)
				if got := resourceIDs(r.matches(t, token, resource, id, "")); !slices.Equal(got, resourceIDs(want)) {
					t.Errorf("%s of %s?%s through the FHIR API: %v, not %v", p.Scenario, resource, query, got, resourceIDs(want))
				}
				if got := r.seen(t, token, id, searched[resource]); !slices.Equal(got, resourceIDs(want)) {
					t.Errorf("%s of %s?%s in the graph: %v, not %v", p.Scenario, resource, query, got, resourceIDs(want))
				}
				compared, found = compared+1, found+len(want)
			}
		}
	}
	t.Logf("%d scopes compared, %d resources found by them", compared, found)
	if compared < 200 || found < 300 {
		t.Error("too little was compared")
	}
}

// matches are the resources that a search finds.
func (r *region) matches(t *testing.T, token, resource, patient, query string) []object {
	t.Helper()
	path := "/fhir/" + resource + "?_count=500&patient=" + patient
	if query != "" {
		path += "&" + query
	}
	status, bundle := r.fhirAt(t, token, http.MethodGet, path, "")
	if status != http.StatusOK {
		t.Fatalf("%s: %d %v", path, status, bundle)
	}
	var list []object
	for _, e := range bundle.list("entry") {
		if o, ok := e["resource"].(map[string]any); ok && e.text("search.mode") == "match" {
			list = append(list, o)
		}
	}
	return list
}

func resourceIDs(resources []object) []string {
	ids := []string{}
	for _, o := range resources {
		ids = append(ids, o.text("id"))
	}
	slices.Sort(ids)
	return ids
}

// queriesOf are searches by what stands in resources, and some that find nothing.
func queriesOf(resources []object) []string {
	if len(resources) == 0 {
		return []string{"status=unknown"}
	}
	tokens := map[string][]string{"code": {"http://snomed.info/sct|", "nonsense"}, "category": {"nonsense"}, "status": {"unknown", "nonsense"}}
	add := func(param, token string) {
		if token != "" && token != "|" && len(tokens[param]) < 6 && !slices.Contains(tokens[param], token) {
			tokens[param] = append(tokens[param], token)
		}
	}
	for _, o := range resources {
		for element, param := range map[string]string{
			"code": "code", "medicationCodeableConcept": "code", "vaccineCode": "code", "type": "code", "category": "category", "clinicalStatus": "status",
		} {
			concepts := o.list(element)
			if one, ok := o[element].(map[string]any); ok {
				concepts = append(concepts, one)
			}
			for _, c := range concepts {
				for _, coding := range c.list("coding") {
					add(param, coding.text("code"))
					add(param, coding.text("system")+"|"+coding.text("code"))
				}
			}
		}
		words, _ := o["category"].([]any)
		for _, w := range words {
			if word, ok := w.(string); ok {
				add("category", word)
			}
		}
		add("status", o.text("status"))
	}
	var queries []string
	for param, list := range tokens {
		for _, token := range list {
			queries = append(queries, param+"="+url.QueryEscape(token))
		}
	}
	slices.Sort(queries)
	if len(tokens["category"]) > 1 && len(tokens["status"]) > 2 {
		queries = append(queries, "category="+url.QueryEscape(tokens["category"][1])+"&status="+url.QueryEscape(tokens["status"][2]+",unknown"))
	}
	return queries
}

// seen are the entries that an app sees in all sections, as the FHIR API names them. Only
// those of its type have any, and none of these says that it is complete.
func (r *region) seen(t *testing.T, token, patient string, sections []string) []string {
	t.Helper()
	var fields strings.Builder
	for _, h := range record.Headings() {
		fmt.Fprintf(&fields, " %s { verdict total missing { code } entries { id } }", h.Name)
	}
	status, answer := r.graph(t, token, `query($id: ID!) { patient(id: $id) { nhsNumber registrations { state } access { relationships { kind } mayClaim }`+fields.String()+`
		timeline(first: 100) { totalCount undated edges { node { id } } } } }`, map[string]any{"id": patient})
	person := object{}
	if status == http.StatusOK {
		person, _ = answer.at("data.patient").(map[string]any)
	}
	if person.text("nhsNumber") != "" || len(person.list("access.relationships")) > 0 {
		t.Errorf("an app without Patient in its scopes is told who it is: %v", person)
	}
	ids, line := []string{}, 0
	for _, h := range record.Headings() {
		entries := person.list(h.Name + ".entries")
		for _, e := range entries {
			ids = append(ids, patient+"."+strings.ReplaceAll(e.text("id"), "_", "."))
		}
		if !slices.Contains(sections, h.Name) && len(entries) > 0 {
			t.Errorf("%s has %d entries although no scope names it", h.Name, len(entries))
		}
		if verdict := person.text(h.Name + ".verdict"); verdict != "WITHHELD" && verdict != "KNOWN_INCOMPLETE" && verdict != "UNAVAILABLE" {
			t.Errorf("%s says %s of what the app sees a part of", h.Name, verdict)
		}
		if total, _ := person.at(h.Name + ".total").(float64); int(total) != len(entries) {
			t.Errorf("%s counts %v, and shows %d", h.Name, total, len(entries))
		}
		if h.Name != "consents" && h.Name != "aboutMe" {
			line += len(entries)
		}
	}
	total, _ := person.at("timeline.totalCount").(float64)
	undated, _ := person.at("timeline.undated").(float64)
	if int(total+undated) != line {
		t.Errorf("the line of time has %v entries and %v without a date, the sections %d", total, undated, line)
	}
	slices.Sort(ids)
	return ids
}

func (r *region) graph(t *testing.T, token, query string, variables map[string]any) (int, object) {
	t.Helper()
	status, body := r.post(t, token, query, variables)
	var answer object
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%d %v: %.300s", status, err, body)
	}
	return status, answer
}
