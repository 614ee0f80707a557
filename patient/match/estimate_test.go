package match_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// copied makes people, the first part of them with a second record, in which one family
// name in ten is another, one birth date in twenty has a wrong digit, and one in five has
// moved.
func copied(people, twice int) []match.Traits {
	dice := rand.New(rand.NewPCG(7, 7))
	letter := func() byte { return byte('a' + dice.IntN(26)) }
	var out []match.Traits
	for i := range people {
		p := record.Person{
			Name:      record.HumanName{Family: fmt.Sprintf("%cor%cell%c", letter(), letter(), letter()), Given: []string{fmt.Sprintf("%c%cbin", letter(), letter())}},
			BirthDate: record.Date(fmt.Sprintf("%d-%02d-%02d", 1930+dice.IntN(90), 1+dice.IntN(12), 1+dice.IntN(28))), Gender: []string{"male", "female"}[dice.IntN(2)],
		}
		live := func() {
			p.Addresses = []record.Address{{Lines: []string{fmt.Sprintf("%d %cill%cane Road", 1+dice.IntN(200), letter(), letter())}, Postcode: fmt.Sprintf("F%c%d %dT%c", 'A'+dice.IntN(20), 1+dice.IntN(9), dice.IntN(9), 'A'+dice.IntN(20))}}
		}
		live()
		out = append(out, match.TraitsOf(&p))
		if i >= twice {
			continue
		}
		if dice.IntN(10) == 0 {
			p.Name.Family = "Zzyxham"
		}
		if dice.IntN(20) == 0 {
			last := p.BirthDate[9]
			p.BirthDate = p.BirthDate[:9] + record.Date('0'+(last-'0'+1)%10)
		}
		if dice.IntN(5) == 0 {
			live()
		}
		out = append(out, match.TraitsOf(&p))
	}
	return out
}

// TestEstimate: what went into the data comes out of it, without being told who is who.
func TestEstimate(t *testing.T) {
	t.Parallel()
	people := copied(1600, 800)
	m, e, err := match.Estimate(people)
	if err != nil {
		t.Fatal(err)
	}
	if problems := m.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	near := func(what string, got, want, by float64) {
		t.Helper()
		if math.Abs(got-want) > by {
			t.Errorf("%s is estimated as %.4g, it is %.4g", what, got, want)
		}
	}
	near("matches", e.Matches, 800, 25)
	near("family name, exact, m", m.Fields["family name"]["exact"].M, .90, .03)
	near("birth date, equal, m", m.Fields["birth date"]["equal"].M, .95, .03)
	near("postcode, unit, m", m.Fields["postcode"]["unit"].M, .80, .03)
	near("sex, equal, u", m.Fields["sex"]["equal"].U, .5, .01)
	near("birth date, equal, u x 1000", 1000*m.Fields["birth date"]["equal"].U, 1000./(90*12*28), .03)
	if b, d := m.Fields["identifier"], match.Default().Fields["identifier"]; !reflect.DeepEqual(b, d) {
		t.Errorf("of what the data never shows it says %v", b)
	}
	for value, p := range m.Frequencies["family name"].Values {
		if p*float64(len(people)) < 9 {
			t.Errorf("%q, which few have, is in the file", value)
		}
	}
	again, _, err := match.Estimate(people)
	if err != nil || !reflect.DeepEqual(m.Fields, again.Fields) || m.Prior != again.Prior || !reflect.DeepEqual(m.Frequencies, again.Frequencies) {
		t.Error("estimated twice, it is not the same")
	}
	if _, _, err := match.Estimate(people[:199]); err == nil {
		t.Error("199 people are enough")
	}
}

// TestRareAgreesMore: two who are called the same are more likely one person if few are.
func TestRareAgreesMore(t *testing.T) {
	t.Parallel()
	score := func(name string) float64 {
		a, b := somebody(family(name)), somebody(family(name))
		return match.Default().Judge(&a, &b).Score
	}
	if smith, rare := score("Smith"), score("Zzyxham"); rare < smith+5 {
		t.Errorf("Smith %.1f, a name in no list %.1f", smith, rare)
	}
}

// TestCandidates: no single wrong field hides a pair, and each comes once.
func TestCandidates(t *testing.T) {
	t.Parallel()
	people := []match.Traits{
		somebody(), somebody(born("1956-12-03")), somebody(family("Oakhampton"), elsewhere), somebody(born("1971-11-30"), elsewhere),
		somebody(family("Margaret"), called("Whitcombe"), born("1956-08-01"), elsewhere), somebody(family("Oakhampton"), called("Peter"), born("1971-11-30")),
	}
	seen := map[[2]int]int{}
	match.Candidates(people, func(a, b int) { seen[[2]int{a, b}]++ })
	for b := 1; b < len(people); b++ {
		if seen[[2]int{0, b}] != 1 {
			t.Errorf("the first and %d are found %d times", b, seen[[2]int{0, b}])
		}
	}
	for pair, n := range seen {
		if n != 1 || pair[0] >= pair[1] {
			t.Errorf("%v is found %d times", pair, n)
		}
	}
}

// TestValidate: everything wrong with a model is said at once, and no name with it.
func TestValidate(t *testing.T) {
	t.Parallel()
	m := match.Default().With(math.NaN(), 20)
	m.Prior = 1
	delete(m.Fields["sex"], "equal")
	m.Fields["sex"]["both"] = match.Chance{M: 2, U: -1}
	m.Fields["shoes"] = nil
	delete(m.Fields, "birth date")
	m.Frequencies = map[string]match.Frequency{"sex": {}, "family name": {Other: 0, Values: map[string]float64{"secretname": 7}}, "shoes": {}}
	for _, want := range []string{
		"prior must be", "link must be a number of bits", `"birth date": nobody`, `there is no field "shoes"`, `sex has no level "both"`, "sex, both: m and u",
		`sex lacks the level "equal"`, `"sex" cannot have any`, `"shoes" cannot have any`, "family name: other must be", "family name: 1 values have",
	} {
		if !contains(m.Validate(), want) {
			t.Errorf("it does not say %q: %q", want, m.Validate())
		}
	}
	if contains(m.Validate(), "secretname") {
		t.Error("it says a name")
	}
}
