package main

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// Every opening of a person has its event, with who, which sources and which
// coordinates; without the ledger nothing leaves (hazards H-08, H-15).
func TestNothingLeavesUnaudited(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	p := r.record(t, auth.RoleReceptionist, number)
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Patient: p.text("id")})
	if err != nil || len(events) != 1 {
		t.Fatalf("%d events: %v", len(events), err)
	}
	e := events[0]
	if e.Action != audit.ActionRead || e.Decision != audit.Partial || e.Actor.Role != "receptionist" || e.Actor.Organisation != "YZ901" ||
		e.Purpose != "TREAT" || e.RequestID == "" || e.PolicyVersion == "" || e.OperationHash == "" {
		t.Errorf("%+v", e)
	}
	if !slices.Contains(e.Withheld, "record:allergies") || slices.Contains(e.Withheld, "record:appointments") {
		t.Errorf("withheld: %v", e.Withheld)
	}
	if !slices.Contains(e.Fields, "Appointment.start") || slices.Contains(e.Fields, "Allergy.criticality") {
		t.Errorf("coordinates returned: %v", e.Fields)
	}
	if len(e.Sources) == 0 || len(e.Sources[0].LocalIDs) == 0 {
		t.Errorf("sources: %+v", e.Sources)
	}
	text, err := json.Marshal(e)
	if err != nil || strings.Contains(string(text), number) || strings.Contains(string(text), r.Scenario("everything").FamilyName) {
		t.Errorf("the event holds personal data: %s %v", text, err)
	}

	r.readOnly(t, true)
	status, body := r.post(t, r.tokens[auth.RoleGP], operation(t, "full-record"), map[string]any{"nhsNumber": number})
	if status != http.StatusServiceUnavailable || !strings.Contains(string(body), "AUDIT_UNAVAILABLE") || strings.Contains(string(body), "provenance") {
		t.Errorf("without a ledger: %d %.200s", status, body)
	}
	if status := r.readiness(t); status != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", status)
	}
	r.readOnly(t, false)
	for deadline := time.Now().Add(5 * time.Second); r.readiness(t) != http.StatusOK; {
		if time.Now().After(deadline) {
			t.Fatal("the ledger has not recovered within 5 s")
		}
	}
	r.record(t, auth.RoleGP, number)
}

// readOnly makes the database refuse every change, as a full disk would.
func (r *region) readOnly(t *testing.T, on bool) {
	t.Helper()
	pragma := "PRAGMA query_only = OFF"
	if on {
		pragma = "PRAGMA query_only = ON"
	}
	if _, err := r.server.db.Write.DB.ExecContext(t.Context(), pragma); err != nil {
		t.Fatal(err)
	}
}

func (r *region) readiness(t *testing.T) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+"/readyz", nil)
	if err != nil {
		t.Fatal(err)
	}
	status, _ := send(t, req)
	return status
}

// A search and a refusal have their events too.
func TestSearchesAndRefusalsAreAudited(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.Scenario("everything")
	a := r.ask(t, auth.RoleGP, operation(t, "search"), map[string]any{"familyName": p.FamilyName, "birthDate": p.BirthDate})
	hits := a.list("data.searchPatients.hits")
	if len(hits) == 0 || hits[0].text("nhsNumber") != p.NHSNumber || len(hits[0].list("sources")) < 2 {
		t.Errorf("search: %v", a)
	}
	r.ask(t, auth.RoleAnalyst, byNumber, map[string]any{"n": p.NHSNumber})
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, e := range events {
		actions = append(actions, e.Action)
	}
	if !slices.Contains(actions, audit.ActionSearch) || !slices.Contains(actions, audit.ActionDenied) {
		t.Errorf("actions: %v", actions)
	}
}
