package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const outOfHours = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) {
	registrations { source { id } state }
	allergies { verdict entries { code { text } clinicalStatus provenance { source { id } } } outcomes { source { id } status code } }
	medications { entries { code { text } kind provenance { source { id } } } outcomes { source { id } status code } }
	contacts { entries { provenance { source { id } } note } outcomes { source { id } status code } }
	documents { outcomes { source { id } status code } } alerts { outcomes { source { id } status } } } }`

// The out-of-hours service joins the region by its stanza: one call for a person's whole
// record, its warnings and its refusals told as what they are.
func TestOutOfHoursService(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 180, GPConnect: true}, nil)
	of := func(t *testing.T, number string) object {
		t.Helper()
		a := r.ask(t, auth.RoleGP, outOfHours, map[string]any{"n": number})
		p, ok := a.at("data.patientByNHSNumber").(map[string]any)
		if !ok {
			t.Fatalf("%v", a)
		}
		return object(p)
	}
	status := func(p object, section string) string {
		for _, o := range p.list(section + ".outcomes") {
			if o.text("source.id") == "gp-connect" {
				return strings.TrimSpace(o.text("status") + " " + o.text("code"))
			}
		}
		return "not listed"
	}
	t.Run("a person with everything", func(t *testing.T) {
		p := of(t, r.Scenario("everything").NHSNumber)
		for section, want := range map[string]string{"allergies": "ANSWERED", "medications": "ANSWERED", "contacts": "ANSWERED", "documents": "PARTIAL not-all", "alerts": "NOT_OFFERED"} {
			if got := status(p, section); got != want {
				t.Errorf("%s: %s, want %s", section, got, want)
			}
		}
		for _, e := range p.list("medications.entries") {
			if e.text("provenance.source.id") == "gp-connect" && e.text("kind") == "PRESCRIPTION" {
				t.Errorf("a plan stands beside its statement: %v", e)
			}
		}
		if !slices.ContainsFunc(p.list("contacts.entries"), func(e object) bool {
			return e.text("provenance.source.id") == "gp-connect" && strings.HasPrefix(e.text("note"), "History: ")
		}) {
			t.Error("no consultation has its words")
		}
	})
	t.Run("nobody known to be allergic", func(t *testing.T) {
		if got := status(of(t, r.Scenario("none-known").NHSNumber), "allergies"); got != "ASSERTED_NONE" {
			t.Error(got)
		}
		if got := status(of(t, r.Scenario("nothing-recorded").NHSNumber), "allergies"); got != "EMPTY" {
			t.Error(got)
		}
		if got := status(of(t, r.Scenario("conflict").NHSNumber), "allergies"); got != "NOT_REGISTERED" {
			t.Error(got)
		}
	})
	t.Run("who objects is withheld, and nobody beside them", func(t *testing.T) {
		var numbers []string
		for _, p := range r.Patients {
			if p.Scenario == "" && slices.Contains(p.Systems, "gp-connect") {
				numbers = append(numbers, p.NHSNumber)
			}
		}
		listed := r.ask(t, auth.RoleGP, `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { patient { nhsNumber allergies { outcomes { source { id } status code } } } } }`, map[string]any{"n": numbers})
		told := map[string]string{}
		for _, f := range listed.list("data.patientsByNHSNumber") {
			p, _ := f.at("patient").(map[string]any)
			told[object(p).text("nhsNumber")] = status(object(p), "allergies")
		}
		objecting := 0
		for _, n := range numbers {
			single := status(of(t, n), "allergies")
			if told[n] != single {
				t.Errorf("in a list %s, alone %s", told[n], single)
			}
			if single == "WITHHELD consent" {
				objecting++
			} else if !strings.HasPrefix(single, "ANSWERED") && !strings.HasPrefix(single, "EMPTY") && !strings.HasPrefix(single, "ASSERTED_NONE") && !strings.HasPrefix(single, "PARTIAL") {
				t.Error(single)
			}
		}
		if objecting == 0 || objecting == len(numbers) {
			t.Errorf("%d of %d object", objecting, len(numbers))
		}
	})
	t.Run("nothing of it is in the log", func(t *testing.T) {
		if log := r.log.String(); strings.Contains(log, r.Scenario("everything").NHSNumber) {
			t.Error("the log names the patient")
		}
	})
}
