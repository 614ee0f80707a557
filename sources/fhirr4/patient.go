package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// numbering is how NHS numbers are told from other identifiers.
type numbering struct {
	system string
	// unstated is the status of a number that the server says nothing about.
	unstated record.NumberStatus
}

// patient maps Patient, which serves three sections: demographics, GP practice and
// the personal contacts kept with the person. R4 §8.1; PRSB CIS: Person demographics.
func (r *reader) patient() {
	p := &record.Person{}
	var contacts []*record.PersonalContact
	var gps []link
	var managing link
	for r.Next() {
		switch string(r.Name()) {
		case "id":
			id := r.Text()
			p.Provenance.LocalID = r.text.join("Patient", "/", id)
			p.Subject = p.Provenance.LocalID[len("Patient/"):]
			r.about = p.Subject
		case "identifier":
			r.identifiers(p)
		case "name":
			r.names(p)
		case "gender":
			p.Gender = r.string()
		case "birthDate":
			p.BirthDate = r.date()
		case "deceasedBoolean":
			p.Deceased = r.Bool()
		case "deceasedDateTime":
			p.Deceased, p.DeceasedDate = true, r.date()
		case "address":
			for range r.each() {
				p.Addresses = append(p.Addresses, r.address())
			}
		case "telecom":
			p.Telecoms = r.telecoms()
		case "maritalStatus":
			p.MaritalStatus = r.concept()
		case "communication":
			p.Language = r.language()
		case "extension":
			p.Ethnicity = r.ethnicity()
		case "contact":
			contacts = r.patientContacts()
		case "generalPractitioner":
			gps = r.links()
		case "managingOrganization":
			managing = r.link()
		default:
			r.common(&p.Base)
		}
	}
	r.organisation(&p.Provenance.Organisation, managing)
	r.emit(record.Demographics, p)
	for i, c := range contacts {
		c.Subject, c.Labels = p.Subject, p.Labels
		c.Provenance.LocalID = r.text.join(p.Provenance.LocalID, "#contact-", digit(i+1))
		c.Date = c.Period.Start
		r.emit(record.PersonalContacts, c)
	}
	if len(gps) > 0 {
		r.practice(p, gps)
	}
}

// identifiers takes the identifiers and tells NHS numbers among them, with how far
// each was checked.
func (r *reader) identifiers(p *record.Person) {
	for range r.each() {
		id, use, status := r.numbered()
		if id == (record.Identifier{}) {
			continue
		}
		p.Identifiers = append(p.Identifiers, id)
		if id.System != r.numbers.system {
			continue
		}
		n, err := record.ParseNHSNumber(id.Value)
		switch {
		case err != nil:
		case use == "old" || p.NHSNumber != "":
			p.FormerNHSNumbers = append(p.FormerNHSNumbers, n)
		default:
			p.NHSNumber, p.NHSNumberStatus = n, status
		}
	}
}

// numbered takes an Identifier with its NHSNumberVerificationStatus.
func (r *reader) numbered() (id record.Identifier, use string, status record.NumberStatus) {
	status = r.numbers.unstated
	if !r.Object() {
		return id, "", status
	}
	for r.Next() {
		switch string(r.Name()) {
		case "system":
			id.System = r.string()
		case "value":
			id.Value = r.string()
		case "use":
			use = r.string()
		case "extension":
			if c := r.extensionConcept("NHSNumberVerificationStatus"); !c.IsZero() {
				status = verification(c)
			}
		}
	}
	return id, use, status
}

// verification reads NHS NUMBER STATUS INDICATOR CODE: only 01 is verified.
func verification(c record.Concept) record.NumberStatus {
	for _, k := range c.Codings {
		if k.Code == "01" || k.Code == "number-present-and-verified" {
			return record.NumberVerified
		}
	}
	return record.NumberUnverified
}

// names takes the names: the one in use, and the others.
func (r *reader) names(p *record.Person) {
	best := -1
	for range r.each() {
		n := r.name()
		rank := map[string]int{"official": 4, "usual": 5, "": 3, "temp": 2, "nickname": 1, "anonymous": 1}[n.Use]
		if rank > best {
			if best >= 0 {
				p.OtherNames = append(p.OtherNames, p.Name)
			}
			p.Name, best = n, rank
			continue
		}
		p.OtherNames = append(p.OtherNames, n)
	}
}

// language takes the communications: the preferred one, else the first.
func (r *reader) language() (found record.Concept) {
	chosen := false
	for range r.each() {
		var c record.Concept
		preferred := false
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "language":
				c = r.concept()
			case "preferred":
				preferred = r.Bool()
			}
		}
		if found.IsZero() || (preferred && !chosen) {
			found, chosen = c, preferred
		}
	}
	return found
}

// ethnicity takes the extensions: UK Core EthnicCategory, or the US Core one, whose
// words are in an inner extension.
func (r *reader) ethnicity() (found record.Concept) {
	r.extensions(func(url string) {
		name := string(r.Name())
		switch {
		case strings.HasSuffix(url, "EthnicCategory") && name == "valueCodeableConcept":
			found = r.concept()
		case strings.HasSuffix(url, "us-core-ethnicity") && name == "extension":
			r.extensions(func(url string) {
				if url == "text" && string(r.Name()) == "valueString" && found.IsZero() {
					found.Text = r.string()
				}
			})
		}
	})
	return found
}
