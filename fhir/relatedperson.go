package fhir

// relatedPerson: FHIR R4 RelatedPerson, of the section personalContacts.
func relatedPerson() *kind {
	return &kind{
		name: "RelatedPerson", uncoded: true, profile: ukCore + "RelatedPerson",
		parts: []part{{
			section: "personalContacts",
			fields:  "name { ...Named } telecoms { ...Reach } address { ...Where } period { start end }",
			render:  renderRelated,
		}},
	}
}

func renderRelated(a *about, e node) object {
	o := object{"patient": a.subject()}
	return o.set("relationship", concepts([]node{e.one("code")})).set("name", each([]node{e.one("name")}, humanName)).
		set("telecom", each(e.list("telecoms"), telecom)).set("address", each([]node{e.one("address")}, address)).
		set("period", period(e.one("period"))).set("extension", noteExtension(e))
}
