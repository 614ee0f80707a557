package scope

// resourceNames is a FHIR resource type as people at work say it; of one that is not listed
// the type's own name is said, so that nothing is hidden behind a vague word.
func resourceNames(resource string) string {
	if words, ok := resourceWords[resource]; ok {
		return words
	}
	return "entries of the kind " + resource
}

var resourceWords = map[string]string{
	"*":                     "everything in the record",
	"AllergyIntolerance":    "allergies",
	"Appointment":           "appointments",
	"Binary":                "the contents of documents",
	"CarePlan":              "care plans",
	"CareTeam":              "care teams",
	"ClinicalImpression":    "clinical assessments",
	"Communication":         "messages",
	"Composition":           "summaries and letters",
	"Condition":             "problems and diagnoses",
	"Consent":               "consents and preferences",
	"Device":                "devices and implants",
	"DiagnosticReport":      "results and reports",
	"DocumentReference":     "documents",
	"Encounter":             "visits and hospital stays",
	"EpisodeOfCare":         "episodes of care",
	"FamilyMemberHistory":   "family history",
	"Flag":                  "alerts",
	"Goal":                  "goals",
	"Immunization":          "vaccinations",
	"List":                  "lists of entries",
	"Location":              "places of care",
	"Medication":            "medicines",
	"MedicationRequest":     "prescriptions",
	"MedicationStatement":   "medicines taken",
	"Observation":           "observations",
	"Organization":          "organisations in the care",
	"Patient":               "the details (name, birth date, address, …)",
	"Practitioner":          "staff in the care",
	"PractitionerRole":      "roles of staff in the care",
	"Procedure":             "procedures",
	"Provenance":            "the origin of entries",
	"QuestionnaireResponse": "answers to questionnaires",
	"RelatedPerson":         "relatives and other contacts",
	"ServiceRequest":        "requests and referrals",
	"Specimen":              "samples",
	"Task":                  "tasks",
}
