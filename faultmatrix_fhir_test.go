package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

// sectionsOfType are the sections that a type of resource is made of.
var sectionsOfType = map[string][]string{
	"AllergyIntolerance": {"allergies"}, "Condition": {"problems"}, "MedicationStatement": {"medications"}, "MedicationRequest": {"medications"},
	"Flag": {"alerts"}, "Appointment": {"appointments"}, "Encounter": {"contacts", "admissions", "discharges"}, "DiagnosticReport": {"results"},
	"Observation": {"observations", "results"}, "Immunization": {"vaccinations"}, "Procedure": {"procedures"}, "DocumentReference": {"documents"},
	"RelatedPerson": {"personalContacts"}, "CareTeam": {"professionalContacts"}, "Consent": {"consents", "endOfLife"}, "CarePlan": {"carePlans"},
}

// lookAtTypes searches for each type of resource by itself.
func lookAtTypes(t *testing.T, m *matrix) seen {
	s := seen{}
	for kind := range sectionsOfType {
		m.pages(t, s, "/fhir/"+kind+"?patient="+m.id+"&_count=500", func(resource string) bool { return resource == kind })
	}
	return s.sorted()
}

func lookAtEverything(t *testing.T, m *matrix) seen {
	s := seen{}
	m.pages(t, s, "/fhir/Patient/"+m.id+"/$everything?_count=500", func(resource string) bool { return sectionsOfType[resource] != nil })
	return s.sorted()
}

// pages reads a searchset to its last page: what a system invents may fill many.
func (m *matrix) pages(t *testing.T, s seen, next string, wanted func(kind string) bool) {
	for next != "" {
		status, bundle := m.fhirAs(t, auth.RoleGP, next)
		if status != 200 {
			t.Errorf("%.40s: %d %v", next, status, bundle)
			return
		}
		m.resources(s, bundle, wanted)
		next = ""
		for _, link := range bundle.list("link") {
			if link.text("relation") == "next" {
				next = strings.TrimPrefix(link.text("url"), m.http.URL)
			}
		}
	}
}

// resources reads a searchset: each resource names its system, and what is missing is told
// in words, by section and system.
func (m *matrix) resources(s seen, bundle object, wanted func(kind string) bool) {
	for _, e := range bundle.list("entry") {
		kind := e.text("resource.resourceType")
		if e.text("search.mode") != "outcome" && wanted(kind) {
			s.add(kind, systemOf(e.text("resource.meta.source")), e.text("resource.id"))
		}
	}
	words := issues(bundle)
	for kind, sections := range sectionsOfType {
		for system, name := range m.names {
			if wanted(kind) && slices.ContainsFunc(sections, func(section string) bool { return strings.Contains(words, m.titles[section]+": "+name+" — ") }) {
				s.lacks(kind, system, "told")
			}
		}
	}
}

// systemOf is whose resource it is by its meta.source.
func systemOf(uri string) string {
	system, _, _ := strings.Cut(strings.TrimPrefix(uri, "urn:patchwork:source:"), "#")
	return system
}

// summaryMost is how many entries a chapter of a summary has at most.
const summaryMost = 10

// lookAtSummary reads the document: of each chapter the entries by system, and whom its
// words name as missing.
func lookAtSummary(t *testing.T, m *matrix) seen {
	status, _, text := m.summaryAs(t, m.tokens[auth.RoleGP], "GET", "/fhir/Patient/"+m.id+"/$summary", nil)
	var bundle object
	if err := json.Unmarshal([]byte(text), &bundle); err != nil || status != 200 {
		t.Fatalf("%d %v %.300s", status, err, text)
	}
	source := map[string]string{}
	for _, e := range bundle.list("entry") {
		source[e.text("fullUrl")] = systemOf(e.text("resource.meta.source"))
		source[e.text("resource.resourceType")+"/"+e.text("resource.id")] = systemOf(e.text("resource.meta.source"))
	}
	s := seen{}
	for _, chapter := range bundle.list("entry")[0].list("resource.section") {
		title, words := chapter.text("title"), chapter.text("text.div")
		if len(chapter.list("entry")) >= summaryMost { // the newest of more: others may come up
			m.long.Store(title, true)
		}
		if _, long := m.long.Load(title); long { // it says that there are more; which, nobody can compare
			for system := range m.names {
				s.lacks(title, system, "more than is shown")
			}
			continue
		}
		for _, e := range chapter.list("entry") {
			if system := source[e.text("reference")]; system != "" {
				s.add(title, system, e.text("reference"))
			}
		}
		none := chapter.text("emptyReason.coding.0.code")
		for system, name := range m.names {
			// Where it names the system and yet says that there are none, that is believed.
			if at := strings.Index(words, "Not complete"); at >= 0 && strings.Contains(words[at:], name) && (none == "" || none == "unavailable") {
				s.lacks(title, system, "told")
			}
		}
	}
	return s.sorted()
}
