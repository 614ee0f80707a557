package fhir

// allergyIntolerance: FHIR R4 AllergyIntolerance, of the section allergies.
func allergyIntolerance() *kind {
	return &kind{
		name: "AllergyIntolerance", profile: ukCore + "AllergyIntolerance", date: []string{"onsetDateTime", "recordedDate"}, status: "clinicalStatus",
		parts: []part{{
			section: "allergies",
			fields: `clinicalStatus verification kind categories criticality lastOccurrence ended
				reactions { manifestations { ...Coded } severity description onset }`,
			render: renderAllergy,
		}},
	}
}

func renderAllergy(a *about, e node) object {
	o := object{"patient": a.subject()}
	return o.set("code", concept(e.one("code"))).
		set("clinicalStatus", coded("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", e.text("clinicalStatus"))).
		set("verificationStatus", coded("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", e.text("verification"))).
		set("type", known(e.text("kind"), "allergy", "intolerance")).
		set("category", allKnown(e.texts("categories"), "food", "medication", "environment", "biologic")).
		set("criticality", known(e.text("criticality"), "low", "high", "unable-to-assess")).
		set("onsetDateTime", e.text("date")).set("recordedDate", e.text("recorded")).set("lastOccurrence", e.text("lastOccurrence")).
		set("asserter", actor(e.one("author"))).set("note", notes(e)).
		set("reaction", each(e.list("reactions"), func(n node) object {
			manifestations := concepts(n.list("manifestations"))
			if len(manifestations) == 0 { // required: say that it is not known, not nothing
				manifestations = []object{{"text": "Not recorded"}}
			}
			return object{"manifestation": manifestations}.set("severity", known(n.text("severity"), "mild", "moderate", "severe")).
				set("description", n.text("description")).set("onset", n.text("onset"))
		}))
}

// allKnown keeps those that FHIR's required value set has.
func allKnown(list []string, values ...string) []string {
	var out []string
	for _, s := range list {
		if v := known(s, values...); v != "" {
			out = append(out, v)
		}
	}
	return out
}
