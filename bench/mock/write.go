package mock

import (
	"fmt"
	"strings"
)

// entry is one resource of a record while it is being made.
type entry struct {
	kind, id, content string
}

// Code systems.
const (
	snomed = "http://snomed.info/sct"
	dmd    = "https://dmd.nhs.uk"
	hl7    = "http://terminology.hl7.org/CodeSystem/"
)

// term is a code with its words.
type term struct{ code, display string }

func coding(system string, t term) string {
	return fmt.Sprintf(`{"system":"%s","code":"%s","display":"%s"}`, system, t.code, t.display)
}

func concept(system string, t term) string {
	return fmt.Sprintf(`{"coding":[%s],"text":"%s"}`, coding(system, t), t.display)
}

// status is a CodeableConcept of an HL7 code system without words.
func status(system, code string) string {
	return fmt.Sprintf(`{"coding":[{"system":"%s%s","code":"%s"}]}`, hl7, system, code)
}

func quantity(value, unit string) string {
	return fmt.Sprintf(`{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}`, value, unit, unit)
}

// day is a date, the further back the greater i.
func day(i int) string { return fmt.Sprintf("%d-%02d-%02d", 2024-i/12, 12-i%12, 1+(i*7)%28) }

// at is a time of that day.
func at(i int) string { return day(i) + fmt.Sprintf("T%02d:%02d:00+00:00", 8+i%10, (i*13)%60) }

// staff are the professionals of a source.
func staff(i int) string {
	names := []string{"Dr Asha Patel", "Dr Owen Lloyd", "Sister Mary Quinn", "Dr Ewan Ross"}
	return fmt.Sprintf(`{"reference":"Practitioner/p%d","display":"%s"}`, i%len(names), names[i%len(names)])
}

const subject = `{"reference":"Patient/S-` + numberPlace + `"}`

// line writes the Bundle entry of e as source sends it, with so many bytes of narrative.
func (e entry) line(source, base string, narrative int) string {
	id := fmt.Sprintf("%s-%s-%s", source, numberPlace, e.id)
	if e.kind == "Patient" {
		id = source + "-" + numberPlace
	}
	content := strings.ReplaceAll(e.content, "/S-", "/"+source+"-")
	return fmt.Sprintf(`{"fullUrl":"%[1]s/%[2]s/%[3]s","resource":{"resourceType":"%[2]s","id":"%[3]s",`+
		`"meta":{"versionId":"1","lastUpdated":"2024-12-01T09:21:52.137+00:00","profile":["https://fhir.hl7.org.uk/StructureDefinition/UKCore-%[2]s"]},`+
		`"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>%[4]s</p></div>"},%[5]s},"search":{"mode":"match"}}`,
		base, e.kind, id, prose(narrative), content)
}

const sentence = "As the system that holds this record words it for a reader who has no other way to see it. "

// prose is n bytes of narrative.
func prose(n int) string {
	if n <= 0 {
		return ""
	}
	return strings.Repeat(sentence, n/len(sentence)+1)[:n]
}
