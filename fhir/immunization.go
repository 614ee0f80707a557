package fhir

import (
	"encoding/json"
	"strconv"
)

// immunization: FHIR R4 Immunization, of the section vaccinations.
func immunization() *kind {
	return &kind{
		name: "Immunization", profile: ukCore + "Immunization", date: []string{"occurrenceDateTime", "recorded"}, status: "status",
		parts: []part{{
			section: "vaccinations",
			fields:  "status disease { ...Coded } dose batch site { ...Coded } route { ...Coded } reason { ...Coded }",
			render:  renderImmunization,
		}},
	}
}

func renderImmunization(a *about, e node) object {
	o := object{"patient": a.subject(), "vaccineCode": required(e.one("code"))}
	if when := e.text("date"); when != "" {
		o["occurrenceDateTime"] = when
	} else {
		o["_occurrenceDateTime"] = dataAbsent()
	}
	o.set("recorded", e.text("recorded")).set("lotNumber", e.text("batch")).set("site", concept(e.one("site"))).
		set("route", concept(e.one("route"))).set("performer", performers(e)).set("protocolApplied", protocol(e)).
		set("note", notes(e))
	remark(o, "Status at the source", putStatus(o, e.text("status"), "completed", "entered-in-error", "not-done"))
	switch reason := e.one("reason"); o["status"] {
	case "completed":
		o.set("reasonCode", concepts([]node{reason}))
	case "not-done":
		o.set("statusReason", concept(reason))
	default: // each of the two would say whether it was given
		remark(o, "Reason", label(reason))
	}
	return o
}

// protocol renders what it protects against and the place in the series, as a number if
// the source's words are one.
func protocol(e node) []object {
	o := object{}.set("targetDisease", concepts([]node{e.one("disease")}))
	dose := e.text("dose")
	n, err := strconv.ParseInt(dose, 10, 32)
	switch {
	case dose == "" && len(o) == 0:
		return nil
	case dose == "": // required (R4 Immunization.protocolApplied.doseNumber[x])
		o["_doseNumberString"] = dataAbsent()
	case err == nil && n > 0 && strconv.FormatInt(n, 10) == dose:
		o["doseNumberPositiveInt"] = json.Number(dose)
	default:
		o["doseNumberString"] = dose
	}
	return []object{o}
}

// dataAbsent stands in a required element that the graph gives no value for. It does not
// say why: the source may not state it, or policy holds it back.
func dataAbsent() object {
	return object{"extension": []object{{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}}}
}

// required renders a CodeableConcept that must be there.
func required(n node) object {
	if c := concept(n); len(c) > 0 {
		return c
	}
	return dataAbsent()
}
