package fhir

// medicationStatement: FHIR R4 MedicationStatement, of the section medications: what
// somebody says the person takes or took.
func medicationStatement() *kind {
	return &kind{
		name: "MedicationStatement", profile: ukCore + "MedicationStatement",
		date: []string{"effectivePeriod", "effectiveDateTime", "dateAsserted"}, status: "status",
		parts: []part{{section: "medications", fields: medicineFields, render: renderMedicationStatement}},
	}
}

func renderMedicationStatement(a *about, e node) object {
	if !isStatement(e) {
		return nil
	}
	o := medicine(a, e)
	if taken := period(e.one("period")); len(taken) > 0 {
		o["effectivePeriod"] = taken
	} else {
		o.set("effectiveDateTime", ownDate(e))
	}
	o.set("dateAsserted", e.text("recorded")).set("informationSource", actor(e.one("author"))).
		set("statusReason", concepts([]node{e.one("statusReason")}))
	if d := dosage(e); len(d) > 0 {
		o["dosage"] = []object{d}
	}
	if last := e.text("lastIssued"); last != "" {
		o["extension"] = []object{{
			"url":           "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatementLastIssueDate",
			"valueDateTime": last,
		}}
	}
	remark(o, "Status at the source", putStatus(o, e.text("status"),
		"active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken"))
	return o
}
