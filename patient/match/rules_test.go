package match_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

func number(n record.NHSNumber, status record.NumberStatus) func(*record.Person) {
	return func(p *record.Person) { p.NHSNumber, p.NHSNumberStatus = n, status }
}

func called(given ...string) func(*record.Person) {
	return func(p *record.Person) { p.Name.Given = given }
}

func family(name string, others ...string) func(*record.Person) {
	return func(p *record.Person) {
		p.Name.Family = name
		for _, o := range others {
			p.OtherNames = append(p.OtherNames, record.HumanName{Family: o, Use: "maiden"})
		}
	}
}

func born(d record.Date) func(*record.Person) { return func(p *record.Person) { p.BirthDate = d } }

func sexed(s string) func(*record.Person) { return func(p *record.Person) { p.Gender = s } }

func identified(value string) func(*record.Person) {
	return func(p *record.Person) { p.Identifiers = []record.Identifier{{System: "urn:hospital", Value: value}} }
}

// elsewhere is a move: neither address nor telephone stays.
func elsewhere(p *record.Person) {
	p.Addresses = []record.Address{{Lines: []string{"3 Station Road", "Nether Farley"}, Postcode: "FA9 1AB"}}
	p.Telecoms = nil
}

// lives is an address, and no telephone.
func lives(line, postcode string, more ...string) func(*record.Person) {
	return func(p *record.Person) {
		p.Addresses = []record.Address{{Lines: append(append([]string{line}, more...), "Upper Farley", "Farshire"), Postcode: postcode}}
		p.Telecoms = nil
	}
}

func both(changes ...func(*record.Person)) []func(*record.Person) { return changes }

// TestFamilies: what may be done with two records, whatever their score. The person is
// Margaret Ann Whitcombe, born 1956-03-12, of 14 Mill Lane; a and b say what is different.
func TestFamilies(t *testing.T) {
	t.Parallel()
	const one, two, third record.NHSNumber = "9000000009", "9000000025", "9000000017"
	cases := []struct {
		name string
		a, b []func(*record.Person)
		want match.Class
		rule string // part of what is said, "" for nothing
	}{
		{"the same", nil, nil, match.Link, ""},
		{"in capitals, with another way to write the postcode", nil, both(family("WHITCOMBE"), func(p *record.Person) { p.Addresses[0].Postcode = "fa45tt" }), match.Link, ""},
		{"one given name only", nil, both(called("Margaret")), match.Link, ""},
		{"married, the maiden name known", both(family("Whitcombe")), both(family("Oakhampton", "Whitcombe")), match.Link, ""},
		{"married, the maiden name not known", nil, both(family("Oakhampton")), match.Ask, "family name"},
		{"double-barrelled", nil, both(family("Whitcombe-Oakhampton")), match.Link, ""},
		{"names exchanged", nil, both(called("Whitcombe"), family("Margaret")), match.Link, ""},
		{"names exchanged, with a slip", nil, both(called("Whitcombe"), family("Margret")), match.Ask, "exchanged"},
		{"a slip in the family name", nil, both(family("Whitcmobe")), match.Link, ""},
		{"an initial", nil, both(called("M")), match.Ask, "in part"},
		{"an initial, one verified number", both(number(one, record.NumberVerified)), both(number(one, record.NumberVerified), called("M")), match.Link, ""},
		{"no given name", nil, both(called()), match.Ask, "given name"},
		{"called Baby", nil, both(called("Baby")), match.Ask, "given name"},

		{"neighbours who are called the same and were born on one day", both(lives("14 Mill Lane", "FA1 2AB")), both(lives("9 Church Row", "FA1 2AB")), match.Ask, "beyond name"},
		{"twins of two sexes", nil, both(called("Robert"), sexed("male")), match.Never, "twins"},
		{"twins of one sex", nil, both(called("Dorothy")), match.Ask, "twins"},
		{"twins named alike", both(called("Ellie")), both(called("Elsie")), match.Ask, "twins"},
		{"twins with one middle name", both(called("Jane", "Rose")), both(called("Emma", "Rose")), match.Ask, "twins"},
		{"twins with the name that custom puts first", both(called("Muhammad", "Ali")), both(called("Muhammad", "Hassan")), match.Ask, "twins"},
		{"a twin under that name alone", both(called("Muhammad")), both(called("Muhammad", "Hassan")), match.Ask, "in part"},
		{"both under that name alone", both(called("Muhammad")), both(called("Muhammad")), match.Ask, "in part"},
		{"twins with one first name and other middle names", both(called("Mary", "Jane")), both(called("Mary", "Ellen")), match.Ask, "in part"},
		{"twins with verified numbers", both(number(one, record.NumberVerified)), both(number(two, record.NumberVerified), called("Dorothy")), match.Never, "two different"},

		{"father and son", both(called("John"), sexed("male")), both(called("John"), sexed("male"), born("1981-07-30")), match.Never, "father and son"},
		{"father and son of one birthday", both(called("John"), sexed("male")), both(called("John"), sexed("male"), born("1986-03-12")), match.Never, "father and son"},
		{"siblings", nil, both(called("Dorothy"), born("1958-09-02")), match.Never, "differ by more than a slip"},

		{"day and month exchanged", nil, both(born("1956-12-03")), match.Link, ""},
		{"day and month exchanged, and moved", nil, both(born("1956-12-03"), elsewhere), match.Ask, ""},
		{"one digit wrong", nil, both(born("1956-03-13")), match.Link, ""},
		{"one digit and the given name wrong", nil, both(born("1956-03-13"), called("Margret")), match.Ask, "slip"},
		{"another month", nil, both(born("1956-08-12")), match.Link, ""},
		{"another month by two digits", nil, both(born("1956-11-12")), match.Ask, "birth dates differ"},
		{"no birth date", nil, both(born("")), match.Ask, "not known"},
		{"a placeholder for both", both(born("1900-01-01")), both(born("1900-01-01")), match.Ask, "not known"},
		{"another placeholder", both(born("0001-01-01")), both(born("0001-01-01")), match.Ask, "not known"},
		{"the year only", nil, both(born("1956")), match.Ask, "not known"},

		{"the other sex", nil, both(sexed("male")), match.Ask, "sex"},
		{"sex not known", nil, both(sexed("unknown")), match.Link, ""},
		{"moved, nothing else known", nil, both(elsewhere), match.Ask, ""},
		{"a rare name, nothing else known", both(elsewhere), both(func(p *record.Person) { p.Addresses, p.Telecoms = nil, nil }), match.Ask, "Nothing agrees"},
		{"somebody of the same name in the same town", nil, both(lives("14 Station Road", "FA4 5XX")), match.Ask, "Nothing agrees"},
		{"in the same street", nil, both(lives("3 Mill Lane", "FA4 5XX")), match.Ask, "Nothing agrees"},
		{"in a street of the same name", nil, both(lives("14 Mill Lane", "YO1 1AA")), match.Ask, "Nothing agrees"},
		{"the postcode not known", nil, both(lives("14 Mill Lane", "")), match.Link, ""},
		{"the first line is the house's name", both(lives("Rose Cottage", "", "14 Mill Lane")), both(lives("14 Mill Lane", "")), match.Link, ""},
		{"moved, one hospital number", both(identified("H123456")), both(identified("H123456"), elsewhere), match.Link, ""},
		{"a placeholder for a hospital number", both(identified("000000"), elsewhere), both(identified("000000"), func(p *record.Person) { p.Addresses, p.Telecoms = nil, nil }), match.Ask, "Nothing agrees"},
		{"a hospital number used again", both(identified("H123456")), both(identified("H123456"), elsewhere, called("Peter"), family("Oakhampton"), born("1971-11-30"), sexed("male")), match.Never, ""},

		{"two verified numbers", both(number(one, record.NumberVerified)), both(number(two, record.NumberVerified)), match.Never, "two different"},
		{"two numbers, one verified", both(number(one, record.NumberVerified)), both(number(two, record.NumberUnverified)), match.Ask, "numbers differ"},
		{"superseded", both(number(one, record.NumberVerified), func(p *record.Person) { p.FormerNHSNumbers = []record.NHSNumber{two} }), both(number(two, record.NumberVerified)), match.Link, ""},
		{"superseded by a third", both(number(one, record.NumberVerified), func(p *record.Person) { p.FormerNHSNumbers = []record.NHSNumber{third} }), both(number(two, record.NumberVerified)), match.Never, "two different"},
		{"placeholder numbers", both(number("9999999999", record.NumberVerified)), both(number("0000000000", record.NumberVerified)), match.Link, ""},
		{"one placeholder for two", both(number("9999999999", record.NumberVerified)), both(number("9999999999", record.NumberVerified), called("Peter"), family("Oakhampton"), born("1971-11-30"), elsewhere), match.Never, ""},
		{"a verified number of somebody else", both(number(one, record.NumberVerified)), both(number(one, record.NumberVerified), called("Peter"), family("Oakhampton"), born("1971-11-30"), sexed("male"), elsewhere), match.Never, ""},
		{"a verified number and another birth date", both(number(one, record.NumberVerified)), both(number(one, record.NumberVerified), born("1971-11-30")), match.Ask, "birth dates differ"},
		{"a verified number of a twin", both(number(one, record.NumberVerified)), both(number(one, record.NumberVerified), called("Dorothy")), match.Ask, "given name"},
		{"an unverified number of a twin", both(number(one, record.NumberVerified)), both(number(one, record.NumberUnverified), called("Dorothy")), match.Ask, "twins"},
	}
	for _, model := range []*match.Model{match.Default()} {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				a, b := somebody(c.a...), somebody(c.b...)
				j := model.Judge(&a, &b)
				if j.Class != c.want {
					t.Errorf("%s at %.1f bits, want %s: %q\n%+v", j.Class, j.Score, c.want, j.Rules, j.Agreements)
				}
				if c.rule == "" && len(j.Rules) > 0 && c.want == match.Link || c.rule != "" && !contains(j.Rules, c.rule) {
					t.Errorf("it says %q, want %q", j.Rules, c.rule)
				}
				for _, said := range j.Rules {
					for _, value := range []string{"Margaret", "Whitcombe", "1956", "9000"} {
						if strings.Contains(said, value) {
							t.Errorf("a rule has a value: %s", said)
						}
					}
				}
			})
		}
	}
}

func contains(all []string, part string) bool {
	return slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, part) })
}
