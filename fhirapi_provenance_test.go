package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// TestFHIRProvenance: every resource that has an id has one, the same by every way of
// finding it, and it names the organisation, the author and the system as the graph does.
func TestFHIRProvenance(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.eventPerson(t, "everything")
	all := map[string]object{}
	found, _ := r.events(t, "Provenance", "patient="+id)
	for _, p := range found {
		for _, target := range p.list("target") {
			all[target.text("reference")] = p
		}
	}
	_, everything := r.event(t, auth.RoleGP, "Patient/"+id+"/$everything?_count=500")
	looked := 0
	for _, e := range everything.list("entry") {
		o := object(e["resource"].(map[string]any))
		p := all[o.text("resourceType")+"/"+o.text("id")]
		if p == nil {
			t.Errorf("%s has none", e.text("fullUrl"))
			continue
		}
		looked++
		agents := p.list("agent")
		custodian := agents[len(agents)-1]
		if p.text("meta.source") != o.text("meta.source") || p.text("recorded") == "" || custodian.text("type.coding.0.code") != "custodian" ||
			custodian.text("who.identifier.system") != "https://fhir.nhs.uk/Id/ods-organization-code" || custodian.text("who.identifier.value") == "" ||
			p.text("entity.0.role") != "source" || !strings.HasPrefix(p.text("entity.0.what.identifier.system"), "urn:patchwork:source:") || p.text("entity.0.what.display") == "" {
			t.Errorf("%s: %v", e.text("fullUrl"), p)
		}
	}
	if looked < 100 {
		t.Errorf("only %d were looked at", looked)
	}
	allergies, _ := r.events(t, "AllergyIntolerance", "patient="+id)
	target := "AllergyIntolerance/" + allergies[0].text("id")
	for _, search := range []string{"target=" + target, "target=" + r.http.URL + "/fhir/" + target, "_id=" + all[target].text("id"), "patient=" + id + "&target=" + target} {
		if one, _ := r.events(t, "Provenance", search); len(one) != 1 || one[0].text("id") != all[target].text("id") {
			t.Errorf("%s finds %v", search, one)
		}
	}
	if status, one := r.event(t, auth.RoleGP, "Provenance/"+all[target].text("id")); status != 200 || one.text("target.0.reference") != target {
		t.Errorf("%d %v", status, one)
	}
	if own, _ := r.events(t, "Provenance", "target=Patient/"+id); len(own) != 1 || own[0].text("target.0.reference") != "Patient/"+id {
		t.Errorf("of the person: %v", own)
	}
	r.included(t, id, all)
}

// included looks at what a search brings along: of the resources of the page, each once.
func (r *region) included(t *testing.T, id string, all map[string]object) {
	t.Helper()
	for _, search := range []string{"Observation?patient=" + id + "&_count=7", "Patient?_id=" + id, "DiagnosticReport?patient=" + id + "&_count=0", "Patient/" + id + "/$everything?_count=30"} {
		join := "&"
		if !strings.Contains(search, "?") {
			join = "?"
		}
		_, bundle := r.event(t, auth.RoleGP, search+join+"_revinclude=Provenance:target")
		var matches []string
		got := map[string]bool{}
		for _, e := range bundle.list("entry") {
			switch e.text("search.mode") {
			case "match":
				matches = append(matches, e.text("resource.resourceType")+"/"+e.text("resource.id"))
			case "include":
				if got[e.text("resource.id")] || e.text("resource.resourceType") != "Provenance" {
					t.Errorf("%s includes %v", search, e)
				}
				got[e.text("resource.id")] = true
			}
		}
		want := map[string]bool{}
		for _, m := range matches {
			if want[all[m].text("id")] = true; !got[all[m].text("id")] {
				t.Errorf("%s: the Provenance of %s is not there", search, m)
			}
		}
		if len(want) != len(got) {
			t.Errorf("%s: %d of %d", search, len(got), len(want))
		}
	}
	if _, issues := r.events(t, "Flag", "patient="+id+"&_revinclude=Observation:subject"); len(issues) != 1 {
		t.Errorf("another inclusion is told as %v", issues)
	}
}

// TestFHIRProvenanceRefuses: exact status and issue.
func TestFHIRProvenanceRefuses(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.eventPerson(t, "everything")
	other := r.eventPerson(t, "none-known")
	narrowed := r.scoped(t, "user/Patient.rs", "user/Flag.rs", "fhirUser")
	for path, want := range map[string]int{
		"Provenance": 400, "Provenance?target=": 400, "Provenance?target=Account/1": 400, "Provenance?target=Flag/" + id + ".a,Flag/" + other + ".a": 400,
		"Provenance?patient=" + id + "&target=Patient/" + other: 400, "Provenance?patient=nobody": 404, "Provenance?target=Patient/nobody": 404,
		"Provenance/" + id: 404, "Provenance/" + id + ".nothing": 404, "Provenance?patient=" + id + "&_count=x": 400, "Provenance?patient=" + id + "&_summary=count": 200,
	} {
		if status, o := r.event(t, auth.RoleGP, path); status != want {
			t.Errorf("%s: %d %v", path, status, o)
		}
	}
	for path, want := range map[string]int{"Provenance?patient=" + id: 403, "Provenance/" + id + ".a": 403, "Flag?patient=" + id: 200} {
		if status, o := r.fhirAt(t, narrowed, http.MethodGet, "/fhir/"+path, ""); status != want {
			t.Errorf("narrowed, %s: %d %v", path, status, o)
		}
	}
	_, bundle := r.fhirAt(t, narrowed, http.MethodGet, "/fhir/Flag?_revinclude=Provenance:target&patient="+id, "")
	if told := issues(bundle); !strings.Contains(told, "forbidden") || strings.Contains(fmt.Sprint(bundle), "resourceType:Provenance") {
		t.Errorf("narrowed, included: %s", told)
	}
	if status, _ := r.fhirAt(t, r.scoped(t, "user/*.read"), http.MethodGet, "/fhir/Provenance?patient="+id, ""); status != 200 {
		t.Errorf("every type: %d", status)
	}
}

// scoped begins a GP's session that is narrowed to scopes.
func (r *region) scoped(t *testing.T, scopes ...string) (token string) {
	t.Helper()
	token, err := r.server.sessions.Start(context.WithoutCancel(t.Context()), auth.Session{
		Issuer: "local", Subject: "gp", Role: auth.RoleGP, Name: "Dr A", Identifiers: map[string]string{"gmc": "7654321", "sds": "555000111222", "email": "a@b.example"}, Scopes: scopes,
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestFHIRPractitioner: everybody is one for themselves, and for nobody else.
func TestFHIRPractitioner(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := auth.PublicSubject("local", "gp")
	if len(id) != 33 || id != auth.PublicSubject("local", "gp") || id == auth.PublicSubject("local", "gq") || id == auth.PublicSubject("local\ng", "p") {
		t.Errorf("the id %s", id)
	}
	whole := r.scoped(t)
	status, o := r.fhirAt(t, whole, http.MethodGet, "/fhir/Practitioner/"+id, "")
	if status != 200 || o.text("id") != id || o.text("name.0.text") != "Dr A" || len(o.list("identifier")) != 2 ||
		o.text("identifier.0.system") != "https://fhir.hl7.org.uk/Id/gmc-number" || o.text("identifier.0.value") != "7654321" ||
		o.text("identifier.1.system") != "https://fhir.nhs.uk/Id/sds-user-id" {
		t.Errorf("%d %v", status, o)
	}
	for path, want := range map[string]float64{
		"Practitioner": 1, "Practitioner?_id=" + id: 1, "Practitioner?_id=other": 0, "Practitioner?identifier=7654321": 1, "Practitioner?identifier=https://fhir.hl7.org.uk/Id/gmc-number|7654321": 1,
		"Practitioner?identifier=https://fhir.hl7.org.uk/Id/nmc-number|7654321": 0, "Practitioner?identifier=1": 0,
	} {
		if status, bundle := r.fhirAt(t, whole, http.MethodGet, "/fhir/"+path, ""); status != 200 || bundle["total"] != want {
			t.Errorf("%s: %d %v", path, status, bundle)
		}
	}
	for name, c := range map[string]struct {
		token, id string
		want      int
	}{
		"nobody": {"", id, 401}, "somebody else": {r.tokens[auth.RolePracticeNurse], id, 404}, "no such": {whole, "u0", 404},
		"fhirUser": {r.scoped(t, "openid", "fhirUser", "patient/Flag.rs"), id, 200}, "by its type": {r.scoped(t, "user/Practitioner.r"), id, 200},
		"v1": {r.scoped(t, "user/Practitioner.read"), id, 200}, "every type": {r.scoped(t, "user/*.rs"), id, 200},
		"another type": {r.scoped(t, "user/Patient.rs"), id, 403}, "writing": {r.scoped(t, "user/Practitioner.cud"), id, 403},
		"a query": {r.scoped(t, "user/Practitioner.rs?name=a"), id, 403}, "no scope": {r.scoped(t, "openid"), id, 403},
		"another's, no scope": {r.scoped(t, "openid"), "u0", 403},
	} {
		if status, o := r.fhirAt(t, c.token, http.MethodGet, "/fhir/Practitioner/"+c.id, ""); status != c.want {
			t.Errorf("%s: %d %v", name, status, o)
		}
	}
}
