package fhir

// consent: FHIR R4 Consent, of the section consents. It shows recorded choices; which of
// them are followed is the graph's own.
func consent() *kind {
	return &kind{
		name: "Consent", profile: ukCore + "Consent", date: []string{"dateTime"}, status: "status",
		parts: []part{{section: "consents", fields: "status decision scope { ...Coded } period { start end }", render: renderConsent}},
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
