package fhir

// procedure: FHIR R4 Procedure, of the section procedures.
func procedure() *kind {
	return &kind{
		name: "Procedure", profile: ukCore + "Procedure", date: []string{"performedPeriod", "performedDateTime"}, status: "status",
		parts: []part{{
			section: "procedures",
			fields: `status performed { start end } bodySite { ...Coded } reason { ...Coded } outcome { ...Coded }
				location`,
			render: renderProcedure,
		}},
	}
}

func renderProcedure(a *about, e node) object {
	o := object{"subject": a.subject()}
	o.set("code", concept(e.one("code"))).set("bodySite", concepts([]node{e.one("bodySite")})).
		set("reasonCode", concepts([]node{e.one("reason")})).set("outcome", concept(e.one("outcome"))).
		set("location", object{}.set("display", e.text("location"))).set("performer", performers(e)).set("note", notes(e))
	remark(o, "Status at the source", putStatus(o, e.text("status"),
		"preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"))
	performed(o, e)
	return o
}

// performed puts in when it was done. A start alone is a moment for what is over, and
// a period that goes on for everything else.
func performed(o object, e node) {
	when := period(e.one("performed"))
	start, open := when["start"], when["end"] == nil
	switch {
	case len(when) == 0:
		o.set("performedDateTime", e.text("date"))
	case open && (o["status"] == "completed" || o["status"] == "not-done"):
		o["performedDateTime"] = start
	default:
		o["performedPeriod"] = when
	}
}

// performers names who did it.
func performers(e node) []object {
	if who := actor(e.one("author")); len(who) > 0 {
		return []object{{"actor": who}}
	}
	return nil
}
