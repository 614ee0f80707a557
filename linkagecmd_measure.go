package main

import (
	"cmp"
	"slices"

	"github.com/patchworkcare/patchwork/patient/match"
)

// figures are how well a choice of pairs fits what is known to be one person.
type figures struct{ right, wrong, missed int }

func (f figures) precision() float64 { return share(f.right, f.wrong) }
func (f figures) recall() float64    { return share(f.right, f.missed) }

func (f figures) f1() float64 {
	if f.right == 0 {
		return 0
	}
	return 2 * float64(f.right) / float64(2*f.right+f.wrong+f.missed)
}

// share is the part of right in right and other; 1 of nothing, for nothing is wrong.
func share(right, other int) float64 {
	if right+other == 0 {
		return 1
	}
	return float64(right) / float64(right+other)
}

// measured is a model against a file in which it is known who is who.
type measured struct {
	records, gold, compared int
	// best is by the score alone at the threshold where F1 is best.
	best      figures
	threshold float64
	// fixed is by the score alone, from the threshold of asking on: nobody had to know who
	// is who to choose it.
	fixed figures
	// link is what is linked by itself; asked that and what people are asked about.
	link, asked figures
	// highest is the highest score of two people whom only the score would link: the
	// family rules do not hold them back.
	highest float64
	rules   map[string]int // how often each held one person's records back
}

// lowest is below every score.
const lowest = -200

type scored struct {
	score float64
	same  bool
}

// measure judges every pair worth comparing.
func measure(people []listed, model *match.Model) measured {
	traits := traitsOf(people)
	m := measured{records: len(people), gold: pairsWithin(people), highest: lowest, rules: map[string]int{}}
	var all []scored
	loose := model.With(lowest, lowest-1)
	match.Candidates(traits, func(a, b int) {
		m.compared++
		j := model.Judge(&traits[a], &traits[b])
		same := people[a].same != "" && people[a].same == people[b].same
		all = append(all, scored{j.Score, same})
		if j.Score >= model.Ask {
			m.fixed.count(same)
		}
		if j.Class >= match.Ask {
			m.asked.count(same)
		}
		if j.Class == match.Link {
			m.link.count(same)
		}
		if same {
			for _, r := range j.Rules {
				m.rules[r]++
			}
			return
		}
		if j.Score > m.highest && loose.Judge(&traits[a], &traits[b]).Class == match.Link {
			m.highest = j.Score
		}
	})
	for _, f := range []*figures{&m.fixed, &m.link, &m.asked} {
		f.missed = m.gold - f.right
	}
	m.best, m.threshold = best(all, m.gold)
	return m
}

func (f *figures) count(same bool) {
	if same {
		f.right++
	} else {
		f.wrong++
	}
}

// best is the threshold at which F1 is best. Pairs of one score stand or fall together.
func best(all []scored, gold int) (figures, float64) {
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	at, threshold := figures{missed: gold}, 0.0
	now := figures{missed: gold}
	for i, s := range all {
		if now.count(s.same); s.same {
			now.missed--
		}
		if (i+1 == len(all) || all[i+1].score < s.score) && now.f1() > at.f1() {
			at, threshold = now, s.score
		}
	}
	return at, threshold
}

// pairsWithin is how many pairs of rows are of one person.
func pairsWithin(people []listed) (pairs int) {
	rows := map[string]int{}
	for i := range people {
		if same := people[i].same; same != "" {
			pairs += rows[same]
			rows[same]++
		}
	}
	return pairs
}

func traitsOf(people []listed) []match.Traits {
	traits := make([]match.Traits, len(people))
	for i := range people {
		traits[i] = match.TraitsOf(&people[i].person)
	}
	return traits
}
