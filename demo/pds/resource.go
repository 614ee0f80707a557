package pds

import "strings"

type (
	object map[string]any
	list   []any
)

const (
	ukCore   = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
	codes    = "https://fhir.hl7.org.uk/CodeSystem/UKCore-"
	ods      = "https://fhir.nhs.uk/Id/ods-organization-code"
	nhsID    = "https://fhir.nhs.uk/Id/nhs-number"
	security = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
)

// resource is the person as the register writes them. searched is the shorter form that
// a search gives. Restricted people come without what would locate them.
func (p *Person) resource(searched bool) object {
	out := object{"resourceType": "Patient", "id": p.Number, "meta": p.meta(), "identifier": list{p.identifier()}}
	put(out, "gender", p.Gender)
	put(out, "birthDate", p.Born)
	if p.Family != "" || p.Given != "" {
		out["name"] = p.names(searched)
	}
	if p.Died != "" {
		out["deceasedDateTime"] = p.Died + "T00:00:00+00:00"
	}
	if p.Restricted == "" {
		p.locate(out, searched)
	}
	if all := p.extensions(searched); len(all) > 0 {
		out["extension"] = all
	}
	return out
}

func put(o object, name, value string) {
	if value != "" {
		o[name] = value
	}
}

func (p *Person) meta() object {
	code, words := "U", "unrestricted"
	if p.Restricted != "" {
		code, words = p.Restricted, map[string]string{"R": "restricted", "V": "very restricted"}[p.Restricted]
	}
	return object{"versionId": "2", "security": list{object{"system": security, "code": code, "display": words}}}
}

func (p *Person) identifier() object {
	code, words := "01", "Number present and verified"
	if p.Unverified != "" {
		code, words = p.Unverified, "Number present but not traced"
	}
	return object{"system": nhsID, "value": p.Number, "extension": list{object{
		"url":                  ukCore + "NHSNumberVerificationStatus",
		"valueCodeableConcept": concept("NHSNumberVerificationStatus", code, words)}}}
}

func concept(system, code, display string) object {
	return object{"coding": list{object{"system": codes + system, "version": "1.0.0", "code": code, "display": display}}}
}

func (p *Person) names(searched bool) list {
	given := list{p.Given}
	if p.Middle != "" {
		given = append(given, p.Middle)
	}
	usual := object{"id": "n1", "use": "usual", "family": p.Family, "given": given, "period": period(p.Born, "")}
	if p.Title != "" {
		usual["prefix"] = list{p.Title}
	}
	if p.FormerFamily == "" || searched {
		return list{usual}
	}
	return list{object{"id": "n2", "use": "old", "family": p.FormerFamily, "given": given, "period": period(p.Born, p.FormerUntil)}, usual}
}

func period(start, end string) object {
	o := object{}
	put(o, "start", start)
	put(o, "end", end)
	return o
}

// locate writes what tells where somebody is.
func (p *Person) locate(out object, searched bool) {
	var addresses, telecoms list
	for _, a := range []struct {
		use string
		Address
	}{{"home", p.Home}, {"temp", p.Temporary}, {"home", p.Former}} {
		if len(a.Lines) == 0 || searched && a.use != "home" || searched && a.Until != "" {
			continue
		}
		o := object{"use": a.use, "line": a.Lines, "postalCode": a.Postcode, "period": period(a.Since, a.Until)}
		put(o, "text", a.Text)
		addresses = append(addresses, o)
	}
	for _, t := range []struct{ system, use, value string }{{"phone", "home", p.Phone}, {"phone", "mobile", p.Mobile}, {"email", "home", p.Email}} {
		if t.value != "" {
			telecoms = append(telecoms, object{"system": t.system, "use": t.use, "value": t.value, "period": period(p.Born, "")})
		}
	}
	if len(addresses) > 0 {
		out["address"] = addresses
	}
	if len(telecoms) > 0 {
		out["telecom"] = telecoms
	}
	if p.Practice != "" {
		out["generalPractitioner"] = list{object{"id": "g1", "type": "Organization",
			"identifier": object{"system": ods, "value": p.Practice, "period": period(p.Registered, "")}}}
	}
}

func (p *Person) extensions(searched bool) (all list) {
	nested := func(name string, parts ...any) {
		all = append(all, object{"url": ukCore + name, "extension": list(parts)})
	}
	if p.Notified != "" {
		words := map[string]string{"1": "Informal - death notice received via an update from a local NHS Organisation",
			"2": "Formal - death notice received from Registrar of Deaths", "U": "Removed"}[p.Notified]
		nested("DeathNotificationStatus", object{"url": "deathNotificationStatus", "valueCodeableConcept": concept("DeathNotificationStatus", p.Notified, words)})
	}
	if searched {
		return all
	}
	if p.Language != "" {
		nested("NHSCommunication", object{"url": "language", "valueCodeableConcept": concept("HumanLanguage", p.Language, p.LanguageName)},
			object{"url": "interpreterRequired", "valueBoolean": p.Interpreter})
	}
	var wishes list
	if p.Format != "" {
		wishes = append(wishes, object{"url": "PreferredWrittenCommunicationFormat", "valueCodeableConcept": concept("PreferredWrittenCommunicationFormat", "12", p.Format)})
	}
	if p.ContactMethod != "" {
		wishes = append(wishes, object{"url": "PreferredContactMethod", "valueCodeableConcept": concept("PreferredContactMethod", "1", p.ContactMethod)})
	}
	if p.ContactTimes != "" {
		wishes = append(wishes, object{"url": "PreferredContactTimes", "valueString": p.ContactTimes})
	}
	if len(wishes) > 0 {
		nested("ContactPreference", wishes...)
	}
	if p.Pharmacy != "" {
		all = append(all, object{"url": ukCore + "NominatedPharmacy", "valueReference": object{"identifier": object{"system": ods, "value": p.Pharmacy}}})
	}
	return all
}

// postcode is a postcode without its spaces.
func postcode(s string) string { return strings.ToUpper(strings.ReplaceAll(s, " ", "")) }
