package main

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// homeCareSections are those that the home-care provider answers for everybody it knows.
func homeCareSections() []string {
	return []string{"demographics", "carePlans", "professionalContacts", "alerts", "contacts", "appointments", "documents", "personalContacts"}
}

// A home-care provider is joined by a stanza alone: its packages of care, key workers,
// visits and caseloads stand in the record.
func TestHomeCareByConfiguration(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, HomeCare: true}, nil)
	p := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	for _, section := range homeCareSections() {
		s := object(p[section].(map[string]any))
		if got := outcome(s, "home-care").text("status"); got != "ANSWERED" {
			t.Errorf("%s: %s", section, got)
		}
		if !slices.ContainsFunc(s.list("entries"), func(e object) bool { return e.text("provenance.source.id") == "home-care" }) {
			t.Errorf("%s: no entry of the provider", section)
		}
	}
	read := 0
	for _, want := range r.Rosters {
		if want.System != "home-care" {
			continue
		}
		if got, err := r.on(t, want); err != nil || !slices.Equal(got, want.LocalIDs) {
			t.Errorf("%s: %q, %v, want %q", want.Name, got, err, want.LocalIDs)
		}
		read++
	}
	if read != 3 {
		t.Errorf("%d caseloads", read)
	}
	r.saysNoNumber(t)
}

// With every system that there can be, and every text hostile, all of them answer.
func TestEverySystemAtOnce(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, PDS: true, HomeCare: true, OpenEHR: true, Hostile: true}, nil)
	p := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	for source, section := range map[string]string{"home-care": "carePlans", "community": "problems", "pds": "practice", "social-care": "carePlans"} {
		if got := outcome(object(p[section].(map[string]any)), source).text("status"); got != "ANSWERED" {
			t.Errorf("%s of %s: %s", section, source, got)
		}
	}
}

// Whatever the provider does, what it holds never reads as none (hazards H-01, H-02, H-06).
func TestHomeCareNeverReadsAsNone(t *testing.T) {
	exhausts(t)
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, HomeCare: true}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			if c.Sources[i].ID == "home-care" { // the others keep theirs
				c.Sources[i].Timeout = 1500 * time.Millisecond
			}
		}
	})
	number := r.Scenario("everything").NHSNumber
	before := r.record(t, auth.RoleGP, number)
	tried := 0
	for _, fault := range demo.FaultNames() {
		if !r.misbehave(t, "home-care", fault) {
			continue
		}
		tried++
		r.compare(t, "home-care", fault, before, r.record(t, auth.RoleGP, number))
		r.control(t, http.MethodDelete, "home-care", "", "")
		r.recovered(t, "home-care", number, before)
	}
	if tried < 20 {
		t.Errorf("%d faults", tried)
	}
	r.saysNoNumber(t)
}
