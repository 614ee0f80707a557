package hl7v2

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// pid takes PID into what is held of a person: what the message does not say stays as it
// was, what it says is null goes. HL7 v2.5.1 §3.4.2.
func (s *source) pid(p *record.Person, pid er7.Segment, d *dates) {
	if f := pid.Field(3); !f.Absent() {
		s.numbers(p, f)
	}
	if f := pid.Field(5); !f.Absent() {
		s.names(p, f, pid.Field(9))
	}
	set(&p.BirthDate, pid.Field(7), func(f er7.Field) record.Date { return d.field(f).Day() })
	set(&p.Gender, pid.Field(8), func(f er7.Field) string { return gender(f.Component(1).Text()) })
	set(&p.Addresses, pid.Field(11), func(f er7.Field) []record.Address { return addresses(f, d) })
	if home, work := pid.Field(13), pid.Field(14); !home.Absent() || !work.Absent() {
		p.Telecoms = slices.Concat(telecoms(home, "home"), telecoms(work, "work"))
	}
	set(&p.Language, pid.Field(15), s.code)
	set(&p.MaritalStatus, pid.Field(16), func(f er7.Field) record.Concept { return s.inTable(f, "0002", maritalStates) })
	set(&p.Ethnicity, pid.Field(22), s.code)
	set(&p.DeceasedDate, pid.Field(29), d.field)
	set(&p.Deceased, pid.Field(30), func(f er7.Field) bool { return f.Text() == "Y" })
	p.Deceased = p.Deceased || p.DeceasedDate != "" || !pid.Field(29).Absent() && !pid.Field(29).Null()
}

// set takes a field: absent leaves what is held, null takes it away.
func set[T any](held *T, f er7.Field, read func(er7.Field) T) {
	switch {
	case f.Absent():
	case f.Null():
		var nothing T
		*held = nothing
	default:
		*held = read(f)
	}
}

// numbers takes PID-3.
func (s *source) numbers(p *record.Person, f er7.Field) {
	p.Identifiers, p.NHSNumber, p.NHSNumberStatus = nil, "", record.NumberUnknown
	local := s.localID(f)
	for r := range f.Repetitions() {
		value := strings.TrimSpace(r.Component(1).Text())
		switch {
		case value == "", value == local:
		case s.isNHSNumber(r):
			if n, err := record.ParseNHSNumber(value); err == nil && p.NHSNumber == "" {
				p.NHSNumber, p.NHSNumberStatus = n, record.NumberUnverified
				if s.config.TrustNHSNumbers == "verified" {
					p.NHSNumberStatus = record.NumberVerified
				}
			}
		default:
			p.Identifiers = append(p.Identifiers, record.Identifier{System: authorities(r)[0], Value: value})
		}
	}
}

// names takes PID-5, and the aliases of PID-9.
func (s *source) names(p *record.Person, names, aliases er7.Field) {
	p.Name, p.OtherNames = record.HumanName{}, nil
	best := -1
	for r := range names.Repetitions() {
		n, use := name(r)
		if n.IsZero() {
			continue
		}
		rank := nameRanks[use]
		if _, known := nameUses[use]; !known {
			rank = 1
		}
		if rank > best {
			if best >= 0 {
				p.OtherNames = append(p.OtherNames, p.Name)
			}
			p.Name, best = n, rank
			continue
		}
		p.OtherNames = append(p.OtherNames, n)
	}
	for r := range aliases.Repetitions() {
		if n, _ := name(r); !n.IsZero() {
			p.OtherNames = append(p.OtherNames, n)
		}
	}
}

// nameRanks are how well a name of a type serves as the name in use.
var nameRanks = map[string]int{"D": 4, "L": 3, "": 2, "U": 0}

// nameUses are the words for HL7 table 0200.
var nameUses = map[string]string{"L": "official", "D": "usual", "M": "maiden", "N": "nickname", "A": "", "B": "old", "": ""}

// name takes XPN. HL7 v2.5.1 §2.A.88.
func name(r er7.Repetition) (n record.HumanName, use string) {
	use = r.Component(7).Text()
	n = record.HumanName{Family: surname(r.Component(1)), Title: r.Component(5).Text(), Use: nameUses[use]}
	for _, at := range []int{2, 3} {
		if given := r.Component(at).Text(); given != "" {
			n.Given = append(n.Given, given)
		}
	}
	return n, use
}

// surname is the first part of a family name (data type FN); a component without parts is
// one.
func surname(c er7.Component) string {
	if own := c.Sub(1); own != "" {
		return own
	}
	return c.Text()
}

// actor takes XCN: a professional's id and name.
func actor(r er7.Repetition, role string) *record.Actor {
	words := []string{r.Component(6).Text(), r.Component(3).Text(), surname(r.Component(2))}
	a := &record.Actor{Name: strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " "), Role: role}
	if a.Name == "" {
		if a.Name = r.Component(1).Text(); a.Name == "" {
			return nil
		}
	}
	return a
}

func gender(code string) string {
	switch strings.ToUpper(strings.TrimSpace(code)) {
	case "M":
		return "male"
	case "F":
		return "female"
	case "O", "A", "I":
		return "other"
	case "U", "N", "":
		return "unknown"
	}
	return "unknown"
}

var maritalStates = map[string]string{"A": "Separated", "D": "Divorced", "M": "Married", "S": "Single", "W": "Widowed", "P": "Domestic partner", "U": "Unknown"}

// addresses takes XAD. HL7 v2.5.1 §2.A.84.
func addresses(f er7.Field, d *dates) (all []record.Address) {
	for r := range f.Repetitions() {
		var a record.Address
		street := r.Component(1)
		lines := []string{street.Sub(1)}
		if whole := street.Text(); lines[0] == "" {
			lines[0] = whole
		}
		for _, at := range []int{2, 3, 4} {
			lines = append(lines, r.Component(at).Text())
		}
		a.Lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		a.Postcode = r.Component(5).Text()
		a.Period = record.Period{Start: d.of(r.Component(13)), End: d.of(r.Component(14))}
		switch r.Component(7).Text() {
		case "H", "P", "L":
			a.Use = "home"
		case "C", "T":
			a.Use = "temp"
		case "B", "O":
			a.Use = "work"
		case "BA": // bad: not theirs
			continue
		}
		if len(a.Lines) > 0 || a.Postcode != "" {
			all = append(all, a)
		}
	}
	return all
}

// telecoms takes XTN. HL7 v2.5.1 §2.A.89.
func telecoms(f er7.Field, use string) (all []record.Telecom) {
	for r := range f.Repetitions() {
		t := record.Telecom{System: "phone", Value: r.Component(1).Text(), Use: use}
		switch r.Component(2).Text() {
		case "NET":
			t.System = "email"
		case "WPN":
			t.Use = "work"
		case "VHN", "PRN":
			t.Use = "home"
		}
		switch r.Component(3).Text() {
		case "CP":
			t.Use = "mobile"
		case "FX":
			t.System = "fax"
		case "Internet", "X.400":
			t.System = "email"
		}
		if mail := r.Component(4).Text(); mail != "" && (t.System == "email" || t.Value == "") {
			t.System, t.Value = "email", mail
		}
		if t.Value == "" {
			t.Value = r.Component(12).Text()
		}
		if parts := slices.DeleteFunc([]string{r.Component(5).Text(), r.Component(6).Text(), r.Component(7).Text()}, func(s string) bool { return s == "" }); t.Value == "" && len(parts) > 0 {
			t.Value = strings.Join(parts, " ")
		}
		if t.Value != "" {
			all = append(all, t)
		}
	}
	return all
}
