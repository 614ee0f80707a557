package fhir

import (
	"regexp"
	"strconv"
)

// diagnosticReport: FHIR R4 DiagnosticReport, of the section results. What was measured is
// contained, in the report's order.
func diagnosticReport() *kind {
	return &kind{
		name: "DiagnosticReport", profile: ukCore + "DiagnosticReport", date: []string{"effectiveDateTime", "issued"}, status: "status",
		parts: []part{{
			section: "results",
			fields:  "status issued conclusion category { ...Coded } specimen { ...Coded } measurements { " + measured + " }",
			render:  renderReport,
		}},
	}
}

func renderReport(a *about, e node) object {
	o := object{"subject": a.subject(), "code": stated(e.one("code"))}
	// http://hl7.org/fhir/ValueSet/diagnostic-report-status, required.
	o["status"] = orUnknown(known(e.text("status"), "registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled", "entered-in-error"))
	contained, results := contents(a, e)
	return o.set("category", concepts([]node{e.one("category")})).
		set("effectiveDateTime", e.text("date")).set("issued", instant(e.text("issued"))).
		set("performer", measurers(e)).set("specimen", each([]node{e.one("specimen")}, worded)).
		set("contained", contained).set("result", results).
		set("conclusion", e.text("conclusion")).set("extension", noteExtension(e))
}

// contents are the measurements as Observations inside the report, and the references to
// them (R4 §2.20.0.2: contained resources have ids of their own).
func contents(a *about, e node) (contained, results []object) {
	for i, m := range e.list("measurements") {
		id := "m" + strconv.Itoa(i+1)
		o := measurement(a, e, m)
		o["resourceType"], o["id"] = "Observation", id
		contained = append(contained, o)
		results = append(results, object{"reference": "#" + id}.set("display", label(m.one("code"))))
	}
	return contained, results
}

var instantForm = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`)

// instant gives a date that is exact enough for FHIR's instant, else "": a time of day is
// never made up (hazard H-14).
func instant(date string) string {
	if instantForm.MatchString(date) {
		return date
	}
	return ""
}

// stated renders a CodeableConcept that FHIR requires. Without one it does not say "not
// recorded": policy may hold it back (hazard H-04).
func stated(n node) object {
	if o := concept(n); len(o) > 0 {
		return o
	}
	return dataAbsent()
}

// worded refers to something that the record only words, such as a specimen.
func worded(n node) object { return object{}.set("display", label(n)) }

// noteExtension holds the source's free text where the resource has no note of its own.
func noteExtension(n node) []object {
	text := n.text("note")
	if text == "" {
		return nil
	}
	return []object{{"url": "http://hl7.org/fhir/StructureDefinition/note", "valueAnnotation": object{"text": text}}}
}
