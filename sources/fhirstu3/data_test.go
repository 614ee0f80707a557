package fhirstu3_test

import "strings"

// of is a record in STU3 about one person: something of each type that differs from R4.
func of(id, number, family, born string) []string {
	all := []string{
		`{"resourceType":"Patient","id":"§","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"NUMBER"}],"name":[{"family":"FAMILY","given":["Pat"]}],"gender":"female","birthDate":"BORN","generalPractitioner":[{"reference":"Organization/o1"}],"contact":[{"name":{"family":"Bell"},"relationship":[{"text":"Brother"}]}]}`,
		`{"resourceType":"AllergyIntolerance","id":"al-§","clinicalStatus":"active","verificationStatus":"confirmed","code":{"text":"Penicillin"},"patient":{"reference":"Patient/§"},"assertedDate":"2001-05-04"}`,
		`{"resourceType":"Condition","id":"co-§","clinicalStatus":"active","code":{"text":"Hypertension"},"subject":{"reference":"Patient/§"},"assertedDate":"2010-01-02"}`,
		`{"resourceType":"MedicationRequest","id":"mr-§","status":"active","intent":"order","medicationCodeableConcept":{"text":"Omeprazole"},"subject":{"reference":"Patient/§"},"authoredOn":"2024-02-01","requester":{"agent":{"reference":"Practitioner/g1"}}}`,
		`{"resourceType":"Encounter","id":"en-§","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/§"},"period":{"start":"2020-11-09"},"reason":[{"text":"Cough"}],"type":[{"text":"Consultation"}]}`,
		`{"resourceType":"Immunization","id":"im-§","status":"completed","notGiven":false,"vaccineCode":{"text":"Flu"},"patient":{"reference":"Patient/§"},"date":"2025-10-01"}`,
		`{"resourceType":"Observation","id":"ob-§","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/§"},"effectiveDateTime":"2026-01-05","valueQuantity":{"value":70.50,"unit":"kg"},"comment":"With shoes"}`,
		`{"resourceType":"Procedure","id":"pr-§","status":"completed","code":{"text":"Appendicectomy"},"subject":{"reference":"Patient/§"},"performedDateTime":"1970-01-01"}`,
		`{"resourceType":"DocumentReference","id":"do-§","status":"current","type":{"text":"Letter"},"subject":{"reference":"Patient/§"},"indexed":"2020-11-09T12:01:58Z","content":[{"attachment":{"contentType":"text/plain"}}]}`,
		`{"resourceType":"Flag","id":"fl-§","status":"active","category":{"text":"Safety"},"code":{"text":"Lives alone"},"subject":{"reference":"Patient/§"},"period":{"start":"2020-01-01"}}`,
		`{"resourceType":"CarePlan","id":"cp-§","status":"active","intent":"plan","title":"Asthma plan","subject":{"reference":"Patient/§"},"period":{"start":"2020-01-01"},"category":[{"text":"Asthma"}]}`,
	}
	for i := range all {
		all[i] = strings.NewReplacer("§", id, "NUMBER", number, "FAMILY", family, "BORN", born).Replace(all[i])
	}
	return append(all, `{"resourceType":"Practitioner","id":"g1","name":[{"family":"Treharnedy","given":["Bronwen"],"prefix":["Dr"]}]}`,
		`{"resourceType":"Organization","id":"o1","name":"Harrowmere Medical Centre"}`)
}
