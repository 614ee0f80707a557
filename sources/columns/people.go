package columns

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func demographics() layout {
	return layout{
		fields: join(one(
			text("nhs_number", "NHS number, with or without spaces"),
			choice("nhs_number_status", "how far it was checked", string(record.NumberVerified), string(record.NumberUnverified)),
			text("former_nhs_number", "a superseded NHS number"),
			text("local_number", "a number by which the organisation knows the person, such as a hospital number, if it is not the subject"),
		), humanName(), one(
			text("known_as", "the name they go by"), text("former_family_name", "an earlier family name"),
			date("birth_date", "date of birth"), yesNo("deceased", "whether they have died"),
			date("deceased_date", "date of death; filled means deceased"),
			choice("gender", "administrative gender", "male", "female", "other", "unknown"),
			choice("sex", "the same as gender", "male", "female", "other", "unknown"),
		), address(), telecoms(), concept("ethnicity", "ethnic category"), concept("language", "language"),
			concept("marital_status", "marital status")),
		build: func(r *row) record.Entry { return r.person() },
	}
}

func (r *row) person() *record.Person {
	p := &record.Person{
		Base: r.base(""), NHSNumberStatus: r.numberStatus(), Name: r.humanName(),
		BirthDate: r.date("birth_date"), Deceased: r.yes("deceased") || r.has("deceased_date"),
		DeceasedDate: r.date("deceased_date"), Gender: r.choice("gender"), Telecoms: r.telecoms(),
		Ethnicity: r.concept("ethnicity"), Language: r.concept("language"), MaritalStatus: r.concept("marital_status"),
	}
	if p.Gender == "" {
		p.Gender = r.choice("sex")
	}
	// A number that breaks the rules, or a placeholder, is no number (domain: identity).
	p.NHSNumber, _ = record.ParseNHSNumber(r.text("nhs_number"))
	if p.NHSNumber == "" {
		p.NHSNumberStatus = record.NumberUnknown
	}
	if former, err := record.ParseNHSNumber(r.text("former_nhs_number")); err == nil {
		p.FormerNHSNumbers = []record.NHSNumber{former}
	}
	if local := r.text("local_number"); local != "" {
		p.Identifiers = []record.Identifier{{Value: local}}
	}
	if as := r.text("known_as"); as != "" {
		p.OtherNames = append(p.OtherNames, record.HumanName{Given: []string{as}, Use: "nickname"})
	}
	if old := r.text("former_family_name"); old != "" {
		p.OtherNames = append(p.OtherNames, record.HumanName{Given: p.Name.Given, Family: old, Use: "old"})
	}
	if a := r.address(); !a.IsZero() {
		p.Addresses = []record.Address{a}
	}
	return p
}

// numberStatus is the row's own word; without such a column it is what the
// engineer vouches for.
func (r *row) numberStatus() record.NumberStatus {
	status := record.NumberStatus(r.choice("nhs_number_status"))
	if _, own := r.slots["nhs_number_status"]; own {
		return status
	}
	if r.defaults.Verified {
		return record.NumberVerified
	}
	return record.NumberUnverified
}

// Matches reports whether p is one of the people q asks for. What p does not say
// does not speak against it, except for what the query must have. Names are compared
// without regard to how they are written.
func Matches(p *record.Person, q record.PersonQuery) bool {
	if q.Fuzzy {
		return slices.Contains(sources.SimilarDays(q.BirthDate), p.BirthDate.Day())
	}
	switch {
	case q.NHSNumber != "" && p.NHSNumber != q.NHSNumber && !holds(p.FormerNHSNumbers, q.NHSNumber),
		q.LocalID != "" && p.Subject != q.LocalID,
		q.Identifier != "" && !known(p, q.Identifier),
		q.FamilyName != "" && !sources.NameFits(p.Name.Family, q.FamilyName) && !formerly(p, q.FamilyName),
		q.BirthDate != "" && p.BirthDate.Day() != q.BirthDate.Day() && (p.BirthDate != "" || keyed(q)),
		q.Gender != "" && p.Gender != "" && p.Gender != "unknown" && !strings.EqualFold(p.Gender, q.Gender):
		return false
	}
	if q.GivenName != "" && len(p.Name.Given) > 0 && !given(p, q.GivenName) {
		return false
	}
	if q.Postcode != "" && len(p.Addresses) > 0 && p.Addresses[0].Postcode != "" {
		return sources.SamePostcode(p.Addresses[0].Postcode, q.Postcode)
	}
	return true
}

// keyed reports whether the birth date is what the query searches by.
func keyed(q record.PersonQuery) bool {
	return q.NHSNumber == "" && q.LocalID == "" && q.Identifier == ""
}

func holds(list []record.NHSNumber, n record.NHSNumber) bool { return slices.Contains(list, n) }

// known reports whether the organisation knows the person by the number: it is the
// subject, or beside it.
func known(p *record.Person, number string) bool {
	is := func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), number) }
	return is(p.Subject) || slices.ContainsFunc(p.Identifiers, func(i record.Identifier) bool { return is(i.Value) })
}

func formerly(p *record.Person, family string) bool {
	for _, n := range p.OtherNames {
		if sources.NameFits(n.Family, family) {
			return true
		}
	}
	return false
}

func given(p *record.Person, asked string) bool {
	names := p.Name.Given
	for _, n := range p.OtherNames {
		if n.Use == "nickname" {
			names = append(names[:len(names):len(names)], n.Given...)
		}
	}
	return sources.GivenFits(names, asked)
}
