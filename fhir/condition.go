package fhir

// condition: FHIR R4 Condition, of the section problems.
func condition() *kind {
	return &kind{
		name: "Condition", profile: ukCore + "Condition", date: []string{"onsetDateTime", "recordedDate"}, status: "clinicalStatus",
		parts: []part{{
			section: "problems",
			fields:  "clinicalStatus verification significance severity { ...Coded } category { ...Coded } bodySite { ...Coded } ended",
			render:  renderCondition,
		}},
	}
}

func renderCondition(a *about, e node) object {
	o := object{"subject": a.subject()}
	o.set("code", concept(e.one("code"))).set("category", concepts([]node{e.one("category")})).
		set("severity", concept(e.one("severity"))).set("bodySite", concepts([]node{e.one("bodySite")})).
		set("onsetDateTime", ownDate(e)).set("recordedDate", e.text("recorded")).
		set("asserter", actor(e.one("author"))).set("note", notes(e))
	// UK Core withdrew its extension for it (ProblemSignificance).
	remark(o, "Significance", e.text("significance"))
	standing(o, e)
	return o
}

// standing puts in how the condition stands and how sure it is. FHIR's value sets have no
// "unknown" here: a word that they do not have is told in a note.
func standing(o object, e node) {
	said, sure := e.text("clinicalStatus"), e.text("verification")
	clinical := known(said, "active", "recurrence", "relapse", "inactive", "remission", "resolved")
	verified := known(sure, "unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error")
	o.set("verificationStatus", coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", verified))
	if verified == "" {
		remark(o, "Verification at the source", sure)
	}
	if clinical == "" {
		remark(o, "Status at the source", said)
	}
	if verified == "entered-in-error" { // it has no clinical status then (R4 Condition con-5)
		clinical = ""
	}
	o.set("clinicalStatus", coded("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical))
	switch clinical {
	case "inactive", "remission", "resolved":
		o.set("abatementDateTime", e.text("ended"))
	default: // an abatement needs one of these (con-4)
		remark(o, "Ended", e.text("ended"))
	}
}

// ownDate gives when a statement is clinically about, unless that is only when it was
// recorded: then the source states no onset.
func ownDate(e node) string {
	if date := e.text("date"); date != e.text("recorded") {
		return date
	}
	return ""
}

// remark adds a note of what FHIR has no element for, under a plain name.
func remark(o object, name, text string) {
	if text == "" {
		return
	}
	notes, _ := o["note"].([]object)
	o["note"] = append(notes, object{"text": name + ": " + text})
}

// label is a concept in a word.
func label(n node) string {
	if text := n.text("text"); text != "" {
		return text
	}
	for _, c := range n.list("codings") {
		if text := c.text("display"); text != "" {
			return text
		}
	}
	for _, c := range n.list("codings") {
		return c.text("code")
	}
	return ""
}
