package mock

import (
	"fmt"
	"strconv"
)

// The words of a record, taken in turn.
var (
	allergens = []term{{"91936005", "Allergy to penicillin"}, {"300913006", "Shellfish allergy"}, {"91935009", "Allergy to peanut"}, {"1003755004", "Allergy to latex"}, {"293586001", "Aspirin allergy"}}
	reactions = []term{{"247472004", "Weal"}, {"267036007", "Dyspnoea"}, {"422587007", "Nausea"}}
	products  = []term{{"39732411000001106", "Amoxicillin 500mg capsules"}, {"42104911000001100", "Ramipril 5mg capsules"}, {"41960711000001108", "Metformin 500mg tablets"}, {"39113611000001102", "Salbutamol 100micrograms/dose inhaler CFC free"}, {"42382811000001109", "Atorvastatin 20mg tablets"}}
	problems  = []term{{"44054006", "Type 2 diabetes mellitus"}, {"38341003", "Hypertensive disorder"}, {"195967001", "Asthma"}, {"13645005", "Chronic obstructive lung disease"}, {"49436004", "Atrial fibrillation"}, {"709044004", "Chronic kidney disease"}, {"396275006", "Osteoarthritis"}}
	vaccines  = []term{{"39114911000001105", "Influenza vaccine (split virion, inactivated)"}, {"39115611000001103", "COVID-19 mRNA vaccine"}, {"38396711000001103", "Pneumococcal polysaccharide vaccine"}}
	surgery   = []term{{"80146002", "Appendicectomy"}, {"73761001", "Colonoscopy"}, {"397956004", "Prosthetic arthroplasty of the hip"}}
	letters   = []term{{"823681000000100", "Outpatient letter"}, {"373942005", "Discharge summary"}, {"824331000000106", "Inpatient final discharge letter"}}
	tests     = []term{{"1022441000000101", "Haemoglobin concentration in blood"}, {"1000661000000107", "Sodium level in serum"}, {"1000651000000109", "Potassium level in serum"}, {"1000731000000107", "Creatinine level in serum"}}
	panels    = []term{{"1022441000000102", "Full blood count"}, {"1000971000000102", "Renal profile"}}
)

func allergyOf(i int) string {
	return fmt.Sprintf(`"clinicalStatus":%s,"verificationStatus":%s,"type":"allergy","category":["medication"],"criticality":"high","code":%s,"patient":%s,"onsetDateTime":"%s","recordedDate":"%s","asserter":%s,"reaction":[{"manifestation":[%s],"severity":"moderate"}]`,
		status("allergyintolerance-clinical", "active"), status("allergyintolerance-verification", "confirmed"),
		concept(snomed, allergens[i%len(allergens)]), subject, day(20+i), at(20+i), staff(i), concept(snomed, reactions[i%len(reactions)]))
}

func prescriptionOf(i int) string {
	return fmt.Sprintf(`"status":"active","intent":"order","medicationCodeableConcept":%s,"subject":%s,"authoredOn":"%s","requester":%s,"courseOfTherapyType":%s,"dosageInstruction":[{"sequence":1,"text":"One to be taken twice a day","timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"route":%s,"doseAndRate":[{"doseQuantity":%s}]}],"dispenseRequest":{"validityPeriod":{"start":"%s"},"quantity":%s}`,
		concept(dmd, products[i%len(products)]), subject, at(i), staff(i), status("medicationrequest-course-of-therapy", "continuous"),
		concept(snomed, term{"26643006", "Oral"}), quantity("1", "tablet"), day(i), quantity("28", "tablet"))
}

func statementOf(i int) string {
	return fmt.Sprintf(`"status":"active","medicationCodeableConcept":%s,"subject":%s,"effectivePeriod":{"start":"%s"},"dateAsserted":"%s","informationSource":%s,"dosage":[{"text":"One at night","route":%s}]`,
		concept(dmd, products[(i+3)%len(products)]), subject, day(i+6), at(i+6), staff(i), concept(snomed, term{"26643006", "Oral"}))
}

func problemOf(i int) string {
	return fmt.Sprintf(`"clinicalStatus":%s,"verificationStatus":%s,"category":[%s],"severity":%s,"code":%s,"subject":%s,"onsetDateTime":"%s","recordedDate":"%s","asserter":%s`,
		status("condition-clinical", "active"), status("condition-ver-status", "confirmed"), status("condition-category", "problem-list-item"),
		concept(snomed, term{"6736007", "Moderate"}), concept(snomed, problems[i%len(problems)]), subject, day(30+3*i), at(30+3*i), staff(i))
}

func alertOf(i int) string {
	return fmt.Sprintf(`"status":"active","category":[%s],"code":%s,"subject":%s,"period":{"start":"%s"},"author":%s`,
		status("flag-category", "safety"), concept(snomed, term{"129839007", "At risk for falls"}), subject, day(8+i), staff(i))
}

func vaccinationOf(i int) string {
	return fmt.Sprintf(`"status":"completed","vaccineCode":%s,"patient":%s,"occurrenceDateTime":"%s","recorded":"%s","primarySource":true,"lotNumber":"B%d","site":%s,"route":%s,"performer":[{"actor":%s}],"protocolApplied":[{"targetDisease":[%s],"doseNumberPositiveInt":%d}]`,
		concept(snomed, vaccines[i%len(vaccines)]), subject, day(9+12*i), at(9+12*i), 4410+i, concept(snomed, term{"368208006", "Left upper arm"}),
		concept(snomed, term{"78421000", "Intramuscular"}), staff(i), concept(snomed, term{"6142004", "Influenza"}), 1+i%3)
}

func procedureOf(i int) string {
	return fmt.Sprintf(`"status":"completed","code":%s,"subject":%s,"performedPeriod":{"start":"%s","end":"%s"},"performer":[{"actor":%s}],"reasonCode":[%s],"outcome":%s`,
		concept(snomed, surgery[i%len(surgery)]), subject, at(40+5*i), at(40+5*i), staff(i), concept(snomed, problems[(i+2)%len(problems)]),
		concept(snomed, term{"385669000", "Successful"}))
}

func documentOf(i int) string {
	return fmt.Sprintf(`"status":"current","type":%s,"category":[%s],"subject":%s,"date":"%s","author":[%s],"description":"Letter %d","custodian":{"identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"RX1"},"display":"Westmarch University Hospitals"},"content":[{"attachment":{"contentType":"application/pdf","url":"Binary/S-%s-%d","size":%d,"title":"Letter to the practice"}}],"context":{"practiceSetting":%s}`,
		concept(snomed, letters[i%len(letters)]), concept(snomed, term{"734163000", "Care plan"}), subject, at(2+i), staff(i), i, numberPlace, i, 48_000+i,
		concept(snomed, term{"394802001", "General medicine"}))
}

func reportOf(i int, parts ...string) string {
	results := ""
	for n, part := range parts {
		if n > 0 {
			results += ","
		}
		results += fmt.Sprintf(`{"reference":"Observation/S-%s-%s"}`, numberPlace, part)
	}
	return fmt.Sprintf(`"status":"final","category":[%s],"code":%s,"subject":%s,"effectiveDateTime":"%s","issued":"%s","performer":[%s],"result":[%s],"conclusion":"Within the expected range"`,
		concept(hl7+"v2-0074", term{"HM", "Hematology"}), concept(snomed, panels[i%len(panels)]), subject, at(3+i), at(3+i), staff(i), results)
}

func laboratoryOf(i int) string {
	return measured("laboratory", tests[i%len(tests)], at(3+i/3), staff(i), quantity(strconv.Itoa(100+i), "g/L"), quantity("90", "g/L"), quantity("180", "g/L"))
}
