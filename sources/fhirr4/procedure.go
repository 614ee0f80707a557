package fhirr4

import "github.com/patchworkcare/patchwork/record"

// procedure maps Procedure. R4 §9.3; PRSB CIS: Procedures and therapies.
func (r *reader) procedure() {
	p := r.slabs.procedures.new()
	var performer, recorder, place link
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			p.Status = r.string()
		case "code":
			p.Code = r.concept()
		case "performedDateTime":
			p.Performed.Start = r.date()
		case "performedPeriod":
			p.Performed = r.period()
		case "bodySite":
			p.BodySite = r.firstConcept()
		case "reasonCode":
			p.Reason = r.firstConcept()
		case "reasonReference":
			if l := r.firstLink(); p.Reason.IsZero() {
				p.Reason.Text = l.display
			}
		case "outcome":
			p.Outcome = r.concept()
		case "performer":
			performer = r.performer()
		case "recorder":
			recorder = r.link()
		case "location":
			place = r.link()
		default:
			r.common(&p.Base)
		}
	}
	if p.Status == enteredInError {
		return
	}
	p.Date = or(p.Performed.Start, p.Performed.End)
	r.actor(&p.Author, either(performer, recorder))
	r.place(&p.Location, place)
	r.emit(record.Procedures, p)
}
