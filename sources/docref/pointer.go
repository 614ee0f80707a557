package docref

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// Link is a reference to another resource: by its address, by an identifier, in words.
type Link struct {
	Reference, Display string
	Identifier         record.Identifier
}

// Format is one format in which a document is kept.
type Format struct {
	ContentType, URL, Title string
	Size                    int
	// Inline: its content stands in the DocumentReference itself.
	Inline  bool
	Created record.Date
	// Kind is the format's code.
	Kind record.Coding
	// Mechanism is how it is to be fetched (NRL); "" if not stated.
	Mechanism string
}

// Pointer is one DocumentReference.
type Pointer struct {
	ID, Status  string
	Subject     Link
	Type        record.Concept
	Categories  []record.Concept
	Setting     record.Concept
	Date        record.Date
	Description string
	Authors     []Link
	Custodian   Link
	Labels      []record.Coding
	Formats     []Format
	Replaces    []string // references
	Period      record.Period
	contained   map[string]contained
}

// contained is a resource that stands within another: a person or organisation.
type contained struct {
	name        string
	identifiers []record.Identifier
}

func (r *reader) pointer() {
	p := Pointer{contained: map[string]contained{}}
	r.Members(func(name string) {
		switch name {
		case "id":
			p.ID = r.String()
		case "meta":
			r.Members(func(name string) {
				if name == "security" {
					r.labels(&p, r.Coding)
				}
			})
		case "status":
			p.Status = r.String()
		case "type":
			p.Type = r.Concept()
		case "category":
			r.Each(func() { p.Categories = append(p.Categories, r.Concept()) })
		case "subject":
			p.Subject = r.link()
		case "date":
			p.Date = r.Date()
		case "author":
			r.Each(func() { p.Authors = append(p.Authors, r.link()) })
		case "custodian":
			p.Custodian = r.link()
		case "description":
			p.Description = r.String()
		case "securityLabel":
			r.Each(func() { p.Labels = append(p.Labels, r.Concept().Codings...) })
		case "relatesTo":
			r.Each(func() { r.relates(&p) })
		case "content":
			r.Each(func() { p.Formats = append(p.Formats, r.format()) })
		case "context":
			r.context(&p)
		case "contained":
			r.Each(func() { r.inside(&p) })
		}
	})
	r.out.Pointers = append(r.out.Pointers, p)
}

func (r *reader) labels(p *Pointer, one func() record.Coding) {
	r.Each(func() {
		if c := one(); !c.IsZero() {
			p.Labels = append(p.Labels, c)
		}
	})
}

func (r *reader) relates(p *Pointer) {
	code, target := "", Link{}
	r.Members(func(name string) {
		switch name {
		case "code":
			code = r.String()
		case "target":
			target = r.link()
		}
	})
	if code == "replaces" {
		p.Replaces = append(p.Replaces, target.Reference)
	}
}

func (r *reader) context(p *Pointer) {
	r.Members(func(name string) {
		switch name {
		case "practiceSetting":
			p.Setting = r.Concept()
		case "period":
			r.Members(func(name string) {
				switch name {
				case "start":
					p.Period.Start = r.Date()
				case "end":
					p.Period.End = r.Date()
				}
			})
		}
	})
}

func (r *reader) format() (f Format) {
	r.Members(func(name string) {
		switch name {
		case "attachment":
			r.attachment(&f)
		case "format":
			f.Kind = r.Coding()
		case "extension":
			r.Each(func() {
				if !strings.HasSuffix(string(r.Find("url")), "RetrievalMechanism") {
					r.Skip()
					return
				}
				r.Members(func(name string) {
					if name == "valueCodeableConcept" {
						for _, c := range r.Concept().Codings {
							f.Mechanism = c.Code
						}
					}
				})
			})
		}
	})
	return f
}

func (r *reader) attachment(f *Format) {
	r.Members(func(name string) {
		switch name {
		case "contentType":
			f.ContentType = r.String()
		case "url":
			f.URL = r.String()
		case "title":
			f.Title = r.String()
		case "size":
			f.Size = r.number()
		case "creation":
			f.Created = r.Date()
		case "data":
			f.Inline = len(r.Raw()) > len(`""`)
		}
	})
}

// inside takes a contained resource, as far as people and organisations go.
func (r *reader) inside(p *Pointer) {
	id, c := "", contained{}
	r.Members(func(name string) {
		switch name {
		case "id":
			id = r.String()
		case "name":
			c.name = r.name()
		case "identifier":
			if r.Peek() == '[' {
				c.identifiers = r.Identifiers()
			} else {
				c.identifiers = []record.Identifier{r.Identifier()}
			}
		}
	})
	if id != "" {
		p.contained["#"+id] = c
	}
}

// Identifiers are those by which the pointer names whom it is about: its subject's own,
// and those of the patient it refers to where that one was sent along.
func (p *Pointer) Identifiers(a *Answer) []record.Identifier {
	var all []record.Identifier
	if p.Subject.Identifier.Value != "" {
		all = append(all, p.Subject.Identifier)
	}
	all = append(all, p.contained[p.Subject.Reference].identifiers...)
	return append(all, a.Patients[PatientOf(p.Subject.Reference)]...)
}

// PatientOf is "Patient/ID" of a reference, however it is written; "" if it is of
// nothing else than a patient.
func PatientOf(ref string) string {
	parts := strings.Split(ref, "/")
	for i := len(parts) - 2; i >= 0; i-- {
		if parts[i] == "Patient" && parts[i+1] != "" {
			return "Patient/" + parts[i+1]
		}
	}
	return ""
}

const odsSystem = "https://fhir.nhs.uk/Id/ods-organization-code"

// organisation is whom a link names.
func (p *Pointer) organisation(l Link) (o record.Organisation) {
	o.Name = l.Display
	c := p.contained[l.Reference]
	if o.Name == "" {
		o.Name = c.name
	}
	for _, id := range append(c.identifiers, l.Identifier) {
		if id.System == odsSystem {
			o.ODS = id.Value
		}
	}
	return o
}

// Document is the metadata as an entry, without whom it is about and without where it
// opens, which the connector knows.
func (p *Pointer) Document() *record.Document {
	d := &record.Document{Status: p.Status, Title: p.Description, Service: p.Setting, Custodian: p.organisation(p.Custodian)}
	d.Code, d.Labels, d.Recorded, d.Date = p.Type, p.Labels, p.Date, p.Date
	if len(p.Categories) > 0 {
		d.Category = p.Categories[0]
	}
	if d.Code.IsZero() {
		d.Code = d.Category
	}
	if d.Title == "" {
		d.Title = d.Code.Label()
	}
	d.Provenance.LocalID = "DocumentReference/" + p.ID
	d.Provenance.Organisation = d.Custodian
	for _, l := range p.Authors {
		o := p.organisation(l)
		switch {
		case o == (record.Organisation{}):
		case o.ODS != "":
			d.Author = &record.Actor{Organisation: o}
		default:
			d.Author = &record.Actor{Name: o.Name}
		}
		if d.Author != nil {
			break
		}
	}
	return d
}

// Use takes a format's own facts into the entry.
func (f *Format) Use(d *record.Document) {
	d.ContentType, d.Size = f.ContentType, f.Size
	if f.Created != "" {
		d.Date = f.Created
	}
	if f.Title != "" && d.Title == d.Code.Label() {
		d.Title = f.Title
	}
}
