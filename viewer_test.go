package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const (
	layoutOf = `{ viewerLayout { own version sections { name folded } } }`
	arrange  = `mutation($s: [ViewerSectionInput!]!, $v: Int!) { setViewerLayout(sections: $s, version: $v) { own version sections { name folded } } }`
	openedBy = `mutation($p: ID!) { openedPatient(patient: $p) }`
	recentOf = `{ recentPatients { opened patient { id person { name { text } } medications { verdict } } } }`
	lookAt   = `mutation($p: ID!, $d: [LookedPart!]!) { look(patient: $p, parts: $d) { since fresh unknown } }`
)

// opensRecently opens a scenario's person as the viewer does, and gives their id.
func (r *region) opensRecently(t *testing.T, role auth.Role, scenario string) string {
	t.Helper()
	id := r.idOf(t, role, r.Scenario(scenario).NHSNumber)
	if got := r.ask(t, role, openedBy, map[string]any{"p": id}); got.at("data.openedPatient") != true {
		t.Fatalf("openedPatient: %v", got)
	}
	return id
}

func (r *region) recentIDs(t *testing.T, role auth.Role) string {
	t.Helper()
	got := r.ask(t, role, recentOf, nil)
	if got.code() != "" {
		t.Fatalf("recentPatients: %v", got)
	}
	var ids []string
	for _, one := range got.list("data.recentPatients") {
		ids = append(ids, one.text("patient.id"))
	}
	return strings.Join(ids, " ")
}

// The summary is arranged by role, by the region, and by oneself; not over what another
// window has done.
func TestLayoutsThroughTheDoor(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 5}, func(c *Config) {
		c.Viewer.Summary = []SummaryConfig{{Role: auth.RoleGP, Sections: []string{"results"}, Folded: []string{"consents"}}}
	})
	if got := r.ask(t, auth.RoleGP, layoutOf, nil); got.text("data.viewerLayout.sections.0.name") != "results" || got.at("data.viewerLayout.own") != false {
		t.Errorf("the region's order: %v", got)
	}
	if got := r.ask(t, auth.RolePharmacist, layoutOf, nil); got.text("data.viewerLayout.sections.0.name") != "allergies" {
		t.Errorf("the built-in order: %v", got)
	}
	order := func(first string) map[string]any {
		return map[string]any{"v": 0, "s": []map[string]any{{"name": first}, {"name": "medications", "folded": true}}}
	}
	if got := r.ask(t, auth.RoleGP, arrange, order("problems")); got.at("data.setViewerLayout.version") != 1.0 || got.text("data.setViewerLayout.sections.0.name") != "results" {
		// What is not named keeps its usual place, which for results is the first.
		t.Errorf("one's own order: %v", got)
	}
	if got := r.ask(t, auth.RoleGP, arrange, order("results")); got.code() != "LAYOUT_CHANGED" {
		t.Errorf("from another window: %v", got)
	}
	if got := r.ask(t, auth.RoleGP, layoutOf, nil); got.at("data.viewerLayout.own") != true || got.at("data.viewerLayout.version") != 1.0 {
		t.Errorf("it is kept: %v", got)
	}
	if got := r.ask(t, auth.RolePracticeNurse, layoutOf, nil); got.at("data.viewerLayout.own") != false {
		t.Errorf("another user's: %v", got)
	}
	bad := map[string]any{"v": 1, "s": []map[string]any{{"name": "allergies", "folded": true}}}
	if got := r.ask(t, auth.RoleGP, arrange, bad); got.code() != "BAD_INPUT" {
		t.Errorf("allergies folded away: %v", got)
	}
	if got := r.ask(t, auth.RoleGP, `mutation { resetViewerLayout(version: 1) { own version } }`, nil); got.at("data.resetViewerLayout.own") != false || got.at("data.resetViewerLayout.version") != 2.0 {
		t.Errorf("given up: %v", got)
	}
}

// Whom one opened is one's own; each is decided as it is now, and of who may not be opened
// any more nothing is told.
func TestRecentPatientsThroughTheDoor(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	everything, restricted := r.opensRecently(t, auth.RoleGP, "everything"), r.opensRecently(t, auth.RoleGP, "restricted")
	if got := r.recentIDs(t, auth.RoleGP); got != restricted+" "+everything {
		t.Errorf("they are %q", got)
	}
	if got := r.recentIDs(t, auth.RolePharmacist); got != "" {
		t.Errorf("another user's are %q", got)
	}
	r.opensRecently(t, auth.RoleReceptionist, "everything")
	for _, one := range r.ask(t, auth.RoleReceptionist, recentOf, nil).list("data.recentPatients") {
		if v := one.text("patient.medications.verdict"); v == "KNOWN" || one.text("patient.person.name.text") == "" {
			t.Errorf("a receptionist sees %v", one)
		}
	}
	version := r.ask(t, auth.RoleAdministrator, `{ policies { version } }`, nil).at("data.policies.version")
	put := r.ask(t, auth.RoleAdministrator, `mutation($p: PolicyInput!, $v: Int!) { putPolicy(policy: $p, version: $v, reason: "a test of what is withdrawn") { version } }`,
		map[string]any{"v": version, "p": map[string]any{
			"id": "not-opened", "description": "Nobody opens restricted people.", "effect": "deny", "roles": []string{"gp"}, "actions": []string{"read"}, "resources": []string{"patient:read"},
			"when": []map[string]any{{"key": "restrictedPerson", "in": []string{"yes"}}},
		}})
	if put.code() != "" {
		t.Fatalf("putPolicy: %v", put)
	}
	got := r.ask(t, auth.RoleGP, recentOf, nil)
	if ids := r.recentIDs(t, auth.RoleGP); ids != everything || got.code() != "" || strings.Contains(fmt.Sprint(got), restricted) {
		t.Errorf("who may not be opened is told of: %v", got)
	}
	for what, id := range map[string]string{"one who may not be opened": restricted, "nobody": "nobody", "a strange id": "\x00"} {
		if got := r.ask(t, auth.RoleGP, openedBy, map[string]any{"p": id}); got.code() != "PATIENT_NOT_FOUND" {
			t.Errorf("%s is opened: %v", what, got)
		}
		if got := r.ask(t, auth.RoleGP, lookAt, map[string]any{"p": id, "d": []any{}}); got.code() != "PATIENT_NOT_FOUND" {
			t.Errorf("%s is looked at: %v", what, got)
		}
	}
	if got := r.ask(t, auth.RoleGP, `mutation { forgetPatients }`, nil); got.at("data.forgetPatients") != true || r.recentIDs(t, auth.RoleGP) != "" {
		t.Errorf("they are not forgotten: %v", got)
	}
	if r.recentIDs(t, auth.RoleReceptionist) == "" {
		t.Error("another user's are forgotten, too")
	}
}

// A session that was opened on one patient is told of nobody else, and marks nobody else.
func TestAPinnedSessionHasNoRecentPatients(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	other := r.opensRecently(t, auth.RoleGP, "everything")
	own := r.idOf(t, auth.RoleGP, r.Scenario("conflict").NHSNumber)
	user, err := r.server.sessions.Find(t.Context(), r.tokens[auth.RoleGP])
	if err != nil {
		t.Fatal(err)
	}
	pinned := *user
	pinned.Launch = &auth.Launch{Patient: own}
	token, err := r.server.sessions.Start(t.Context(), pinned)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		recentOf: "FORBIDDEN",
		`mutation { openedPatient(patient: "` + other + `") }`:             "PATIENT_NOT_FOUND",
		`mutation { look(patient: "` + other + `", parts: []) { since } }`: "PATIENT_NOT_FOUND",
	} {
		if _, body := r.post(t, token, query, nil); !strings.Contains(string(body), want) || strings.Contains(query, "recent") && strings.Contains(string(body), other) {
			t.Errorf("%s: %s", query, body)
		}
	}
	if _, body := r.post(t, token, `mutation { openedPatient(patient: "`+own+`") }`, nil); !strings.Contains(string(body), "true") {
		t.Errorf("its own: %s", body)
	}
}

// What is new is told by what the viewer shows, to who was shown it.
func TestLooksThroughTheDoor(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 5}, nil)
	id := r.idOf(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	shown := func(statements ...string) map[string]any {
		return map[string]any{"p": id, "d": []map[string]any{{"of": strings.Repeat("p", 16), "whole": true, "statements": statements}}}
	}
	a, b := strings.Repeat("a", 16)+"."+strings.Repeat("a", 16), strings.Repeat("b", 16)+"."+strings.Repeat("b", 16)
	if got := r.ask(t, auth.RoleGP, lookAt, shown(a)); got.at("data.look.since") != nil || len(got.list("data.look.fresh")) != 0 {
		t.Errorf("the first look: %v", got)
	}
	again := r.appToken(t, auth.RoleGP, "viewer")
	_, body := r.post(t, again, lookAt, shown(a, b))
	if !strings.Contains(string(body), `"fresh":["`+b+`"]`) || !strings.Contains(string(body), `"since":"20`) {
		t.Errorf("of another session: %s", body)
	}
	if got := r.ask(t, auth.RolePharmacist, lookAt, shown(a, b)); got.at("data.look.since") != nil || len(got.list("data.look.fresh")) != 0 {
		t.Errorf("another user: %v", got)
	}
	bad := shown("penicillin")
	if got := r.ask(t, auth.RoleGP, lookAt, bad); got.code() != "BAD_INPUT" || strings.Contains(fmt.Sprint(got), "penicillin") {
		t.Errorf("words: %v", got)
	}
}
