package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// everythingAsked is the operation from which an address could leak.
const everythingAsked = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) {
	person { name { text } addresses { lines postcode } telecoms { value } }
	demographics { withheldFields entries { addresses { lines postcode } telecoms { value } provenance { source { id } } } }
	practice { verdict entries { organisation { name } address { postcode } } }
	personalContacts { entries { address { lines postcode } telecoms { value } } }
	appointments { entries { location } } contacts { entries { location } } admissions { entries { ward } } procedures { entries { location } }
} }`

// A person under a national restriction is located by nothing that any system holds,
// also not by those that do not mark them, for nobody, and not with the glass broken
// (domain.md §3: PDS).
func TestRestrictedPeopleAreNotLocated(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.Scenario("restricted")
	free := r.ask(t, auth.RoleGP, everythingAsked, map[string]any{"n": r.Scenario("everything").NHSNumber})
	if free.text("data.patientByNHSNumber.person.addresses.0.postcode") == "" {
		t.Fatal("nobody is located at all")
	}
	postcodes := map[string]bool{}
	for role := range r.tokens {
		a := r.ask(t, role, everythingAsked, map[string]any{"n": p.NHSNumber})
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range []string{`"lines":["`, `"postcode":"`, `"location":"`, `"ward":"`, `"telecoms":[{`} {
			if strings.Contains(string(text), sign) {
				t.Errorf("%s: %s in %s", role, sign, text)
			}
		}
	}
	found := r.ask(t, auth.RoleGP, operation(t, "search"), map[string]any{"familyName": p.FamilyName, "birthDate": p.BirthDate})
	for _, hit := range found.list("data.searchPatients.hits") {
		postcodes[hit.text("postcode")] = true
	}
	if len(postcodes) != 1 || !postcodes[""] {
		t.Errorf("a search says where they live: %v", found)
	}
	r.breakGlass(t, auth.RoleGP, p.NHSNumber)
	a := r.ask(t, auth.RoleGP, everythingAsked, map[string]any{"n": p.NHSNumber})
	if a.at("data.patientByNHSNumber.person.addresses") != nil || a.text("data.patientByNHSNumber.practice.verdict") != "WITHHELD" {
		t.Errorf("breaking the glass locates: %v", a)
	}
}

// breakGlass confirms and breaks the glass for a person.
func (r *region) breakGlass(t *testing.T, role auth.Role, number string) {
	t.Helper()
	id := r.ask(t, role, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`, map[string]any{"n": number}).text("data.patientByNHSNumber.id")
	if status := r.confirm(t, role, r.passwords[role]); status != http.StatusNoContent {
		t.Fatalf("confirm: %d", status)
	}
	a := r.ask(t, role, `mutation($p: ID!) { breakGlass(patient: $p, reason: "emergency-treatment", explanation: "unconscious in the waiting room") { breakGlass { id } } }`, map[string]any{"p": id})
	if a.text("data.breakGlass.breakGlass.id") == "" {
		t.Fatalf("%v", a)
	}
}

func (r *region) confirm(t *testing.T, role auth.Role, password string) int {
	t.Helper()
	body, err := json.Marshal(map[string]string{"password": password})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/auth/confirm", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+r.tokens[role])
	status, _ := send(t, req)
	return status
}

// A stranger sees who it is and is told what is missing; a claim shows the record at
// once and to nobody else, broken glass needs a fresh confirmation and ends when ended,
// and an objection holds against it if it is absolute.
func TestRelationships(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("social-only").NHSNumber
	const q = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id person { name { text } } access { relationships { kind } breakGlass { id } objections mayClaim mayBreakGlass }
		contacts { verdict total outcomes { code status source { id } } } } }`
	ask := func(role auth.Role) object {
		a := r.ask(t, role, q, map[string]any{"n": number})
		return a.at("data.patientByNHSNumber").(map[string]any)
	}
	p := ask(auth.RoleGP)
	id := p.text("id")
	if p.text("person.name.text") == "" || p.text("contacts.verdict") != "WITHHELD" || p.text("contacts.outcomes.0.code") != "relationship" {
		t.Fatalf("a stranger: %v", p)
	}
	if worker := ask(auth.RoleSocialWorker); worker.text("access.relationships.0.kind") != "REGISTRATION" || worker.text("contacts.verdict") == "WITHHELD" {
		t.Errorf("the social worker: %v", worker)
	}
	claim := `mutation($p: ID!, $r: String!) { claimRelationship(patient: $p, reason: $r, explanation: "came to the surgery today") { relationships { kind } } }`
	if a := r.ask(t, auth.RoleGP, claim, map[string]any{"p": id, "r": "because"}); a.text("errors.0.extensions.code") != "BAD_INPUT" {
		t.Errorf("an unknown reason: %v", a)
	}
	if a := r.ask(t, auth.RoleReceptionist, claim, map[string]any{"p": id, "r": "walk-in"}); a.text("errors.0.extensions.code") != "PATIENT_NOT_FOUND" && a.text("errors.0.extensions.code") != "FORBIDDEN" {
		t.Errorf("a receptionist claims: %v", a)
	}
	if a := r.ask(t, auth.RoleGP, claim, map[string]any{"p": id, "r": "walk-in"}); a.text("data.claimRelationship.relationships.0.kind") != "SELF_CLAIMED" {
		t.Fatalf("claim: %v", a)
	}
	if p := ask(auth.RoleGP); p.text("contacts.verdict") != "KNOWN" {
		t.Errorf("after the claim: %v", p)
	}
	if p := ask(auth.RolePracticeNurse); p.text("contacts.verdict") != "WITHHELD" {
		t.Errorf("the claim of one opens for another: %v", p)
	}
	object := `mutation($p: ID!, $a: Boolean!) { recordObjection(patient: $p, objection: {section: "contacts", absolute: $a, reason: "does not want it shared"}) { id } }`
	first := r.ask(t, auth.RoleGP, object, map[string]any{"p": id, "a": false})
	if p := ask(auth.RoleGP); p.text("contacts.verdict") != "WITHHELD" || p.text("contacts.outcomes.3.code") != "objection" {
		t.Errorf("an objection: %v", p)
	}
	r.breakGlass(t, auth.RoleGP, number)
	if p := ask(auth.RoleGP); p.text("contacts.verdict") != "KNOWN" {
		t.Errorf("broken glass against an objection that may be overridden: %v", p)
	}
	r.ask(t, auth.RoleGP, object, map[string]any{"p": id, "a": true})
	if p := ask(auth.RoleGP); p.text("contacts.verdict") != "WITHHELD" {
		t.Errorf("broken glass against an absolute objection: %v", p)
	}
	if a := r.ask(t, auth.RoleGP, `mutation($i: ID!) { withdrawObjection(id: $i, reason: "changed their mind") { ended } }`, map[string]any{"i": first.text("data.recordObjection.id")}); a.text("data.withdrawObjection.ended") == "" {
		t.Errorf("withdraw: %v", a)
	}
	if status := r.confirm(t, auth.RoleGP, "wrong"); status != http.StatusUnauthorized {
		t.Errorf("a wrong password: %d", status)
	}
	if a := r.ask(t, auth.RoleGP, `mutation($p: ID!) { endBreakGlass(patient: $p) { breakGlass { id } mayBreakGlass } }`, map[string]any{"p": id}); a.at("data.endBreakGlass.mayBreakGlass") != true {
		t.Errorf("end: %v", a)
	}
}

// Whose organisation runs no system that has the person is known by what other systems
// have written: an appointment, an admission, a team.
func TestRelationshipsAreFoundInTheRecord(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
		for i := range c.Sources { // the staff's organisation now runs none of them
			c.Sources[i].Organisation.ODS = "X" + c.Sources[i].Organisation.ODS
		}
	})
	q := `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id access { relationships { kind evidence } } contacts { verdict } } }`
	number := r.Scenario("everything").NHSNumber
	for role, want := range map[auth.Role]string{auth.RoleHospitalDoctor: "ADMISSION", auth.RoleMentalHealthClinician: "LIST", auth.RoleSocialWorker: "LIST"} {
		a := r.ask(t, role, q, map[string]any{"n": number})
		kinds := map[string]bool{}
		for _, rel := range a.list("data.patientByNHSNumber.access.relationships") {
			kinds[rel.text("kind")] = true
		}
		if !kinds[want] || a.text("data.patientByNHSNumber.contacts.verdict") == "WITHHELD" {
			t.Errorf("%s: %v", role, a)
		}
	}
	before := len(r.control(t, http.MethodGet, "hospital", "/counts", ""))
	if a := r.ask(t, auth.RolePharmacist, q, map[string]any{"n": number}); before == 0 || a.text("data.patientByNHSNumber.access.relationships.0.kind") != "ADMISSION" {
		t.Errorf("what one found does not hold for the others of the organisation: %v", a)
	}
}
