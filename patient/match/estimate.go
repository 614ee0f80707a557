package match

import (
	"cmp"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// Estimation says what a model was estimated from.
type Estimation struct {
	// People and Pairs are how many people there were and how many pairs were compared.
	People, Pairs int
	// Matches is how many pairs are expected to be of one person.
	Matches float64
	// Left is how many times somebody stood among more than 400 others who share a key;
	// those were not compared by it.
	Left int
}

const (
	// leastPeople is how many people are needed to estimate anything.
	leastPeople = 200
	// randomPairs is how many pairs show how two strangers agree.
	randomPairs = 1_000_000
	// rounds is how often chances among one person and among two are estimated in turn;
	// steps how many steps of expectation and maximisation a pass is given in each.
	rounds, steps = 4, 40
)

var errFew = errors.New("too few people to estimate from: 200 are the least")

// Estimate estimates a model from people, some of whom have several records, without
// being told which (expectation and maximisation):
//
// u, how strangers agree, is counted over random pairs, each weighed by how likely it is
// that they are strangers. m, how records of one person agree, is estimated over the
// pairs of each pass of blocking by itself, for the fields that the pass does not itself
// select by; passes count by the matches expected in them. The prior is the expected
// share of matches among all pairs. Chances that the data says nothing of stay near
// those of Default. The thresholds are Default's: scores are in bits of the same kind.
// The same people in the same order give the same model.
func Estimate(people []Traits) (*Model, Estimation, error) {
	e := Estimation{People: len(people)}
	if len(people) < leastPeople {
		return nil, e, errFew
	}
	m := Default()
	strangers := sample(people)
	var all []pair
	var found [][]pattern
	for i := range passes {
		pairs, left := blocked(people, &passes[i])
		e.Left += left
		all = append(all, pairs...)
		found = append(found, count(people, pairs))
	}
	all = sorted(all)
	e.Pairs = len(all)
	union := count(people, all)
	total := float64(len(people)) * float64(len(people)-1) / 2

	c := chancesOf(m)
	prior := m.Prior
	for range rounds {
		u, m := strangersOf(strangers, &c, prior), matchesOf(found, &c)
		c.believe(&u, &m)
		prior, e.Matches = priorOf(union, &c, total)
	}
	c.into(m)
	m.Prior = prior
	m.Frequencies = frequencies(people)
	return m, e, nil
}

// pattern is a combination of levels and how often it occurs; patterns are in order, for
// sums of floating numbers depend on it.
type pattern struct {
	levels [fieldCount]level
	count  float64
}

func inOrder(counts map[[fieldCount]level]float64) []pattern {
	out := make([]pattern, 0, len(counts))
	for levels, n := range counts {
		out = append(out, pattern{levels, n})
	}
	slices.SortFunc(out, func(a, b pattern) int { return slices.Compare(a.levels[:], b.levels[:]) })
	return out
}

func count(people []Traits, pairs []pair) []pattern {
	counts := map[[fieldCount]level]float64{}
	for _, p := range pairs {
		c := compare(&people[p.a], &people[p.b])
		counts[c.levels]++
	}
	return inOrder(counts)
}

// sample compares random pairs, or all if there are not more. The seed is fixed.
func sample(people []Traits) []pattern {
	n := len(people)
	counts := map[[fieldCount]level]float64{}
	add := func(a, b int) {
		c := compare(&people[a], &people[b])
		counts[c.levels]++
	}
	if n*(n-1)/2 <= randomPairs {
		for a := range n {
			for b := a + 1; b < n; b++ {
				add(a, b)
			}
		}
		return inOrder(counts)
	}
	dice := rand.New(rand.NewPCG(1969, 64)) // not secret: it only has to spread
	for range randomPairs {
		a, b := dice.IntN(n), dice.IntN(n-1)
		if b >= a {
			b++
		}
		add(a, b)
	}
	return inOrder(counts)
}

// table has a number for every level of every field.
type table [fieldCount][maxLevels]float64

// add counts a pattern, for the fields that are not left out.
func (t *table) add(p *pattern, weight float64, leave []field) {
	for f := range fieldCount {
		if l := p.levels[f]; l != missing && !slices.Contains(leave, f) {
			t[f][l] += weight
		}
	}
}

// shares makes counts probabilities, as if what is believed already had been seen in
// belief pairs.
func shares(counts, believed table, belief float64) (out table) {
	for f := range fieldCount {
		sum := 0.0
		for l := range levelNames[f] {
			sum += counts[f][l]
		}
		for l := 1; l < len(levelNames[f]); l++ {
			out[f][l] = (counts[f][l] + belief*believed[f][l]) / (sum + belief)
		}
	}
	return out
}

// chances are m and u of every level.
type chances struct {
	m, u     table
	believed *chances // before anything was counted
}

// beliefM and beliefU are how many pairs what was believed before is worth.
const beliefM, beliefU = 10, 1

// believe takes what was counted. Of a level that was met nowhere nothing is known: it
// keeps the weight it had.
func (c *chances) believe(u, m *table) {
	c.u, c.m = shares(*u, c.believed.u, beliefU), shares(*m, c.believed.m, beliefM)
	for f := range fieldCount {
		for l := 1; l < len(levelNames[f]); l++ {
			if u[f][l] < 1 && m[f][l] < 1 {
				c.u[f][l], c.m[f][l] = c.believed.u[f][l], c.believed.m[f][l]
			}
		}
	}
}

func chancesOf(model *Model) chances {
	var c chances
	for f := range fieldCount {
		for l, name := range levelNames[f] {
			if l > 0 {
				x := model.Fields[fieldNames[f]][name]
				c.m[f][l], c.u[f][l] = x.M, x.U
			}
		}
	}
	before := c
	c.believed = &before
	return c
}

// into writes the chances to a model.
func (c *chances) into(model *Model) {
	for f := range fieldCount {
		for l, name := range levelNames[f] {
			if l > 0 {
				model.Fields[fieldNames[f]][name] = Chance{rounded(c.m[f][l]), rounded(c.u[f][l])}
			}
		}
	}
}

// rounded keeps three digits that count, of what is left to one for what is more likely
// than not: for people who read the file.
func rounded(p float64) float64 {
	if p > .5 {
		return math.Round((1-rounded(max(1e-6, 1-p)))*1e9) / 1e9
	}
	scale := math.Pow(10, 2-math.Floor(math.Log10(p)))
	return math.Round(p*scale) / scale
}

// matched is how likely a pattern is that of one person, leaving out some fields.
func (c *chances) matched(p *pattern, prior float64, leave []field) float64 {
	odds := prior / (1 - prior)
	for f := range fieldCount {
		if l := p.levels[f]; l != missing && !slices.Contains(leave, f) {
			odds *= c.m[f][l] / c.u[f][l]
		}
	}
	return odds / (1 + odds)
}

// strangersOf counts the levels of strangers.
func strangersOf(random []pattern, c *chances, prior float64) (sums table) {
	for i := range random {
		p := &random[i]
		sums.add(p, p.count*(1-c.matched(p, prior, nil)), nil)
	}
	return sums
}

// matchesOf counts the levels of records of one person, over the passes.
func matchesOf(found [][]pattern, c *chances) (sums table) {
	for i, pass := range found {
		if passes[i].blind {
			continue
		}
		mine := *c
		prior := 0.01
		for range steps {
			var here table
			matches, all := 0.0, 0.0
			for k := range pass {
				p := &pass[k]
				w := p.count * mine.matched(p, prior, passes[i].agrees)
				matches, all = matches+w, all+p.count
				here.add(p, w, passes[i].agrees)
			}
			prior = max(1e-6, min(.99, (matches+.5)/(all+1)))
			mine.m = shares(here, c.believed.m, beliefM)
		}
		for k := range pass {
			p := &pass[k]
			sums.add(p, p.count*mine.matched(p, prior, passes[i].agrees), passes[i].agrees)
		}
	}
	return sums
}

// priorOf is the share of matches among all pairs; pairs that share no key are strangers.
func priorOf(union []pattern, c *chances, total float64) (prior, matches float64) {
	prior = 1e-6
	for range steps {
		matches = 0
		for i := range union {
			matches += union[i].count * c.matched(&union[i], prior, nil)
		}
		prior = max(1e-9, min(.5, matches/total))
	}
	return prior, matches
}

const (
	// mostValues bounds the table of a field's values.
	mostValues = 1000
	// leastCount keeps values out that few people have: they would say who is in the data.
	leastCount = 10
)

// frequencies counts values: the most frequent by themselves, the others together.
func frequencies(people []Traits) map[string]Frequency {
	counts := map[field]map[string]int{}
	for f := range frequent {
		counts[f] = map[string]int{}
	}
	add := func(f field, value string) {
		if value != "" {
			counts[f][value]++
		}
	}
	for i := range people {
		t := &people[i]
		add(family, t.family.whole)
		if len(t.givens) > 0 {
			add(given, t.givens[0])
		}
		add(birth, t.birth.text)
		for k := range t.addresses {
			add(postcode, t.addresses[k].postcode)
			for _, p := range t.addresses[k].places {
				add(place, p)
			}
		}
	}
	out := map[string]Frequency{}
	for f, values := range counts {
		if len(values) > 0 {
			out[fieldNames[f]] = frequencyOf(values)
		}
	}
	return out
}

func frequencyOf(values map[string]int) Frequency {
	sum := 0
	for _, n := range values {
		sum += n
	}
	order := slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(-cmp.Compare(values[a], values[b]), cmp.Compare(a, b))
	})
	out := Frequency{Values: map[string]float64{}}
	rest, squares := 0.0, 0.0
	for i, v := range order {
		n := float64(values[v])
		if i < mostValues && values[v] >= leastCount {
			out.Values[v] = rounded(n / float64(sum))
			continue
		}
		rest += n
		squares += n * n
	}
	// How often a value is met that somebody has whose value is not in the table.
	out.Other = 1 / float64(sum)
	if rest > 0 {
		out.Other = squares / rest / float64(sum)
	}
	out.Other = rounded(out.Other)
	return out
}
