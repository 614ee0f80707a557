package resolvers

import (
	"cmp"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// fit is how well somebody fits a question, by what the caller may see of them alone: no
// order and no leaving out may tell of what is hidden.
type fit struct {
	// match is "" for who must not be shown.
	match model.HitMatch
	// near: the name is similar enough to be meant.
	near bool
	// score orders those who fit; more is better.
	score float64
}

// The least similarity of a family name that may be a slip of the other, and of names that
// stand in each other's place.
const (
	leastSimilar   = 0.84
	leastExchanged = 0.9
)

// fits compares somebody with the question. Who was found by a number fits; a connector
// gives nobody else.
func (qn question) fits(p *record.Person, see func(string) bool) fit {
	switch {
	case qn.named():
		return qn.fitsName(p, see)
	case qn.query.NHSNumber != "" && p.NHSNumber != qn.query.NHSNumber && !see("formerNHSNumbers"):
		return fit{} // found by a former number, which may not be seen
	}
	return fit{match: model.HitMatchExact, near: true}
}

func (qn question) fitsName(p *record.Person, see func(string) bool) fit {
	names := []record.HumanName{p.Name}
	if see("otherNames") {
		names = append(names, p.OtherNames...)
	}
	var f fit
	family, given, same, exchanged := 0.0, 0.0, false, false
	var givens []string
	for _, n := range names {
		givens = append(givens, n.Given...)
		same = same || sources.SameName(n.Family, qn.query.FamilyName)
		family = max(family, match.Similarity(n.Family, qn.query.FamilyName))
		f.near = f.near || sources.NameFits(n.Family, qn.query.FamilyName)
		for _, g := range n.Given {
			exchanged = exchanged || match.Similarity(g, qn.query.FamilyName) >= leastExchanged &&
				(qn.query.GivenName == "" || match.Similarity(n.Family, qn.query.GivenName) >= leastExchanged)
		}
	}
	for _, g := range givens {
		given = max(given, match.Similarity(g, qn.query.GivenName))
	}
	f.near = f.near || family >= leastSimilar || exchanged
	f.score = 2*family + given
	day := p.BirthDate.Day() == qn.query.BirthDate.Day()
	rest, more := qn.fitsRest(p, see)
	f.score += more
	if !day {
		f.score--
	}
	exact := same && day && rest && (qn.query.GivenName == "" || len(givens) == 0 || sources.GivenIs(givens, qn.query.GivenName))
	switch {
	case exact:
		f.match = model.HitMatchExact
		f.score += 10
	case f.near, see("otherNames"):
		// A system may know of a name that it does not give. Where other names are hidden,
		// being found by one of them would tell it.
		f.match = model.HitMatchSimilar
	}
	return f
}

// fitsRest compares what narrows. What a system does not say does not speak against
// anybody. Everything that it goes by may be seen: see question.fields.
func (qn question) fitsRest(p *record.Person, see func(string) bool) (all bool, score float64) {
	all = true
	if want := qn.query.Postcode; want != "" && see("postcode") && see("addresses") {
		there := slices.ContainsFunc(p.Addresses, func(a record.Address) bool { return sources.SamePostcode(a.Postcode, want) })
		all = there || postcodeNow(p) == ""
		if there {
			score += 0.5
		}
	}
	if want := qn.query.Gender; want != "" && p.Gender != "" && p.Gender != "unknown" {
		if strings.EqualFold(p.Gender, want) {
			score += 0.1
		} else {
			all = false
		}
	}
	return all, score
}

func better(a, b fit) bool { return a.score > b.score }

// ranked puts the best first; of those who fit alike, in the order in which they came,
// which is that of the configuration.
func ranked(hits []*hit) []*hit {
	slices.SortStableFunc(hits, func(a, b *hit) int { return cmp.Compare(b.fit.score, a.fit.score) })
	return hits
}
