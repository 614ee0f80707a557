package mock

import "fmt"

// What the benchmark's definition says comes in for one question, in bytes of FHIR JSON.
const (
	// wholeBytes is one person's whole record over all sources.
	wholeBytes = 903_000
	// listedBytes is a worklist of listedPeople over all sources.
	listedBytes  = 2_400_000
	listedPeople = 50
	// envelope is about what a Bundle has beside its entries.
	envelope = 150
)

// Entries are how many statements one source's record of a person in Whole comes to,
// by section of the graph: 131 of 131 resources. An encounter of a stay gives two, a
// team one for each member, a Patient three; six laboratory observations go into
// reports.
func Entries() map[string]int {
	return map[string]int{
		"demographics": 1, "practice": 1, "allergies": 5, "alerts": 2, "medications": 16, "problems": 16, "appointments": 2,
		"contacts": 12, "admissions": 2, "discharges": 2, "personalContacts": 2, "professionalContacts": 3, "consents": 1,
		"results": 16, "observations": 30, "vaccinations": 8, "procedures": 6, "documents": 6,
	}
}

// Nothing are the sections that every source is asked for and has nothing of.
func Nothing() []string { return []string{"endOfLife", "aboutMe", "carePlans"} }

// ListedEntries are the same for a person in Listed.
func ListedEntries() map[string]int {
	return map[string]int{"allergies": 5, "alerts": 1, "observations": 1}
}

// recordOf is the record that every person of a population has.
func recordOf(of Population) []entry {
	var all []entry
	add := func(kind string, n int, content func(int) string) {
		for i := range n {
			all = append(all, entry{kind, fmt.Sprintf("%s%02d", idPrefix[kind], len(all)), content(i)})
		}
	}
	one := func(content func() string) func(int) string { return func(int) string { return content() } }
	add("Patient", 1, one(personOf))
	add("AllergyIntolerance", 5, allergyOf)
	if of == Listed {
		add("Flag", 1, alertOf)
		add("Observation", 1, one(scoreOf))
		return all
	}
	add("MedicationRequest", 12, prescriptionOf)
	add("MedicationStatement", 4, statementOf)
	add("Condition", 16, problemOf)
	add("Flag", 2, alertOf)
	add("Appointment", 2, appointmentOf)
	add("Encounter", 12, contactOf)
	add("Encounter", 2, stayOf)
	add("RelatedPerson", 1, one(relativeOf))
	add("CareTeam", 1, one(teamOf))
	add("Consent", 1, one(consentOf))
	first := len(all)
	add("Observation", 18, laboratoryOf)
	for i, parts := range [][]int{{0, 1}, {2, 3}, {4}, {5}} {
		var ids []string
		for _, part := range parts {
			ids = append(ids, all[first+part].id)
		}
		add("DiagnosticReport", 1, func(int) string { return reportOf(i, ids...) })
	}
	add("Observation", 24, vitalOf)
	add("Observation", 5, pressureOf)
	add("Observation", 1, one(scoreOf))
	add("Immunization", 8, vaccinationOf)
	add("Procedure", 6, procedureOf)
	add("DocumentReference", 6, documentOf)
	return all
}

// idPrefix begins the ids of each type. Its keys are the types that are answered; of the
// last two nobody has any.
var idPrefix = map[string]string{
	"Patient": "pt", "AllergyIntolerance": "al", "MedicationRequest": "mr", "MedicationStatement": "ms", "Condition": "co", "Flag": "fl",
	"Appointment": "ap", "Encounter": "en", "RelatedPerson": "rp", "CareTeam": "ct", "Consent": "cs", "Observation": "ob",
	"DiagnosticReport": "dr", "Immunization": "im", "Procedure": "pr", "DocumentReference": "do",
	"CarePlan": "cp", "Composition": "cm",
}

// render makes the templates of a population's record in one source. The narrative
// brings the record to its size.
func render(of Population, source, base string, sources int) map[string]template {
	whole := wholeBytes / sources
	if of == Listed {
		whole = listedBytes / sources / listedPeople
	}
	all := recordOf(of)
	bare := 0
	for _, e := range all {
		bare += len(e.line(source, base, 0)) + 1
	}
	byKind := map[string][]string{}
	for _, e := range all {
		byKind[e.kind] = nil
	}
	if of != Listed { // a worklist's Bundles hold many people
		bare += envelope * len(byKind)
	}
	narrative := max(0, (whole-bare)/len(all))
	for _, e := range all {
		byKind[e.kind] = append(byKind[e.kind], e.line(source, base, narrative))
	}
	templates := map[string]template{}
	for kind, lines := range byKind {
		templates[kind] = newTemplate(lines)
	}
	return templates
}
