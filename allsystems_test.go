package main

import (
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// drawn is one statement of a system: where it stands, and what must be in it as that system
// has it.
type drawn struct {
	system, section string
	fields          map[string]any
}

// drawnOn has something of each of the region's ten systems, as only that system says it.
func drawnOn() []drawn {
	const snomed = "http://snomed.info/sct"
	return []drawn{
		{"gp", "vaccinations", map[string]any{"code.label": "Influenza vaccine", "disease.label": "Influenza", "status": "completed", "provenance.organisation.ods": "YZ901"}},
		{"gp", "allergies", map[string]any{"code.codings.0.system": snomed, "code.codings.0.code": "91936005", "criticality": "high", "verification": "confirmed", "kind": "allergy"}},
		{"hospital", "discharges", map[string]any{"code.codings.0.code": "32485007", "consultant.name": "Dr Marcus Thistlewood", "destination.label": "Discharge to home", "ward": "Ward 12 (Respiratory)", "provenance.organisation.ods": "RZH"}},
		{"mental-health", "problems", map[string]any{"code.codings.0.system": "http://hl7.org/fhir/sid/icd-10", "code.codings.0.code": "F009", "author.role": "Consultant psychiatrist", "clinicalStatus": "active", "provenance.organisation.ods": "RZM"}},
		{"social-care", "carePlans", map[string]any{"code.label": "Contingency plan", "title": "If Leonora cannot visit", "goals.0.description.label": "Call Augustus", "provenance.organisation.ods": "9Z1"}},
		{"pds", "demographics", map[string]any{"birthDate": "1948-03-12", "nhsNumberStatus": "VERIFIED", "name.family": "Everard-Hollis", "provenance.organisation.ods": "X26"}},
		{"pds", "practice", map[string]any{"organisation.ods": "Z99001"}},
		{"gp-connect", "allergies", map[string]any{"code.codings.0.code": "91936005", "note": "Widespread rash on day two.", "verification": "confirmed", "provenance.organisation.ods": "Z99081"}},
		{"hospital-feed", "allergies", map[string]any{"code.codings.0.system": snomed, "code.codings.0.code": "91936005", "provenance.localId": "AL1/WMPAS|RZH/91936005^SCT", "provenance.organisation.ods": "RZH"}},
		{"hospital-feed", "results", map[string]any{"code.codings.0.code": "30088009", "category.label": "Microbiology", "status": "final"}},
		{"archive", "medications", map[string]any{"code.codings.0.code": "411531001", "dosage": "18 units at night", "author.name": "Dr Rowan Ashdale", "status": "active", "provenance.organisation.ods": "Z99001"}},
		{"archive", "problems", map[string]any{"code.codings.0.code": "233604007", "clinicalStatus": "resolved"}},
		{"home-care", "carePlans", map[string]any{"code.label": "Package of care", "activities.0.what.label": "Home care, Daily", "author.name": "Edith Larkinshaw", "provenance.localId": "P-40001-1", "provenance.organisation.ods": "VL901"}},
		{"community", "problems", map[string]any{"code.codings.0.system": snomed, "code.codings.0.code": "279992002", "author.name": "Sister Folasade Adeyemi-Holt", "provenance.organisation.ods": "RYW9"}},
	}
}

// One person's record draws on every system that the region has: ten unlike ones, each by its
// own protocol, each with what it says of that very person.
func TestOnePersonOfTenSystems(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60, PDS: true, GPConnect: true, Feed: true, Archive: true, HomeCare: true, OpenEHR: true}, nil)
	p := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	kinds := map[string]bool{}
	for _, system := range r.Systems {
		kinds[system.Kind] = true
		if !slices.ContainsFunc(drawnOn(), func(d drawn) bool { return d.system == system.ID }) {
			t.Errorf("nothing of %s is asked for here", system.ID)
		}
	}
	if len(r.Systems) != 10 || len(kinds) != 9 { // the practices and the hospital both speak FHIR R4
		t.Errorf("%d systems of %d kinds", len(r.Systems), len(kinds))
	}
	for _, want := range drawnOn() {
		section := object(p[want.section].(map[string]any))
		if got := outcome(section, want.system).text("status"); got != "ANSWERED" {
			t.Errorf("%s of %s: %s", want.section, want.system, got)
		}
		of := statedBy(section, want.system)
		if !slices.ContainsFunc(of, func(e object) bool { return states(e, want.fields) }) {
			t.Errorf("%s: of %d entries of %s none has %v", want.section, len(of), want.system, want.fields)
		}
		for _, e := range of {
			if e.text("provenance.localId") == "" || e.text("provenance.retrieved") == "" {
				t.Errorf("%s of %s: where it comes from is not said", want.section, want.system)
			}
		}
	}
	r.saysNoNumber(t)
}

// statedBy are a system's entries in a section.
func statedBy(section object, system string) (entries []object) {
	for _, e := range section.list("entries") {
		if e.text("provenance.source.id") == system {
			entries = append(entries, e)
		}
	}
	return entries
}

func states(e object, fields map[string]any) bool {
	for path, want := range fields {
		if e.at(path) != want {
			return false
		}
	}
	return true
}
