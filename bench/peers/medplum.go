package peers

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/bench/mock"
)

// medplum starts Medplum's engine with the people of the first question of each work.
func medplum(at where) (*Running, error) {
	numbers := func(of mock.Population, n int) (all []string) {
		for _, p := range mock.People(of, n) {
			all = append(all, p.Number)
		}
		return all
	}
	const whole, list, named = 1, 50, 5
	people, err := json.Marshal(map[string][]string{
		"q1slim": numbers(mock.Whole, whole), "q2slim": numbers(mock.Listed, list), "q3": numbers(mock.Whole, named),
	})
	if err != nil {
		return nil, err
	}
	return node("server.mjs")(at.with("BENCH_PEOPLE=" + string(people)))
}

// medplumFields are what is asked of each type: the fields of fhirgraph.go.
var medplumFields = map[string][][2]string{
	"q1slim": {
		{"Patient", "id"}, {"AllergyIntolerance", "id code { text } criticality onsetDateTime"}, {"Flag", "id status code { text } period { start }"},
		{"RelatedPerson", "id relationship { text }"}, {"CareTeam", "id status name period { start }"}, {"Consent", "id status dateTime provision { type }"},
		{"Appointment", "id status start serviceType { text }"},
		{"MedicationRequest", "id status medicationCodeableConcept { text } authoredOn dosageInstruction { text }"},
		{"MedicationStatement", "id status medicationCodeableConcept { text } effectivePeriod { start } dosage { text }"},
		{"Condition", "id code { text } clinicalStatus { coding { code } } onsetDateTime"}, {"Procedure", "id status code { text } performedPeriod { start }"},
		{"Encounter", "id status type { text } class { code } period { start end }"},
		{"Observation", "id status code { text } effectiveDateTime valueQuantity { value unit }"},
		{"DiagnosticReport", "id status code { text } effectiveDateTime result { reference }"}, {"Immunization", "id status vaccineCode { text } occurrenceDateTime"},
		{"DocumentReference", "id status type { text } date content { attachment { title } }"},
	},
	"q2slim": {
		{"Patient", "id name { family given prefix } birthDate"}, {"AllergyIntolerance", "id code { text } criticality onsetDateTime"},
		{"Flag", "id status code { text } period { start }"}, {"Observation", "id status code { text } effectiveDateTime valueQuantity { value unit }"},
	},
}

// medplumQuestion asks for each type once, of all sources' ids together.
func medplumQuestion(work string, values []string) (query string, variables map[string]string) {
	if work == "q3" {
		return `query Q($family: String, $birthdate: String) { PatientList(family: $family, birthdate: $birthdate, _count: 1000) ` +
			`{ id name { family given prefix } birthDate gender identifier { system value } address { postalCode } } }`, map[string]string{"family": values[0], "birthdate": values[1]}
	}
	var ids, people []string
	for _, letter := range strings.Split(letters, "") {
		for _, v := range values {
			ids, people = append(ids, letter+"-"+v), append(people, "Patient/"+letter+"-"+v)
		}
	}
	var fields []string
	for _, f := range medplumFields[work] {
		by := "patient: $people"
		if f[0] == "Patient" {
			by = "_id: $ids"
		}
		fields = append(fields, fmt.Sprintf("%sList(%s, _count: 1000) { %s }", f[0], by, f[1]))
	}
	return "query Q($ids: String, $people: String) {\n  " + strings.Join(fields, "\n  ") + "\n}",
		map[string]string{"ids": strings.Join(ids, ","), "people": strings.Join(people, ",")}
}
