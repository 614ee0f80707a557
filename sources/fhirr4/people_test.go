package fhirr4_test

import (
	"encoding/json"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// entries parses resources, one JSON object each, into Bundle entries.
func entries(resources ...string) []object {
	var all []object
	for _, text := range resources {
		var res object
		if err := json.Unmarshal([]byte(text), &res); err != nil {
			panic(err)
		}
		all = append(all, object{"resource": res, "search": object{"mode": "match"}})
	}
	return all
}

// two are two people with something in every section.
func two() []object {
	return append(one("p1", "9990000018", "Ashworth", "1956-03-12"), one("p2", "9990000026", "Birtwistle", "1961-07-04")...)
}

func one(id, number, family, born string) []object {
	fill := func(s string) string {
		out := ""
		for _, part := range splitKeep(s) {
			switch part {
			case "$id":
				out += id
			case "$nhs":
				out += number
			case "$family":
				out += family
			case "$born":
				out += born
			default:
				out += part
			}
		}
		return out
	}
	var all []string
	for _, s := range []string{
		`{"resourceType":"Patient","id":"$id","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"$nhs","extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus","valueCodeableConcept":{"coding":[{"code":"01"}]}}]}],"name":[{"use":"official","family":"$family","given":["Ada"]}],"birthDate":"$born","gender":"female","generalPractitioner":[{"reference":"Organization/gp","display":"Westmarch Surgery","identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"Z99001"}}],"contact":[{"relationship":[{"text":"Daughter"}],"name":{"family":"Holt","given":["Jane"]}}]}`,
		`{"resourceType":"AllergyIntolerance","id":"a-$id","patient":{"reference":"Patient/$id"},"code":{"text":"Penicillin"},"recordedDate":"2020-01-02"}`,
		`{"resourceType":"MedicationRequest","id":"m-$id","subject":{"reference":"Patient/$id"},"status":"active","intent":"order","medicationCodeableConcept":{"text":"Amoxicillin 500 mg capsules"},"authoredOn":"2024-02-03"}`,
		`{"resourceType":"MedicationStatement","id":"s-$id","subject":{"reference":"Patient/$id"},"status":"active","medicationCodeableConcept":{"text":"Aspirin"},"dateAsserted":"2024-02-04"}`,
		`{"resourceType":"Condition","id":"c-$id","subject":{"reference":"Patient/$id"},"code":{"text":"Asthma"},"onsetDateTime":"2001"}`,
		`{"resourceType":"Flag","id":"f-$id","subject":{"reference":"Patient/$id"},"status":"active","code":{"text":"Lives alone"},"period":{"start":"2022-01-01"}}`,
		`{"resourceType":"Appointment","id":"ap-$id","status":"booked","start":"2999-05-01T09:00:00Z","appointmentType":{"text":"Follow-up"},"participant":[{"actor":{"reference":"Patient/$id"},"status":"accepted"}]}`,
		`{"resourceType":"Encounter","id":"e1-$id","subject":{"reference":"Patient/$id"},"status":"finished","class":{"code":"AMB"},"type":[{"text":"Consultation"}],"period":{"start":"2023-05-01T09:00:00Z"}}`,
		`{"resourceType":"Encounter","id":"e2-$id","subject":{"reference":"Patient/$id"},"status":"finished","class":{"code":"IMP"},"type":[{"text":"Ward stay"}],"period":{"start":"2023-06-01T09:00:00Z","end":"2023-06-04T09:00:00Z"}}`,
		`{"resourceType":"RelatedPerson","id":"r-$id","patient":{"reference":"Patient/$id"},"relationship":[{"text":"Son"}],"name":[{"family":"Pike"}]}`,
		`{"resourceType":"CareTeam","id":"t-$id","subject":{"reference":"Patient/$id"},"status":"active","name":"Heart team","participant":[{"role":[{"text":"Nurse"}],"member":{"reference":"Practitioner/n1","display":"Nora Vale"}}]}`,
		`{"resourceType":"Consent","id":"k-$id","patient":{"reference":"Patient/$id"},"status":"active","scope":{"text":"Privacy"},"category":[{"text":"Sharing"}],"dateTime":"2021-01-01","provision":{"type":"permit"}}`,
		`{"resourceType":"DiagnosticReport","id":"d-$id","subject":{"reference":"Patient/$id"},"status":"final","code":{"text":"Full blood count"},"effectiveDateTime":"2024-03-01","result":[{"reference":"Observation/o1-$id"}]}`,
		`{"resourceType":"Observation","id":"o1-$id","subject":{"reference":"Patient/$id"},"status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"Haemoglobin"},"effectiveDateTime":"2024-03-01","valueQuantity":{"value":7.10,"unit":"g/dL"}}`,
		`{"resourceType":"Observation","id":"o2-$id","subject":{"reference":"Patient/$id"},"status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"text":"Pulse"},"effectiveDateTime":"2024-03-02","valueQuantity":{"value":72,"unit":"/min"}}`,
		`{"resourceType":"Immunization","id":"i-$id","patient":{"reference":"Patient/$id"},"status":"completed","vaccineCode":{"text":"Influenza"},"occurrenceDateTime":"2023-10-01"}`,
		`{"resourceType":"Procedure","id":"p-$id","subject":{"reference":"Patient/$id"},"status":"completed","code":{"text":"Hip replacement"},"performedDateTime":"2019-10-01"}`,
		`{"resourceType":"DocumentReference","id":"x-$id","subject":{"reference":"Patient/$id"},"status":"current","type":{"text":"Discharge letter"},"date":"2023-06-05T10:00:00Z","content":[{"attachment":{"contentType":"application/pdf","url":"Binary/b1","title":"Letter"}}]}`,
		`{"resourceType":"CarePlan","id":"cp-$id","subject":{"reference":"Patient/$id"},"status":"active","intent":"plan","category":[{"text":"Care plan"}],"title":"Falls","period":{"start":"2023-06-05"}}`,
		`{"resourceType":"CarePlan","id":"re-$id","subject":{"reference":"Patient/$id"},"status":"active","intent":"plan","category":[{"coding":[{"system":"http://snomed.info/sct","code":"1382601000000107"}],"text":"ReSPECT form"}],"period":{"start":"2023-06-05"}}`,
		`{"resourceType":"Composition","id":"am-$id","subject":{"reference":"Patient/$id"},"status":"final","type":{"coding":[{"system":"http://snomed.info/sct","code":"1515851000000101"}],"text":"About me"},"date":"2023-06-05","title":"About me","section":[{"title":"What matters to me","text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'><p>My garden</p></div>"}}]}`,
	} {
		all = append(all, fill(s))
	}
	return entries(all...)
}

// splitKeep cuts s before and after each $name.
func splitKeep(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '$' {
			continue
		}
		end := i + 1
		for end < len(s) && s[end] >= 'a' && s[end] <= 'z' {
			end++
		}
		parts = append(parts, s[from:i], s[i:end])
		from, i = end, end-1
	}
	return append(parts, s[from:])
}

// TestLocalNumbers: they are found however they are typed, and one that may be of somebody
// who cannot be read is not nobody's.
func TestLocalNumbers(t *testing.T) {
	t.Parallel()
	patient := func(id, number, rest string) object {
		return entries(`{"resourceType":"Patient","id":"` + id + `","identifier":[{"system":"https://hospital.example/mrn","value":"` + number + `"}]` + rest + `}`)[0]
	}
	server := newServer(t, patient("p1", "H12", `,"birthDate":"1956-03-12"`), patient("", "H13", `,"birthDate":"1956-03-12"`))
	s := open(t, &fhirr4.Config{URL: server.URL})
	for number, want := range map[string]struct {
		people int
		fails  bool
	}{"H12": {1, false}, "h12": {1, false}, "H13": {0, true}, "H99": {0, false}} {
		found, err := s.(sources.Finder).Find(t.Context(), []record.PersonQuery{{Identifier: number}})
		if (err != nil) != want.fails || err == nil && len(found[0]) != want.people {
			t.Errorf("%s: %v, %v", number, found, err)
		}
	}
}
