package openehr

// EHR is one person's record.
type EHR struct {
	ID  string // a uuid
	NHS string // external_ref of its subject; "" for PARTY_SELF without one
	// Details are the values at the paths of ehr_status/other_details, where a repository
	// keeps what it knows of its subjects.
	Details map[string]any
	Entries []Entry
}

// Entry is one statement: the values at its paths, as the reference model has them.
type Entry struct {
	UID       string // of the composition it stands in
	Archetype string // openEHR-EHR-EVALUATION.problem_diagnosis.v1
	Composer  string
	Started   string // context/start_time
	Values    map[string]any
}

// object is a JSON object.
type object = map[string]any

// Text is a DV_TEXT.
func Text(value string) any { return object{"_type": "DV_TEXT", "value": value} }

// Coded is a DV_CODED_TEXT.
func Coded(terminology, code, value string) any {
	return object{"_type": "DV_CODED_TEXT", "value": value, "defining_code": object{"_type": "CODE_PHRASE",
		"terminology_id": object{"_type": "TERMINOLOGY_ID", "value": terminology}, "code_string": code}}
}

// When is a DV_DATE_TIME.
func When(value string) any { return object{"_type": "DV_DATE_TIME", "value": value} }

// Date is a DV_DATE.
func Date(value string) any { return object{"_type": "DV_DATE", "value": value} }

// number is written as it stands.
type number string

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// Quantity is a DV_QUANTITY; its magnitude keeps its digits.
func Quantity(magnitude, units string) any {
	return object{"_type": "DV_QUANTITY", "magnitude": number(magnitude), "units": units, "precision": 1}
}

func (e *EHR) object() object {
	subject := object{"_type": "PARTY_SELF"}
	if e.NHS != "" {
		subject["external_ref"] = object{"_type": "PARTY_REF", "id": object{"_type": "GENERIC_ID", "value": e.NHS, "scheme": "nhs_number"},
			"namespace": Namespace, "type": "PERSON"}
	}
	return object{"system_id": object{"value": "cdr.westmarch.example"}, "ehr_id": object{"_type": "HIER_OBJECT_ID", "value": e.ID},
		"ehr_status": object{"_type": "EHR_STATUS", "subject": subject, "is_queryable": true, "is_modifiable": true}}
}

func (x *Entry) composition() object {
	return object{"_type": "COMPOSITION", "uid": object{"_type": "OBJECT_VERSION_ID", "value": x.UID},
		"composer": object{"_type": "PARTY_IDENTIFIED", "name": x.Composer},
		"context":  object{"_type": "EVENT_CONTEXT", "start_time": When(x.Started)}}
}
