package fhir

// medicationRequest: FHIR R4 MedicationRequest, of the section medications: what was
// ordered, once or again and again.
func medicationRequest() *kind {
	return &kind{
		name: "MedicationRequest", profile: ukCore + "MedicationRequest", date: []string{"authoredOn"}, status: "status",
		parts: []part{{section: "medications", fields: medicineFields + " quantity { ...Amount }", render: renderMedicationRequest}},
	}
}

func renderMedicationRequest(a *about, e node) object {
	if !isRequest(e) {
		return nil
	}
	authored := e.text("recorded")
	if authored == "" { // a search by date must find it all the same
		authored = e.text("date")
	}
	o := medicine(a, e)
	o["intent"] = "order" // the graph's prescriptions are orders
	o.set("authoredOn", authored).set("requester", actor(e.one("author"))).set("courseOfTherapyType", course(e.text("kind"))).
		set("dosageInstruction", instruction(e)).set("statusReason", concept(e.one("statusReason"))).
		set("dispenseRequest", object{}.set("quantity", quantity(e.one("quantity"))))
	remark(o, "Last issued", e.text("lastIssued"))
	word := e.text("status")
	if word == notToBeGiven {
		o["doNotPerform"], word = true, ""
	}
	remark(o, "Status at the source", putStatus(o, word,
		"active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown"))
	return o
}

// course says whether it is issued again and again (R4 medicationrequest-course-of-therapy).
func course(kind string) object {
	const system = "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy"
	switch kind {
	case "REPEAT":
		return coded(system, "continuous")
	case "ACUTE":
		return coded(system, "acute")
	}
	return nil
}

// instruction renders how, and from when until when, it is to be taken. The period is not
// dispenseRequest.validityPeriod, which is about how long a prescription is good for.
func instruction(e node) []object {
	d := dosage(e)
	if bounds := period(e.one("period")); len(bounds) > 0 {
		d["timing"] = object{"repeat": object{"boundsPeriod": bounds}}
	}
	if len(d) == 0 {
		return nil
	}
	return []object{d}
}
