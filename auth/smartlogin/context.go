package smartlogin

import (
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// idForm is a FHIR id (R4 §2.24.0.1).
var idForm = regexp.MustCompile(`^[A-Za-z0-9\-.]{1,64}$`)

// goodID reports whether s is a FHIR id that is a step of an address: of dots alone it would
// lead elsewhere.
func goodID(s string) bool { return idForm.MatchString(s) && strings.Trim(s, ".") != "" }

// mostWords is how long a launch's intent may be, in bytes.
const mostWords = 200

// patientID finds the patient at hand in the token endpoint's answer. Only a bare id of this
// EPR will do: a list would leave open who is meant, and an address could be anybody's.
func (e *EPR) patientID(rest map[string]any) (string, error) {
	found, err := e.patient.in(rest, e.Iss)
	if err != nil {
		return "", err
	}
	switch id := found.(type) {
	case nil:
		return "", Refuse(CodeNoPatient, "the token endpoint's answer has no patient at `"+e.Patient+"`: was the launch made with a patient open, and is launch among the scopes that were granted?")
	case string:
		if goodID(id) {
			return id, nil
		}
		return "", Refuse(CodeAnswer, "the patient at `"+e.Patient+"` is no FHIR id: an address or a reference will not do")
	}
	return "", Refuse(CodeAnswer, "the patient at `"+e.Patient+"` is no text: one id is needed")
}

// more reads the rest of the context that is used here (SMART App Launch §3.0.5).
func more(rest map[string]any, l *Launched) error {
	var ok [2]bool
	l.Encounter, ok[0] = textOf(rest, "encounter")
	l.Intent, ok[1] = textOf(rest, "intent")
	if !ok[0] || l.Encounter != "" && !goodID(l.Encounter) {
		return Refuse(CodeAnswer, "the token endpoint's encounter is no FHIR id")
	}
	if !ok[1] || l.Intent != "" && (len(l.Intent) > mostWords || !auth.GoodSubject(l.Intent)) {
		return Refuse(CodeAnswer, "the token endpoint's intent is no text of a line")
	}
	switch banner := rest["need_patient_banner"].(type) {
	case nil:
	case bool:
		l.NoBanner = !banner
	default:
		return Refuse(CodeAnswer, "the token endpoint's need_patient_banner is neither true nor false")
	}
	return nil
}

// textOf gives a member that is a text, "" if there is none; false if it is something else.
func textOf(object map[string]any, name string) (string, bool) {
	raw, given := object[name]
	s, ok := raw.(string)
	return s, ok || !given
}
