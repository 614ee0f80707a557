package demo

// directory writes the organisations, places and professionals of a system.
func (w *fhirWriter) directory() {
	for _, org := range append(practices(), w.org, supplier(), acuteTrust(), mentalHealthTrust(), council()) {
		if w.store.byReference["Organization/"+org.ods] == nil {
			w.organisation(org)
		}
	}
	for _, c := range w.roster.all {
		practice := c.ods[0] == 'Z'
		if (w.system == inGP) == practice && (practice || c.ods == w.org.ods) {
			w.professional(c)
		}
	}
	for id, name := range locations(w.system) {
		kind := concept{hl7 + "location-physical-type", "area", "Area"}
		if isWard(id) {
			kind = concept{hl7 + "location-physical-type", "wa", "Ward"}
		}
		w.keep(object{"resourceType": "Location", "id": id, "meta": object{"profile": list{ukCore + "Location"}}, "status": "active",
			"name": name, "mode": "instance", "physicalType": coded(kind), "managingOrganization": object{"reference": "Organization/" + w.org.ods}})
	}
	for id, name := range clinics(w.system) {
		w.keep(object{"resourceType": "HealthcareService", "id": id, "meta": object{"profile": list{ukCore + "HealthcareService"}}, "active": true,
			"name": name, "providedBy": object{"reference": "Organization/" + w.org.ods}})
	}
}

func (w *fhirWriter) organisation(org organisation) {
	w.keep(object{"resourceType": "Organization", "id": org.ods, "meta": object{"profile": list{ukCore + "Organization"}}, "active": true,
		"identifier": list{object{"system": odsSystem, "value": org.ods}}, "name": org.name,
		"telecom": list{object{"system": "phone", "value": org.phone, "use": "work"}}, "address": list{addressObject(org.address, "work")}})
}

func (w *fhirWriter) professional(c clinician) {
	system := map[byte]string{'C': "https://fhir.hl7.org.uk/Id/gmc-number", 'N': "https://fhir.hl7.org.uk/Id/nmc-number",
		'P': "https://fhir.hl7.org.uk/Id/gphc-number"}[c.registration[0]]
	w.keep(object{"resourceType": "Practitioner", "id": c.id, "meta": object{"profile": list{ukCore + "Practitioner"}}, "active": true,
		"identifier": list{object{"system": system, "value": c.registration}},
		"name":       list{object{"use": "official", "family": c.family, "given": list{c.given}, "prefix": list{c.title}, "text": c.name()}},
		"telecom":    list{object{"system": "phone", "value": c.phone, "use": "work"}}})
	w.keep(object{"resourceType": "PractitionerRole", "id": c.id + "-role", "meta": object{"profile": list{ukCore + "PractitionerRole"}}, "active": true,
		"practitioner": object{"reference": "Practitioner/" + c.id, "display": c.name()},
		"organization": object{"reference": "Organization/" + c.ods},
		"code":         list{coded(concept{"https://fhir.hl7.org.uk/CodeSystem/UKCore-SDSJobRoleName", c.roleCode, c.role})},
		"specialty":    list{object{"text": c.specialty}},
		"telecom":      list{object{"system": "phone", "value": c.phone, "use": "work"}}})
}

// locations are the locations of a system by id.
func locations(system holder) map[string]string {
	if system == inGP {
		return map[string]string{"room-3": "Consulting room 3", "treatment": "Treatment room"}
	}
	return map[string]string{"ward-3": "Ward 3 (Care of the elderly)", "ward-5": "Ward 5 (Elective orthopaedics)", "ward-7": "Ward 7 (Trauma)",
		"ward-9": "Ward 9 (Surgery)", "ward-12": "Ward 12 (Respiratory)", "ed": "Emergency department", "opd": "Outpatients, Royal Westmarch Infirmary",
		"opd-1": "Outpatients 1, Royal Westmarch Infirmary", "opd-2": "Outpatients 2, Royal Westmarch Infirmary",
		"opd-4": "Outpatients 4, Royal Westmarch Infirmary", "heart": "Heart Centre, Royal Westmarch Infirmary", "maternity": "Maternity Unit",
		"riverside": "Riverside Clinic", "children": "Children's emergency department"}
}

// place refers to a location by name; one that is not in the directory is
// named only.
func (w *fhirWriter) place(name string) object {
	for id, known := range locations(w.system) {
		if known == name {
			return object{"reference": "Location/" + id, "display": name}
		}
	}
	return object{"display": name}
}

func addressObject(a address, use string) object {
	lines := list{}
	for _, line := range a.lines() {
		lines = append(lines, line)
	}
	return object{"use": use, "line": lines, "city": a.town, "postalCode": a.postcode}
}
