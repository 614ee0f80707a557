package demo

import "strings"

// divide decides which systems hold each resource of a record: what happened in
// hospital (by the encounter's class and type, or an image taken) there, the
// rest at the GP; some visits are the mental-health trust's or the council's
// instead; and a few statements stand at both GP and hospital, as they do.
func (p *bundlePerson) divide() {
	encounters := map[*bundled]holder{}
	for _, r := range p.resources {
		if r.kind == "Encounter" {
			encounters[r] = bundleEncounterAt(r)
			r.at = bundleVisitAt(r, encounters[r])
		}
	}
	for _, r := range p.resources {
		if r.kind == "Encounter" {
			continue
		}
		r.at = inGP
		switch visit := p.visit(r); {
		case visit != nil:
			r.at = encounters[visit]
		case r.kind == "Procedure", r.kind == "Appointment", r.text("category.coding.code") == "RAD":
			r.at = inHospital
		}
		if bundleInBoth(r) {
			r.at = inGP | inHospital
		}
	}
}

// visit is the encounter a resource belongs to.
func (p *bundlePerson) visit(r *bundled) *bundled {
	text := r.text("encounter.reference", "context.reference", "context.encounter.reference")
	if text == "" {
		return nil
	}
	if found := r.file.byURL[text]; found != nil && found.kind == "Encounter" {
		return found
	}
	return nil
}

// bundleEncounterAt is where the clinical work of an encounter was done.
func bundleEncounterAt(r *bundled) holder {
	switch r.text("class.code") {
	case "IMP", "ACUTE", "NONAC", "EMER", "OBSENC", "SS", "PRENC":
		return inHospital
	}
	// "Encounter for check up (procedure)" names a SNOMED CT hierarchy, no procedure.
	kind := strings.ReplaceAll(strings.ToLower(r.label("type")), "(procedure)", "")
	if strings.Contains(kind, "procedure") || strings.Contains(kind, "surg") || r.file.imaged[r.fullURL] {
		return inHospital
	}
	return inGP
}

// bundleVisitAt is who holds the encounter itself.
func bundleVisitAt(r *bundled, work holder) holder {
	if r.text("class.code") != "EMER" && bundleAboutMind(r.label("type")+" "+r.label("reasonCode")) {
		return inMentalHealth
	}
	if work == inGP {
		switch bundleChance("visit", r.id, 16) {
		case 0:
			return inMentalHealth
		case 1, 2:
			return inSocialCare
		}
	}
	return work
}

// bundleInBoth picks the statements two systems make of the same thing: a case for
// whoever shows the record, who must not show it as two.
func bundleInBoth(r *bundled) bool {
	switch r.kind {
	case "AllergyIntolerance":
		return bundleChance("both", r.id, 2) == 0
	case "Condition":
		return r.text("clinicalStatus.coding.code") == "active" && bundleChance("both", r.id, 4) == 0
	case "MedicationRequest", "MedicationStatement":
		return r.text("status") == "active" && bundleChance("both", r.id, 3) == 0
	}
	return false
}

// bundleAboutMind tells by its words what a mental-health trust would treat.
func bundleAboutMind(text string) bool {
	text = strings.ToLower(text)
	for _, word := range []string{"depress", "anxiety", "mental", "psychi", "bipolar", "schizo", "suicid", "self-harm", "dementia",
		"alzheimer", "overdose", "rehabilitation and detox", "drug addiction", "drug abuse", "alcohol", "opioid", "attention deficit",
		"autis", "ptsd", "post-traumatic", "eating disorder", "stress disorder"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
