package gpconnect

import (
	"encoding/json"
	"strconv"
)

type (
	object = map[string]any
	list   = []any
)

const (
	profile  = "https://fhir.nhs.uk/STU3/StructureDefinition/"
	codes    = "https://fhir.nhs.uk/STU3/CodeSystem/"
	ods      = "https://fhir.nhs.uk/Id/ods-organization-code"
	nhsID    = "https://fhir.nhs.uk/Id/nhs-number"
	local    = "https://gp.example.nhs.uk/id"
	careConn = "https://fhir.hl7.org.uk/STU3/StructureDefinition/"
)

// writer writes one record as resources.
type writer struct {
	*Record
	// area is the one being written: a resource has the same id whatever else is asked for.
	area string
	n    map[string]int
	out  list
	// listed are the references in each list, by its code.
	listed map[string]list
	// inside are what a list contains instead of referring to.
	inside map[string]list
}

// add keeps a resource under the next id of its type and returns its reference.
func (w *writer) add(kind string, content object) string {
	o, ref := w.named(kind, content)
	w.out = append(w.out, object{"resource": o})
	return ref
}

func (w *writer) named(kind string, content object) (object, string) {
	w.n[w.area]++
	id := w.ID + "-" + w.area + strconv.Itoa(w.n[w.area])
	o := object{"resourceType": kind, "id": id, "meta": object{"profile": list{profile + "CareConnect-GPC-" + kind + "-1"}},
		"identifier": list{object{"system": local, "value": id}}}
	for name, v := range content {
		if v != nil && v != "" {
			o[name] = v
		}
	}
	return o, kind + "/" + id
}

func refer(to string) object { return object{"reference": to} }

func (w *writer) subject() object { return refer("Patient/" + w.ID) }
func (w *writer) by() object      { return refer("Practitioner/" + w.Clinician.ID) }

// coded is a CodeableConcept.
func (c Concept) coded() object {
	o := object{}
	if c.Code != "" {
		system := c.System
		if system == "" {
			system = "http://snomed.info/sct"
		}
		o["coding"] = list{object{"system": system, "code": c.Code, "display": c.Display,
			"extension": list{object{"url": profile + "Extension-coding-sctdescid", "extension": list{object{"url": "descriptionId", "valueId": "1" + c.Code}}}}}}
	}
	if c.Text != "" || c.Code == "" {
		o["text"] = c.Text
		if c.Text == "" {
			o["text"] = c.Display
		}
	}
	return o
}

func extension(name string, value string, v any) object {
	return object{"url": profile + "Extension-CareConnect-GPC-" + name + "-1", value: v}
}

func notes(text string) any {
	if text == "" {
		return nil
	}
	return list{object{"text": text}}
}

// quantity keeps the digits as they are written.
func quantity(value, unit string) any {
	if value == "" {
		return nil
	}
	return object{"value": json.Number(value), "unit": unit}
}

func period(from, to string) object {
	o := object{"start": from}
	if to != "" {
		o["end"] = to
	}
	return o
}

// directory writes whom and what the record refers to.
func (w *writer) directory() {
	c, p := w.Clinician, w.Practice
	w.out = append(w.out,
		object{"resource": object{"resourceType": "Organization", "id": p.ODS, "identifier": list{object{"system": ods, "value": p.ODS}}, "name": p.Name,
			"telecom": list{object{"system": "phone", "use": "work", "value": p.Phone}},
			"address": list{object{"use": "work", "line": list{p.Line}, "city": p.Town, "postalCode": p.Postcode}}}},
		object{"resource": object{"resourceType": "Practitioner", "id": c.ID, "identifier": list{object{"system": "https://fhir.nhs.uk/Id/sds-user-id", "value": "5550" + c.ID}},
			"name": list{object{"use": "official", "family": c.Family, "given": list{c.Given}, "prefix": list{c.Title}}}}},
		object{"resource": object{"resourceType": "PractitionerRole", "id": c.ID + "-" + p.ODS, "practitioner": w.by(), "organization": refer("Organization/" + p.ODS),
			"code": list{object{"coding": list{object{"system": codes + "CareConnect-SDSJobRoleName-1", "code": "R0260", "display": c.Role}}}}}})
}

// patient writes the demographics.
func (w *writer) patient() object {
	o := object{"resourceType": "Patient", "id": w.ID, "meta": object{"versionId": "1", "profile": list{profile + "CareConnect-GPC-Patient-1"}},
		"extension": list{extension("NHSCommunication", "extension", list{object{"url": "language", "valueCodeableConcept": object{"coding": list{
			object{"system": codes + "CareConnect-HumanLanguage-1", "code": "en", "display": "English"}}}}, object{"url": "preferred", "valueBoolean": true}})},
		"identifier": list{object{"system": nhsID, "value": w.Number, "extension": list{extension("NHSNumberVerificationStatus", "valueCodeableConcept",
			object{"coding": list{object{"system": codes + "CareConnect-NHSNumberVerificationStatus-1", "code": "01", "display": "Number present and verified"}}})}}},
		"active": true, "name": list{object{"use": "official", "family": w.Family, "given": list{w.Given}, "prefix": list{w.Title}}},
		"gender": w.Gender, "birthDate": w.Born,
		"generalPractitioner": list{w.by()}, "managingOrganization": refer("Organization/" + w.Practice.ODS)}
	if len(w.Lines) > 0 {
		o["address"] = list{object{"use": "home", "type": "physical", "line": w.Lines, "city": w.Town, "postalCode": w.Postcode}}
	}
	if w.Phone != "" {
		o["telecom"] = list{object{"system": "phone", "use": "home", "value": w.Phone}}
	}
	if w.Died != "" {
		o["deceasedDateTime"] = w.Died
	}
	if r := w.Contact; r.Family != "" {
		o["contact"] = list{object{"relationship": list{object{"text": r.Relation}}, "name": object{"family": r.Family, "given": list{r.Given}},
			"telecom": list{object{"system": "phone", "value": r.Phone}}}}
	}
	return o
}
