package match_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// BenchmarkJudge: two records of one person, of two strangers, and with a typing error.
func BenchmarkJudge(b *testing.B) {
	stranger := match.TraitsOf(&record.Person{
		Name: record.HumanName{Given: []string{"Peter"}, Family: "Oakhampton"}, BirthDate: "1971-11-30", Gender: "male",
		Addresses: []record.Address{{Lines: []string{"3 Station Road", "Nether Farley"}, Postcode: "FA9 1AB"}},
		Telecoms:  []record.Telecom{{System: "phone", Value: "01632 960456"}},
	})
	one := somebody()
	typed := somebody(func(p *record.Person) {
		p.Name.Family, p.Addresses[0].Lines[0] = "Witcombe", "14 Mil Lane"
	})
	m := match.Default()
	for name, other := range map[string]*match.Traits{"one": &one, "stranger": &stranger, "typed": &typed} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Judge(&one, other)
			}
		})
	}
}

// BenchmarkTraitsOf: what a person costs once.
func BenchmarkTraitsOf(b *testing.B) {
	p := record.Person{
		Name: record.HumanName{Given: []string{"Siân", "Mary-Ann"}, Family: "O’Neill-Smythe"}, BirthDate: "1956-03-12", Gender: "female",
		Addresses: []record.Address{{Lines: []string{"14 Mill Lane", "Upper Farley"}, Postcode: "FA4 5TT"}},
	}
	b.ReportAllocs()
	for b.Loop() {
		match.TraitsOf(&p)
	}
}
