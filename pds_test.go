package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
)

// numberOf completes nine digits as the demo does.
func numberOf(nine int) string {
	for ; ; nine++ {
		for check := range 10 {
			if n, err := record.ParseNHSNumber(fmt.Sprintf("%d%d", nine, check)); err == nil {
				return string(n)
			}
		}
	}
}

const whoIs = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id nhsNumber
	registrations { source { id } state } person { name { text } }
	demographics { outcomes { source { id } status } } practice { verdict entries { organisation { ods } provenance { source { id } } } outcomes { source { id } status code } } } }`

// The national register finds people whom nobody else knows and follows numbers that were
// replaced; whom it restricts is located by no other system either.
func TestNationalRegister(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, PDS: true}, nil)
	who := func(t *testing.T, number string) object {
		t.Helper()
		a := r.ask(t, auth.RoleGP, whoIs, map[string]any{"n": number})
		p, ok := a.at("data.patientByNHSNumber").(map[string]any)
		if !ok {
			t.Fatalf("%v", a)
		}
		return object(p)
	}
	states := func(p object) string {
		var all []string
		for _, g := range p.list("registrations") {
			all = append(all, g.text("source.id")+" "+g.text("state"))
		}
		return strings.Join(all, ", ")
	}
	t.Run("somebody whom nobody else knows", func(t *testing.T) {
		traced := r.Scenario("traced")
		p := who(t, traced.NHSNumber)
		if got, want := states(p), "gp ABSENT, hospital ABSENT, mental-health ABSENT, social-care ABSENT, pds LINKED"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if p.text("person.name.text") != "SOLITARYFORD, Ambrose (Mr)" || len(p.list("practice.entries")) != 1 {
			t.Errorf("%v", p)
		}
		found := r.ask(t, auth.RoleGP, operation(t, "search"), map[string]any{"familyName": traced.FamilyName, "birthDate": traced.BirthDate})
		if hits := found.list("data.searchPatients.hits"); len(hits) != 1 || hits[0].text("sources.0.id") != "pds" {
			t.Errorf("the search: %v", found)
		}
	})
	t.Run("a replaced number leads to the same person", func(t *testing.T) {
		for _, c := range []struct{ old, now string }{
			{numberOf(943_500_651), r.Scenario("superseded").NHSNumber}, // the hospital has the old number still
			{numberOf(905_000_025), r.Patients[25].NHSNumber},           // only the register knows it
		} {
			old := who(t, c.old)
			now := who(t, c.now)
			if old.text("id") != now.text("id") || old.text("id") == "" || old.text("nhsNumber") != c.now {
				t.Errorf("%v\nand %v", old, now)
			}
			if got := states(old); strings.Contains(got, "CONFLICT") || !strings.Contains(got, "pds LINKED") {
				t.Error(got)
			}
		}
		if got := states(who(t, numberOf(943_500_651))); !strings.Contains(got, "gp LINKED, hospital LINKED") {
			t.Error(got)
		}
	})
	t.Run("a restricted person is located by nothing", func(t *testing.T) {
		hidden, free := r.Scenario("restricted-nationally"), r.Scenario("everything")
		if a := r.ask(t, auth.RoleGP, everythingAsked, map[string]any{"n": free.NHSNumber}); !strings.Contains(fmt.Sprint(a), "postcode:WM") {
			t.Fatal("nobody is located at all")
		}
		unlocated := func() {
			t.Helper()
			for role := range r.tokens {
				text, err := json.Marshal(r.ask(t, role, everythingAsked, map[string]any{"n": hidden.NHSNumber}))
				if err != nil {
					t.Fatal(err)
				}
				for _, sign := range []string{`"lines":["`, `"postcode":"`, `"location":"`, `"ward":"`, `"telecoms":[{`} {
					if strings.Contains(string(text), sign) {
						t.Errorf("%s: %s in %s", role, sign, text)
					}
				}
			}
			found := r.ask(t, auth.RoleGP, operation(t, "search"), map[string]any{"familyName": hidden.FamilyName, "birthDate": hidden.BirthDate})
			hits := found.list("data.searchPatients.hits")
			if len(hits) == 0 || slices.ContainsFunc(hits, func(h object) bool { return h.text("postcode") != "" }) {
				t.Errorf("the search: %v", found)
			}
		}
		unlocated()
		if p := who(t, hidden.NHSNumber); outcome(object(p.at("practice").(map[string]any)), "pds").text("status") != "WITHHELD" {
			t.Errorf("%v", p.at("practice"))
		}
		// What the register once said holds while it does not answer.
		r.control(t, http.MethodPut, "pds", "", `{"fault":"refused"}`)
		unlocated()
		r.control(t, http.MethodDelete, "pds", "", "")
	})
	r.saysNoNumber(t)
}

// saysNoNumber: the register's addresses hold numbers, names and birth dates; nothing that
// this server keeps for its operators does.
func (r *region) saysNoNumber(t *testing.T) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, metrics := send(t, req)
	for _, p := range r.Patients {
		for place, text := range map[string]string{"the log": r.log.String(), "a metric": string(metrics)} {
			if strings.Contains(text, p.NHSNumber) || strings.Contains(text, p.FamilyName) || strings.Contains(text, p.BirthDate) {
				t.Errorf("%s names %s", place, p.FamilyName)
			}
		}
	}
}

// Whatever the register does, what it holds never reads as none, and the other systems'
// answers are as before (hazards H-01, H-02, H-06).
func TestRegisterNeverReadsAsNone(t *testing.T) {
	exhausts(t)
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, PDS: true}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			if c.Sources[i].ID == "pds" { // the others keep theirs
				c.Sources[i].Timeout = 1500 * time.Millisecond
			}
		}
	})
	number := r.Scenario("everything").NHSNumber
	before := r.record(t, auth.RoleGP, number)
	for _, section := range []string{"demographics", "practice"} {
		if got := outcome(object(before[section].(map[string]any)), "pds").text("status"); got != "ANSWERED" {
			t.Fatalf("%s: %s before any fault", section, got)
		}
	}
	for _, fault := range demo.FaultNames() {
		if !r.misbehave(t, "pds", fault) {
			continue
		}
		r.compare(t, "pds", fault, before, r.record(t, auth.RoleGP, number))
		r.control(t, http.MethodDelete, "pds", "", "")
		r.recovered(t, "pds", number, before)
	}
	r.saysNoNumber(t)
}

// A register that is down leaves everybody else's answers, and every section says that it
// is missing.
func TestRegisterDown(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20, PDS: true}, func(c *Config) { remember(c, 0) })
	r.control(t, http.MethodPut, "pds", "", `{"fault":"refused"}`)
	number := r.Scenario("everything").NHSNumber
	p := r.record(t, auth.RoleGP, number)
	for _, section := range []string{"demographics", "practice"} {
		s := object(p[section].(map[string]any))
		if len(s.list("entries")) == 0 || outcome(s, "gp").text("status") != "ANSWERED" {
			t.Errorf("%s: the others are gone: %v", section, s.list("outcomes"))
		}
		if got := outcome(s, "pds"); got.text("status") != "UNAVAILABLE" && got.text("status") != "PENDING" {
			t.Errorf("%s: the register reads %v", section, got)
		}
	}
	// Whom only the register could know is not said to be nobody.
	a := r.ask(t, auth.RoleGP, whoIs, map[string]any{"n": r.Scenario("traced").NHSNumber})
	if text := fmt.Sprint(a); !strings.Contains(text, "pds") || strings.Contains(text, "NOT_FOUND") {
		t.Errorf("%v", a)
	}
}

// In a storm of refusals (429) the register is asked again when it says so, and no more.
func TestRegisterStorm(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40, PDS: true}, func(c *Config) { remember(c, 0) })
	r.control(t, http.MethodPut, "pds", "", `{"fault":"status-429","share":0.5,"paths":["/Patient"]}`)
	for _, p := range r.Patients[15:23] {
		a := r.ask(t, auth.RoleGP, whoIs, map[string]any{"n": p.NHSNumber})
		if a.at("data.patientByNHSNumber") == nil {
			t.Fatalf("%v", a)
		}
		for _, g := range object(a.at("data.patientByNHSNumber").(map[string]any)).list("registrations") {
			if g.text("source.id") == "pds" && g.text("state") != "LINKED" && g.text("state") != "UNANSWERED" && g.text("state") != "PENDING" {
				t.Errorf("refused, it reads %s", g.text("state"))
			}
		}
	}
	state := r.control(t, http.MethodGet, "pds", "", "")
	if total, _ := state.at("total").(float64); total > 60 { // a look-up and a read for each of eight, twice repeated at most
		t.Errorf("%v requests for eight people", total)
	}
	r.control(t, http.MethodDelete, "pds", "", "")
	deadline := time.Now().Add(20 * time.Second)
	for {
		a := r.ask(t, auth.RoleGP, whoIs, map[string]any{"n": r.Patients[15].NHSNumber})
		if strings.Contains(fmt.Sprint(a.at("data.patientByNHSNumber.demographics")), "id:pds] status:ANSWERED") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("it has not recovered: %v", a)
		}
	}
	r.saysNoNumber(t)
}
