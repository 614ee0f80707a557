package match

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// Traits is what is compared of one person, normalised once. The zero Traits is of
// somebody of whom nothing is known. It is not changed after TraitsOf and may be shared.
type Traits struct {
	family surname
	// formers are maiden, former and alternative family names.
	formers []surname
	// givens are the given names, the one that people are called by first; given is all of
	// them in one word, so that "Mary Ann" is "Maryann".
	givens []string
	given  string
	birth  day
	// sex is 'm', 'f' or 0 for whatever cannot contradict.
	sex         byte
	addresses   []address
	phones      []string
	emails      []string
	number      string
	verified    bool
	superseded  []string
	identifiers []record.Identifier
}

// surname is a family name: whole is all in one word, parts are those that stand for a
// family by themselves, in a double-barrelled name.
type surname struct {
	whole string
	parts []string
}

// TraitsOf reads a person. Placeholders (numbers such as 0000000000, birth dates such as
// 1900-01-01, given names such as "Baby") are taken for not known.
func TraitsOf(p *record.Person) Traits {
	t := Traits{birth: dayOf(p.BirthDate), sex: sexOf(p.Gender)}
	t.family = surnameOf(p.Name.Family)
	t.givens, t.given = givenOf(p.Name.Given)
	for i := range p.OtherNames {
		if f := surnameOf(p.OtherNames[i].Family); f.whole != "" && f.whole != t.family.whole && len(t.formers) < maxValues {
			t.formers = append(t.formers, f)
		}
		if t.given == "" {
			t.givens, t.given = givenOf(p.OtherNames[i].Given)
		}
	}
	for i := range p.Addresses {
		if a := addressOf(&p.Addresses[i]); !a.isZero() && len(t.addresses) < maxValues {
			t.addresses = append(t.addresses, a)
		}
	}
	t.telecoms(p.Telecoms)
	t.numbers(p)
	return t
}

// numbers reads NHS numbers and other identifiers.
func (t *Traits) numbers(p *record.Person) {
	if n, err := record.ParseNHSNumber(string(p.NHSNumber)); err == nil {
		t.number, t.verified = string(n), p.NHSNumberStatus == record.NumberVerified
	}
	for _, f := range p.FormerNHSNumbers {
		if n, err := record.ParseNHSNumber(string(f)); err == nil && string(n) != t.number && len(t.superseded) < maxValues {
			t.superseded = append(t.superseded, string(n))
		}
	}
	for _, id := range p.Identifiers {
		id.Value = joined(id.Value)
		if id.System == "" || id.System == record.NHSNumberSystem || placeholder(id.Value) || len(t.identifiers) == maxValues {
			continue
		}
		t.identifiers = append(t.identifiers, id)
	}
}

// placeholder reports whether a number stands for none: short, or of one character only.
func placeholder(s string) bool {
	return len(s) < 3 || strings.Count(s, s[:1]) == len(s)
}

func sexOf(gender string) byte {
	switch strings.ToLower(gender) {
	case "male", "m":
		return 'm'
	case "female", "f":
		return 'f'
	}
	return 0
}

// particles are words of family names that many families share.
var particles = []string{"van", "von", "der", "den", "del", "della", "dos", "das", "bin", "ibn", "bint", "mac", "abu", "san", "ter", "ten"}

func surnameOf(s string) surname {
	parts := words(s, false)
	n := surname{whole: strings.Join(parts, "")}
	if nobody[n.whole] {
		return surname{}
	}
	for _, part := range parts {
		if len(part) > 2 && !slices.Contains(particles, part) && len(n.parts) < maxValues {
			n.parts = append(n.parts, part)
		}
	}
	return n
}

// nobody are words that stand where a name is not known, or not given yet.
var nobody = map[string]bool{
	"unknown": true, "notknown": true, "none": true, "unnamed": true, "anonymous": true, "nil": true, "na": true, "test": true,
	"baby": true, "babyboy": true, "babygirl": true, "infant": true, "newborn": true, "twin": true, "triplet": true, "boy": true,
	"girl": true, "male": true, "female": true, "xx": true, "xxx": true, "of": true,
}

// before are given names that by custom stand before the one somebody is called by, so
// that brothers share them.
var before = map[string]bool{
	"muhammad": true, "mohammed": true, "mohammad": true, "mohamed": true, "muhammed": true, "mohamad": true, "md": true,
	"mohd": true, "syed": true, "sayed": true, "syeda": true, "abdul": true, "abdel": true, "abd": true,
}

func givenOf(names []string) (givens []string, all string) {
	var late []string
	for _, name := range names {
		for _, word := range words(name, true) {
			switch {
			case nobody[word] || len(givens)+len(late) == maxValues:
			case before[word] && len(givens) == 0:
				late = append(late, word)
			default:
				givens = append(givens, word)
			}
		}
	}
	all = strings.Join(append(slices.Clone(late), givens...), "")
	return append(givens, late...), all
}
