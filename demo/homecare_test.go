package demo

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestHomeCareIsOptional: without being asked for, nothing of the provider is there; with
// it, everybody is as before, and it knows those whom it looks after.
func TestHomeCareIsOptional(t *testing.T) {
	without, with := started(t, Options{Patients: 60}), started(t, Options{Patients: 60, HomeCare: true})
	if without.System(homeCareID) != nil || with.System(homeCareID) == nil || len(with.Patients) != len(without.Patients) {
		t.Fatalf("%d and %d people", len(without.Patients), len(with.Patients))
	}
	known := 0
	for i, p := range with.Patients {
		was := without.Patients[i]
		if p.NHSNumber != was.NHSNumber || p.LocalIDs["gp"] != was.LocalIDs["gp"] {
			t.Errorf("%v became %v", was, p)
		}
		if p.LocalIDs[homeCareID] != "" {
			known++
			if !slices.Contains(p.Systems, "social-care") {
				t.Errorf("%s is looked after, and the council does not know", p.FamilyName)
			}
		}
	}
	if known < 3 || known > 40 || with.Scenario("everything").LocalIDs[homeCareID] == "" {
		t.Errorf("%d people are known", known)
	}
	for _, r := range with.Rosters {
		if r.System == homeCareID && len(r.LocalIDs) == 0 {
			t.Errorf("nobody is on the caseload of %s", r.Name)
		}
	}
}

// TestHomeCareControl: nobody is answered without the key; requests are counted without
// ids.
func TestHomeCareControl(t *testing.T) {
	r := started(t, Options{HomeCare: true})
	s := r.System(homeCareID)
	id := r.Scenario("everything").LocalIDs[homeCareID]
	if res, body := get(t, s.URL+"/clients/"+id+"/team"); res.StatusCode != http.StatusUnauthorized || strings.Contains(body, "W-0") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := get(t, s.Control); !strings.Contains(body, `"/clients/team":1`) || strings.Contains(body, id) {
		t.Error(body)
	}
	for fault, want := range map[string]int{"next-loop": 200, "endless-paging": 200, "status-503": 200, "wrong-patient": 200} {
		if res, _ := send(t, http.MethodPut, s.Control, `{"fault":"`+fault+`"}`); res.StatusCode != want {
			t.Errorf("%s: %d", fault, res.StatusCode)
		}
	}
}
