package match

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync/atomic"
)

// Model is all that a judgement depends on. It stands in patchwork.yaml under `linking`
// (docs/linking.md), estimated from data or the built-in one. It is not changed once it
// has judged. Safe for concurrent use.
type Model struct {
	// Prior is the probability that two people drawn at random from two systems are one.
	Prior float64 `yaml:"prior"`
	// Link and Ask are scores in bits: at Link and above two records are linked if nothing
	// speaks against it, at Ask and above a person is asked.
	Link float64 `yaml:"link"`
	Ask  float64 `yaml:"ask"`
	// Fields has the chances of every level of every field, by the words of Agreement.
	// A field that is left out counts for nothing; the family rules hold all the same.
	Fields map[string]map[string]Chance `yaml:"fields"`
	// Frequencies says how frequent values are: agreeing on a rare one counts more. By
	// field: family name, given name, birth date (YYYYMMDD), postcode, place.
	Frequencies map[string]Frequency `yaml:"frequencies,omitempty"`

	weights atomic.Pointer[weights]
}

// Chance is how likely a level is: M among records of one person, U among records of two.
type Chance struct {
	M float64 `yaml:"m"`
	U float64 `yaml:"u"`
}

// Frequency is how often values are met, as parts of one.
type Frequency struct {
	// Other is for whatever is not in Values.
	Other  float64            `yaml:"other"`
	Values map[string]float64 `yaml:"values"`
}

// mostByFrequency bounds what a value's frequency adds or takes, in bits: what is rare in
// the data that weights come from may be a slip, or frequent elsewhere.
const mostByFrequency = 6

// frequent are the fields that may have frequencies, with the level at which the whole
// value agrees.
var frequent = map[field]level{family: familyExact, given: givenExact, birth: birthEqual, postcode: postcodeUnit, place: placeSame}

// weights are a model's chances in bits.
type weights struct {
	prior  float64
	levels [fieldCount][maxLevels]float64
	values [fieldCount]*adjustment
}

// adjustment is what a field's shared value adds, by its frequency.
type adjustment struct {
	other  float64
	values map[string]float64
}

func (m *Model) compiled() *weights {
	if w := m.weights.Load(); w != nil {
		return w
	}
	w := &weights{prior: math.Log2(m.Prior / (1 - m.Prior))}
	for f := range fieldCount {
		chances := m.Fields[fieldNames[f]]
		for l, name := range levelNames[f] {
			if c, ok := chances[name]; ok && l > 0 {
				w.levels[f][l] = math.Log2(c.M / c.U)
			}
		}
	}
	for f, exact := range frequent {
		frequency, ok := m.Frequencies[fieldNames[f]]
		if !ok {
			continue
		}
		u := m.Fields[fieldNames[f]][levelNames[f][exact]].U
		bits := func(p float64) float64 { return max(-mostByFrequency, min(mostByFrequency, math.Log2(u/p))) }
		a := &adjustment{other: bits(frequency.Other), values: make(map[string]float64, len(frequency.Values))}
		for value, p := range frequency.Values {
			a.values[value] = bits(p)
		}
		w.values[f] = a
	}
	m.weights.Store(w)
	return w
}

// Validate gives every problem of a model, in words that a person can act on.
func (m *Model) Validate() []string {
	var problems []string
	say := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	if !chance(m.Prior) {
		say("prior must be a probability above 0 and below 1")
	}
	for name, bits := range map[string]float64{"link": m.Link, "ask": m.Ask} {
		if math.IsNaN(bits) || bits < -100 || bits > 100 {
			say("%s must be a number of bits between -100 and 100", name)
		}
	}
	if m.Link <= m.Ask {
		say("link must be more than ask")
	}
	if m.Link < LeastLink {
		say("link must be at least %d: below it one link in %d may show another person's record", LeastLink, 1<<LeastLink)
	}
	for _, f := range []field{family, given, birth} {
		if len(m.Fields[fieldNames[f]]) == 0 {
			say("fields must have %q: nobody is linked without it", fieldNames[f])
		}
	}
	for name, levels := range m.Fields {
		m.validateField(name, levels, say)
	}
	for name, frequency := range m.Frequencies {
		m.validateFrequency(name, frequency, say)
	}
	slices.Sort(problems)
	return problems
}

// With gives the model with other thresholds.
func (m *Model) With(link, ask float64) *Model {
	return &Model{Prior: m.Prior, Link: link, Ask: ask, Fields: m.Fields, Frequencies: m.Frequencies}
}

// LeastLink is the lowest threshold of linking, in bits: one in 1,024 by the model's own
// reckoning, before the family rules.
const LeastLink = 10

func (m *Model) validateField(name string, levels map[string]Chance, say func(string, ...any)) {
	f := slices.Index(fieldNames[:], name)
	if f < 0 {
		say("fields: there is no field %q; there are %s", name, strings.Join(fieldNames[:], ", "))
		return
	}
	for level, c := range levels {
		if level == "" || !slices.Contains(levelNames[f], level) {
			say("fields: %s has no level %q; it has %s", name, level, strings.Join(levelNames[f][1:], ", "))
		}
		if !chance(c.M) || !chance(c.U) {
			say("fields: %s, %s: m and u must be probabilities above 0 and below 1", name, level)
		}
	}
	for _, level := range levelNames[f][1:] {
		if _, ok := levels[level]; !ok {
			say("fields: %s lacks the level %q", name, level)
		}
	}
}

func (m *Model) validateFrequency(name string, frequency Frequency, say func(string, ...any)) {
	f := field(slices.Index(fieldNames[:], name))
	if _, ok := frequent[f]; !ok {
		var names []string
		for _, f := range slices.Sorted(maps.Keys(frequent)) {
			names = append(names, fieldNames[f])
		}
		say("frequencies: %q cannot have any; only %s can", name, strings.Join(names, ", "))
		return
	}
	if len(m.Fields[name]) == 0 {
		say("frequencies: %s has frequencies and no chances under fields", name)
	}
	if !chance(frequency.Other) {
		say("frequencies: %s: other must be a probability above 0 and below 1", name)
	}
	wrong := 0
	for _, p := range frequency.Values {
		if !chance(p) {
			wrong++
		}
	}
	if wrong > 0 { // a value is a name: it is not repeated
		say("frequencies: %s: %d values have no probability above 0 and below 1", name, wrong)
	}
}

func chance(p float64) bool { return p > 0 && p < 1 } // false for NaN
