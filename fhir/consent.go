package fhir

// consent: FHIR R4 Consent, of the sections consents and endOfLife. It shows recorded
// choices; which of them are followed is the graph's own. Decisions about the end of life,
// whatever type their source keeps them as, are Consents of the scope "adr", which is where
// the standard has advance directives and decisions on resuscitation.
func consent() *kind {
	return &kind{
		name: "Consent", profile: ukCore + "Consent", date: []string{"dateTime"}, status: "status",
		parts: []part{{section: "consents", fields: "status decision scope { ...Coded } period { start end }", render: renderConsent}, {
			section: "endOfLife", fields: "kind status cpr decision reviewDate original", render: renderDirective,
		}},
	}
}

func renderConsent(a *about, e node) object {
	o := object{
		"patient": a.subject(), "scope": required(e.one("scope")), "category": []object{required(e.one("code"))},
		"policyRule": dataAbsent(), // a policy or its rule must be there (R4 Consent ppc-1)
	}
	when := e.text("recorded")
	if when == "" {
		when = e.text("date")
	}
	unused := putStatus(o, e.text("status"), "draft", "proposed", "active", "rejected", "inactive", "entered-in-error")
	return o.set("dateTime", when).set("performer", each([]node{e.one("author")}, actor)).
		set("organization", each([]node{e.one("provenance.organisation")}, organisation)).
		set("provision", object{}.set("type", known(e.text("decision"), "permit", "deny")).set("period", period(e.one("period")))).
		set("text", narrative(e, unused))
}

const (
	consentScope = "http://terminology.hl7.org/CodeSystem/consentscope"
	snomed       = "http://snomed.info/sct"
	// resuscitation is SNOMED CT's procedure "Cardiopulmonary resuscitation".
	resuscitation = "89666000"
)

// renderDirective renders a decision about the end of life. What R4 has no element for (its
// words, the day of review) is in the narrative.
func renderDirective(a *about, e node) object {
	o := object{
		"patient": a.subject(), "scope": coded(consentScope, "adr"), "category": []object{required(e.one("code"))},
		"policyRule": dataAbsent(), // a policy or its rule must be there (R4 Consent ppc-1)
	}
	when := e.text("date")
	if when == "" {
		when = e.text("recorded")
	}
	unused := putStatus(o, e.text("status"), "draft", "proposed", "active", "rejected", "inactive", "entered-in-error")
	rule := object{}
	if kind := map[string]string{"attempt": "permit", "do-not-attempt": "deny"}[e.text("cpr")]; kind != "" {
		rule["type"], rule["code"] = kind, []object{coded(snomed, resuscitation)}
	}
	return o.set("dateTime", when).set("performer", each([]node{e.one("author")}, actor)).
		set("organization", each([]node{e.one("provenance.organisation")}, organisation)).
		set("sourceReference", object{}.set("display", e.text("original"))).set("provision", rule).
		set("text", narrative(e, unused, e.text("decision"), said("Review ", e.text("reviewDate")), said("Kind ", e.text("kind"))))
}

// said puts a name before a text that is there.
func said(name, text string) string {
	if text == "" {
		return ""
	}
	return name + text
}
