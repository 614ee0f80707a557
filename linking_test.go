package main

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

const registeredQuery = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id
	registrations { source { id } state reason links { localId status evidence } }
	conflicts { field values { source { id } value } }
	allergies { verdict } contacts { outcomes { source { id } status } } } }`

// knownIn opens a scenario person and gives them with their registration in a system.
func (r *region) knownIn(t *testing.T, role auth.Role, scenario, source string) (person, registration object) {
	t.Helper()
	a := r.ask(t, role, registeredQuery, map[string]any{"n": r.Scenario(scenario).NHSNumber})
	p, ok := a.at("data.patientByNHSNumber").(map[string]any)
	if !ok {
		t.Fatalf("%s: %v", scenario, a.at("errors"))
	}
	for _, reg := range object(p).list("registrations") {
		if reg.text("source.id") == source {
			return p, reg
		}
	}
	t.Fatalf("no registration in %s", source)
	return nil, nil
}

// A record without a number is traced by name and read like any other; where somebody must
// say whose it is, data-quality staff see both sides, decide with a reason, and the
// decision holds at once; nobody else may, and everything is in the ledger.
func TestLinkingByHand(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 24}, nil)
	p, reg := r.knownIn(t, auth.RoleGP, "unnumbered", "social-care")
	if reg.text("state") != "LINKED" || reg.text("links.0.status") != "PROBABLE" || !strings.Contains(reg.text("links.0.evidence"), "family name") {
		t.Errorf("not traced: %v", reg)
	}
	if p.text("contacts.outcomes.3.status") != "ANSWERED" {
		t.Errorf("what was traced is not read: %v", p.at("contacts.outcomes"))
	}
	if _, twin := r.knownIn(t, auth.RoleGP, "twin-d", "social-care"); twin.text("state") != "UNVERIFIED" {
		t.Errorf("a twin's record: %v", twin)
	}
	p, reg = r.knownIn(t, auth.RoleGP, "ambiguous", "mental-health")
	if reg.text("state") != "UNVERIFIED" || !strings.Contains(reg.text("reason"), "somebody has been asked") || len(reg.list("links")) != 0 {
		t.Fatalf("ambiguous: %v", reg)
	}

	const proposals = `{ linkProposals(state: OPEN, first: 20) { total next proposals { id state patient source { id } localId score agreements { field level weight } rules proposedBy
		candidate { source { id } localId nhsNumber name { text } birthDate gender addresses { postcode } } candidateOutcome { status }
		known { source { id } nhsNumber name { text } birthDate addresses { postcode } } knownOutcomes { source { id } status } } } }`
	if a := r.ask(t, auth.RoleGP, proposals, nil); a.text("errors.0.extensions.code") != "FORBIDDEN" {
		t.Errorf("a GP reads the work list: %v", a)
	}
	a := r.ask(t, auth.RoleDataQuality, proposals, nil)
	var open object
	for _, d := range a.list("data.linkProposals.proposals") {
		if d.text("patient") == p.text("id") {
			open = d
		}
	}
	if open == nil {
		t.Fatalf("not on the work list: %v", a)
	}
	if !strings.Contains(open.text("candidate.name.text"), "MAYBEWORTH") || open.text("candidate.addresses.0.postcode") != "WM9 8ZT" ||
		!strings.Contains(open.text("known.0.name.text"), "MAYBEWORTH") || open.text("known.0.addresses.0.postcode") == "WM9 8ZT" || len(open.list("agreements")) == 0 {
		t.Errorf("not side by side: %v", open)
	}

	decide := `mutation($p: ID!, $c: Boolean!, $r: String!) { decideLink(proposal: $p, confirm: $c, reason: $r) { state decidedBy reason candidate { name { text } } } }`
	because := map[string]any{"p": open.text("id"), "c": true, "r": "the address was checked by telephone"}
	if a := r.ask(t, auth.RoleDataQuality, decide, map[string]any{"p": open.text("id"), "c": true, "r": "yes"}); a.text("errors.0.extensions.code") != "BAD_INPUT" {
		t.Errorf("without a reason: %v", a)
	}
	if a := r.ask(t, auth.RolePrivacyOfficer, decide, because); a.text("errors.0.extensions.code") != "FORBIDDEN" {
		t.Errorf("a privacy officer decides: %v", a)
	}
	if a := r.ask(t, auth.RoleDataQuality, decide, because); a.text("data.decideLink.state") != "CONFIRMED" || a.text("data.decideLink.decidedBy") != "Moira Ledgerwood" {
		t.Fatalf("confirming: %v", a)
	}
	if a := r.ask(t, auth.RoleDataQuality, decide, because); a.text("errors.0.extensions.code") != "LINK_REFUSED" {
		t.Errorf("deciding twice: %v", a)
	}
	if _, reg := r.knownIn(t, auth.RoleGP, "ambiguous", "mental-health"); reg.text("links.0.status") != "CONFIRMED" {
		t.Errorf("after the decision: %v", reg)
	}

	undo := `mutation($p: ID!, $s: ID!, $l: String!, $r: String!) { unlink(patient: $p, source: $s, localId: $l, reason: $r) { kind source localId by reason evidence } }`
	a = r.ask(t, auth.RoleDataQuality, undo, map[string]any{"p": p.text("id"), "s": "mental-health", "l": open.text("localId"), "r": "it was the wrong telephone"})
	kinds := map[string]bool{}
	for _, e := range a.list("data.unlink") {
		kinds[e.text("kind")] = true
	}
	if !kinds["UNLINKED"] || !kinds["CONFIRMED"] || !kinds["ENDED"] || !kinds["LINKED"] {
		t.Errorf("history: %v", a)
	}
	if _, reg := r.knownIn(t, auth.RoleGP, "ambiguous", "mental-health"); reg.text("state") != "ABSENT" {
		t.Errorf("after unlinking: %v", reg)
	}

	decided, read := 0, 0
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Patient: p.text("id")})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		switch {
		case e.Action == "link-decision":
			decided++
		case e.Action == audit.ActionRead && e.Actor.Role == string(auth.RoleDataQuality):
			read++
		}
	}
	if decided != 4 || read < 2 { // confirmed, tried again and refused, unlinked
		t.Errorf("%d decisions and %d readings in the ledger", decided, read)
	}
}

// What systems state differently is on the banner, and which birth date holds is decided by
// hand; who decides sees nothing of the record.
func TestConflictsOfDemographics(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p, _ := r.knownIn(t, auth.RoleGP, "moved", "gp")
	fields := map[string]object{}
	for _, c := range p.list("conflicts") {
		fields[c.text("field")] = c
	}
	if c := fields["POSTCODE"]; c == nil || len(c.list("values")) != 2 || c.text("values.0.value") == c.text("values.1.value") {
		t.Errorf("conflicts: %v", p.at("conflicts"))
	}
	if fields["BIRTH_DATE"] != nil || fields["FAMILY_NAME"] != nil {
		t.Errorf("they agree: %v", p.at("conflicts"))
	}

	p, reg := r.knownIn(t, auth.RoleDataQuality, "birth-date-conflict", "mental-health")
	if reg.text("state") != "CONFLICT" || p.text("allergies.verdict") != "WITHHELD" {
		t.Fatalf("before: %v", p)
	}
	accept := `mutation($p: ID!, $r: String!) { acceptBirthDate(patient: $p, source: "mental-health", reason: $r) { kind by } }`
	a := r.ask(t, auth.RoleDataQuality, accept, map[string]any{"p": p.text("id"), "r": "the passport was shown to the trust"})
	if a.text("data.acceptBirthDate.0.kind") == "" {
		t.Fatalf("accepting: %v", a)
	}
	if _, reg := r.knownIn(t, auth.RoleDataQuality, "birth-date-conflict", "mental-health"); reg.text("state") != "LINKED" {
		t.Errorf("after: %v", reg)
	}
	if _, reg := r.knownIn(t, auth.RoleDataQuality, "birth-date-conflict", "gp"); reg.text("state") != "CONFLICT" {
		t.Errorf("after: %v", reg)
	}
}

// Somebody who is known only from a record without an NHS number opens like anybody else,
// has no number, and is whoever turns out to have the record.
func TestKnownOnlyLocally(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	who := r.Scenario("unnumbered")
	found, err := r.server.systems[3].Find(t.Context(), []record.PersonQuery{{FamilyName: "Untraceford", BirthDate: record.Date(who.BirthDate)}})
	if err != nil || len(found[0]) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	index := r.server.index
	scored := index.Linking
	index.Linking.Scored = "off" // so that it stays alone
	ids, err := index.Adopt(t.Context(), []patient.Local{{Source: "social-care", LocalID: found[0][0].Subject, Birth: found[0][0].BirthDate}})
	if err != nil {
		t.Fatal(err)
	}
	const open = `query($p: ID!) { patient(id: $p) { id nhsNumber birthDate person { name { text } } registrations { source { id } state reason links { status } }
		contacts { verdict outcomes { source { id } status code } } } }`
	a := r.ask(t, auth.RoleSocialWorker, open, map[string]any{"p": ids[0]})
	p := object(a.at("data.patient").(map[string]any))
	if p.at("nhsNumber") != nil || p.text("birthDate") != who.BirthDate || !strings.Contains(p.text("person.name.text"), "UNTRACEFORD") ||
		p.text("registrations.3.links.0.status") != "OWN" || p.text("registrations.0.state") != "UNANSWERED" {
		t.Errorf("known only locally: %v", a)
	}
	if p.text("contacts.outcomes.3.status") != "ANSWERED" || p.text("contacts.outcomes.0.status") == "NOT_REGISTERED" {
		t.Errorf("its record: %v", p.at("contacts"))
	}
	index.Linking = scored
	a = r.ask(t, auth.RoleSocialWorker, open, map[string]any{"p": ids[0]})
	if a.text("data.patient.nhsNumber") != who.NHSNumber || a.text("data.patient.registrations.0.state") != "LINKED" || a.text("data.patient.registrations.3.links.0.status") != "PROBABLE" {
		t.Errorf("traced: %v", a)
	}
}

// Whoever one of the records says may not be located is not located by a proposal's other
// side, also while the index has not heard of it.
func TestAProposalLocatesNobody(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p, reg := r.knownIn(t, auth.RoleDataQuality, "restricted", "gp")
	of := map[string]any{"p": p.text("id"), "l": reg.text("links.0.localId"), "r": "somebody else signed there"}
	undo := `mutation($p: ID!, $l: String!, $r: String!) { unlink(patient: $p, source: "gp", localId: $l, reason: $r) { kind } }`
	if a := r.ask(t, auth.RoleDataQuality, undo, of); a.at("errors") != nil {
		t.Fatal(a)
	}
	if _, err := r.server.db.Write.DB.ExecContext(t.Context(), `UPDATE patient_registration SET labels = '' WHERE patient_id = $1`, p.text("id")); err != nil {
		t.Fatal(err)
	}
	again := `mutation($p: ID!, $l: String!, $r: String!) { proposeLink(patient: $p, source: "gp", localId: $l, reason: $r) {
		candidate { name { text } addresses { postcode } telecoms { value } } known { source { id } name { text } addresses { postcode } telecoms { value } } } }`
	a := r.ask(t, auth.RoleDataQuality, again, of)
	d, ok := a.at("data.proposeLink").(map[string]any)
	if !ok || object(d).text("candidate.name.text") == "" || len(object(d).list("known")) == 0 {
		t.Fatal(a)
	}
	for _, side := range append(object(d).list("known"), object(d["candidate"].(map[string]any))) {
		if len(side.list("addresses")) > 0 || len(side.list("telecoms")) > 0 {
			t.Errorf("located: %v", side)
		}
	}
}
