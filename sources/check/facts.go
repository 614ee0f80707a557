package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// words are the statuses that the standard has, of entries whose status is a closed set.
var words = map[string][]string{
	"Allergy.ClinicalStatus": {"active", "inactive", "resolved"},
	"Allergy.Verification":   {"confirmed", "unconfirmed", "presumed", "refuted"},
	"Allergy.Criticality":    {"low", "high", "unable-to-assess"},
	// Of requests, statements, dispenses and devices alike (FHIR R4 and R5).
	"Medication.Status": {"active", "inactive", "completed", "stopped", "on-hold", "cancelled", "draft", "ended", "intended", "not-taken", "unknown",
		"preparation", "in-progress", "declined", "recorded"},
	"Problem.ClinicalStatus": {"active", "recurrence", "relapse", "inactive", "remission", "resolved"},
	"Problem.Verification":   {"confirmed", "unconfirmed", "provisional", "differential", "refuted"},
	"Alert.Status":           {"active", "inactive"},
	"Vaccination.Status":     {"completed", "not-done"},
	"Procedure.Status":       {"preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "unknown"},
	"Observation.Status":     {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "unknown"},
	"Result.Status":          {"registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled", "unknown"},
	"Consent.Decision":       {"permit", "deny"},
}

// ofNone are the words by which systems say that there is none; what is one of them and sent
// as an entry stands where a reader looks for something (hazard H-02).
var ofNone = regexp.MustCompile(`(?i)^\s*(no|nil|none) (known|recorded|significant|current|active|relevant)\b|^\s*(nkda|nka|no (allergies|medications|problems)|nil of note)\b`)

// statuses judges the words of the entry's statuses.
func (j *judgement) statuses() {
	kind := kindOf(j.entry)
	if c := j.base.Code; ofNone.MatchString(c.Text) || slices.ContainsFunc(c.Codings, func(k record.Coding) bool { return ofNone.MatchString(k.Display) }) {
		j.once("none-as-entry")
	}
	for _, t := range j.parts.texts {
		if strings.EqualFold(t.value, "entered-in-error") && (strings.HasSuffix(t.path, "Status") || t.path == "Verification") {
			j.once("status-error")
			continue
		}
		if allowed := words[kind+"."+t.path]; allowed != nil && !slices.Contains(allowed, t.value) {
			j.once("status-unknown")
			j.word("status-unknown", t.path, t.value)
		}
		if allowed := ownWords[kind+"."+t.path]; allowed != nil && !slices.Contains(allowed, t.value) {
			j.once("status-word")
			j.word("status-word", t.path, t.value)
		}
	}
}

// kindOf names the entries' types that words has.
func kindOf(e record.Entry) string {
	switch e.(type) {
	case *record.Allergy:
		return "Allergy"
	case *record.Problem:
		return "Problem"
	case *record.Medication:
		return "Medication"
	case *record.Alert:
		return "Alert"
	case *record.Vaccination:
		return "Vaccination"
	case *record.Procedure:
		return "Procedure"
	case *record.Observation:
		return "Observation"
	case *record.Result:
		return "Result"
	case *record.Consent:
		return "Consent"
	case *record.Appointment:
		return "Appointment"
	case *record.Contact:
		return "Contact"
	case *record.Admission:
		return "Admission"
	case *record.CarePlan:
		return "CarePlan"
	case *record.Document:
		return "Document"
	}
	return ""
}

// numbers judges the numbers of a person.
func (j *judgement) numbers() {
	p, ok := j.entry.(*record.Person)
	if !ok {
		return
	}
	if p.BirthDate == "" {
		j.found("birth-date-missing")
	}
	invalid := false
	for _, id := range p.Identifiers {
		if id.System == record.NHSNumberSystem {
			_, err := record.ParseNHSNumber(id.Value)
			invalid = invalid || err != nil
		}
	}
	switch {
	case invalid:
		j.found("nhs-number-invalid")
	case p.NHSNumber == "":
		j.found("nhs-number-missing")
	default:
		if _, err := record.ParseNHSNumber(string(p.NHSNumber)); err != nil {
			j.found("nhs-number-invalid")
		}
	}
}

var ods = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)

// authored are sections whose entries somebody has recorded or performed.
var authored = map[record.Section]bool{record.Allergies: true, record.Medications: true, record.Problems: true, record.Alerts: true,
	record.Contacts: true, record.Results: true, record.Observations: true, record.Vaccinations: true, record.Procedures: true,
	record.Documents: true, record.CarePlans: true, record.EndOfLifeCare: true}

// provenance judges who stands for the entry. The organisation of the stanza counts: it
// is whose system it is.
func (j *judgement) provenance() {
	o := j.base.Provenance.Organisation
	switch {
	case o.ODS == "" && o.Name == "":
		j.found("organisation-missing")
	case o.ODS != "" && !ods.MatchString(o.ODS):
		j.found("organisation-form")
	}
	if authored[j.section] && !hasAuthor(j.entry) {
		j.found("author-missing")
	}
}

func hasAuthor(e record.Entry) bool {
	if a := e.Common().Author; a != nil && !a.IsZero() {
		return true
	}
	c, ok := e.(*record.Contact)
	return ok && c.Practitioner != nil
}
