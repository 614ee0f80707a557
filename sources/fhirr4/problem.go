package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// problem maps Condition. R4 §9.2; PRSB CIS: Problem list.
func (r *reader) problem() {
	p := r.slabs.problems.new()
	var recorder, asserter link
	var significance string
	for r.Next() {
		switch string(r.Name()) {
		case "clinicalStatus":
			p.ClinicalStatus = r.code()
		case "verificationStatus":
			p.Verification = r.code()
		case "category":
			p.Category = r.firstConcept()
		case "severity":
			p.Severity = r.concept()
		case "code":
			p.Code = r.concept()
		case "bodySite":
			p.BodySite = r.firstConcept()
		case "onsetDateTime":
			p.Date = r.date()
		case "onsetPeriod":
			p.Date = or(p.Date, r.period().Start)
		case "abatementDateTime":
			p.Ended = r.date()
		case "abatementPeriod":
			period := r.period()
			p.Ended = or(p.Ended, period.End, period.Start)
		case "recordedDate":
			p.Recorded = r.date()
		case "recorder":
			recorder = r.link()
		case "asserter":
			asserter = r.link()
		case "extension":
			significance = r.significance()
		default:
			r.common(&p.Base)
		}
	}
	if p.Verification == enteredInError {
		return
	}
	p.Significance = significance
	p.Date = or(p.Date, p.Recorded)
	r.actor(&p.Author, either(asserter, recorder))
	if noKnownProblem(p.Code) && p.Verification != "refuted" && p.ClinicalStatus != "inactive" && p.ClinicalStatus != "resolved" {
		r.assert(record.Problems, &p.Base)
		r.blame(record.Problems, p.Subject)
		return
	}
	r.emit(record.Problems, p)
}

// significance takes the extensions and returns "major" or "minor" by UK Core
// ConditionSignificance or its forerunner ProblemSignificance.
func (r *reader) significance() (found string) {
	r.extensions(func(url string) {
		if !strings.Contains(url, "ConditionSignificance") && !strings.Contains(url, "ProblemSignificance") {
			return
		}
		value := ""
		switch string(r.Name()) {
		case "valueCodeableConcept":
			value = r.code()
		case "valueCode":
			value = r.string()
		}
		if value = strings.ToLower(value); value == "major" || value == "minor" {
			found = value
		}
	})
	return found
}
