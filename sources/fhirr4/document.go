package fhirr4

import "github.com/patchworkcare/patchwork/record"

// document maps DocumentReference: its metadata, and where the document itself can be
// opened, which stays where it is. R4 §2.42; PRSB CIS: Documents.
func (r *reader) document() {
	d := r.slabs.documents.new()
	var author, custodian link
	var formats []attachment
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
			d.Title = r.string()
		case "content":
			formats = r.content()
		case "context":
			r.context(d)
		default:
			r.common(&d.Base)
		}
	}
	if d.Status == enteredInError {
		return
	}
	r.attach(d, formats)
	d.Date = or(d.Date, d.Recorded)
	if d.Title == "" {
		d.Title = d.Code.Label()
	}
	r.actor(&d.Author, author)
	r.organisation(&d.Custodian, custodian)
	r.organisation(&d.Provenance.Organisation, custodian)
	r.emit(record.Documents, d)
}

// attachment is one format in which a document is kept.
type attachment struct {
	contentType, url, title string
	created                 record.Date
	size                    int
	inline                  bool
}

// content takes the formats in which the document is kept.
func (r *reader) content() (formats []attachment) {
	for range r.each() {
		if !r.Object() {
			continue
		}
		a := attachment{}
		for r.Next() {
			if string(r.Name()) == "attachment" {
				a = r.attachment()
			}
		}
		formats = append(formats, a)
	}
	return formats
}

func (r *reader) attachment() (a attachment) {
	if !r.Object() {
		return a
	}
	for r.Next() {
		switch string(r.Name()) {
		case "contentType":
			a.contentType = r.string()
		case "url":
			a.url = r.string()
		case "data": // read again when it is opened: a page of letters is not kept in memory
			a.inline = len(r.Raw()) > len(`""`)
		case "size":
			a.size = number(r.Number())
		case "title":
			a.title = r.string()
		case "creation":
			a.created = r.date()
		}
	}
	return a
}

// attach takes the format that shows best: of those that can be opened, if any can.
func (r *reader) attach(d *record.Document, formats []attachment) {
	best, rank := -1, 0
	for i, a := range formats {
		n := record.DocumentKindOf(a.contentType).Preference()
		if r.opening(d, i, a) == "" {
			n += 100
		}
		if best < 0 || n < rank {
			best, rank = i, n
		}
	}
	if best < 0 {
		return
	}
	a := formats[best]
	d.ContentType, d.Size, d.Date = a.contentType, a.size, a.created
	if a.title != "" {
		d.Title = a.title
	}
	d.Reference = r.opening(d, best, a)
	if d.Reference == "" && a.url != "" {
		d.Content.Reason = "It is kept somewhere else, which is not asked"
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
