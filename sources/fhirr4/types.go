package fhirr4

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// types are the resource types that serve a section. Sections that share a type share
// its search: Encounter serves contacts, admissions and discharges; Patient serves
// demographics, practice and personal contacts; Observation results and observations;
// Flag alerts and endOfLife, Consent consents and endOfLife, CarePlan carePlans and endOfLife.
func types(s record.Section) []string {
	switch s {
	case record.Demographics, record.GPPractice:
		return []string{"Patient"}
	case record.PersonalContacts:
		return []string{"Patient", "RelatedPerson"}
	case record.Allergies:
		return []string{"AllergyIntolerance"}
	case record.Medications:
		return []string{"MedicationRequest", "MedicationStatement"}
	case record.Problems:
		return []string{"Condition"}
	case record.Alerts:
		return []string{"Flag"}
	case record.FutureAppointments:
		return []string{"Appointment"}
	case record.Contacts, record.Admissions, record.Discharges:
		return []string{"Encounter"}
	case record.ProfessionalContacts:
		return []string{"CareTeam"}
	case record.Consents:
		return []string{"Consent"}
	case record.Results:
		return []string{"DiagnosticReport", "Observation"}
	case record.Observations:
		return []string{"Observation"}
	case record.Vaccinations:
		return []string{"Immunization"}
	case record.Procedures:
		return []string{"Procedure"}
	case record.Documents:
		return []string{"DocumentReference"}
	case record.CarePlans:
		return []string{"CarePlan"}
	case record.AboutThePerson:
		return []string{"Composition"}
	case record.EndOfLifeCare:
		return []string{"Flag", "Consent", "CarePlan"}
	}
	return nil
}

// further are the types that a section reads only where it is told to.
func further(s record.Section) []string {
	switch s {
	case record.Medications:
		return []string{"MedicationDispense", "DeviceUseStatement", "Device"}
	case record.Results:
		return []string{"ImagingStudy"}
	}
	return nil
}

// resources are the types that are asked for a section.
func (c *Config) resources(s record.Section) []string {
	if chosen := c.section(s).Resources; len(chosen) > 0 {
		return chosen
	}
	return types(s)
}

// leftOut are the types of a section that the stanza leaves out.
func (c *Config) leftOut(s record.Section) (all []string) {
	asked := c.resources(s)
	for _, kind := range types(s) {
		if !slices.Contains(asked, kind) {
			all = append(all, kind)
		}
	}
	return all
}

// typeProblems reports what is wrong with the resource types of a section.
func (c *Config) typeProblems(s record.Section, path string) (all []sources.Problem) {
	add := func(text string) { all = append(all, sources.Problem{Path: path, Text: text}) }
	chosen := c.section(s).Resources
	if chosen != nil && len(chosen) == 0 {
		add("must name at least one type; off: true switches the section off")
	}
	allowed := slices.Concat(types(s), further(s))
	for i, kind := range chosen {
		switch {
		case !slices.Contains(allowed, kind):
			add("allowed here: " + strings.Join(allowed, ", "))
		case slices.Contains(chosen[:i], kind):
			add("names " + kind + " twice")
		}
	}
	if c.section(s).Off {
		return all
	}
	for _, kind := range c.leftOut(s) {
		if other, ok := c.asksToo(s, kind); ok {
			add("leaves out " + kind + ", which " + other + " asks for all the same, so that what of it belongs here would be shown nowhere: name it too, or switch " +
				other + " off if the server does not have it")
		}
	}
	return all
}

// asksToo names another section that asks for a type. One resource stands in one section
// (a CarePlan that is a ReSPECT plan in endOfLife, a laboratory Observation in results):
// what the section that it belongs to leaves out, the other one does not show (hazard H-02).
func (c *Config) asksToo(s record.Section, kind string) (string, bool) {
	for _, h := range record.Headings() {
		if h.Section != s && !c.Sections[h.Name].Off && slices.Contains(c.resources(h.Section), kind) {
			return h.Name, true
		}
	}
	return "", false
}

// unasked is the gap of an assertion of none where a type of the section was not asked
// for: the server may hold there what the assertion denies, and "none known" needs every
// answer (hazard H-02).
func unasked(kinds []string) sources.Gap {
	return sources.Gap{Status: record.Partial, Code: "type-not-asked",
		Reason: "It says that there are none, but is not asked for " + strings.Join(kinds, ", ") + ", where there may be some"}
}
