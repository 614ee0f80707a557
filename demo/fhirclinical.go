package demo

// clinical writes what is known of a person's health.
func (w *fhirWriter) clinical() {
	h := &w.p.history
	for _, a := range h.allergies {
		if w.has(a.said) {
			w.allergy(a)
		}
	}
	for _, p := range h.problems {
		if w.has(p.said) {
			w.problem(p)
		}
	}
	for _, m := range h.medicines {
		if w.has(m.said) {
			w.medicine(m)
		}
	}
	for _, r := range h.reports {
		if w.has(r.said) {
			w.report(r)
		}
	}
	for _, o := range h.observations {
		if w.has(o.said) {
			w.observation(o.said, o.reading, o.category)
		}
	}
	for _, v := range h.vaccinations {
		if w.has(v.said) {
			w.vaccination(v)
		}
	}
	for _, p := range h.procedures {
		if w.has(p.said) {
			w.put("Procedure", p.said, object{"status": p.status, "subject": w.subject(), "code": coded(p.code), "performedDateTime": stamp(p.at),
				"recorder": w.by(p.said), "performer": list{object{"actor": w.by(p.said), "onBehalfOf": w.provider()}}})
		}
	}
	for _, f := range h.family {
		if w.has(f.said) {
			w.put("FamilyMemberHistory", f.said, object{"status": "completed", "patient": w.subject(), "date": date(f.at),
				"relationship": coded(f.relation), "condition": list{object{"code": coded(f.code)}}})
		}
	}
	for _, d := range h.devices {
		if w.has(d.said) {
			w.put("Device", d.said, object{"status": "active", "patient": w.subject(), "type": coded(d.code), "manufactureDate": date(d.at),
				"owner": w.provider()})
		}
	}
}

func (w *fhirWriter) allergy(a allergy) {
	at := w.when(a.said)
	content := object{"patient": w.subject(), "recordedDate": stamp(at), "recorder": w.by(a.said), "asserter": w.by(a.said), "code": coded(a.code),
		"clinicalStatus": status("allergyintolerance-clinical", "active"), "verificationStatus": status("allergyintolerance-verification", "confirmed")}
	switch {
	case a.none:
		content["code"] = coded(noAllergies())
		w.put("AllergyIntolerance", a.said, content)
		return
	case a.mistaken:
		delete(content, "clinicalStatus") // must be absent with entered-in-error (R4 ait-2)
		content["verificationStatus"] = status("allergyintolerance-verification", "entered-in-error")
	case a.resolved:
		content["clinicalStatus"] = status("allergyintolerance-clinical", "resolved")
	}
	content["type"], content["category"], content["criticality"] = "allergy", list{a.category}, a.criticality
	content["onsetDateTime"] = date(a.at)
	content["reaction"] = list{object{"manifestation": list{coded(a.reaction)}, "severity": a.severity}}
	notes(content, a.note)
	w.put("AllergyIntolerance", a.said, content)
}

func (w *fhirWriter) problem(p problem) {
	content := object{"subject": w.subject(), "code": coded(p.code), "onsetDateTime": date(p.at), "recordedDate": stamp(w.when(p.said)),
		"recorder": w.by(p.said), "asserter": w.by(p.said), "category": list{status("condition-category", p.category)},
		"clinicalStatus": status("condition-clinical", p.status), "verificationStatus": status("condition-ver-status", "confirmed")}
	if w.system == inGP {
		significance := map[bool]concept{true: sct("386134007", "Significant"), false: sct("371928007", "Not significant")}[p.major]
		content["extension"] = list{object{"url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-CareConnect-ProblemSignificance", "valueCodeableConcept": coded(significance)}}
	}
	if !p.end.IsZero() {
		content["abatementDateTime"] = date(p.end)
	}
	if p.mistaken {
		delete(content, "clinicalStatus") // must be absent with entered-in-error (R4 con-5)
		content["verificationStatus"] = status("condition-ver-status", "entered-in-error")
	}
	notes(content, p.note)
	w.put("Condition", p.said, content)
}

// medicine is a MedicationRequest; the hospital keeps the product in a
// Medication of its own, and states what was taken as a MedicationStatement.
func (w *fhirWriter) medicine(m medicine) {
	at := w.when(m.said)
	if !m.stopped.IsZero() && at.After(m.stopped) { // written down late, and yet not after it was over
		at = m.at
	}
	state := "active"
	if !m.stopped.IsZero() {
		state = map[bool]string{true: "stopped", false: "completed"}[m.repeat || m.reasonS != "course completed"]
	}
	content := object{"status": state, "intent": "order", "subject": w.subject(), "authoredOn": stamp(at), "requester": w.by(m.said),
		"recorder": w.by(m.said), "dosageInstruction": list{object{"text": m.dose + " " + m.freq, "route": object{"text": m.route},
			"patientInstruction": "Take as directed"}}}
	if m.reason != "" {
		content["reasonCode"] = list{object{"text": m.reason}}
	}
	if m.reasonS != "" {
		content["statusReason"] = object{"text": m.reasonS}
	}
	if w.system == inHospital {
		content["medicationReference"] = object{"reference": w.product(m.code), "display": m.code.display}
		content["category"] = list{status("medicationrequest-category", "inpatient")}
	} else {
		content["medicationCodeableConcept"] = coded(m.code)
		content["category"] = list{status("medicationrequest-category", "community")}
		content["courseOfTherapyType"] = status("medicationrequest-course-of-therapy", map[bool]string{true: "continuous", false: "acute"}[m.repeat])
		content["extension"] = list{object{"url": ukExtension + "MedicationPrescribingOrganizationType", "valueCodeableConcept": object{"text": "GP practice"}}}
	}
	if !m.stopped.IsZero() {
		content["dispenseRequest"] = object{"validityPeriod": object{"start": date(at), "end": date(m.stopped)}}
	}
	request := w.put("MedicationRequest", m.said, content)
	if m.repeat && w.system == inGP {
		w.statement(m, request, state)
	}
}

func (w *fhirWriter) statement(m medicine, request, state string) {
	w.put("MedicationStatement", m.said, object{"status": state, "subject": w.subject(), "medicationCodeableConcept": coded(m.code),
		"basedOn": list{object{"reference": request}}, "effectivePeriod": period(m.at, m.stopped), "dateAsserted": stamp(m.at),
		"informationSource": w.by(m.said), "dosage": list{object{"text": m.dose + " " + m.freq}}})
}

// product is the Medication for a code, written once per system.
func (w *fhirWriter) product(c concept) string {
	reference := "Medication/" + c.code
	if w.store.byReference[reference] == nil {
		w.keep(object{"resourceType": "Medication", "id": c.code, "meta": object{"profile": list{ukCore + "Medication"}}, "status": "active", "code": coded(c)})
	}
	return reference
}

func (w *fhirWriter) vaccination(v vaccination) {
	state := "completed"
	if v.notGiv {
		state = "not-done"
	}
	w.put("Immunization", v.said, object{"status": state, "patient": w.subject(), "vaccineCode": object{"text": v.target + " vaccine"},
		"extension":          list{object{"url": ukExtension + "VaccinationProcedure", "valueCodeableConcept": coded(v.code)}},
		"occurrenceDateTime": stamp(v.at), "recorded": date(v.at), "primarySource": true, "performer": list{object{"actor": w.by(v.said)}},
		"protocolApplied": list{object{"targetDisease": list{object{"text": v.target}}, "doseNumberPositiveInt": v.dose}}})
}
