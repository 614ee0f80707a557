package mock

import (
	"fmt"
	"strconv"
)

// vitals are what is measured at every round, with a usual value and its unit.
var vitals = []struct {
	term
	value int
	unit  string
}{
	{term{"364075005", "Heart rate"}, 72, "/min"},
	{term{"86290005", "Respiratory rate"}, 15, "/min"},
	{term{"431314004", "Peripheral oxygen saturation"}, 97, "%"},
	{term{"276885007", "Core body temperature"}, 37, "Cel"},
	{term{"27113001", "Body weight"}, 81, "kg"},
}

func measured(category string, what term, when, who, value, low, high string) string {
	return fmt.Sprintf(`"status":"final","category":[%s],"code":%s,"subject":%s,"effectiveDateTime":"%s","issued":"%s","performer":[%s],"valueQuantity":%s,"interpretation":[%s],"referenceRange":[{"low":%s,"high":%s}]`,
		status("observation-category", category), concept(snomed, what), subject, when, when, who, value,
		concept(hl7+"v3-ObservationInterpretation", term{"N", "Normal"}), low, high)
}

func vitalOf(i int) string {
	v := vitals[i%len(vitals)]
	return measured("vital-signs", v.term, at(1+i/len(vitals)), staff(i), quantity(strconv.Itoa(v.value+i%7), v.unit),
		quantity(strconv.Itoa(v.value*8/10), v.unit), quantity(strconv.Itoa(v.value*12/10), v.unit))
}

// pressureOf is an observation of two components.
func pressureOf(i int) string {
	return fmt.Sprintf(`"status":"final","category":[%s],"code":%s,"subject":%s,"effectiveDateTime":"%s","performer":[%s],"component":[{"code":%s,"valueQuantity":%s},{"code":%s,"valueQuantity":%s}]`,
		status("observation-category", "vital-signs"), concept(snomed, term{"75367002", "Blood pressure"}), subject, at(1+i), staff(i),
		concept(snomed, term{"271649006", "Systolic blood pressure"}), quantity(strconv.Itoa(120+i), "mm[Hg]"),
		concept(snomed, term{"271650006", "Diastolic blood pressure"}), quantity(strconv.Itoa(70+i), "mm[Hg]"))
}

// scoreOf is a National Early Warning Score 2, newer than everything else.
func scoreOf() string {
	return measured("survey", term{"1104051000000101", "Royal College of Physicians National Early Warning Score 2 - total score"},
		"2025-01-02T07:30:00+00:00", staff(2), quantity("3", "{score}"), quantity("0", "{score}"), quantity("4", "{score}"))
}

func contactOf(i int) string {
	return encounter("finished", term{"AMB", "ambulatory"}, i, fmt.Sprintf(`{"start":"%s","end":"%s"}`, at(2+2*i), at(2+2*i)), "")
}

// stayOf is a stay in hospital that has ended: an admission and a discharge.
func stayOf(i int) string {
	return encounter("finished", term{"IMP", "inpatient encounter"}, i, fmt.Sprintf(`{"start":"%s","end":"%s"}`, at(11+9*i), at(10+9*i)),
		fmt.Sprintf(`,"hospitalization":{"admitSource":%s,"dischargeDisposition":%s}`,
			concept("https://fhir.hl7.org.uk/CodeSystem/UKCore-SourceOfAdmission", term{"19", "Usual place of residence"}),
			concept("https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestination", term{"19", "Usual place of residence"})))
}

func encounter(state string, class term, i int, period, more string) string {
	return fmt.Sprintf(`"status":"%s","class":%s,"type":[%s],"serviceType":%s,"subject":%s,"participant":[{"type":[%s],"individual":%s}],"period":%s,"reasonCode":[%s],"location":[{"location":{"reference":"Location/l%d","display":"Westmarch, room %d"}}],"serviceProvider":{"reference":"Organization/o1","display":"Westmarch Practices"}%s`,
		state, coding(hl7+"v3-ActCode", class), concept(snomed, term{"185347001", "Encounter for problem"}), concept(snomed, term{"394814009", "General practice"}),
		subject, status("v3-ParticipationType", "PPRF"), staff(i), period, concept(snomed, problems[i%len(problems)]), i, i, more)
}

// appointmentOf is far ahead, so that the record does not change with the calendar.
func appointmentOf(i int) string {
	return fmt.Sprintf(`"status":"booked","serviceType":[%s],"appointmentType":%s,"reasonCode":[%s],"start":"2099-0%d-05T10:00:00+00:00","end":"2099-0%d-05T10:20:00+00:00","created":"%s","participant":[{"actor":%s,"status":"accepted"},{"actor":%s,"status":"accepted"},{"actor":{"reference":"Location/l1","display":"Westmarch, room 1"},"status":"accepted"}]`,
		concept(snomed, term{"394814009", "General practice"}), concept(hl7+"v2-0276", term{"ROUTINE", "Routine appointment"}), concept(snomed, problems[i%len(problems)]),
		1+i, 1+i, at(i), subject, staff(i))
}

func teamOf() string {
	member := func(i int, role term) string {
		return fmt.Sprintf(`{"role":[%s],"member":%s,"period":{"start":"%s"}}`, concept(snomed, role), staff(i), day(14+i))
	}
	return fmt.Sprintf(`"status":"active","name":"Community respiratory team","subject":%s,"period":{"start":"%s"},"participant":[%s,%s,%s]`,
		subject, day(20), member(0, term{"62247001", "General practitioner"}), member(1, term{"309343006", "Physician"}), member(2, term{"224535009", "Registered nurse"}))
}

func relativeOf() string {
	return fmt.Sprintf(`"active":true,"patient":%s,"relationship":[%s],"name":[{"use":"official","family":"%s","given":["Alex"]}],"telecom":[{"system":"phone","value":"01632 960123","use":"home"}]`,
		subject, concept(hl7+"v3-RoleCode", term{"SPS", "spouse"}), familyPlace)
}

func consentOf() string {
	return fmt.Sprintf(`"status":"active","scope":%s,"category":[%s],"patient":%s,"dateTime":"%s","organization":[{"reference":"Organization/o1","display":"Westmarch Practices"}],"provision":{"type":"permit","period":{"start":"%s"}}`,
		status("consentscope", "patient-privacy"), concept("http://loinc.org", term{"59284-0", "Consent Document"}), subject, at(18), day(18))
}

func personOf() string {
	return fmt.Sprintf(`"identifier":[{"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus","valueCodeableConcept":{"coding":[{"system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus","code":"01","display":"Number present and verified"}]}}],"system":"https://fhir.nhs.uk/Id/nhs-number","value":"%s"}],"active":true,"name":[{"use":"official","family":"%s","given":["Robin","Jo"],"prefix":["Mx"]}],"telecom":[{"system":"phone","value":"01632 960001","use":"home"},{"system":"email","value":"robin@example.org"}],"gender":"other","birthDate":"%s","address":[{"use":"home","line":["1 Mill Lane","Westmarch"],"city":"Westmarch","postalCode":"ZZ99 3AA"}],"maritalStatus":%s,"contact":[{"relationship":[%s],"name":{"family":"%s","given":["Sam"]},"telecom":[{"system":"phone","value":"01632 960002"}]}],"generalPractitioner":[{"identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"A81001"},"display":"Westmarch Surgery"}]`,
		numberPlace, familyPlace, birthPlace, status("v3-MaritalStatus", "M"), concept(hl7+"v2-0131", term{"N", "Next-of-Kin"}), familyPlace)
}
