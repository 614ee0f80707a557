package policy

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// sees says which fields of an entry may be seen. What may not be seen is not searched by:
// whether something is found would tell it.
type sees func(field string) bool

// aspect is one class as one FHIR type of resource.
type aspect struct {
	class string
	// is tells entries that are resources of the type; nil if all of the class are.
	is func(e record.Entry, see sees) bool
	// lacks are fields for which the type has no element.
	lacks []string
	// find gives what a search by param ("code", "category" or "status") finds an entry by;
	// nil where there is no such search. It must be what fhir/ renders:
	// TestScopesFilterAlike compares the two.
	find func(param string, e record.Entry, see sees) traits
}

// resources are the types of resource that scopes name, each with its classes; a class
// that stands nowhere here is never read under scopes. Provenance and Practitioner have
// none: they are read with whatever they are of.
var resources = map[string][]aspect{
	"Patient": {
		{class: "patient:search"}, {class: "patient:list"}, {class: "record:demographics"}, {class: "record:practice"},
	},
	"AllergyIntolerance": {{class: "record:allergies", find: findAllergy}},
	"Flag":               {{class: "record:alerts", find: findAlert}},
	"MedicationRequest":  {{class: "record:medications", is: isRequest, find: findRequest}},
	"MedicationStatement": {
		{class: "record:medications", is: isStatement, find: findStatement},
	},
	"MedicationDispense": {{class: "record:medications", is: ofKind(record.Dispense)}},
	"Device":             {{class: "record:medications", is: ofKind(record.Device)}},
	"Condition":          {{class: "record:problems", find: findProblem}},
	"Appointment":        {{class: "record:appointments", find: findAppointment}},
	"Encounter": {
		{class: "record:contacts", find: findEncounter}, {class: "record:admissions", find: findEncounter},
		{class: "record:discharges", find: findEncounter},
	},
	"RelatedPerson": {{class: "record:personalContacts"}},
	"CareTeam":      {{class: "record:professionalContacts"}},
	"Consent": {
		{class: "record:consents", find: findConsent}, {class: "record:endOfLife", find: findEndOfLife},
	},
	"CarePlan":         {{class: "record:carePlans", find: findCarePlan}},
	"Composition":      {{class: "record:aboutMe", find: findAboutMe}},
	"DiagnosticReport": {{class: "record:results", find: findReport}},
	"Observation": {
		{class: "record:observations", find: findObservation},
		{class: "record:results", is: measures, find: findMeasured, lacks: []string{"conclusion"}},
	},
	"Immunization":      {{class: "record:vaccinations", find: findVaccination}},
	"Procedure":         {{class: "record:procedures", find: findProcedure}},
	"DocumentReference": {{class: "record:documents", find: findDocument}},
}

// searches gives the parameters that a scope of a type may be narrowed by: those that this
// server's FHIR API searches by and whose meaning for an entry is the same.
func searches(resource string) []string {
	switch aspects := resources[resource]; {
	case resource == "Appointment":
		return []string{"status"}
	case len(aspects) == 0 || aspects[0].find == nil:
		return nil
	}
	return []string{"code", "category", "status", "clinical-status"}
}

// ofKind tells medications of a kind; one whose kind may not be seen is of none.
func ofKind(kinds ...record.MedicationKind) func(record.Entry, sees) bool {
	return func(e record.Entry, see sees) bool {
		m, ok := e.(*record.Medication)
		if !ok || !see("kind") {
			return false
		}
		for _, k := range kinds {
			if m.Kind == k {
				return true
			}
		}
		return false
	}
}

// isRequest tells orders; that something is not to be given is one too.
func isRequest(e record.Entry, see sees) bool {
	return ofKind(record.RepeatPrescription, record.AcutePrescription, record.Prescription)(e, see) ||
		ofKind(record.MedicationStatement, "")(e, see) && medicineWord(e, see) == notToBeGiven
}

func isStatement(e record.Entry, see sees) bool {
	return ofKind(record.MedicationStatement, "")(e, see) && !isRequest(e, see)
}

const notToBeGiven = "do-not-perform"

func medicineWord(e record.Entry, see sees) string {
	if m, ok := e.(*record.Medication); ok && see("status") {
		return m.Status
	}
	return ""
}

// measures tells reports that measured something; one in words alone is no Observation.
func measures(e record.Entry, see sees) bool {
	r, ok := e.(*record.Result)
	return ok && see("measurements") && len(r.Measurements) > 0
}

// oneOf gives s as the value set writes it; "" if it has no such word.
func oneOf(s string, words ...string) string {
	for _, w := range words {
		if strings.EqualFold(s, w) {
			return w
		}
	}
	return ""
}
