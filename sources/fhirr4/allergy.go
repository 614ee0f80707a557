package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// allergy maps AllergyIntolerance. R4 §9.1; PRSB CIS: Allergies and adverse reactions.
func (r *reader) allergy() {
	a := r.slabs.allergies.new()
	var recorder, asserter link
	for r.Next() {
		switch string(r.Name()) {
		case "clinicalStatus":
			a.ClinicalStatus = r.code()
		case "verificationStatus":
			a.Verification = r.code()
		case "type":
			a.Kind = r.string()
		case "category":
			a.Categories = r.strings()
		case "criticality":
			a.Criticality = r.string()
		case "code":
			a.Code = r.concept()
		case "onsetDateTime":
			a.Date = r.date()
		case "onsetPeriod":
			a.Date = or(a.Date, r.period().Start)
		case "recordedDate":
			a.Recorded = r.date()
		case "recorder":
			recorder = r.link()
		case "asserter":
			asserter = r.link()
		case "lastOccurrence":
			a.LastOccurrence = r.date()
		case "reaction":
			a.Reactions = r.reactions()
		case "extension":
			a.Ended = r.allergyEnd()
		default:
			r.common(&a.Base)
		}
	}
	if a.Verification == enteredInError {
		return
	}
	a.Date = or(a.Date, a.Recorded)
	r.actor(&a.Author, either(asserter, recorder))
	if noKnownAllergy(a.Code) && a.Verification != "refuted" && a.ClinicalStatus != "inactive" && a.ClinicalStatus != "resolved" {
		r.assert(record.Allergies, &a.Base)
		r.blame(record.Allergies, a.Subject)
		return
	}
	r.emit(record.Allergies, a)
}

func (r *reader) reactions() []record.Reaction {
	var all []record.Reaction
	for range r.each() {
		var x record.Reaction
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "manifestation":
				x.Manifestations = r.concepts()
			case "severity":
				x.Severity = r.string()
			case "description":
				x.Description = r.string()
			case "onset":
				x.Onset = r.date()
			}
		}
		all = append(all, x)
	}
	return all
}

// allergyEnd takes the extensions and returns when the allergy ended: UK Core
// AllergyIntoleranceEnd.
func (r *reader) allergyEnd() (end record.Date) {
	r.extensions(func(url string) {
		if !strings.HasSuffix(url, "AllergyIntoleranceEnd") || string(r.Name()) != "extension" {
			return
		}
		r.extensions(func(url string) {
			if url == "endDate" && string(r.Name()) == "valueDateTime" {
				end = r.date()
			}
		})
	})
	return end
}
