package demo

import "strings"

// person writes the Patient and the people around them.
func (w *fhirWriter) person() {
	s := w.s
	patient := object{"resourceType": "Patient", "id": s.localID, "meta": object{"versionId": "1", "profile": list{ukCore + "Patient"}},
		"active": true, "identifier": w.identifiers(), "name": w.names(), "birthDate": date(s.born), "gender": s.sex,
		"telecom": w.telecom(), "address": w.addresses(), "extension": w.extensions(),
		"generalPractitioner":  list{object{"reference": "Organization/" + s.practice.ods, "display": s.practice.name}},
		"managingOrganization": w.provider()}
	if s.born.IsZero() {
		delete(patient, "birthDate")
	}
	if s.hidden {
		patient["meta"] = object{"versionId": "1", "profile": list{ukCore + "Patient"},
			"security": list{object{"system": hl7 + "v3-Confidentiality", "code": "R", "display": "restricted"}}}
	}
	if !s.died.IsZero() {
		patient["deceasedDateTime"] = date(s.died)
	}
	if s.language != "English" || s.interpreter {
		patient["communication"] = list{object{"language": object{"text": s.language}, "preferred": true}}
	}
	if w.system == inHospital && len(w.p.kin) > 0 {
		contacts := list{}
		for _, k := range w.p.kin {
			contacts = append(contacts, contactObject(k))
		}
		patient["contact"] = contacts
	}
	w.keep(patient)
	if w.system == inGP {
		w.relatedPeople()
	}
	w.consent()
}

func (w *fhirWriter) identifiers() list {
	s := w.s
	local := map[holder]string{inGP: "https://gp.westmarch.example/id/patient", inHospital: "https://hospital.westmarch.example/id/mrn"}[w.system]
	all := list{}
	if s.nhs != "" {
		all = append(all, nhsIdentifier(s.nhs, "official", s.status))
	}
	if s.oldNHS != "" {
		all = append(all, nhsIdentifier(s.oldNHS, "old", "01"))
	}
	return append(all, object{"system": local, "value": s.localID, "use": "usual"})
}

func nhsIdentifier(number, use, status string) object {
	words := map[string]string{"01": "Number present and verified", "02": "Number present but not traced", "03": "Trace required"}
	return object{"system": nhsNumberSystem, "value": number, "use": use, "extension": list{object{
		"url": ukExtension + "NHSNumberVerificationStatus",
		"valueCodeableConcept": object{"coding": list{object{
			"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", "code": status, "display": words[status]}}},
	}}}
}

func (w *fhirWriter) names() list {
	s := w.s
	given := list{s.given}
	if s.middle != "" {
		given = append(given, s.middle)
	}
	official := object{"use": "official", "family": s.family, "given": given}
	if s.title != "" {
		official["prefix"] = list{s.title}
	}
	official["text"] = strings.TrimSpace(s.title + " " + s.given + " " + s.family)
	all := list{official}
	if s.formerFamily != "" {
		all = append(all, object{"use": "old", "family": s.formerFamily, "given": given})
	}
	return all
}

func (w *fhirWriter) telecom() list {
	all := list{}
	for _, t := range []struct{ system, use, value string }{{"phone", "home", w.s.home}, {"phone", "mobile", w.s.mobile}, {"email", "home", w.s.email}} {
		if t.value != "" {
			all = append(all, object{"system": t.system, "use": t.use, "value": t.value})
		}
	}
	return all
}

func (w *fhirWriter) addresses() list {
	all := list{addressObject(w.s.address, "home")}
	if w.s.formerAddress.line1 != "" {
		all = append(all, addressObject(w.s.formerAddress, "old"))
	}
	return all
}

func (w *fhirWriter) extensions() list {
	all := list{object{"url": ukExtension + "EthnicCategory", "valueCodeableConcept": coded(concept{
		"https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland", w.s.ethnic, ethnicCategory(w.s.ethnic)})},
		object{"url": ukExtension + "BirthSex", "valueCodeableConcept": object{"coding": list{object{
			"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-BirthSex", "code": strings.ToUpper(w.s.sex[:1])}}}}}
	if w.s.interpreter {
		all = append(all, object{"url": ukExtension + "NHSCommunication", "extension": list{
			object{"url": "language", "valueCodeableConcept": object{"text": w.s.language}},
			object{"url": "interpreterRequired", "valueBoolean": true}}})
	}
	if !w.s.died.IsZero() {
		all = append(all, object{"url": ukExtension + "DeathNotificationStatus", "extension": list{
			object{"url": "deathNotificationStatus", "valueCodeableConcept": object{"coding": list{object{
				"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-DeathNotificationStatus", "code": "2", "display": "Formal - death notice received from Registrar of Deaths"}}}}}})
	}
	return all
}

func relationship(k relative) list {
	return list{coded(concept{hl7 + "v3-RoleCode", k.relation, k.relationText})}
}

func contactObject(k relative) object {
	kinds := relationship(k)
	if k.nextOfKin {
		kinds = append(kinds, coded(concept{hl7 + "v2-0131", "N", "Next of kin"}))
	}
	return object{"relationship": kinds, "name": object{"family": k.family, "given": list{k.given}, "text": k.name},
		"telecom": list{object{"system": "phone", "value": k.phone, "use": "mobile"}}}
}

func (w *fhirWriter) relatedPeople() {
	for _, k := range w.p.kin {
		person := contactObject(k)
		person["name"] = list{person["name"]}
		person["patient"], person["active"] = w.subject(), true
		if k.address != "" {
			person["address"] = list{object{"text": k.address}}
		}
		w.put("RelatedPerson", said{}, person)
	}
}

// consent is the agreement, or objection, to sharing the record.
func (w *fhirWriter) consent() {
	if w.s.sharing == "" || w.system != inGP || w.p.scenario == "nothing-recorded" {
		return
	}
	at := w.s.born.AddDate(w.s.age(w.s.born)+1, 0, 0)
	if years := 2019 - at.Year(); years > 0 {
		at = at.AddDate(years, 0, 0)
	}
	w.put("Consent", said{at: at}, object{"status": "active", "patient": w.subject(), "dateTime": date(at),
		"scope":        status("consentscope", "patient-privacy"),
		"category":     list{coded(concept{"http://loinc.org", "59284-0", "Consent Document"})},
		"organization": list{w.provider()},
		"policyRule":   status("v3-ActCode", map[string]string{"permit": "OPTIN", "deny": "OPTOUT"}[w.s.sharing]),
		"provision": object{"type": w.s.sharing, "purpose": list{object{"system": hl7 + "v3-ActReason", "code": "TREAT", "display": "treatment"}},
			"class": list{object{"system": "http://hl7.org/fhir/resource-types", "code": "Patient"}}}})
}
