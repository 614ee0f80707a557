package demo

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Every kind of roster has somebody on it somewhere, and nobody lies in two beds.
func TestSomebodyIsThereNow(t *testing.T) {
	t.Parallel()
	for _, patients := range []int{60, 200} {
		r := started(t, Options{Patients: patients})
		filled, beds := map[string]int{}, map[string]string{}
		for _, roster := range r.Rosters {
			filled[roster.System+" "+roster.Kind] += len(roster.LocalIDs)
			for _, id := range roster.LocalIDs {
				if other := beds[roster.System+id]; roster.Kind == "WARD" && other != "" {
					t.Errorf("%s is in %s and %s", id, other, roster.Name)
				} else if roster.Kind == "WARD" {
					beds[roster.System+id] = roster.Name
				}
			}
		}
		for _, kind := range []string{"hospital WARD", "hospital CLINIC", "mental-health WARD", "mental-health CASELOAD", "social-care CASELOAD"} {
			if filled[kind] == 0 {
				t.Errorf("%d patients: nobody is on any %s", patients, kind)
			}
		}
	}
}

// The hospital's server answers the searches that team lists are read by.
func TestFHIRSearchesOfRosters(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	base := r.System("hospital").URL
	for _, roster := range r.Rosters {
		if roster.System != "hospital" {
			continue
		}
		query := "/Encounter?location=Location/" + roster.ID + "&status=in-progress&_include=Encounter:patient&_count=1000"
		if roster.Kind == "CLINIC" {
			query = "/Appointment?actor=HealthcareService/" + roster.ID + "&status=booked&date=ge" + url.QueryEscape("2026-03-18T00:00:00Z") +
				"&date=lt" + url.QueryEscape("2026-03-19T00:00:00Z") + "&_include=Appointment:patient&_count=1000"
		}
		_, body := get(t, base+query)
		var got []string
		for _, e := range bundleOf(t, body).Entry {
			if id, ok := strings.CutPrefix(e.FullURL, base+"/Patient/"); ok {
				got = append(got, id)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, roster.LocalIDs) {
			t.Errorf("%s: %q, want %q", roster.Name, got, roster.LocalIDs)
		}
	}
}
