package fhir

const (
	actCode      = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	sourcePrefix = "urn:patchwork:source:"
)

// encounter: FHIR R4 Encounter, of the sections contacts, admissions and discharges. The
// admission and the discharge of one stay are two resources, as they are two statements in
// the record; where they have the same identifier they are of one stay.
func encounter() *kind {
	const ward = "ward specialty { ...Coded } consultant { name role organisation { ods name } }"
	return &kind{
		name: "Encounter", profile: ukCore + "Encounter", date: []string{"period"}, status: "status",
		parts: []part{{
			section: "contacts",
			fields: `status class { system code display } period { start end } reason { ...Coded } service { ...Coded }
				practitioner { name role organisation { ods name } } location`,
			render: renderContact,
		}, {
			section: "admissions",
			fields:  "status period { start end } source { ...Coded } reason { ...Coded } " + ward,
			render:  renderAdmission,
		}, {
			section: "discharges",
			fields:  "admitted destination { ...Coded } diagnoses { ...Coded } " + ward,
			render:  renderDischarge,
		}},
	}
}

func renderContact(a *about, e node) object {
	class := coding(e.one("class"))
	if len(class) == 0 {
		class = dataAbsent() // required
	}
	o := visit(a, e, class, e.text("status"), e.one("period"))
	return o.set("serviceType", concept(e.one("service"))).set("reasonCode", concepts([]node{e.one("reason")})).
		set("participant", participants(e.one("practitioner"), e.one("author"))).set("location", place(e.text("location")))
}

func renderAdmission(a *about, e node) object {
	o := stay(a, e, e.text("status"), e.one("period"))
	return o.set("reasonCode", concepts([]node{e.one("reason")})).
		set("hospitalization", object{}.set("admitSource", concept(e.one("source"))))
}

// renderDischarge renders the end of a stay: with a date it has ended.
func renderDischarge(a *about, e node) object {
	status := ""
	if e.text("date") != "" {
		status = "finished"
	}
	o := stay(a, e, status, node{"start": e["admitted"], "end": e["date"]})
	return o.set("hospitalization", object{}.set("dischargeDisposition", concept(e.one("destination")))).
		set("diagnosis", each(e.list("diagnoses"), func(n node) object {
			return object{}.set("condition", worded(n))
		}))
}

// stay is what admissions and discharges have in common.
func stay(a *about, e node, status string, period node) object {
	class := object{"system": actCode, "code": "IMP", "display": "inpatient encounter"}
	return visit(a, e, class, status, period).set("serviceType", concept(e.one("specialty"))).
		set("participant", participants(e.one("consultant"), e.one("author"))).set("location", place(e.text("ward")))
}

// visit is what every Encounter has. One without a period began at the entry's date.
func visit(a *about, e node, class object, status string, when node) object {
	o := object{"subject": a.subject(), "class": class}
	// http://hl7.org/fhir/ValueSet/encounter-status, required.
	o["status"] = orUnknown(known(status, "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error"))
	at := period(when)
	if len(at) == 0 {
		at = object{}.set("start", e.text("date"))
	}
	return o.set("identifier", localIdentifier(e)).set("type", concepts([]node{e.one("code")})).set("period", at).
		set("serviceProvider", organisation(e.one("provenance.organisation"))).set("extension", noteExtension(e))
}

// localIdentifier is the statement's own id at its source.
func localIdentifier(e node) []object {
	source, local := e.text("provenance.source.id"), e.text("provenance.localId")
	if source == "" || local == "" {
		return nil
	}
	return []object{{"system": sourcePrefix + source, "value": local}}
}

// participants names the professional: the first that there is.
func participants(professionals ...node) []object {
	for _, p := range professionals {
		if who := actor(p); len(who) > 0 {
			return []object{{"individual": who}}
		}
	}
	return nil
}

func place(name string) []object {
	if name == "" {
		return nil
	}
	return []object{{"location": object{"display": name}}}
}
