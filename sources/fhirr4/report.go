package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// report is a DiagnosticReport whose measurements are still references.
type report struct {
	record.Result
	results []link
	flaws   flaws
}

// report maps DiagnosticReport. R4 §10.3; PRSB CIS: Investigation results. It is
// put together with its observations by results.
func (r *reader) report() {
	p := r.slabs.reports.new()
	var performer, interpreter, specimen link
	var effective, started record.Date
	var conclusions []record.Concept
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			p.Status = r.string()
		case "category":
			p.Category = r.firstConcept()
		case "code":
			p.Code = r.concept()
		case "effectiveDateTime":
			effective = r.date()
		case "effectivePeriod":
			started = r.period().Start
		case "issued":
			p.Issued = r.date()
		case "performer":
			performer = r.firstLink()
		case "resultsInterpreter":
			interpreter = r.firstLink()
		case "specimen":
			specimen = r.firstLink()
		case "result":
			p.results = r.links()
		case "conclusion":
			p.Conclusion = r.string()
		case "conclusionCode":
			conclusions = r.concepts()
		default:
			r.common(&p.Base)
		}
	}
	if p.Status == enteredInError {
		return
	}
	if p.Conclusion == "" {
		p.Conclusion = labelsOf(conclusions)
	}
	p.flaws = r.flaws
	p.Recorded = p.Issued
	p.Date = or(effective, started, p.Issued)
	r.actor(&p.Author, either(interpreter, performer))
	if kindOf(performer.to) == "Organization" {
		r.organisation(&p.Provenance.Organisation, performer)
	}
	r.coded(&p.Specimen, specimen)
	r.reports = append(r.reports, p)
}

func labelsOf(all []record.Concept) string {
	var words []string
	for _, c := range all {
		words = append(words, c.Label())
	}
	return strings.Join(words, "; ")
}

// imaging maps ImagingStudy: that pictures were taken is a result without
// measurements. R4 §10.4.
func (r *reader) imaging() {
	p := r.slabs.reports.new()
	p.Category = record.Concept{Text: "Imaging study"}
	var referrer, interpreter link
	var modality, procedure record.Concept
	var description string
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			p.Status = r.string()
		case "modality":
			for i := range r.each() {
				if c := r.coding(); i == 0 {
					modality.Codings = r.slabs.codings.keep([]record.Coding{c})
				}
			}
		case "started":
			p.Date = r.date()
		case "procedureCode":
			procedure = r.firstConcept()
		case "description":
			description = r.string()
		case "referrer":
			referrer = r.link()
		case "interpreter":
			interpreter = r.firstLink()
		default:
			r.common(&p.Base)
		}
	}
	if p.Status == enteredInError {
		return
	}
	p.Code = procedure
	if p.Code.IsZero() {
		p.Code = modality
	}
	if p.Code.IsZero() {
		p.Code.Text = description
	} else {
		p.Conclusion = description
	}
	p.flaws = r.flaws
	r.actor(&p.Author, either(interpreter, referrer))
	r.reports = append(r.reports, p)
}
