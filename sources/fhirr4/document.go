package fhirr4

import "github.com/patchworkcare/patchwork/record"

// document maps DocumentReference: its metadata only, the document stays where it
// is. R4 §2.42; PRSB CIS: Documents.
func (r *reader) document() {
	d := r.slabs.documents.new()
	var author, custodian link
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			d.Status = r.string()
		case "type":
			d.Code = r.concept()
		case "category":
			d.Category = r.firstConcept()
		case "date":
			d.Recorded = r.date()
		case "author":
			author = r.firstLink()
		case "custodian":
			custodian = r.link()
		case "description":
			if s := r.string(); d.Title == "" {
				d.Title = s
			}
		case "content":
			r.content(d)
		case "context":
			r.context(d)
		default:
			r.common(&d.Base)
		}
	}
	if d.Status == enteredInError {
		return
	}
	d.Date = or(d.Date, d.Recorded)
	if d.Title == "" {
		d.Title = d.Code.Label()
	}
	r.actor(&d.Author, author)
	r.organisation(&d.Custodian, custodian)
	r.organisation(&d.Provenance.Organisation, custodian)
	r.emit(record.Documents, d)
}

// content takes the first attachment.
func (r *reader) content(d *record.Document) {
	for i := range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			if string(r.Name()) == "attachment" && i == 0 {
				r.attachment(d)
			}
		}
	}
}

func (r *reader) attachment(d *record.Document) {
	if !r.Object() {
		return
	}
	for r.Next() {
		switch string(r.Name()) {
		case "contentType":
			d.ContentType = r.string()
		case "url":
			d.Reference = r.string()
		case "size":
			d.Size = number(r.Number())
		case "title":
			if s := r.string(); s != "" {
				d.Title = s
			}
		case "creation":
			d.Date = r.date()
		}
	}
}

// context takes the care setting as the service.
func (r *reader) context(d *record.Document) {
	if !r.Object() {
		return
	}
	for r.Next() {
		if string(r.Name()) == "practiceSetting" {
			d.Service = r.concept()
		}
	}
}

// number reads a small whole number; 0 if it is none.
func number(b []byte) int {
	n := 0
	for _, c := range b {
		if c-'0' > 9 || n > 1<<40 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
