package fhirr4

import "github.com/patchworkcare/patchwork/record"

// consent maps Consent. R4 §6.2; PRSB CIS: Consent for information sharing. One about
// treatment in advance stands under that heading instead (endoflife.go), so that policy
// decides it as what it is.
func (r *reader) consent() {
	c := &record.Consent{}
	var performer, organisation link
	d := directive{}
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			c.Status = r.string()
		case "scope":
			c.Scope = r.concept()
		case "category":
			c.Code = r.category(&d)
		case "dateTime":
			c.Date = r.date()
		case "performer":
			performer = r.firstLink()
		case "organization":
			organisation = r.firstLink()
		case "provision":
			r.provision(c, &d)
		case "sourceAttachment":
			d.original = r.attachmentTitle()
		case "sourceReference":
			d.original = r.link().display
		default:
			r.common(&c.Base)
		}
	}
	if c.Status == enteredInError {
		return
	}
	c.Recorded = c.Date
	c.Date = or(c.Date, c.Period.Start)
	// The performer agreed; where it is the person, the author is not a professional.
	if kind := kindOf(performer.to); kind != "Patient" && kind != "RelatedPerson" {
		r.actor(&c.Author, performer)
	}
	r.organisation(&c.Provenance.Organisation, organisation)
	if d.known || c.Scope.Has(consentScope, "adr") {
		r.consented(c, d)
		return
	}
	r.emit(record.Consents, c)
}

// provision takes the base rule: permit or deny, and for how long.
func (r *reader) provision(c *record.Consent, d *directive) {
	if !r.Object() {
		return
	}
	for r.Next() {
		switch string(r.Name()) {
		case "type":
			c.Decision = r.string()
		case "period":
			c.Period = r.period()
		case "code":
			d.about = append(d.about, r.concepts()...)
		}
	}
}
