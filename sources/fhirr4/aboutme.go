package fhirr4

import "github.com/patchworkcare/patchwork/record"

// aboutMe maps a Composition of type "About Me". R4 §2.43; PRSB: About Me. A Composition is
// the simplest shape that the standard has for it: one document with its author, its date
// and its headings, which neither a pointer (DocumentReference) nor single findings
// (Observation) keep together. Compositions of other types are not About Me and are left.
func (r *reader) aboutMe() {
	a := &record.AboutMe{}
	var author, custodian link
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			a.Status = r.string()
		case "type":
			a.Code = r.concept()
		case "title":
			a.Title = r.string()
		case "date":
			a.Recorded = r.date()
		case "author":
			author = r.firstLink()
		case "custodian":
			custodian = r.link()
		case "section":
			r.chapters(a, 0)
		default:
			r.common(&a.Base)
		}
	}
	if a.Status == enteredInError || !a.Code.Has(snomed, record.AboutMeType) {
		return
	}
	a.Date = a.Recorded
	// Where the person wrote it themselves, the author is not a professional.
	if kind := kindOf(author.to); kind != "Patient" && kind != "RelatedPerson" {
		r.actor(&a.Author, author)
	}
	r.organisation(&a.Provenance.Organisation, custodian)
	r.emit(record.AboutThePerson, a)
}

// maxChapters is how deep sections may nest.
const maxChapters = 8

// chapters takes Composition.section, with the sections inside each after it.
func (r *reader) chapters(a *record.AboutMe, depth int) {
	for range r.each() {
		var item record.AboutMeItem
		var title string
		elsewhere, written := false, false
		at := len(a.Items)
		a.Items = append(a.Items, item)
		if !r.Object() {
			a.Items = a.Items[:at]
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "title":
				title = r.string()
			case "code":
				item.Topic = r.concept()
			case "text":
				item.Text = r.narrative()
				written = written || item.Text != ""
			case "entry":
				elsewhere = len(r.links()) > 0
			case "section":
				if depth < maxChapters {
					r.chapters(a, depth+1)
					written = true // its own text is in its parts
				} else {
					r.flaws |= missingPart
				}
			}
		}
		if title != "" {
			item.Topic.Text = title
		}
		if elsewhere && !written {
			r.flaws |= missingPart
		}
		a.Items[at] = item
	}
}

// narrative takes a Narrative and returns its words.
func (r *reader) narrative() (text string) {
	if !r.Object() {
		return ""
	}
	for r.Next() {
		if string(r.Name()) == "div" {
			text = plain(string(r.Text()))
		}
	}
	return text
}
