package demo

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRegisterIsOptional: without being asked for, nothing of the register is there; with
// it, everybody is as before, and two more are there.
func TestRegisterIsOptional(t *testing.T) {
	without, with := started(t, Options{}), started(t, Options{PDS: true})
	if len(without.Systems) != 4 || without.System("pds") != nil || len(with.Systems) != 5 {
		t.Fatalf("%d and %d systems", len(without.Systems), len(with.Systems))
	}
	if len(with.Patients) != len(without.Patients)+2 {
		t.Errorf("%d people, without %d", len(with.Patients), len(without.Patients))
	}
	for i, p := range without.Patients {
		same := with.Patients[i]
		if same.NHSNumber != p.NHSNumber || same.LocalIDs["pds"] != p.NHSNumber || !slices.Equal(same.Systems, append(slices.Clone(p.Systems), "pds")) ||
			same.LocalIDs["gp"] != p.LocalIDs["gp"] {
			t.Errorf("%v became %v", p, same)
		}
	}
	if p := with.Scenario("traced"); len(p.Systems) != 1 || p.Systems[0] != "pds" {
		t.Errorf("%v", p)
	}
	for _, p := range with.Patients {
		if !strings.HasPrefix(p.NHSNumber, "9") {
			t.Error("a number that may be somebody's")
		}
	}
}

// TestRegisterControl: nobody is answered without a login; requests are counted without
// their numbers; faults that make no sense are refused.
func TestRegisterControl(t *testing.T) {
	r := started(t, Options{PDS: true})
	s := r.System("pds")
	number := r.Patients[0].NHSNumber
	if res, body := get(t, s.URL+"/Patient/"+number); res.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "ACCESS_DENIED") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := get(t, s.Control); !strings.Contains(body, `"/Patient":1`) || strings.Contains(body, number) {
		t.Error(body)
	}
	for fault, want := range map[string]int{"next-loop": 422, "endless-paging": 422, "status-503": 200, "gzip-bomb": 200} {
		if res, _ := send(t, http.MethodPut, s.Control, `{"fault":"`+fault+`"}`); res.StatusCode != want {
			t.Errorf("%s: %d", fault, res.StatusCode)
		}
	}
}

// TestNationalRecords: what the register holds of the region.
func TestNationalRecords(t *testing.T) {
	o := Options{Patients: 60, PDS: true, Now: func() time.Time { return theDay }}.withDefaults()
	c, err := o.content()
	if err != nil {
		t.Fatal(err)
	}
	var replaced, restricted, dead int
	seen := map[string]bool{}
	for _, p := range c.national {
		for _, n := range append([]string{p.Number}, p.Replaced...) {
			if seen[n] {
				t.Errorf("one number of two people")
			}
			seen[n] = true
		}
		if p.Restricted != "" {
			restricted++
		}
		if p.Died != "" {
			dead++
		}
		replaced += len(p.Replaced)
	}
	if len(c.national) != 62 || replaced < 2 || restricted < 3 || dead < 1 {
		t.Errorf("%d people, %d replaced, %d restricted, %d dead", len(c.national), replaced, restricted, dead)
	}
}
