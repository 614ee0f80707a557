package fhir

// carePlan: FHIR R4 CarePlan, of the section carePlans. Goals and the problems it is about
// are named in references, as the record has no resources of theirs.
func carePlan() *kind {
	return &kind{
		name: "CarePlan", profile: ukCore + "CarePlan", date: []string{"period"}, status: "status",
		parts: []part{{
			section: "carePlans",
			fields: `status title period { start end } reviewDate concerns { ...Coded } goals { description { ...Coded } status due }
				activities { what { ...Coded } detail status doNotPerform who { name role organisation { ods name } } }
				careTeam { name role organisation { ods name } }`,
			render: renderCarePlan,
		}},
	}
}

func renderCarePlan(a *about, e node) object {
	when := period(e.one("period"))
	if len(when) == 0 {
		when = object{}.set("start", e.text("date"))
	}
	o := object{"subject": a.subject(), "intent": "plan"}
	o.set("identifier", localIdentifier(e)).set("title", e.text("title")).set("category", concepts([]node{e.one("code")})).
		set("period", when).set("created", e.text("recorded")).set("author", actor(e.one("author"))).
		set("addresses", each(e.list("concerns"), worded)).set("careTeam", each(e.list("careTeam"), actor)).
		set("goal", each(e.list("goals"), func(g node) object { return worded(g.one("description")) })).
		set("activity", each(e.list("activities"), activity)).set("note", notes(e))
	remark(o, "Status at the source", putStatus(o, e.text("status"), "draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"))
	remark(o, "Review", e.text("reviewDate")) // R4 has no element for it
	for _, g := range e.list("goals") {
		remark(o, "Goal "+label(g.one("description")), joined(g.text("status"), g.text("due")))
	}
	return o
}

// activity renders CarePlan.activity. Of one whose status is not known, or held back, that
// is said.
func activity(n node) object {
	detail := object{}.set("code", concept(n.one("what"))).set("description", n.text("detail")).
		set("performer", each([]node{n.one("who")}, actor))
	if not, _ := n.flag("doNotPerform"); not {
		detail["doNotPerform"] = true
	}
	// http://hl7.org/fhir/ValueSet/care-plan-activity-status, required.
	detail["status"] = orUnknown(known(n.text("status"), "not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped",
		"entered-in-error"))
	return object{"detail": detail}
}
