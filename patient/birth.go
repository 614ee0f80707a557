package patient

import (
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// majority gives the birth date that most systems state with a verified number. When
// several are stated equally often it is the one of the first system in configuration
// order, if those who state them mean one person by what they are called; else there is
// none, for one of them has given the number to somebody else, and nobody can tell which
// (hazard H-01).
func majority(asked, current record.NHSNumber, answers []answer) record.Date {
	votes := map[record.Date]int{}
	by := map[record.Date][]*candidate{}
	var order []record.Date
	for i := range answers {
		voted := map[record.Date]bool{}
		for j := range answers[i].people {
			c := &answers[i].people[j]
			if !c.verified || c.birth == "" || voted[c.birth] || c.number != asked && c.number != current {
				continue
			}
			voted[c.birth] = true
			by[c.birth] = append(by[c.birth], c)
			if votes[c.birth]++; votes[c.birth] == 1 {
				order = append(order, c.birth)
			}
		}
	}
	var best record.Date
	for _, d := range order {
		if votes[d] > votes[best] {
			best = d
		}
	}
	for _, d := range order {
		if d != best && votes[d] == votes[best] && !calledAlike(by[best], by[d]) {
			return ""
		}
	}
	return best
}

// alike is from when on two names are spellings of one.
const alike = 0.85

// calledAlike reports whether two groups of statements may be of one person by the names
// in them: husband and wife, and twins, share a family name, so the given name says most.
// Where nothing can be compared nothing speaks against it.
func calledAlike(as, bs []*candidate) bool {
	compared := false
	for _, a := range as {
		for _, b := range bs {
			switch given, family := givenAlike(a.person, b.person), familyAlike(a.person, b.person); {
			case given == agrees, given == unstated && family == agrees:
				return true
			case given == differs, family == differs:
				compared = true
			}
		}
	}
	return !compared
}

type agreement uint8

const (
	unstated agreement = iota
	agrees
	differs
)

func givenAlike(a, b *record.Person) agreement {
	return anyAlike(named(a, func(n record.HumanName) []string { return n.Given }), named(b, func(n record.HumanName) []string { return n.Given }))
}

func familyAlike(a, b *record.Person) agreement {
	family := func(n record.HumanName) []string { return []string{n.Family} }
	return anyAlike(named(a, family), named(b, family))
}

// named gives parts of all names of a person that are stated.
func named(p *record.Person, part func(record.HumanName) []string) []string {
	if p == nil {
		return nil
	}
	var out []string
	for _, n := range append([]record.HumanName{p.Name}, p.OtherNames...) {
		for _, text := range part(n) {
			if text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}

func anyAlike(as, bs []string) agreement {
	if len(as) == 0 || len(bs) == 0 {
		return unstated
	}
	for _, a := range as {
		for _, b := range bs {
			if match.Similarity(a, b) >= alike {
				return agrees
			}
		}
	}
	return differs
}
