package fhir

// careTeam: FHIR R4 CareTeam, of the section professionalContacts: one for each professional
// or team, as the record has them.
func careTeam() *kind {
	return &kind{
		name: "CareTeam", uncoded: true, profile: ukCore + "CareTeam", date: []string{"period"},
		parts: []part{{
			section: "professionalContacts",
			fields:  "name team organisation { ods name } telecoms { ...Reach } period { start end }",
			render:  renderTeam,
		}},
	}
}

func renderTeam(a *about, e node) object {
	o := object{"subject": a.subject()}
	return o.set("name", e.text("team")).set("period", period(e.one("period"))).
		set("participant", each([]node{e}, member)).
		set("managingOrganization", each([]node{e.one("organisation")}, organisation)).
		set("telecom", each(e.list("telecoms"), telecom)).set("note", notes(e))
}

// member is the professional, with the role and whom they act for.
func member(e node) object {
	o := object{}.set("role", concepts([]node{e.one("code")}))
	if name := e.text("name"); name != "" {
		o["member"] = object{"display": name}
		o.set("onBehalfOf", organisation(e.one("organisation")))
	}
	return o
}
