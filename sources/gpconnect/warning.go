package gpconnect

import (
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// transit are the words that the standard lays down for a record on its way; only they
// are handed on, because a note could hold anything.
var transit = regexp.MustCompile(`Patient record transfer from previous GP practice not yet complete; information recorded before (\d{1,2}-[A-Z][a-z]{2}-\d{4}) may be missing`)

// warn takes the warnings of a list (GP Connect: Extension-CareConnect-GPC-ListWarningCode).
func warn(r *sources.Result, l *fhirversion.Node) {
	note := notesOf(l)
	warned := false
	for _, e := range l.Objects("extension") {
		if !strings.HasSuffix(e.Text("url"), "ListWarningCode") {
			continue
		}
		warned = true
		switch e.Text("valueCode") {
		case "confidential-items":
			gap(r, sources.Gap{Status: record.Withheld, Code: "confidential-items",
				Reason: "Items are excluded there due to confidentiality or the patient's preferences"})
		case "data-in-transit":
			reason := "The record's transfer from the previous GP practice is not yet complete; older information may be missing"
			if m := transit.FindString(note); m != "" {
				reason = m
			}
			partial(r, "data-in-transit", reason)
		case "data-awaiting-filing":
			partial(r, "data-awaiting-filing", "Information from elsewhere is waiting there to be filed, and is not sent yet")
		default:
			partial(r, "list-warning", "It warns about this section in a way that is not understood here")
		}
	}
	if !warned && !customary(note) {
		partial(r, "list-note", "It says something about this section that must be read in the practice's own system")
	}
}

// notesOf are the words of a list's notes.
func notesOf(l *fhirversion.Node) string {
	var all []string
	for _, n := range l.Objects("note") {
		all = append(all, n.Text("text"))
	}
	return strings.Join(all, " ")
}

// customary reports whether a note says no more than that there is nothing, in the
// words the standard has for it.
func customary(note string) bool {
	for _, known := range []string{"Information not available",
		"There are no allergies in the patient record but it has not been confirmed with the patient that they have no allergies (that is, a ‘no known allergies’ code has not been recorded).",
		"There are no allergies in the patient record but it has not been confirmed with the patient that they have no allergies (that is, a 'no known allergies' code has not been recorded)."} {
		note = strings.ReplaceAll(note, known, "")
	}
	return strings.Trim(note, ". ") == ""
}

// empty takes why a list is empty. That nothing is recorded is no assertion: it folds to
// "not recorded", never to "none known" (hazard H-02).
func (a *answer) empty(r *sources.Result, l *fhirversion.Node) {
	reason := l.Object("emptyReason")
	if reason == nil {
		return
	}
	code := ""
	for _, c := range reason.Objects("coding") {
		code = c.Text("code")
	}
	switch code {
	case "no-content-recorded", "no-content", "notstarted", "notasked":
	case "nilknown":
		a.none(r, l)
	case "withheld":
		gap(r, sources.Gap{Status: record.Withheld, Code: "withheld", Reason: "It holds something back"})
	case "unavailable", "closed":
		partial(r, "list-unavailable", "It cannot say at the moment what it holds of this section")
	default:
		partial(r, "empty-reason", "It says why this section is empty in a way that is not understood here")
	}
}

// none makes an assertion of a list that says that there are none. The list must say
// itself whom it is about.
func (a *answer) none(r *sources.Result, l *fhirversion.Node) {
	said := record.Assertion{Code: record.Concept{Text: "None known"}, Subject: strings.TrimPrefix(l.Object("subject").Text("reference"), "Patient/")}
	if d, err := record.ParseDate(l.Text("date")); err == nil {
		said.Date = d
	}
	r.Asserted = append(r.Asserted, said)
}
