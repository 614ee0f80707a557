package fhirr4_test

import (
	"encoding/json"
	"testing"
)

// interopPerson is one person of the witnesses' servers and what must be read of them:
// one line for each entry of a section, as line writes it. What stands in brackets
// comes from resources sent along, and only a server that sends them can tell it.
type interopPerson struct {
	id       string
	sections map[string][]string
	// none are the sections that are stated to be without any.
	none []string
	// unnamed are the sections that only what is sent along gives names to: without, PARTIAL.
	unnamed []string
}

// interopResources are all resources, in an order in which each is written after
// those it refers to.
func interopResources(t *testing.T) (all []map[string]any) {
	t.Helper()
	for _, text := range interopTexts {
		var r map[string]any
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		all = append(all, r)
	}
	return all
}

var interopTexts = []string{
	`{"resourceType":"Organization","id":"pw-surgery","identifier":[{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"Z99001"}],"name":"Westmarch Surgery"}`,
	`{"resourceType":"Organization","id":"pw-trust","identifier":[{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"ZZ901"}],"name":"Westmarch University Hospitals"}`,
	`{"resourceType":"Practitioner","id":"pw-rastall","name":[{"family":"Rastall","given":["Paul"],"prefix":["Dr"]}]}`,
	`{"resourceType":"Practitioner","id":"pw-vale","name":[{"family":"Vale","given":["Nora"]}]}`,
	`{"resourceType":"Location","id":"pw-ward","name":"Ward 7"}`,
	`{"resourceType":"Medication","id":"pw-ramipril","code":{"coding":[{"system":"https://dmd.nhs.uk","code":"39695211000001102","display":"Ramipril 5mg capsules"}]}}`,
	`{"resourceType":"Device","id":"pw-inhaler","deviceName":[{"name":"Dry powder inhaler","type":"user-friendly-name"}]}`,

	// Ashworth: something in every section, and twice where that may get lost.
	`{"resourceType":"Patient","id":"pw-ash","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018","extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus","valueCodeableConcept":{"coding":[{"system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus","code":"01"}]}}]}],"name":[{"use":"official","family":"Ashworth","given":["Ada"],"prefix":["Mrs"]}],"birthDate":"1956-03-12","gender":"female","address":[{"use":"home","line":["1 Mill Lane"],"postalCode":"ZZ99 3VZ"}],"generalPractitioner":[{"reference":"Organization/pw-surgery","display":"Westmarch Surgery"}],"contact":[{"relationship":[{"text":"Daughter"}],"name":{"family":"Holt","given":["Jane"]}}]}`,
	`{"resourceType":"AllergyIntolerance","id":"pw-ash-a1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},"criticality":"high","code":{"coding":[{"system":"http://snomed.info/sct","code":"91936005","display":"Allergy to penicillin"}]},"patient":{"reference":"Patient/pw-ash"},"recordedDate":"2020-01-02","reaction":[{"manifestation":[{"text":"Anaphylaxis"}],"severity":"severe"}]}`,
	`{"resourceType":"AllergyIntolerance","id":"pw-ash-a2","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"resolved"}]},"code":{"text":"Egg"},"patient":{"reference":"Patient/pw-ash"},"recordedDate":"1961-05"}`,
	`{"resourceType":"AllergyIntolerance","id":"pw-ash-a3","verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"entered-in-error"}]},"code":{"text":"Latex"},"patient":{"reference":"Patient/pw-ash"}}`,
	`{"resourceType":"MedicationRequest","id":"pw-ash-m1","status":"active","intent":"order","medicationCodeableConcept":{"text":"Amoxicillin 500 mg capsules"},"subject":{"reference":"Patient/pw-ash"},"authoredOn":"2024-02-03","requester":{"reference":"Practitioner/pw-rastall","display":"Dr Paul Rastall"},"courseOfTherapyType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy","code":"acute"}]},"dosageInstruction":[{"text":"One three times a day"}]}`,
	`{"resourceType":"MedicationRequest","id":"pw-ash-m2","status":"active","intent":"order","medicationReference":{"reference":"Medication/pw-ramipril"},"subject":{"reference":"Patient/pw-ash"},"authoredOn":"2023-11-20","requester":{"reference":"Practitioner/pw-rastall"},"courseOfTherapyType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy","code":"continuous"}]}}`,
	`{"resourceType":"MedicationStatement","id":"pw-ash-s1","status":"active","medicationCodeableConcept":{"text":"Aspirin"},"subject":{"reference":"Patient/pw-ash"},"effectiveDateTime":"2024-02-01","dateAsserted":"2024-02-04"}`,
	`{"resourceType":"MedicationDispense","id":"pw-ash-d1","status":"completed","medicationCodeableConcept":{"text":"Ramipril"},"subject":{"reference":"Patient/pw-ash"},"whenHandedOver":"2024-02-05T10:00:00Z"}`,
	`{"resourceType":"DeviceUseStatement","id":"pw-ash-u1","status":"active","subject":{"reference":"Patient/pw-ash"},"recordedOn":"2022-08-01","device":{"reference":"Device/pw-inhaler","display":"Inhaler"}}`,
	`{"resourceType":"Condition","id":"pw-ash-c1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"195967001","display":"Asthma"}]},"subject":{"reference":"Patient/pw-ash"},"onsetDateTime":"2001"}`,
	`{"resourceType":"Condition","id":"pw-ash-c2","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"resolved"}]},"code":{"text":"Fractured wrist"},"subject":{"reference":"Patient/pw-ash"},"onsetDateTime":"2015-06-01","abatementDateTime":"2015-09-01"}`,
	`{"resourceType":"Flag","id":"pw-ash-f1","status":"active","code":{"text":"Lives alone"},"subject":{"reference":"Patient/pw-ash"},"period":{"start":"2022-01-01"}}`,
	`{"resourceType":"Appointment","id":"pw-ash-p1","status":"booked","appointmentType":{"text":"Follow-up"},"start":"2099-05-01T09:00:00Z","end":"2099-05-01T09:20:00Z","participant":[{"actor":{"reference":"Patient/pw-ash"},"status":"accepted"},{"actor":{"reference":"Practitioner/pw-rastall","display":"Dr Paul Rastall"},"status":"accepted"},{"actor":{"reference":"Location/pw-ward"},"status":"accepted"}]}`,
	`{"resourceType":"Appointment","id":"pw-ash-p2","status":"fulfilled","appointmentType":{"text":"Long past"},"start":"2001-05-01T09:00:00Z","end":"2001-05-01T09:20:00Z","participant":[{"actor":{"reference":"Patient/pw-ash"},"status":"accepted"}]}`,
	`{"resourceType":"Encounter","id":"pw-ash-e1","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"type":[{"text":"Consultation"}],"subject":{"reference":"Patient/pw-ash"},"participant":[{"individual":{"reference":"Practitioner/pw-rastall"}}],"period":{"start":"2023-05-01T09:00:00Z","end":"2023-05-01T09:10:00Z"}}`,
	`{"resourceType":"Encounter","id":"pw-ash-e2","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"type":[{"text":"Ward stay"}],"subject":{"reference":"Patient/pw-ash"},"participant":[{"individual":{"reference":"Practitioner/pw-vale","display":"Nora Vale"}}],"period":{"start":"2023-06-01T09:00:00Z","end":"2023-06-04T09:00:00Z"},"hospitalization":{"dischargeDisposition":{"text":"Home"}},"location":[{"location":{"reference":"Location/pw-ward","display":"Ward 7"}}],"serviceProvider":{"reference":"Organization/pw-trust"}}`,
	`{"resourceType":"RelatedPerson","id":"pw-ash-r1","active":true,"patient":{"reference":"Patient/pw-ash"},"relationship":[{"text":"Son"}],"name":[{"family":"Pike","given":["Tom"]}]}`,
	`{"resourceType":"CareTeam","id":"pw-ash-t1","status":"active","name":"Heart team","subject":{"reference":"Patient/pw-ash"},"participant":[{"role":[{"text":"Nurse"}],"member":{"reference":"Practitioner/pw-vale","display":"Nora Vale"}},{"role":[{"text":"Doctor"}],"member":{"reference":"Practitioner/pw-rastall"}}]}`,
	`{"resourceType":"Consent","id":"pw-ash-k1","status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"category":[{"text":"Sharing"}],"patient":{"reference":"Patient/pw-ash"},"dateTime":"2021-01-01","provision":{"type":"permit"}}`,
	`{"resourceType":"Observation","id":"pw-ash-o1","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"text":"Haemoglobin"},"subject":{"reference":"Patient/pw-ash"},"effectiveDateTime":"2024-03-01","valueQuantity":{"value":131,"unit":"g/L"}}`,
	`{"resourceType":"Observation","id":"pw-ash-o2","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"text":"Platelets"},"subject":{"reference":"Patient/pw-ash"},"effectiveDateTime":"2024-03-01","valueQuantity":{"value":250.5,"unit":"10*9/L"}}`,
	`{"resourceType":"Observation","id":"pw-ash-o3","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"text":"Potassium"},"subject":{"reference":"Patient/pw-ash"},"effectiveDateTime":"2024-03-05","valueQuantity":{"value":4.1,"unit":"mmol/L"}}`,
	`{"resourceType":"Observation","id":"pw-ash-o4","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"text":"Blood pressure"},"subject":{"reference":"Patient/pw-ash"},"effectiveDateTime":"2024-03-02T08:15:00Z","component":[{"code":{"text":"Systolic"},"valueQuantity":{"value":142,"unit":"mmHg"}},{"code":{"text":"Diastolic"},"valueQuantity":{"value":88,"unit":"mmHg"}}]}`,
	`{"resourceType":"DiagnosticReport","id":"pw-ash-d2","status":"final","code":{"text":"Full blood count"},"subject":{"reference":"Patient/pw-ash"},"effectiveDateTime":"2024-03-01","result":[{"reference":"Observation/pw-ash-o1"},{"reference":"Observation/pw-ash-o2"}],"conclusion":"Normal"}`,
	`{"resourceType":"ImagingStudy","id":"pw-ash-i2","status":"available","subject":{"reference":"Patient/pw-ash"},"started":"2024-01-10T11:00:00Z","modality":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CR","display":"Radiograph"}],"description":"Chest"}`,
	`{"resourceType":"Immunization","id":"pw-ash-i1","status":"completed","vaccineCode":{"text":"Influenza"},"patient":{"reference":"Patient/pw-ash"},"occurrenceDateTime":"2023-10-01","lotNumber":"L42"}`,
	`{"resourceType":"Procedure","id":"pw-ash-x1","status":"completed","code":{"text":"Hip replacement"},"subject":{"reference":"Patient/pw-ash"},"performedDateTime":"2019-10-01","performer":[{"actor":{"reference":"Practitioner/pw-rastall"}}]}`,
	`{"resourceType":"DocumentReference","id":"pw-ash-w1","status":"current","type":{"text":"Discharge letter"},"subject":{"reference":"Patient/pw-ash"},"date":"2023-06-05T10:00:00Z","content":[{"attachment":{"contentType":"application/pdf","url":"https://documents.example.nhs.uk/w1","title":"Letter of June"}}]}`,

	// Birtwistle: less, and stated to have no allergy.
	`{"resourceType":"Patient","id":"pw-bir","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000026"}],"name":[{"use":"official","family":"Birtwistle","given":["Bert"]}],"birthDate":"1961-07-04","gender":"male","generalPractitioner":[{"reference":"Organization/pw-surgery","display":"Westmarch Surgery"}]}`,
	`{"resourceType":"AllergyIntolerance","id":"pw-bir-a1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003","display":"No known allergy"}]},"patient":{"reference":"Patient/pw-bir"},"recordedDate":"2022-02-02"}`,
	`{"resourceType":"MedicationRequest","id":"pw-bir-m1","status":"stopped","intent":"order","medicationReference":{"reference":"Medication/pw-ramipril","display":"Ramipril"},"subject":{"reference":"Patient/pw-bir"},"authoredOn":"2020-01-20"}`,
	`{"resourceType":"Condition","id":"pw-bir-c1","code":{"text":"Gout"},"subject":{"reference":"Patient/pw-bir"},"onsetDateTime":"2011-03"}`,
	`{"resourceType":"Encounter","id":"pw-bir-e1","status":"in-progress","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"subject":{"reference":"Patient/pw-bir"},"period":{"start":"2026-02-20T22:10:00Z"},"location":[{"location":{"reference":"Location/pw-ward","display":"Ward 7"}}]}`,
	`{"resourceType":"Observation","id":"pw-bir-o1","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"text":"Pulse"},"subject":{"reference":"Patient/pw-bir"},"effectiveDateTime":"2024-03-02","valueQuantity":{"value":72,"unit":"/min"}}`,
	`{"resourceType":"Consent","id":"pw-bir-k1","status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"category":[{"text":"Sharing"}],"patient":{"reference":"Patient/pw-bir"},"dateTime":"2021-04-01","provision":{"type":"deny"}}`,
	`{"resourceType":"Immunization","id":"pw-bir-i1","status":"not-done","vaccineCode":{"text":"Shingles"},"patient":{"reference":"Patient/pw-bir"},"occurrenceDateTime":"2024-10-01"}`,

	// Crompton is known there, and nothing is recorded.
	`{"resourceType":"Patient","id":"pw-cro","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000034"}],"name":[{"family":"Crompton"}],"birthDate":"1970-01-01"}`,
}

func interopPeople() []interopPerson {
	return []interopPerson{
		{id: "pw-ash", unnamed: []string{"medications"}, sections: map[string][]string{
			"demographics":     {"ASHWORTH, Ada (Mrs) | 1956-03-12 | 9990000018 | VERIFIED | ZZ99 3VZ"},
			"practice":         {"Westmarch Surgery | [Z99001]"},
			"personalContacts": {"Daughter | HOLT, Jane", "Son | PIKE, Tom"},
			"allergies":        {"Allergy to penicillin | 2020-01-02 | active | confirmed | high | severe", "Egg | 1961-05 | resolved"},
			"medications": {
				"Amoxicillin 500 mg capsules | 2024-02-03 | ACUTE | active | One three times a day | Dr Paul Rastall",
				"[Ramipril 5mg capsules] | 2023-11-20 | REPEAT | active[ | Dr Paul Rastall]",
				"Aspirin | 2024-02-01 | STATEMENT | active",
				"Ramipril | 2024-02-05T10:00:00Z | DISPENSE | completed",
				"Inhaler | 2022-08-01 | DEVICE | active",
			},
			"problems":             {"Asthma | 2001 | active", "Fractured wrist | 2015-06-01 | resolved | 2015-09-01"},
			"alerts":               {"Lives alone | 2022-01-01 | active"},
			"appointments":         {"Follow-up | 2099-05-01T09:00:00Z | booked | Dr Paul Rastall[ | Ward 7]"},
			"contacts":             {"Consultation | 2023-05-01T09:00:00Z | AMB[ | Dr Paul Rastall]"},
			"admissions":           {"Ward stay | 2023-06-01T09:00:00Z | finished | Ward 7 | Nora Vale"},
			"discharges":           {"Ward stay | 2023-06-04T09:00:00Z | Home | 2023-06-01T09:00:00Z"},
			"professionalContacts": {"Nurse | Heart team | Nora Vale", "Doctor | Heart team | [Dr Paul Rastall]"},
			"consents":             {"Sharing | 2021-01-01 | active | permit"},
			"results": {
				"Full blood count | 2024-03-01 | final | Normal | Haemoglobin=131g/L | Platelets=250.510*9/L",
				"Potassium | 2024-03-05 | final | Potassium=4.1mmol/L",
				"Radiograph | 2024-01-10T11:00:00Z | available | Chest",
			},
			"observations": {"Blood pressure | 2024-03-02T08:15:00Z | Systolic=142mmHg | Diastolic=88mmHg"},
			"vaccinations": {"Influenza | 2023-10-01 | completed | L42"},
			"procedures":   {"Hip replacement | 2019-10-01 | completed[ | Dr Paul Rastall]"},
			"documents":    {"Discharge letter | 2023-06-05T10:00:00Z | Letter of June | application/pdf"},
		}},
		{id: "pw-bir", none: []string{"allergies"}, sections: map[string][]string{
			"demographics": {"BIRTWISTLE, Bert | 1961-07-04 | 9990000026 | UNVERIFIED"},
			"practice":     {"Westmarch Surgery | [Z99001]"},
			"medications":  {"Ramipril[ 5mg capsules] | 2020-01-20 | PRESCRIPTION | stopped"},
			"problems":     {"Gout | 2011-03"},
			"admissions":   {"IMP | 2026-02-20T22:10:00Z | in-progress | Ward 7"},
			"observations": {"Pulse | 2024-03-02 | 72/min"},
			"consents":     {"Sharing | 2021-04-01 | active | deny"},
			"vaccinations": {"Shingles | 2024-10-01 | not-done"},
		}},
		{id: "pw-cro", sections: map[string][]string{
			"demographics": {"CROMPTON | 1970-01-01 | 9990000034 | UNVERIFIED"},
		}},
		{id: "pw-nobody"},
	}
}
