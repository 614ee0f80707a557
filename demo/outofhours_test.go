package demo

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestOutOfHoursIsOptional: without being asked for, nothing of the service is there; with
// it, everybody is as before, and some of the practices' people are known there too.
func TestOutOfHoursIsOptional(t *testing.T) {
	without, with := started(t, Options{Patients: 60}), started(t, Options{Patients: 60, GPConnect: true})
	if without.System(outOfHoursID) != nil || with.System(outOfHoursID) == nil || len(with.Patients) != len(without.Patients) {
		t.Fatalf("%d and %d systems", len(without.Systems), len(with.Systems))
	}
	known := 0
	for i, p := range without.Patients {
		same := with.Patients[i]
		if same.NHSNumber != p.NHSNumber || same.LocalIDs["gp"] != p.LocalIDs["gp"] {
			t.Errorf("%v became %v", p, same)
		}
		if !slices.Contains(same.Systems, outOfHoursID) {
			continue
		}
		known++
		if same.LocalIDs[outOfHoursID] != p.NHSNumber || !slices.Contains(p.Systems, "gp") {
			t.Errorf("%v", same)
		}
	}
	if known < 10 || known > 40 {
		t.Errorf("%d of %d are known there", known, len(with.Patients))
	}
	for _, nobody := range []string{"deceased", "restricted", "superseded", "unverified"} {
		if slices.Contains(with.Scenario(nobody).Systems, outOfHoursID) {
			t.Errorf("%s is known there", nobody)
		}
	}
}

// TestOutOfHoursControl: nobody is answered without the Spine's headers; faults that make
// no sense are refused.
func TestOutOfHoursControl(t *testing.T) {
	r := started(t, Options{Patients: 30, GPConnect: true})
	s := r.System(outOfHoursID)
	if res, body := get(t, s.URL+"/metadata"); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, "Ssp-TraceID") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := get(t, s.Control); !strings.Contains(body, `"/metadata":1`) {
		t.Error(body)
	}
	for fault, want := range map[string]int{"next-loop": 422, "mixed-patients": 200, "gzip-bomb": 200} {
		if res, _ := send(t, http.MethodPut, s.Control, `{"fault":"`+fault+`"}`); res.StatusCode != want {
			t.Errorf("%s: %d", fault, res.StatusCode)
		}
	}
}
