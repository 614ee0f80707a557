package match

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// What counts as close or similar, by Jaro-Winkler.
const (
	closeName   = 0.93
	similarName = 0.84
)

// names compares family and given names, and one with the other.
func (c *comparison) names(a, b *Traits) {
	c.levels[family], c.shared[family] = compareFamily(a, b)
	c.levels[given], c.shared[given] = compareGiven(a, b)
	if c.levels[family] >= familyClose && (c.levels[given] >= givenClose || c.levels[given] == missing) && exchanged(a, b) {
		c.loosely = !strictly(a, b)
		c.levels[family], c.levels[given] = familyExchanged, givenExchanged
		c.shared[family], c.shared[given] = "", ""
	}
}

// exchanged reports whether the family name of each is a given name of the other.
func exchanged(a, b *Traits) bool {
	return callsItself(a, b.family.whole) && callsItself(b, a.family.whole)
}

// strictly reports whether the names are exchanged as they are written, each first given
// name for the family name. Twins and brothers share what is beside it.
func strictly(a, b *Traits) bool {
	x, y := a.givens[0], b.givens[0]
	return a.family.whole == y && b.family.whole == x && !before[x] && !before[y] && !contradict(a.givens[1:], b.givens[1:])
}

// callsItself reports whether somebody's given names are, or have, a name, or the first
// is close to it.
func callsItself(t *Traits, name string) bool {
	return name != "" && len(t.givens) > 0 &&
		(t.given == name || slices.Contains(t.givens, name) || nearness(t.givens[0], name) == 0)
}

func compareFamily(a, b *Traits) (level, string) {
	switch {
	case a.family.whole == "" || b.family.whole == "":
		return missing, ""
	case a.family.whole == b.family.whole:
		return familyExact, a.family.whole
	}
	if name := formerName(a, b); name != "" {
		return familyFormer, name
	}
	if name := sharedPart(a.family.parts, b.family.parts); name != "" {
		return familyPart, name
	}
	return []level{familyClose, familySimilar, familyDifferent}[nearness(a.family.whole, b.family.whole)], ""
}

// formerName is the family name of one that the other had; of several the first in
// order, so that it does not matter which is asked first.
func formerName(a, b *Traits) string {
	best := ""
	take := func(name string) {
		if name != "" && (best == "" || name < best) {
			best = name
		}
	}
	for i := range a.formers {
		f := a.formers[i].whole
		if f == b.family.whole {
			take(f)
		}
		for k := range b.formers {
			if f == b.formers[k].whole {
				take(f)
			}
		}
	}
	for k := range b.formers {
		if b.formers[k].whole == a.family.whole {
			take(a.family.whole)
		}
	}
	return best
}

// sharedPart is the longest part that both have, if one of them is double-barrelled.
func sharedPart(a, b []string) string {
	if len(a) < 2 && len(b) < 2 {
		return ""
	}
	best := ""
	for _, part := range a {
		if slices.Contains(b, part) && (len(part) > len(best) || len(part) == len(best) && part < best) {
			best = part
		}
	}
	return best
}

// nearness of two names that are not the same: 0 close, 1 similar, 2 different.
func nearness(a, b string) int {
	s := similarFrom(a, b, similarName)
	switch shorter := min(len(a), len(b)); {
	case s >= closeName, shorter > 3 && slipped(a, b, 1):
		return 0
	case s > 0, shorter > 6 && slipped(a, b, 2):
		return 1
	}
	return 2
}

func compareGiven(a, b *Traits) (level, string) {
	if len(a.givens) == 0 || len(b.givens) == 0 {
		return missing, ""
	}
	x, y := a.givens[0], b.givens[0]
	switch {
	case initial(x) || initial(y):
	case before[x] && before[y]:
		return givenAny, "" // brothers have it, too
	case a.given == b.given:
		return givenExact, x
	case x == y:
		if contradict(a.givens[1:], b.givens[1:]) {
			return givenFirst, x
		}
		return givenExact, x
	}
	if name := sharedGiven(a.givens, b.givens); name != "" {
		return givenAny, name
	}
	near := nearness(x, y)
	switch {
	case initial(x) || initial(y):
		if hasEither(x, y) {
			return givenInitial, ""
		}
		return givenDifferent, ""
	case near == 0:
		return givenClose, ""
	case near == 1 || min(len(x), len(y)) > 2 && hasEither(x, y):
		return givenSimilar, ""
	}
	return givenDifferent, ""
}

// initial reports whether a name is a letter only. In scripts without capitals a name may
// have one letter.
func initial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.ToUpper(r) != r
}

// sharedGiven is a name that is the first of one and any of the other. Middle names alone
// do not count: brothers have their father's.
func sharedGiven(a, b []string) string {
	x, y := a[0], b[0]
	inB, inA := !initial(x) && slices.Contains(b, x), !initial(y) && slices.Contains(a, y)
	switch {
	case inB && inA:
		return min(x, y)
	case inB:
		return x
	case inA:
		return y
	}
	return ""
}

// contradict reports whether both have further given names of which none fits: equal,
// similar, or the initial of the other.
func contradict(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for _, x := range a {
		for _, y := range b {
			if x == y || (initial(x) || initial(y)) && hasEither(x, y) || similarFrom(x, y, closeName) > 0 {
				return false
			}
		}
	}
	return true
}
