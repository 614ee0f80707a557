package pds

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// patient is one Patient of the register.
type patient struct {
	person    record.Person
	practices []*record.Practice
	gaps      []sources.Gap
	// redacted: marked invalid, so that nothing of it may be used.
	redacted bool
}

// number is the register's own number of the patient.
func (p *patient) number() record.NHSNumber { return p.person.NHSNumber }

// patient takes the waiting Patient. R4 §8.1 as the register profiles it. What says who
// it is and whether they may be located must be there and be readable; of the rest, what
// cannot be read is left out and said to be missing.
func (r *reader) patient() (*patient, error) {
	var p patient
	var kind, id string
	var numbers []numbered
	var preferences preferences
	var notified string
	strict := 0
	r.Members(func(name string) {
		odd := r.Odd()
		switch name {
		case "resourceType":
			kind = r.String()
		case "id":
			id = r.String()
		case "meta":
			p.person.Labels = r.security()
		case "identifier":
			r.Each(func() { numbers = append(numbers, r.numbered()) })
		case "birthDate":
			p.person.BirthDate = r.Date()
		default:
			r.detail(name, &p, &preferences, &notified)
			return
		}
		strict += r.Odd() - odd
	})
	if r.Err() != nil {
		return nil, httpfault.NotJSON(nil)
	}
	number, err := record.ParseNHSNumber(id)
	switch {
	case kind != "Patient":
		return nil, httpfault.Malformed("not-fhir", "Its answer is not FHIR")
	case err != nil || string(number) != id:
		return nil, httpfault.Malformed("no-number", "Its answer carries no NHS number")
	case strict > 0:
		return nil, httpfault.Malformed("bad-value", "Its answer is not as the register's specification has it")
	}
	if err := p.classify(); err != nil {
		return nil, err
	}
	p.settle(number, numbers, preferences, notified)
	p.gaps = append(p.gaps, r.gaps()...)
	if record.Restricted(p.person.Labels) {
		p.hide()
	}
	return &p, nil
}

// detail takes the other members.
func (r *reader) detail(name string, p *patient, preferences *preferences, notified *string) {
	switch name {
	case "name":
		r.names(&p.person)
	case "gender":
		p.person.Gender = r.String()
	case "deceasedDateTime":
		p.person.Deceased = p.person.Deceased || r.Peek() == '"' // also if the date cannot be read
		p.person.DeceasedDate = r.Date()
	case "deceasedBoolean":
		p.person.Deceased = p.person.Deceased || r.Bool()
	case "address":
		p.person.Addresses = r.addresses()
	case "telecom":
		p.person.Telecoms = r.telecoms()
	case "generalPractitioner":
		p.practices = r.practices()
	case "extension":
		r.extensions(func(kind, member string) {
			switch {
			case kind == "NHSCommunication" && member == "extension":
				r.communication(&p.person, preferences)
			case kind == "ContactPreference" && member == "extension":
				r.preferences(preferences)
			case kind == "DeathNotificationStatus" && member == "extension":
				r.extensions(func(kind, member string) {
					if kind == "deathNotificationStatus" && member == "valueCodeableConcept" {
						*notified = first(r.Concept()).Code
					}
				})
			}
		})
	}
}

// security takes Patient.meta.
func (r *reader) security() (labels []record.Coding) {
	r.Members(func(name string) {
		if name == "security" {
			labels = r.Codings()
		}
	})
	return labels
}

// classify reads the confidentiality. The register states one for everybody; where it
// does not, or states one that is not known, nobody can say that the person may be
// located, so the answer is not used.
func (p *patient) classify() error {
	if len(p.person.Labels) == 0 {
		return httpfault.Malformed("no-confidentiality", "Its answer does not say whether the person may be located")
	}
	for _, l := range p.person.Labels {
		switch l.Code {
		case "U", "N", "L", "M", "R", "V":
		case "REDACTED":
			p.redacted = true
		default:
			return httpfault.Malformed("no-confidentiality", "Its answer does not say whether the person may be located")
		}
	}
	// Unrestricted is the absence of a restriction, not a label for policies.
	p.person.Labels = slices.DeleteFunc(p.person.Labels, func(l record.Coding) bool { return l.Code == "U" })
	return nil
}

// settle writes who the person is.
func (p *patient) settle(number record.NHSNumber, numbers []numbered, preferences preferences, notified string) {
	x := &p.person
	x.Subject, x.NHSNumber, x.NHSNumberStatus = string(number), number, record.NumberUnverified
	x.Provenance.LocalID = "Patient/" + x.Subject
	for _, n := range numbers {
		if n.System != record.NHSNumberSystem {
			x.Identifiers = append(x.Identifiers, n.Identifier)
			continue
		}
		if n.Value == string(number) && n.verified {
			x.NHSNumberStatus = record.NumberVerified
		}
	}
	// A notice of death that was taken back leaves no date; a notice without a date is one.
	x.Deceased = x.Deceased || notified == "1" || notified == "2"
	x.Note = preferences.String()
	for i, g := range p.practices {
		g.Subject, g.Labels = x.Subject, x.Labels
		g.Provenance.LocalID = x.Provenance.LocalID + "#practice-" + string(rune('1'+min(i, 8)))
	}
}

// hide takes out what would locate a restricted person. The register has done so; should
// it not have, we do.
func (p *patient) hide() {
	p.person.Addresses, p.person.Telecoms, p.person.Note = nil, nil, ""
	p.practices = nil
}

// gaps says what could not be read.
func (r *reader) gaps() (all []sources.Gap) {
	if r.BadDate {
		all = append(all, sources.Gap{Status: record.Partial, Code: "bad-date", Reason: "A date in its answer cannot be read and is left out"})
	}
	if r.Odd() > 0 {
		all = append(all, sources.Gap{Status: record.Partial, Code: "bad-value", Reason: "A value in its answer cannot be read and is left out"})
	}
	return all
}

// numbered is an Identifier with its verification.
type numbered struct {
	record.Identifier
	verified bool
}

// numbered takes an Identifier with its NHSNumberVerificationStatus: only 01 is verified.
func (r *reader) numbered() (n numbered) {
	r.Members(func(name string) {
		switch name {
		case "system":
			n.System = r.String()
		case "value":
			n.Value = r.String()
		case "extension":
			r.extensions(func(kind, member string) {
				if kind == "NHSNumberVerificationStatus" && member == "valueCodeableConcept" {
					n.verified = first(r.Concept()).Code == "01"
				}
			})
		}
	})
	return n
}

// first is a concept's first coding.
func first(c record.Concept) record.Coding {
	if len(c.Codings) == 0 {
		return record.Coding{}
	}
	return c.Codings[0]
}
