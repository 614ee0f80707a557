package columns

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

func demographics() layout {
	return layout{
		fields: join(one(
			text("nhs_number", "NHS number, with or without spaces"),
			choice("nhs_number_status", "how far it was checked", string(record.NumberVerified), string(record.NumberUnverified)),
			text("former_nhs_number", "a superseded NHS number"),
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
// does not speak against it, except for what the query must have.
func Matches(p *record.Person, q record.PersonQuery) bool {
	name := func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
	tight := func(s string) string { return strings.ToUpper(strings.ReplaceAll(s, " ", "")) }
	switch {
	case q.NHSNumber != "" && p.NHSNumber != q.NHSNumber && !holds(p.FormerNHSNumbers, q.NHSNumber),
		q.LocalID != "" && p.Subject != q.LocalID,
		q.FamilyName != "" && !name(p.Name.Family, q.FamilyName) && !formerly(p, q.FamilyName),
		q.BirthDate != "" && p.BirthDate.Day() != q.BirthDate.Day() && (p.BirthDate != "" || keyed(q)),
		q.Gender != "" && p.Gender != "" && p.Gender != "unknown" && !name(p.Gender, q.Gender):
		return false
	}
	if q.GivenName != "" && len(p.Name.Given) > 0 && !given(p, q.GivenName) {
		return false
	}
	if q.Postcode != "" && len(p.Addresses) > 0 && p.Addresses[0].Postcode != "" {
		return tight(p.Addresses[0].Postcode) == tight(q.Postcode)
	}
	return true
}

// keyed reports whether the birth date is what the query searches by.
func keyed(q record.PersonQuery) bool { return q.NHSNumber == "" && q.LocalID == "" }

func holds(list []record.NHSNumber, n record.NHSNumber) bool {
	for _, l := range list {
		if l == n {
			return true
		}
	}
	return false
}

func formerly(p *record.Person, family string) bool {
	for _, n := range p.OtherNames {
		if n.Family != "" && strings.EqualFold(n.Family, strings.TrimSpace(family)) {
			return true
		}
	}
	return false
}

func given(p *record.Person, asked string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(asked), " ")
	for _, g := range p.Name.Given {
		if strings.EqualFold(g, first) {
			return true
		}
	}
	for _, n := range p.OtherNames {
		if n.Use == "nickname" && strings.EqualFold(n.Given[0], first) {
			return true
		}
	}
	return false
}
