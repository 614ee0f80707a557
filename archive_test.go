package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const whatTheArchiveHas = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id
	documents { entries { id title content { opens reason } provenance { source { id } } } outcomes { source { id } status code } }
	problems { entries { code { label } provenance { source { id } } } outcomes { source { id } status code } }
	medications { entries { code { label } provenance { source { id } } } outcomes { source { id } status code } } } }`

// archivedOf is what a section has of the archive, and how the archive answered.
func archivedOf(a object, section string) (entries []object, status string) {
	p := object(a.at("data.patientByNHSNumber").(map[string]any))
	for _, e := range p.list(section + ".entries") {
		if e.text("provenance.source.id") == "archive" {
			entries = append(entries, e)
		}
	}
	for _, o := range p.list(section + ".outcomes") {
		if o.text("source.id") == "archive" {
			status = o.text("status")
		}
	}
	return entries, status
}

// The regional archive's letters stand among the others and open, its summary's entries
// stand in their sections; another person's are never shown, and a fault is never nothing.
func TestArchive(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, Archive: true}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			if c.Sources[i].ID == "archive" {
				c.Sources[i].Timeout = 3 * time.Second
			}
		}
	})
	p := r.Scenario("everything")
	ask := func() object {
		return r.ask(t, auth.RoleGP, whatTheArchiveHas, map[string]any{"n": p.NHSNumber})
	}
	a := ask()
	for section, least := range map[string]int{"documents": 2, "problems": 1, "medications": 1} {
		if entries, status := archivedOf(a, section); len(entries) < least || status != "ANSWERED" {
			t.Errorf("%s: %d of the archive, %s", section, len(entries), status)
		}
	}
	list, _ := archivedOf(a, "documents")
	opened := 0
	for _, e := range list {
		if e.at("content.opens") != true {
			continue
		}
		if got := r.openDocument(t, r.tokens[auth.RoleGP], a.text("data.patientByNHSNumber.id"), e.text("id")); got.status != http.StatusOK || len(got.body) == 0 || got.cut {
			t.Errorf("%s: %d %s", e.text("title"), got.status, got.code())
		}
		opened++
	}
	if opened < 2 {
		t.Errorf("%d opened", opened)
	}
	// What every system can do wrong is TestNothingReadsAsNone's; here what only SOAP can.
	for fault, want := range map[string]string{"bad-json": "UNAVAILABLE", "outcome-in-200": "UNAVAILABLE", "wrong-patient": "MISMATCHED", "mixed-patients": "MISMATCHED"} {
		r.misbehave(t, "archive", fault)
		a := ask()
		for _, section := range []string{"documents", "problems"} {
			if entries, status := archivedOf(a, section); len(entries) > 0 || status != want {
				t.Errorf("%s: %s: %d of the archive, %s, want %s", fault, section, len(entries), status, want)
			}
		}
		r.control(t, "DELETE", "archive", "", "")
		for deadline := time.Now().Add(15 * time.Second); ; { // until it is asked again
			if _, status := archivedOf(ask(), "problems"); status == "ANSWERED" {
				break
			} else if time.Now().After(deadline) {
				t.Fatalf("after %s it stays %s", fault, status)
			}
		}
	}
}
