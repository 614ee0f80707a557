package demo

import (
	"maps"
	"slices"
	"strings"
)

// paramType is how a search parameter compares.
type paramType string

const (
	tokenParam     paramType = "token"
	dateParam      paramType = "date"
	stringParam    paramType = "string"
	referenceParam paramType = "reference"
)

// param is one search parameter: its type and where it looks.
type param struct {
	kind  paramType
	paths []string
}

func tokenAt(paths ...string) param     { return param{tokenParam, paths} }
func dateAt(paths ...string) param      { return param{dateParam, paths} }
func stringAt(paths ...string) param    { return param{stringParam, paths} }
func referenceAt(paths ...string) param { return param{referenceParam, paths} }

// commonParams are offered for every type.
func commonParams() map[string]param {
	return map[string]param{
		"_id": tokenAt("id"), "_lastUpdated": dateAt("meta.lastUpdated"),
		"_security": tokenAt("meta.security"), "identifier": tokenAt("identifier"),
	}
}

// aboutPatient are the two names by which a patient is asked for.
func aboutPatient(path string, more map[string]param) map[string]param {
	p := map[string]param{"patient": referenceAt(path), "subject": referenceAt(path)}
	maps.Copy(p, more)
	return p
}

// searchParams is what the server offers per type; the CapabilityStatement is
// written from it.
func searchParams() map[string]map[string]param {
	all := map[string]map[string]param{
		"Patient": {
			"family": stringAt("name.family"), "given": stringAt("name.given"), "name": stringAt("name.family", "name.given", "name.text"),
			"birthdate": dateAt("birthDate"), "gender": tokenAt("gender"), "active": tokenAt("active"),
			"address": stringAt("address.line", "address.city", "address.postalCode"), "address-postalcode": stringAt("address.postalCode"),
			"telecom": tokenAt("telecom"), "phone": tokenAt("telecom"), "death-date": dateAt("deceasedDateTime"),
			"general-practitioner": referenceAt("generalPractitioner"), "organization": referenceAt("managingOrganization"),
		},
		"AllergyIntolerance": aboutPatient("patient", map[string]param{
			"clinical-status": tokenAt("clinicalStatus"), "verification-status": tokenAt("verificationStatus"), "code": tokenAt("code"),
			"category": tokenAt("category"), "type": tokenAt("type"), "criticality": tokenAt("criticality"),
			"date": dateAt("recordedDate"), "recorder": referenceAt("recorder"), "asserter": referenceAt("asserter"),
		}),
		"Condition": aboutPatient("subject", map[string]param{
			"clinical-status": tokenAt("clinicalStatus"), "verification-status": tokenAt("verificationStatus"), "code": tokenAt("code"),
			"category": tokenAt("category"), "recorded-date": dateAt("recordedDate"), "onset-date": dateAt("onsetDateTime"),
			"encounter": referenceAt("encounter"), "asserter": referenceAt("asserter"), "recorder": referenceAt("recorder"),
		}),
		"MedicationRequest": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "intent": tokenAt("intent"), "category": tokenAt("category"), "code": tokenAt("medicationCodeableConcept"),
			"authoredon": dateAt("authoredOn"), "medication": referenceAt("medicationReference"), "requester": referenceAt("requester"),
			"encounter": referenceAt("encounter"),
		}),
		"MedicationStatement": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "code": tokenAt("medicationCodeableConcept"),
			"effective": dateAt("effectiveDateTime", "effectivePeriod"), "medication": referenceAt("medicationReference"),
			"source": referenceAt("informationSource"),
		}),
		"MedicationDispense": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "whenhandedover": dateAt("whenHandedOver"), "prescription": referenceAt("authorizingPrescription"),
		}),
		"Observation": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "code": tokenAt("code"),
			"date": dateAt("effectiveDateTime", "effectivePeriod"), "performer": referenceAt("performer"), "encounter": referenceAt("encounter"),
			"has-member": referenceAt("hasMember"),
		}),
		"DiagnosticReport": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "code": tokenAt("code"),
			"date": dateAt("effectiveDateTime", "effectivePeriod"), "issued": dateAt("issued"), "result": referenceAt("result"),
			"performer": referenceAt("performer"),
		}),
		"Encounter": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "class": tokenAt("class"), "type": tokenAt("type"), "date": dateAt("period"),
			"service-provider": referenceAt("serviceProvider"), "participant": referenceAt("participant.individual"),
			"practitioner": referenceAt("participant.individual"), "location": referenceAt("location.location"),
			"appointment": referenceAt("appointment"),
		}),
		"Appointment": aboutPatient("participant.actor", map[string]param{
			"status": tokenAt("status"), "date": dateAt("start"), "actor": referenceAt("participant.actor"),
			"practitioner": referenceAt("participant.actor"), "location": referenceAt("participant.actor"),
			"service-type": tokenAt("serviceType"), "appointment-type": tokenAt("appointmentType"),
		}),
		"Immunization": aboutPatient("patient", map[string]param{
			"status": tokenAt("status"), "date": dateAt("occurrenceDateTime"), "vaccine-code": tokenAt("vaccineCode"),
			"performer": referenceAt("performer.actor"),
		}),
		"Procedure": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "code": tokenAt("code"),
			"date": dateAt("performedDateTime", "performedPeriod"), "performer": referenceAt("performer.actor"),
			"encounter": referenceAt("encounter"),
		}),
		"Flag": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "code": tokenAt("code"), "date": dateAt("period"),
			"author": referenceAt("author"),
		}),
		"DocumentReference": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "type": tokenAt("type"), "category": tokenAt("category"), "date": dateAt("date"),
			"period": dateAt("context.period"), "author": referenceAt("author"), "custodian": referenceAt("custodian"),
		}),
		"CareTeam": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "date": dateAt("period"),
			"participant": referenceAt("participant.member"),
		}),
		"RelatedPerson": aboutPatient("patient", map[string]param{
			"active": tokenAt("active"), "relationship": tokenAt("relationship"), "name": stringAt("name.family", "name.given", "name.text"),
		}),
		"Consent": aboutPatient("patient", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "scope": tokenAt("scope"), "date": dateAt("dateTime"),
			"organization": referenceAt("organization"),
		}),
		"CarePlan": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "date": dateAt("period"), "care-team": referenceAt("careTeam"),
		}),
		"Composition": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "type": tokenAt("type"), "date": dateAt("date"), "author": referenceAt("author"),
		}),
		"ServiceRequest": aboutPatient("subject", map[string]param{
			"status": tokenAt("status"), "category": tokenAt("category"), "code": tokenAt("code"), "authored": dateAt("authoredOn"),
			"requester": referenceAt("requester"), "performer": referenceAt("performer"),
		}),
		"FamilyMemberHistory": aboutPatient("patient", map[string]param{
			"status": tokenAt("status"), "relationship": tokenAt("relationship"), "date": dateAt("date"),
		}),
		"EpisodeOfCare": aboutPatient("patient", map[string]param{
			"status": tokenAt("status"), "type": tokenAt("type"), "date": dateAt("period"), "organization": referenceAt("managingOrganization"),
		}),
		"Device":       aboutPatient("patient", map[string]param{"status": tokenAt("status"), "type": tokenAt("type")}),
		"Medication":   {"code": tokenAt("code"), "status": tokenAt("status")},
		"Practitioner": {"name": stringAt("name.family", "name.given", "name.text"), "family": stringAt("name.family"), "active": tokenAt("active")},
		"PractitionerRole": {"practitioner": referenceAt("practitioner"), "organization": referenceAt("organization"),
			"role": tokenAt("code"), "active": tokenAt("active")},
		"Organization": {"name": stringAt("name"), "active": tokenAt("active"), "type": tokenAt("type")},
		"HealthcareService": {"name": stringAt("name"), "active": tokenAt("active"), "organization": referenceAt("providedBy"),
			"service-type": tokenAt("type")},
		"Location": {"name": stringAt("name"), "status": tokenAt("status"), "type": tokenAt("type"), "organization": referenceAt("managingOrganization")},
	}
	for _, params := range all {
		maps.Copy(params, commonParams())
	}
	return all
}

// matches says whether one parameter's value (alternatives parted by commas)
// fits a resource.
func (p param) matches(r *resource, modifier, value string) bool {
	for want := range strings.SplitSeq(value, ",") {
		if p.matchesOne(r, modifier, want) {
			return modifier != "not"
		}
	}
	return modifier == "not"
}

func (p param) matchesOne(r *resource, modifier, want string) bool {
	for _, path := range p.paths {
		if slices.ContainsFunc(walk(r.content, path), func(v any) bool { return p.compare(v, modifier, want) }) {
			return true
		}
	}
	return false
}

func (p param) compare(v any, modifier, want string) bool {
	switch p.kind {
	case tokenParam:
		return slices.ContainsFunc(tokensOf(v), func(have token) bool { return matchToken(have, want) })
	case dateParam:
		prefix, at, _ := parseDateParameter(want)
		have, ok := spanOf(v)
		return ok && matchDate(have, prefix, at)
	case referenceParam:
		return matchReference(referenceOf(v), modifier, want)
	}
	have, _ := v.(string)
	switch modifier {
	case "exact":
		return have == want
	case "contains":
		return strings.Contains(strings.ToLower(have), strings.ToLower(want))
	}
	return strings.HasPrefix(strings.ToLower(have), strings.ToLower(want))
}

func matchReference(have, modifier, want string) bool {
	want = referenceOf(want)
	if modifier != "" && !strings.Contains(want, "/") {
		want = modifier + "/" + want
	}
	if strings.Contains(want, "/") {
		return have == want
	}
	_, id, _ := strings.Cut(have, "/")
	return id == want
}
