package fhirr4

import "github.com/patchworkcare/patchwork/record"

// member is one participant of a CareTeam.
type member struct {
	role   record.Concept
	who    link
	at     link
	period record.Period
}

// team maps CareTeam: a row for each professional in it, or one for the team itself
// where none is named. R4 §9.9; PRSB CIS: Professional contacts. The GP is the
// section gp-practice and not repeated.
func (r *reader) team() {
	var base record.Base
	var name, status string
	var period record.Period
	var category record.Concept
	var managing link
	var phones []record.Telecom
	var members []member
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			status = r.string()
		case "name":
			name = r.string()
		case "category":
			category = r.firstConcept()
		case "period":
			period = r.period()
		case "participant":
			members = r.members()
		case "managingOrganization":
			managing = r.firstLink()
		case "telecom":
			phones = r.telecoms()
		default:
			r.common(&base)
		}
	}
	if status == enteredInError {
		return
	}
	professionals := 0
	for i, m := range members {
		switch kindOf(m.who.to) {
		case "Patient", "RelatedPerson":
			continue // in demographics and personal contacts
		}
		professionals++
		p := &record.ProfessionalContact{Base: base, Team: name, Period: m.period, Telecoms: phones}
		if i > 0 { // the statement is the participation; the first keeps the team's own id
			p.Provenance.LocalID = r.text.join(base.Provenance.LocalID, "#", digit(i))
		}
		r.member(p, m, managing, period)
	}
	if professionals == 0 {
		p := &record.ProfessionalContact{Base: base, Name: name, Team: name, Telecoms: phones}
		p.Code = category
		r.member(p, member{}, managing, period)
	}
}

func (r *reader) member(p *record.ProfessionalContact, m member, managing link, period record.Period) {
	if !m.role.IsZero() {
		p.Code = m.role
	}
	if p.Period == (record.Period{}) {
		p.Period = period
	}
	p.Date = p.Period.Start
	at := either(m.at, managing)
	r.organisation(&p.Organisation, at)
	r.organisation(&p.Provenance.Organisation, managing)
	if p.Name == "" {
		p.Name = m.who.display
	}
	r.later = append(r.later, func() { r.known[m.who.reference].introduce(r, p) })
	r.emit(record.ProfessionalContacts, p)
}

// introduce completes a contact by the resource that was sent along.
func (in *included) introduce(r *reader, p *record.ProfessionalContact) {
	if in == nil {
		return
	}
	var a record.Actor
	r.describe(&a, in)
	if p.Name == "" {
		p.Name = a.Name
	}
	if p.Code.IsZero() {
		p.Code.Text = a.Role
	}
	if p.Organisation == (record.Organisation{}) {
		p.Organisation = a.Organisation
	}
	if len(in.phones) > 0 {
		p.Telecoms = in.phones
	}
}

func (r *reader) members() []member {
	var all []member
	for range r.each() {
		var m member
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "role":
				m.role = r.firstConcept()
			case "member":
				m.who = r.link()
			case "onBehalfOf":
				m.at = r.link()
			case "period":
				m.period = r.period()
			}
		}
		all = append(all, m)
	}
	return all
}

// digit writes a small number.
func digit(i int) []byte {
	if i < 10 {
		return []byte{byte('0' + i)}
	}
	return append(digit(i/10), byte('0'+i%10))
}
