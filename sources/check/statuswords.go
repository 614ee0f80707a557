package check

import (
	"regexp"
	"strings"
	"unicode"
)

// ownWords are the statuses that the standard has, of entries whose status readers are shown as
// it stands: another word is to be looked at, and hides nothing.
var ownWords = map[string][]string{
	"Appointment.Status": {"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "checked-in", "waitlist"},
	// Of encounters (FHIR R4 and R5), and of appointments that took place or did not.
	"Contact.Status": {"planned", "arrived", "triaged", "in-progress", "onleave", "on-hold", "discharged", "finished", "completed", "cancelled", "discontinued",
		"noshow", "fulfilled", "booked", "unknown"},
	"Admission.Status": {"planned", "arrived", "triaged", "in-progress", "onleave", "on-hold", "discharged", "finished", "completed", "cancelled", "discontinued", "unknown"},
	"CarePlan.Status":  {"draft", "active", "on-hold", "revoked", "completed", "unknown"},
	"Document.Status":  {"current", "superseded", "preliminary", "final", "amended", "appended", "corrected", "unknown"},
}

// statusWord is how a status is written by a system that has its own: one word, in one case.
var statusWord = regexp.MustCompile(`^([A-Z][A-Z0-9_-]{0,19}|[a-z][a-z0-9_-]{0,19})$`)

// word notes the word of a status, so that it can be translated: but only what looks like
// one, and stands nowhere else in the entry or in what is known of the person. Where the
// mapping takes a name for a status, the name is not told.
func (j *judgement) word(rule, path, value string) {
	if !statusWord.MatchString(value) {
		return
	}
	for _, t := range j.parts.texts {
		if t.path != path && hasWord(t.value, value) {
			return
		}
	}
	if j.person == nil {
		return // nothing to hold it against
	}
	for _, t := range partsOf(j.person).texts {
		if hasWord(t.value, value) {
			return
		}
	}
	j.finds.note(rule, j.section.Name()+"."+strings.ToLower(path)+": "+value)
}

func hasWord(text, word string) bool {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return strings.EqualFold(text, word)
}
