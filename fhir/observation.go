package fhir

// observation: FHIR R4 Observation, of the section observations and of what the reports of
// the section results measured. A report is one Observation: its only measurement itself, or
// the panel with the measurements as components. DiagnosticReport has each by itself.
func observation() *kind {
	return &kind{
		name: "Observation", profile: ukCore + "Observation", date: []string{"effectiveDateTime"}, status: "status",
		parts: []part{{
			section: "observations",
			fields: `status category { ...Coded } value { ...Found } interpretation { ...Coded } ranges { ...Usual } absent { ...Coded }
				components { code { ...Coded } value { ...Found } interpretation { ...Coded } ranges { ...Usual } absent { ...Coded } }`,
			render: renderObservation,
		}, {
			section: "results",
			fields:  "status issued category { ...Coded } specimen { ...Coded } measurements { " + measured + " }",
			render:  renderMeasured,
		}},
	}
}

// measured is one measurement of a report, in GraphQL.
const measured = `code { ...Coded } value { ...Found } interpretation { ...Coded } ranges { ...Usual } absent { ...Coded } date status`

func renderObservation(a *about, e node) object {
	return finding(a, e).set("category", concepts([]node{e.one("category")})).
		set("effectiveDateTime", e.text("date")).set("issued", instant(e.text("recorded"))).
		set("performer", measurers(e)).set("note", notes(e)).
		set("component", each(e.list("components"), component))
}

// renderMeasured makes an Observation of a report that measured something; one in words
// alone is a DiagnosticReport only.
func renderMeasured(a *about, e node) object {
	measurements := e.list("measurements")
	if len(measurements) == 0 {
		return nil
	}
	o := object{"subject": a.subject(), "code": stated(e.one("code")), "status": reportStatus(e.text("status"))}
	if len(measurements) == 1 {
		o = measurement(a, e, measurements[0])
	} else {
		o.set("effectiveDateTime", e.text("date")).set("component", each(measurements, component))
	}
	return o.set("category", concepts([]node{e.one("category")})).set("issued", instant(e.text("issued"))).
		set("performer", measurers(e)).set("note", notes(e)).set("specimen", worded(e.one("specimen")))
}

// measurement renders one measurement of a report as an Observation by itself; what it does
// not say of its own is the report's.
func measurement(a *about, report, m node) object {
	o := finding(a, m).set("effectiveDateTime", report.text("date")).set("effectiveDateTime", m.text("date"))
	if m.text("status") == "" {
		o["status"] = reportStatus(report.text("status"))
	}
	return o
}

// finding is what an Observation and a measurement have in common.
func finding(a *about, n node) object {
	o := component(n)
	o["subject"], o["status"] = a.subject(), observationStatus(n.text("status"))
	return o
}

// component renders one measured thing; why there is no value is told only where there is
// none (R4 Observation, obs-6).
func component(n node) object {
	o := object{"code": stated(n.one("code"))}
	value(o, n.one("value"))
	if o["valueQuantity"] == nil && o["valueCodeableConcept"] == nil && o["valueString"] == nil {
		o.set("dataAbsentReason", concept(n.one("absent")))
	}
	return o.set("interpretation", concepts(n.list("interpretation"))).set("referenceRange", ranges(n.list("ranges")))
}

// observationStatus: http://hl7.org/fhir/ValueSet/observation-status, required.
func observationStatus(s string) string {
	return orUnknown(known(s, "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error"))
}

// reportStatus gives the status of an Observation whose report says one: what a report calls
// partial is preliminary, and appended is amended.
func reportStatus(s string) string {
	switch known(s, "partial", "appended") {
	case "partial":
		return "preliminary"
	case "appended":
		return "amended"
	}
	return observationStatus(s)
}

func orUnknown(code string) string {
	if code == "" {
		return "unknown"
	}
	return code
}
