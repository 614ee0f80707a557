package fhirr4

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shapes are resources as servers send them, with narrative, profiles and versions.
// %[1]d is a number of its own for each.
var shapes = []struct {
	kind  string
	share int
	text  string
}{
	{"Observation", 200, `"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"Vital Signs"}],"text":"Vital Signs"}],"code":{"coding":[{"system":"http://snomed.info/sct","code":"75367002","display":"Blood pressure (observable entity)"},{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure panel with all children optional"}],"text":"Blood pressure"},"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"encounter":{"reference":"Encounter/%[1]d-5a09-4b05"},"effectiveDateTime":"2011-04-19T09:21:52+00:00","issued":"2011-04-19T09:21:52.137+00:00","performer":[{"reference":"Practitioner/42676af6-6808-4b64-ba11-0b100bacdb74","display":"Lane Jacobi"}],"component":[{"code":{"coding":[{"system":"http://snomed.info/sct","code":"271649006","display":"Systolic blood pressure"}]},"valueQuantity":{"value":1%[1]d.5,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}},{"code":{"coding":[{"system":"http://snomed.info/sct","code":"271650006","display":"Diastolic blood pressure"}]},"valueQuantity":{"value":7%[1]d.5,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]`},
	{"Encounter", 70, `"status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},"type":[{"coding":[{"system":"http://snomed.info/sct","code":"185347001","display":"Encounter for problem"}],"text":"Encounter for problem"}],"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"participant":[{"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"PPRF","display":"primary performer"}]}],"individual":{"reference":"Practitioner/42676af6","display":"Dr Lane Jacobi"}}],"period":{"start":"1950-12-25T09:21:52+00:00","end":"1950-12-25T09:36:52+00:00"},"reasonCode":[{"coding":[{"system":"http://snomed.info/sct","code":"195662009","display":"Acute viral pharyngitis (disorder)"}]}],"location":[{"location":{"reference":"Location/%[1]d","display":"Westmarch Surgery"}}],"serviceProvider":{"reference":"Organization/d692e283-0833-3201-8e55-4f868a9c0736","display":"Westmarch General Practices"}`},
	{"MedicationRequest", 70, `"status":"active","intent":"order","medicationCodeableConcept":{"coding":[{"system":"https://dmd.nhs.uk","code":"39732411000001106","display":"Amoxicillin 500mg capsules"}],"text":"Amoxicillin 500mg capsules"},"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"encounter":{"reference":"Encounter/%[1]d"},"authoredOn":"1990-07-31T09:21:52+00:00","requester":{"reference":"Practitioner/42676af6-6808-4b64-ba11-0b100bacdb74","display":"Dr Lane Jacobi"},"courseOfTherapyType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy","code":"acute"}]},"dosageInstruction":[{"sequence":1,"text":"500 mg three times a day for seven days","timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}},"route":{"coding":[{"system":"http://snomed.info/sct","code":"26643006","display":"Oral"}]},"doseAndRate":[{"doseQuantity":{"value":500,"unit":"mg"}}]}]`},
	{"Condition", 50, `"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category","code":"problem-list-item"}]}],"code":{"coding":[{"system":"http://snomed.info/sct","code":"%[1]d007","display":"Disorder number %[1]d"}],"text":"Disorder number %[1]d"},"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"onsetDateTime":"1988-07-26","recordedDate":"1988-07-26T09:21:52+00:00"`},
	{"AllergyIntolerance", 14, `"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"type":"allergy","category":["food"],"criticality":"low","code":{"coding":[{"system":"http://snomed.info/sct","code":"300913006","display":"Shellfish allergy"}],"text":"Shellfish allergy"},"patient":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"recordedDate":"1951-01-07T09:21:52+00:00","reaction":[{"manifestation":[{"coding":[{"system":"http://snomed.info/sct","code":"247472004","display":"Weal"}]}],"severity":"moderate"}]`},
	{"Procedure", 60, `"status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"428191000124101","display":"Documentation of current medications"}],"text":"Documentation of current medications"},"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"encounter":{"reference":"Encounter/%[1]d"},"performedPeriod":{"start":"2011-04-19T09:21:52+00:00","end":"2011-04-19T09:36:52+00:00"}`},
	{"Immunization", 40, `"status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140","display":"Influenza, seasonal, injectable, preservative free"}],"text":"Influenza, seasonal, injectable, preservative free"},"patient":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"encounter":{"reference":"Encounter/%[1]d"},"occurrenceDateTime":"2011-04-19T09:21:52+00:00","primarySource":true`},
	{"DocumentReference", 20, `"status":"current","type":{"coding":[{"system":"http://snomed.info/sct","code":"823691000000103","display":"Clinical letter"}]},"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"date":"2023-06-05T10:00:00Z","author":[{"display":"Dr Lane Jacobi"}],"description":"Clinic letter %[1]d","custodian":{"display":"Westmarch University Hospitals"},"content":[{"attachment":{"contentType":"application/pdf","url":"Binary/%[1]d","title":"Clinic letter"}}]`},
}

// record524 is a person's record of 524 resources in eight Bundles, about 0.9 MB.
func record524() (kinds []string, bundles [][]byte, size int) {
	for _, shape := range shapes {
		var b bytes.Buffer
		fmt.Fprintf(&b, `{"resourceType":"Bundle","id":"x","type":"searchset","total":%d,"link":[{"relation":"self","url":"https://fhir.example.nhs.uk/R4/%s"}],"entry":[`, shape.share, shape.kind)
		for i := range shape.share {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"fullUrl":"https://fhir.example.nhs.uk/R4/%[2]s/%08[1]d-5a09-4b05-a14b-8cf6507efc98","resource":{"resourceType":"%[2]s","id":"%08[1]d-5a09-4b05-a14b-8cf6507efc98","meta":{"versionId":"1","lastUpdated":"2024-05-01T09:21:52.137+00:00","profile":["https://fhir.hl7.org.uk/StructureDefinition/UKCore-%[2]s"],"tag":[{"system":"https://smarthealthit.org/tags","code":"example-5-2019"}]},"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p><b>Generated narrative</b></p><p>Entry %[1]d of the record, as the server words it for a reader who has no other way to see it</p></div>"},`, i, shape.kind)
			b.WriteString(strings.ReplaceAll(shape.text, "%[1]d", strconv.Itoa(i)) + `},"search":{"mode":"match"}}`)
		}
		b.WriteString(`]}`)
		kinds = append(kinds, shape.kind)
		bundles = append(bundles, b.Bytes())
		size += b.Len()
	}
	return kinds, bundles, size
}

func BenchmarkRecord(b *testing.B) {
	kinds, bundles, size := record524()
	var spaces workspaces
	b.Run("map", func(b *testing.B) {
		b.SetBytes(int64(size))
		b.ReportAllocs()
		for b.Loop() {
			entries := 0
			for i, kind := range kinds {
				r := &reader{workspace: spaces.take(), kind: kind, base: "https://fhir.example.nhs.uk/R4", zone: time.UTC}
				if _, err := r.page(bundles[i]); err != nil {
					b.Fatal(err)
				}
				r.resolve()
				spaces.give(r)
				entries += len(r.statements)
			}
			if entries != 524 {
				b.Fatalf("%d entries", entries)
			}
		}
	})
	b.Run("skip", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, data := range bundles {
				r := spaces.take()
				r.Reset(data)
				if r.End() != nil {
					b.Fatal(r.Err())
				}
			}
		}
	})
	// The floor of the usual way: encoding/json into a struct of five fields.
	b.Run("encodingjson", func(b *testing.B) {
		b.SetBytes(int64(size))
		b.ReportAllocs()
		for b.Loop() {
			for _, data := range bundles {
				var v struct {
					Entry []struct {
						Resource struct {
							ID      string
							Status  any
							Code    struct{ Text string }
							Subject struct{ Reference string }
						}
					}
				}
				if err := json.Unmarshal(data, &v); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
