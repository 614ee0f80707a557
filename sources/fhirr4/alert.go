package fhirr4

import "github.com/patchworkcare/patchwork/record"

// alert maps Flag. R4 §9.10; PRSB CIS: Alerts. One that is coded as a decision about the
// end of life stands under that heading too, for those who look for decisions; it stays an
// alert, because the source warns everybody of it.
func (r *reader) alert() {
	a := &record.Alert{}
	var author link
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			a.Status = r.string()
		case "category":
			a.Category = r.firstConcept()
		case "code":
			a.Code = r.concept()
		case "period":
			a.Period = r.period()
		case "author":
			author = r.link()
		default:
			r.common(&a.Base)
		}
	}
	if a.Status == enteredInError {
		return
	}
	a.Date = a.Period.Start
	r.actor(&a.Author, author)
	r.emit(record.Alerts, a)
	r.decided(a, author)
}
