package fhir

// directive words a decision about the end of life: what it says of resuscitation first.
func (d *details) directive(e node) {
	d.add("", map[string]string{"attempt": "Attempt CPR", "do-not-attempt": "Do not attempt CPR"}[e.text("cpr")])
	d.add("", e.text("decision"))
	d.say("", e, "status")
	d.day("review", e.text("reviewDate"))
	d.add("original", e.text("original"))
}

// plan words a care plan.
func (d *details) plan(e node) {
	d.add("", e.text("title"))
	d.say("", e, "status")
	for _, text := range labels(e.list("concerns")) {
		d.add("for", text)
	}
	for _, g := range e.list("goals") {
		d.add("goal", joined(label(g.one("description")), g.text("status"), shownDate(g.text("due"))))
	}
	for _, a := range e.list("activities") {
		name := ""
		if not, _ := a.flag("doNotPerform"); not {
			name = "NOT TO BE DONE"
		}
		d.add(name, joined(label(a.one("what")), a.text("detail"), a.text("status"), whose(a.one("who"))))
	}
	for _, c := range e.list("careTeam") {
		d.add("with", whose(c))
	}
	d.period(e.one("period"))
	d.day("review", e.text("reviewDate"))
}
