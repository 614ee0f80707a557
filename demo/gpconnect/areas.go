package gpconnect

import "strconv"

// The lists, by what they are called and how they are coded.
var lists = map[string][2]string{
	"allergies":     {"886921000000105", "Allergies and adverse reactions"},
	"ended":         {"1103671000000101", "Ended allergies"},
	"medicines":     {"933361000000108", "Medications and medical devices"},
	"problems":      {"717711000000103", "Problems"},
	"consultations": {"1149501000000101", "List of consultations"},
	"vaccinations":  {"1102181000000102", "Immunisations"},
	"results":       {"887191000000108", "Investigations and results"},
	"uncategorised": {"826501000000100", "Miscellaneous record"},
	"referrals":     {"792931000000107", "Outbound referral"},
}

func (w *writer) allergies(resolved bool) {
	for _, a := range w.Allergies {
		if a.Ended != "" && !resolved {
			continue
		}
		status, verified := a.ClinicalStatus, "confirmed"
		if status == "" {
			status = "active"
			if a.Ended != "" {
				status = "resolved"
			}
		}
		if a.Mistaken {
			status, verified = "", "entered-in-error"
		}
		content := object{"clinicalStatus": status, "verificationStatus": verified, "category": list{a.Category}, "criticality": a.Criticality, "code": a.Code.coded(),
			"patient": w.subject(), "onsetDateTime": a.At, "assertedDate": a.Recorded, "recorder": w.by(), "note": notes(a.Note)}
		if a.Category == "" {
			delete(content, "category")
		}
		if a.Reaction != (Concept{}) {
			content["reaction"] = list{object{"manifestation": list{a.Reaction.coded()}, "severity": a.Severity}}
		}
		if a.Ended == "" {
			w.list("allergies", w.add("AllergyIntolerance", content))
			continue
		}
		content["extension"] = list{extension("AllergyIntoleranceEnd", "extension", list{object{"url": "endDate", "valueDateTime": a.Ended},
			object{"url": "reasonEnded", "valueString": a.EndedWhy}})}
		o, _ := w.named("AllergyIntolerance", content)
		w.inside["ended"] = append(w.inside["ended"], o)
		w.list("ended", "#"+o["id"].(string))
	}
}

func (w *writer) list(name, ref string) {
	w.listed[name] = append(w.listed[name], object{"item": refer(ref)})
}

func (w *writer) medicines(issues bool) {
	for _, m := range w.Medicines {
		product := w.add("Medication", object{"code": m.Code.coded()})
		kind := extension("PrescriptionType", "valueCodeableConcept", object{"coding": list{object{"system": codes + "CareConnect-PrescriptionType-1", "code": m.Type, "display": m.Type}}})
		dose := list{object{"text": m.Dose, "patientInstruction": m.Patient}}
		if m.Patient == "" {
			dose = list{object{"text": m.Dose}}
		}
		supply := object{"validityPeriod": period(m.At, m.Until)}
		if m.Quantity > 0 {
			supply["quantity"] = object{"value": m.Quantity, "unit": m.Unit}
		}
		extensions := list{kind}
		if m.Type == "repeat" {
			extensions = append(extensions, extension("MedicationRepeatInformation", "extension", list{object{"url": "numberOfRepeatPrescriptionsAllowed", "valueUnsignedInt": 6}}))
		}
		if m.StoppedWhy != "" {
			extensions = append(extensions, extension("MedicationStatusReason", "extension", list{object{"url": "statusReason", "valueCodeableConcept": object{"text": m.StoppedWhy}}}))
		}
		common := func(intent string, extensions list) object {
			return object{"extension": extensions, "status": m.Status, "intent": intent, "medicationReference": refer(product), "subject": w.subject(),
				"authoredOn": m.At, "recorder": w.by(), "dosageInstruction": dose, "dispenseRequest": supply}
		}
		plan := common("plan", extensions)
		plan["note"] = notes(m.Note)
		authorised := w.add("MedicationRequest", plan)
		statement := object{"basedOn": list{refer(authorised)}, "status": m.Status, "medicationReference": refer(product), "effectivePeriod": period(m.At, m.Until),
			"dateAsserted": m.At, "subject": w.subject(), "taken": "unk", "dosage": dose}
		if m.LastIssued != "" {
			statement["extension"] = list{extension("MedicationStatementLastIssueDate", "valueDateTime", m.LastIssued)}
		}
		w.list("medicines", w.add("MedicationStatement", statement))
		for range m.Issues {
			if issues {
				order := common("order", list{kind})
				order["basedOn"] = list{refer(authorised)}
				w.add("MedicationRequest", order)
			}
		}
	}
}

func (w *writer) problems() {
	for _, p := range w.Problems {
		verified := any(nil)
		if p.Mistaken {
			verified = "entered-in-error"
		}
		content := object{"clinicalStatus": p.Status, "verificationStatus": verified, "category": list{object{"coding": list{object{
			"system": codes + "CareConnect-ConditionCategory-1", "code": "problem-list-item", "display": "Problem List Item"}}}},
			"code": p.Code.coded(), "subject": w.subject(), "onsetDateTime": p.At, "assertedDate": p.Recorded, "asserter": w.by(), "note": notes(p.Note),
			"extension": list{object{"url": careConn + "Extension-CareConnect-ProblemSignificance-1", "valueCode": p.Significance}}}
		if p.Until != "" {
			content["abatementDateTime"] = p.Until
		}
		w.list("problems", w.add("Condition", content))
	}
}

// consultations writes each as an encounter and a tree of lists.
func (w *writer) consultations() {
	for _, c := range w.Consultations {
		encounter := w.add("Encounter", object{"status": "finished", "type": list{object{"text": c.Kind}}, "subject": w.subject(), "period": period(c.At, c.Until),
			"participant": list{object{"type": list{object{"coding": list{object{"system": "http://hl7.org/fhir/v3/ParticipationType", "code": "PPRF"}}}},
				"individual": w.by()}}, "serviceProvider": refer("Organization/" + w.Practice.ODS)})
		w.list("consultations", encounter)
		var headings list
		for _, n := range c.Notes {
			said := w.add("Observation", object{"status": "final", "code": Concept{Code: "37331000000100", Display: "Comment note"}.coded(), "subject": w.subject(),
				"context": refer(encounter), "effectiveDateTime": c.At, "issued": c.At, "performer": list{w.by()}, "comment": n[1]})
			heading := w.tree("24781000000107", n[0], encounter, list{object{"item": refer(said)}})
			headings = append(headings, object{"item": refer(heading)})
		}
		if len(headings) > 0 {
			topic := w.tree("25851000000105", "", encounter, headings)
			w.tree("325851000000107", c.Kind, encounter, list{object{"item": refer(topic)}})
		}
	}
}

func (w *writer) tree(code, title, encounter string, entries list) string {
	return w.add("List", object{"status": "current", "mode": "snapshot", "title": title, "subject": w.subject(), "encounter": refer(encounter), "entry": entries,
		"code": object{"coding": list{object{"system": "http://snomed.info/sct", "code": code}}}})
}

func (w *writer) vaccinations() {
	for _, v := range w.Vaccinations {
		content := object{"status": "completed", "notGiven": v.NotGiven, "vaccineCode": object{"coding": list{object{"system": "http://hl7.org/fhir/v3/NullFlavor", "code": "UNK", "display": "unknown"}}},
			"patient": w.subject(), "date": v.At, "primarySource": true, "practitioner": list{object{"actor": w.by()}}, "lotNumber": v.Batch,
			"extension": list{object{"url": careConn + "Extension-CareConnect-DateRecorded-1", "valueDateTime": v.Recorded},
				object{"url": careConn + "Extension-CareConnect-VaccinationProcedure-1", "valueCodeableConcept": v.Code.coded()}}}
		if v.WhyNot != "" {
			content["explanation"] = object{"reasonNotGiven": list{object{"text": v.WhyNot}}}
		}
		w.list("vaccinations", w.add("Immunization", content))
	}
}

func (w *writer) uncategorised() {
	for _, o := range w.Observations {
		content := object{"status": "final", "code": o.Code.coded(), "subject": w.subject(), "effectiveDateTime": o.At, "issued": o.At, "performer": list{w.by()},
			"valueQuantity": quantity(o.Value, o.Unit), "valueString": o.Text, "comment": o.Comment}
		var parts list
		for _, p := range o.Parts {
			parts = append(parts, object{"code": p.Code.coded(), "valueQuantity": quantity(p.Value, p.Unit)})
		}
		if len(parts) > 0 {
			content["component"] = parts
		}
		w.list("uncategorised", w.add("Observation", content))
	}
}

// results writes a report, its group and the tests of the group.
func (w *writer) results() {
	for _, r := range w.Reports {
		specimen := w.add("Specimen", object{"type": object{"text": r.Specimen}, "subject": w.subject(), "receivedTime": r.At})
		var members, all list
		for _, x := range r.Results {
			content := object{"status": "final", "category": list{object{"coding": list{object{"system": "http://hl7.org/fhir/observation-category", "code": "laboratory", "display": "Laboratory"}}}},
				"code": x.Code.coded(), "subject": w.subject(), "issued": r.At, "performer": list{w.by()}, "specimen": refer(specimen),
				"valueQuantity": quantity(x.Value, x.Unit), "comment": x.Comment}
			if x.Low != "" || x.High != "" {
				bounds := object{}
				if x.Low != "" {
					bounds["low"] = quantity(x.Low, x.Unit)
				}
				if x.High != "" {
					bounds["high"] = quantity(x.High, x.Unit)
				}
				content["referenceRange"] = list{bounds}
			}
			if x.Flag != "" {
				content["interpretation"] = object{"coding": list{object{"system": "http://hl7.org/fhir/v2/0078", "code": x.Flag}}}
			}
			members = append(members, object{"type": "has-member", "target": refer(w.add("Observation", content))})
		}
		group := w.add("Observation", object{"status": "final", "code": r.Code.coded(), "subject": w.subject(), "issued": r.At, "performer": list{w.by()},
			"specimen": refer(specimen), "related": members})
		all = append(all, refer(group))
		w.list("results", w.add("DiagnosticReport", object{"status": "final", "category": object{"coding": list{object{"system": "http://hl7.org/fhir/v2/0074", "code": "PAT"}}},
			"code": Concept{Code: "721981007", Display: "Diagnostic studies report"}.coded(), "subject": w.subject(), "issued": r.At, "specimen": list{refer(specimen)}, "result": all}))
	}
}

// documents writes what consultations point to: where it lies is another API's.
func (w *writer) documents() {
	for i, d := range w.Documents {
		w.add("DocumentReference", object{"status": "current", "type": object{"text": d.Kind}, "subject": w.subject(), "created": d.At, "indexed": d.At,
			"author": list{w.by()}, "custodian": refer("Organization/" + w.Practice.ODS), "description": d.Title,
			"content": list{object{"attachment": object{"contentType": d.Type, "url": "https://documents.example.nhs.uk/Binary/" + w.ID + "-" + strconv.Itoa(i+1), "size": 64}}}})
	}
}

func (w *writer) referrals() {
	for _, r := range w.Referrals {
		w.list("referrals", w.add("ReferralRequest", object{"status": "unknown", "intent": "order", "priority": "routine", "subject": w.subject(), "authoredOn": r.At,
			"requester": object{"agent": w.by()}, "reasonCode": list{object{"text": r.Reason}}, "note": notes("To " + r.To)}))
	}
}
