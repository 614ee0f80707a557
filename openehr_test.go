package main

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// An openEHR repository's statements stand in the record beside everybody else's.
func TestOpenEHRInTheRegion(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, OpenEHR: true}, nil)
	p := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	for _, section := range []string{"allergies", "problems", "observations"} {
		s := object(p[section].(map[string]any))
		if got := outcome(s, "community").text("status"); got != "ANSWERED" {
			t.Errorf("%s: %s", section, got)
		}
		if !slices.ContainsFunc(s.list("entries"), func(e object) bool { return e.text("provenance.source.id") == "community" }) {
			t.Errorf("%s: no entry of the repository", section)
		}
	}
	r.saysNoNumber(t)
}

// Whatever the repository does, what it holds never reads as none (hazards H-01, H-02, H-06).
func TestOpenEHRNeverReadsAsNone(t *testing.T) {
	exhausts(t)
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, OpenEHR: true}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			if c.Sources[i].ID == "community" { // the others keep theirs
				c.Sources[i].Timeout = 1500 * time.Millisecond
			}
		}
	})
	number := r.Scenario("everything").NHSNumber
	before := r.record(t, auth.RoleGP, number)
	tried := 0
	for _, fault := range demo.FaultNames() {
		if !r.misbehave(t, "community", fault) {
			continue
		}
		tried++
		r.compare(t, "community", fault, before, r.record(t, auth.RoleGP, number))
		r.control(t, http.MethodDelete, "community", "", "")
		r.recovered(t, "community", number, before)
	}
	if tried < 20 {
		t.Errorf("%d faults", tried)
	}
	r.saysNoNumber(t)
}
