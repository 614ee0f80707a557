package gpconnect

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// area is what GP Connect has for one section.
type area struct {
	section record.Section
	// parameters ask for it; none where every answer has it.
	parameters []string
	// kinds are the resource types that stand in the section, after they were brought
	// into the shape of R4. The first is what its lists hold.
	kinds []string
	// lists are the SNOMED CT codes of the lists that say whether the section is whole.
	lists []string
	// linked begins the codes of lists of what else hangs on the section's entries.
	linked string
	// never is what is always missing from it; "" if nothing is.
	never string
}

// The codes of the lists: GP Connect, "Using the list resource to return data".
const (
	listAllergies     = "886921000000105"
	listEnded         = "1103671000000101"
	listMedications   = "933361000000108"
	listProblems      = "717711000000103"
	listConsultations = "1149501000000101"
	listVaccinations  = "1102181000000102"
	listResults       = "887191000000108"
	listUncategorised = "826501000000100"
	listConsultation  = "325851000000107"
	listTopic         = "25851000000105"
	listHeading       = "24781000000107"
)

// The parameters: GP Connect, "getstructuredrecord".
const (
	withAllergies     = "includeAllergies"
	withMedication    = "includeMedication"
	withProblems      = "includeProblems"
	withConsultations = "includeConsultations"
	withVaccinations  = "includeImmunisations"
	withResults       = "includeInvestigations"
	withUncategorised = "includeUncategorisedData"
)

// areas is the whole of what is read. Referrals and recalls (ReferralRequest,
// ProcedureRequest) are not asked for: there is no section for them yet.
var areas = []area{
	{section: record.Demographics, kinds: []string{"Patient"}},
	{section: record.GPPractice, kinds: []string{"Patient"}},
	{section: record.PersonalContacts, kinds: []string{"Patient"}},
	{section: record.Allergies, parameters: []string{withAllergies}, kinds: []string{"AllergyIntolerance"}, lists: []string{listAllergies, listEnded}},
	{section: record.Medications, parameters: []string{withMedication}, kinds: []string{"MedicationStatement", "MedicationRequest"}, lists: []string{listMedications}},
	{section: record.Problems, parameters: []string{withProblems}, kinds: []string{"Condition"}, lists: []string{listProblems}, linked: "problems-"},
	{section: record.Contacts, parameters: []string{withConsultations}, kinds: []string{"Encounter"}, lists: []string{listConsultations}, linked: "consultations-"},
	{section: record.Results, parameters: []string{withResults}, kinds: []string{"DiagnosticReport", "Observation"}, lists: []string{listResults}},
	{section: record.Observations, parameters: []string{withUncategorised}, kinds: []string{"Observation"}, lists: []string{listUncategorised}},
	{section: record.Vaccinations, parameters: []string{withVaccinations}, kinds: []string{"Immunization"}, lists: []string{listVaccinations}},
	{section: record.Documents, parameters: []string{withConsultations, withProblems}, kinds: []string{"DocumentReference"},
		never: "It tells only of the documents that consultations and problems point to"},
}

func areaOf(s record.Section) *area {
	for i := range areas {
		if areas[i].section == s {
			return &areas[i]
		}
	}
	return nil
}

func areaNamed(name string) *area {
	s, ok := record.SectionNamed(name)
	if !ok {
		return nil
	}
	return areaOf(s)
}

// hasSection reports whether resources of a type stand in a section.
func hasSection(kind string) bool {
	for i := range areas {
		if slices.Contains(areas[i].kinds, kind) {
			return true
		}
	}
	return false
}
