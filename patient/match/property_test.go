package match_test

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// anybody draws people out of few values, so that they agree often, and of any text.
func anybody() *rapid.Generator[record.Person] {
	names := rapid.OneOf(rapid.SampledFrom([]string{
		"", "Smith", "SMITH", "Smyth", "Smith-Jones", "Jones", "O'Neill", "oneill", "Müller", "Mueller", "van den Berg", "J", "John", "Jon", "Jack",
		"Muhammad", "Baby", "王", "伟", "\xff\xfe", "İ", "ß", "-", "' '",
	}), rapid.String())
	days := rapid.OneOf(rapid.SampledFrom([]record.Date{
		"", "1956", "1956-03", "1956-03-12", "1956-12-03", "1956-03-13", "1986-03-12", "1900-01-01", "0001-01-01", "2024-02-29", "1956-03-12T00:00:00Z", "1956-03-1x",
	}), rapid.Custom(func(t *rapid.T) record.Date { return record.Date(rapid.String().Draw(t, "day")) }))
	numbers := rapid.SampledFrom([]record.NHSNumber{"", "9000000009", "9000000025", "9000000017", "0000000000", "9999999999", "900 000 0009", "x"})
	return rapid.Custom(func(t *rapid.T) record.Person {
		p := record.Person{
			NHSNumber: numbers.Draw(t, "number"), BirthDate: days.Draw(t, "born"),
			NHSNumberStatus:  rapid.SampledFrom([]record.NumberStatus{record.NumberVerified, record.NumberUnverified, record.NumberUnknown}).Draw(t, "status"),
			FormerNHSNumbers: rapid.SliceOfN(numbers, 0, 2).Draw(t, "formers"),
			Name:             record.HumanName{Family: names.Draw(t, "family"), Given: rapid.SliceOfN(names, 0, 3).Draw(t, "given")},
			Gender:           rapid.SampledFrom([]string{"", "male", "female", "other", "F"}).Draw(t, "gender"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "others") {
			p.OtherNames = append(p.OtherNames, record.HumanName{Family: names.Draw(t, "other family"), Given: []string{names.Draw(t, "other given")}})
		}
		for range rapid.IntRange(0, 3).Draw(t, "addresses") {
			p.Addresses = append(p.Addresses, record.Address{
				Lines:    rapid.SliceOfN(rapid.SampledFrom([]string{"14 Mill Lane", "Mill Lane", "14 Mil Lane", "Flat 2, 14 Mill Lane", "Farley", "Upper Farley", "", "\x00", "4"}), 0, 4).Draw(t, "lines"),
				Postcode: rapid.SampledFrom([]string{"", "FA4 5TT", "fa45tt", "FA4 5TX", "FA4 6AA", "FB1 1AA", "2148", "2184", "ZZ99 3VZ", "é"}).Draw(t, "postcode"),
			})
		}
		for range rapid.IntRange(0, 3).Draw(t, "telecoms") {
			p.Telecoms = append(p.Telecoms, record.Telecom{System: "phone", Value: rapid.SampledFrom([]string{"01632 960123", "+44 1632 960123", "01632 960132", "a@b.example", "a@c.example", "@", ""}).Draw(t, "telecom")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "identifiers") {
			p.Identifiers = append(p.Identifiers, record.Identifier{System: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "system"), Value: rapid.SampledFrom([]string{"H123456", "H123465", "000", ""}).Draw(t, "value")})
		}
		return p
	})
}

// TestJudgeIsSymmetric: who is asked about first makes no difference; reading somebody
// twice gives the same; and what is judged cannot be more than its parts allow.
func TestJudgeIsSymmetric(t *testing.T) {
	t.Parallel()
	m := match.Default()
	rapid.Check(t, func(t *rapid.T) {
		p, q := anybody().Draw(t, "one"), anybody().Draw(t, "other")
		a, b := match.TraitsOf(&p), match.TraitsOf(&q)
		if again := match.TraitsOf(&p); !reflect.DeepEqual(a, again) {
			t.Fatal("read twice, it is not the same")
		}
		x, y := m.Judge(&a, &b), m.Judge(&b, &a)
		if !reflect.DeepEqual(x, y) {
			t.Fatalf("%+v\n%+v", x, y)
		}
		if math.IsNaN(x.Score) || math.IsInf(x.Score, 0) {
			t.Fatalf("a score of %v", x.Score)
		}
		held(t, m, &x)
	})
}

// held checks what every judgement promises.
func held(t *rapid.T, m *match.Model, j *match.Judgement) {
	sum := math.Log2(m.Prior / (1 - m.Prior))
	levels := map[string]string{}
	for _, a := range j.Agreements {
		sum += a.Weight
		levels[a.Field] = a.Level
	}
	if math.Abs(sum-j.Score) > 1e-9 {
		t.Fatalf("the agreements come to %v, the score is %v", sum, j.Score)
	}
	switch {
	case j.Class == match.Link && (j.Score < m.Link || len(j.Rules) > 0):
		t.Fatalf("linked at %v with %q", j.Score, j.Rules)
	case j.Class == match.Ask && j.Score < m.Ask:
		t.Fatalf("asked at %v", j.Score)
	case j.Score >= m.Link && j.Class != match.Link && len(j.Rules) == 0:
		t.Fatal("held back without a word")
	}
	if j.Class != match.Link {
		return
	}
	switch levels["birth date"] {
	case "equal", "exchanged", "digit", "parts":
	default:
		t.Fatalf("linked with a birth date that is %q", levels["birth date"])
	}
	for _, field := range []string{"family name", "given name"} {
		if l := levels[field]; l == "" || l == "different" && levels["NHS number"] != "verified" && levels["NHS number"] != "superseded" {
			t.Fatalf("linked with a %s that is %q", field, l)
		}
	}
	if levels["sex"] == "different" || levels["NHS number"] == "different" {
		t.Fatal("linked against sex or number")
	}
}

// TestSimilarityIsSymmetric: and between 0 and 1, 1 for the same name written otherwise.
func TestSimilarityIsSymmetric(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		s := match.Similarity(a, b)
		if s != match.Similarity(b, a) || !(s >= 0 && s <= 1) {
			t.Fatalf("%v and %v", s, match.Similarity(b, a))
		}
	})
	for _, same := range [][2]string{{"O'Neill", "ONEILL"}, {"Müller", "muller"}, {"Smith-Jones", "Smith Jones"}, {"Mary-Ann", "Maryann"}, {"Łódź", "lodz"}, {"van den Berg", "Vandenberg"}} {
		if match.Similarity(same[0], same[1]) != 1 {
			t.Errorf("%q and %q are not the same", same[0], same[1])
		}
	}
	if match.Similarity("", "") != 0 || match.Similarity("Smith", "Patel") > .6 || match.Similarity("Smith", "Smyth") < .85 {
		t.Error("similarity of nothing, of strangers, of neighbours")
	}
}

// FuzzJudge: no bytes make it panic, and the answer is the same in both directions.
func FuzzJudge(f *testing.F) {
	f.Add("Whitcombe", "Margaret", "1956-03-12", "14 Mill Lane", "FA4 5TT", "01632 960123", "9000000009")
	f.Add("\xff", "\x00", "0000-00-00", "\xe2\x80", "٣", "@@", "٩٩٩٩٩٩٩٩٩٩")
	f.Add("ǅ-ﬁ", "İ", "1956-03-12T", "1", "A", "+", "-")
	m := match.Default()
	f.Fuzz(func(t *testing.T, family, given, birth, line, postcode, telecom, number string) {
		p := record.Person{
			NHSNumber: record.NHSNumber(number), NHSNumberStatus: record.NumberVerified, BirthDate: record.Date(birth),
			Name:       record.HumanName{Family: family, Given: []string{given, family}},
			OtherNames: []record.HumanName{{Family: given, Given: []string{family}}},
			Addresses:  []record.Address{{Lines: []string{line, postcode, given}, Postcode: postcode}},
			Telecoms:   []record.Telecom{{Value: telecom}}, Identifiers: []record.Identifier{{System: line, Value: number}},
		}
		q := record.Person{Name: record.HumanName{Family: given, Given: []string{family}}, BirthDate: record.Date(birth), Addresses: []record.Address{{Lines: []string{postcode, line}, Postcode: line}}}
		s := somebody()
		a, b := match.TraitsOf(&p), match.TraitsOf(&q)
		for _, other := range []*match.Traits{&a, &b, &s} {
			if x, y := m.Judge(&a, other), m.Judge(other, &a); !reflect.DeepEqual(x, y) {
				t.Fatalf("%+v\n%+v", x, y)
			}
		}
		match.Keys(&a)
		match.Similarity(family, given)
	})
}
