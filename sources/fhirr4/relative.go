package fhirr4

import "github.com/patchworkcare/patchwork/record"

// relative maps RelatedPerson. R4 §8.5; PRSB CIS: Personal contacts. One that the
// server marks as no longer active is left out.
func (r *reader) relative() {
	c := &record.PersonalContact{}
	retired := false
	for r.Next() {
		switch string(r.Name()) {
		case "active":
			retired = r.Peek() == 'f'
		case "relationship":
			c.Code = r.firstConcept()
		case "name":
			for i := range r.each() {
				if n := r.name(); i == 0 {
					c.Name = n
				}
			}
		case "telecom":
			c.Telecoms = r.telecoms()
		case "address":
			c.Address = r.firstAddress()
		case "period":
			c.Period = r.period()
		default:
			r.common(&c.Base)
		}
	}
	if retired {
		return
	}
	c.Date = c.Period.Start
	r.emit(record.PersonalContacts, c)
}

// patientContacts takes Patient.contact: people who matter, kept with the person.
func (r *reader) patientContacts() []*record.PersonalContact {
	var all []*record.PersonalContact
	for range r.each() {
		c := &record.PersonalContact{}
		if !r.Object() {
			continue
		}
		var at link
		for r.Next() {
			switch string(r.Name()) {
			case "relationship":
				c.Code = r.firstConcept()
			case "name":
				c.Name = r.name()
			case "telecom":
				c.Telecoms = r.telecoms()
			case "address":
				c.Address = r.address()
			case "period":
				c.Period = r.period()
			case "organization":
				at = r.link()
			}
		}
		if c.Name.Text() == "" {
			c.Name.Family = at.display
		}
		all = append(all, c)
	}
	return all
}
