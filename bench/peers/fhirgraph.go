package peers

import (
	"fmt"
	"strings"
)

// The graph of servers that put GraphQL before REST: what the sources hold, as they hold
// it. A root field for each call to each source, with the fields of an entry that the
// others are asked for. Grouping by person and section is left to who asks.
const fhirTypes = `
type Bundle { entry: [Entry] }
type Entry { resource: Resource }
type Resource {
  id: String
  status: String
  code: Concept
  criticality: String
  clinicalStatus: Concept
  onsetDateTime: String
  period: Period
  start: String
  dateTime: String
  provision: Provision
  medicationCodeableConcept: Concept
  authoredOn: String
  effectivePeriod: Period
  dosageInstruction: [Dosage]
  dosage: [Dosage]
  performedPeriod: Period
  effectiveDateTime: String
  valueQuantity: Quantity
  vaccineCode: Concept
  occurrenceDateTime: String
  result: [Reference]
}
type Encounters { entry: [EncounterEntry] }
type EncounterEntry { resource: Encounter }
type Encounter { id: String, status: String, type: [Concept], class: Coding, period: Period }
type Documents { entry: [DocumentEntry] }
type DocumentEntry { resource: Document }
type Document { id: String, status: String, type: Concept, date: String, content: [Content] }
type People { entry: [PersonEntry] }
type PersonEntry { resource: Person }
type Person { id: String, name: [Name], birthDate: String, gender: String, identifier: [Identifier], address: [Address] }
type Concept { text: String, coding: [Coding] }
type Coding { code: String }
type Period { start: String, end: String }
type Provision { type: String }
type Dosage { text: String }
type Quantity { value: Float, unit: String }
type Reference { reference: String }
type Content { attachment: Attachment }
type Attachment { title: String }
type Name { family: String, given: [String], prefix: [String] }
type Identifier { system: String, value: String }
type Address { postalCode: String }
`

// call is one that a question makes to every source.
type call struct {
	name, kinds, by, returns, fields string
}

// calls are what each work asks of a source.
var calls = map[string][]call{
	"q1slim": {
		{"danger", "Patient+AllergyIntolerance+Flag+RelatedPerson+CareTeam+Consent+Appointment", "patient", "Bundle",
			"id status code { text } criticality onsetDateTime period { start } start dateTime provision { type }"},
		{"medicines", "MedicationRequest+MedicationStatement", "patient", "Bundle",
			"id status medicationCodeableConcept { text } authoredOn effectivePeriod { start } dosageInstruction { text } dosage { text }"},
		{"problems", "Condition+Procedure", "patient", "Bundle", "id status code { text } clinicalStatus { coding { code } } onsetDateTime performedPeriod { start }"},
		{"encounters", "Encounter", "patient", "Encounters", "id status type { text } class { code } period { start end }"},
		{"observations", "Observation", "patient", "Bundle", "id status code { text } effectiveDateTime valueQuantity { value unit }"},
		{"reports", "DiagnosticReport+Immunization", "patient", "Bundle", "id status code { text } vaccineCode { text } effectiveDateTime occurrenceDateTime result { reference }"},
		{"documents", "DocumentReference", "patient", "Documents", "id status type { text } date content { attachment { title } }"},
	},
	"q2slim": {
		{"people", "Patient", "_id", "People", "id name { family given prefix } birthDate"},
		{"alerts", "AllergyIntolerance+Flag", "patient", "Bundle", "id status code { text } criticality onsetDateTime period { start }"},
		{"scores", "Observation", "patient", "Bundle", "id status code { text } effectiveDateTime valueQuantity { value unit }"},
	},
	"q3": {{"search", "Patient", "", "People", "id name { family given prefix } birthDate gender identifier { system value } address { postalCode }"}},
}

// works are the keys of calls, in order.
var works = []string{"q1slim", "q2slim", "q3"}

const letters = "abcd"

func (c call) arguments() string {
	if c.by == "" {
		return "family: String!, birthdate: String!"
	}
	return "ids: String!"
}

// rootFields are the fields of Query about one source; each gets what directive gives.
func rootFields(source int, directive func(call) string) string {
	var b strings.Builder
	for _, w := range works {
		for _, c := range calls[w] {
			fmt.Fprintf(&b, "  %c_%s(%s): %s%s\n", letters[source], c.name, c.arguments(), c.returns, directive(c))
		}
	}
	return b.String()
}

// fhirQuestion is a work in this graph, with its variables.
func fhirQuestion(work string, values []string) (query string, variables map[string]string) {
	variables = map[string]string{}
	var declared, fields []string
	if work == "q3" {
		declared = []string{"$family: String!", "$birthdate: String!"}
		variables["family"], variables["birthdate"] = values[0], values[1]
	}
	for i := range letters {
		letter, given := letters[i:i+1], "family: $family, birthdate: $birthdate"
		if work != "q3" {
			declared, given = append(declared, "$"+letter+": String!"), "ids: $"+letter
			variables[letter] = letter + "-" + strings.Join(values, ","+letter+"-")
		}
		for _, c := range calls[work] {
			fields = append(fields, fmt.Sprintf("%s_%s(%s) { entry { resource { %s } } }", letter, c.name, given, c.fields))
		}
	}
	return "query Q(" + strings.Join(declared, ", ") + ") {\n  " + strings.Join(fields, "\n  ") + "\n}", variables
}
