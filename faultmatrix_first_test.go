package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// firstOpening is the surface of somebody whom nobody has opened before: which systems know
// them. What is wrong there would be remembered for hours.
const firstOpening = "who knows somebody, at the first opening"

func (m *matrix) openFirst(t *testing.T, p demo.Patient) seen {
	answer := m.ask(t, auth.RoleGP, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: `+matrixWait+`) { registrations { source { id } state } } }`, map[string]any{"n": p.NHSNumber})
	s := seen{}
	if answer.at("data.patientByNHSNumber") == nil {
		if code := answer.code(); code != "LOOKUP_INCOMPLETE" {
			t.Errorf("somebody of whom nobody answers reads %s", code)
		}
		for _, system := range p.Systems { // the refusal says so of all
			s.lacks("registration", system, "LOOKUP_INCOMPLETE")
		}
		return s
	}
	for _, g := range answer.list("data.patientByNHSNumber.registrations") {
		switch state := g.text("state"); state {
		case "LINKED":
			s.add("registration", g.text("source.id"), "known")
		case "ABSENT":
		default:
			s.lacks("registration", g.text("source.id"), state)
		}
	}
	return s
}

// stranger is somebody not opened yet whom as many of the systems know as possible, and who
// knows them in a region in which nothing goes wrong.
func (m *matrix) stranger(t *testing.T, systems []string) (p demo.Patient, known seen) {
	best := 0
	for i, one := range m.unopened {
		if len(intersect(one.Systems, systems)) > len(intersect(m.unopened[best].Systems, systems)) {
			best = i
		}
	}
	p = m.unopened[best]
	m.unopened = slices.Delete(m.unopened, best, best+1)
	known = m.twin.openFirst(t, p)
	known.add("registration", "pds", "known") // it knows everybody
	return p, known
}

// whoOpenedUnder looks, when all is well again, at whom was opened under a fault: nobody
// else's statements may have come to them, now or then (hazard H-01).
func (m *matrix) whoOpenedUnder(t *testing.T, fault string, p demo.Patient) {
	q := `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: ` + matrixWait + `) { ` + selected(sectionNames()) + `} }` +
		` fragment P on Section { verdict outcomes { source { id } status } } fragment E on Entry { id provenance { localId source { id } } }`
	statements := func(r *region) map[string]bool {
		all := map[string]bool{}
		found, _ := r.ask(t, auth.RoleGP, q, map[string]any{"n": p.NHSNumber}).at("data.patientByNHSNumber").(map[string]any)
		for name, v := range found {
			section, _ := v.(map[string]any)
			for _, e := range object(section).list("entries") {
				if e.text("provenance.source.id") == "pds" && strings.Contains(e.text("provenance.localId"), p.NHSNumber) {
					continue // the twin has no register
				}
				all[name+" of "+e.text("provenance.source.id")+" "+e.text("provenance.localId")] = true
			}
		}
		return all
	}
	theirs := statements(m.twin.region)
	for one := range statements(m.region) {
		if !theirs[one] {
			t.Errorf("opened under %s: shows what is not theirs: %s", fault, one)
		}
	}
}

func intersect(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return !slices.Contains(b, s) })
}
