package demo

import (
	"net/http"
	"strings"
	"testing"
)

// TestOpenEHRIsOptional: without being asked for, nothing of the repository is there; with
// it, everybody is as before, and it knows some of the hospital's people.
func TestOpenEHRIsOptional(t *testing.T) {
	without, with := started(t, Options{Patients: 60}), started(t, Options{Patients: 60, OpenEHR: true})
	if without.System(communityID) != nil || with.System(communityID) == nil || len(with.Patients) != len(without.Patients) {
		t.Fatalf("%d and %d people", len(without.Patients), len(with.Patients))
	}
	known := 0
	for i, p := range with.Patients {
		if was := without.Patients[i]; p.NHSNumber != was.NHSNumber || p.LocalIDs["gp"] != was.LocalIDs["gp"] {
			t.Errorf("%v became %v", was, p)
		}
		if p.LocalIDs[communityID] != "" {
			known++
		}
	}
	if known < 5 || known > 30 || with.Scenario("everything").LocalIDs[communityID] == "" {
		t.Errorf("%d people are known", known)
	}
}

// TestOpenEHRControl: nobody is answered without the password; requests are counted without
// what they ask.
func TestOpenEHRControl(t *testing.T) {
	r := started(t, Options{OpenEHR: true})
	s := r.System(communityID)
	number := r.Scenario("everything").NHSNumber
	if res, body := get(t, s.URL+"/ehr?subject_namespace=nhs_number&subject_id="+number); res.StatusCode != http.StatusUnauthorized || strings.Contains(body, "ehr_id") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := get(t, s.Control); !strings.Contains(body, `"/ehr":1`) || strings.Contains(body, number) {
		t.Error(body)
	}
	for fault, want := range map[string]int{"next-foreign": 422, "next-loop": 200, "endless-paging": 200, "status-503": 200} {
		if res, _ := send(t, http.MethodPut, s.Control, `{"fault":"`+fault+`"}`); res.StatusCode != want {
			t.Errorf("%s: %d", fault, res.StatusCode)
		}
	}
}
