package match

import (
	"cmp"
	"slices"
	"strconv"
)

// pass is one way to find pairs worth comparing: people who share a key.
type pass struct {
	// agrees are the fields that people of one key agree in more than others do: what is
	// estimated from such pairs says nothing of those fields.
	agrees []field
	// blind: too little is left to tell matches by; nothing is estimated from it.
	blind bool
	keys  func(t *Traits, add func(string))
}

// passes are several, so that no single wrong field hides a pair.
var passes = []pass{
	// The birth date, or the one with day and month exchanged.
	{[]field{birth}, false, func(t *Traits, add func(string)) {
		if b := t.birth; b.text != "" {
			add(strconv.Itoa(b.year*10000 + min(b.month, b.day)*100 + max(b.month, b.day)))
		}
	}},
	// How a name sounds (any family name, its parts, and the given name, for they may be
	// exchanged), with the year of birth, or with the day and month in any order.
	{[]field{birth, family, given}, true, func(t *Traits, add func(string)) {
		if t.birth.year == 0 {
			return
		}
		for _, s := range t.sounds() {
			add(s + strconv.Itoa(t.birth.year))
			if t.birth.text != "" {
				add(s + "/" + strconv.Itoa(min(t.birth.month, t.birth.day)*100+max(t.birth.month, t.birth.day)))
			}
		}
	}},
	// How both names sound, in any order, for birth dates that are wrong or not known.
	{[]field{family, given}, false, func(t *Traits, add func(string)) {
		if len(t.givens) == 0 || t.family.whole == "" {
			return
		}
		a, b := sound(t.family.whole), sound(t.givens[0])
		add(min(a, b) + max(a, b))
	}},
	// The postcode and the initial of either name.
	{[]field{postcode, street, place, given, family}, false, func(t *Traits, add func(string)) {
		for i := range t.addresses {
			if p := t.addresses[i].postcode; p != "" {
				for _, s := range t.initials() {
					add(p + s)
				}
			}
		}
	}},
	// A number that somebody gave them.
	{[]field{number, identifier}, false, func(t *Traits, add func(string)) {
		if t.number != "" {
			add(t.number)
		}
		for _, n := range t.superseded {
			add(n)
		}
		for _, id := range t.identifiers {
			add(id.System + "\x00" + id.Value)
		}
	}},
	// A telephone number or an e-mail address.
	{[]field{contact}, false, func(t *Traits, add func(string)) {
		for _, p := range t.phones {
			add(p)
		}
		for _, e := range t.emails {
			add(e)
		}
	}},
}

// maxBlock bounds how many people share a key: more do not tell anybody apart by it.
const maxBlock = 400

// pair is two of the people, the first before the second.
type pair struct{ a, b int32 }

// blocked gives the pairs of one pass, once each, and how many people stand in blocks
// too large to compare.
func blocked(people []Traits, p *pass) (pairs []pair, left int) {
	blocks := map[string][]int32{}
	for i := range people {
		p.keys(&people[i], func(key string) {
			if b := blocks[key]; len(b) == 0 || b[len(b)-1] != int32(i) {
				blocks[key] = append(b, int32(i))
			}
		})
	}
	for _, b := range blocks {
		if len(b) > maxBlock {
			left += len(b)
			continue
		}
		for i := range b {
			for k := i + 1; k < len(b); k++ {
				pairs = append(pairs, pair{b[i], b[k]})
			}
		}
	}
	return sorted(pairs), left
}

func sorted(pairs []pair) []pair {
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return slices.Compact(pairs)
}

// Keys are all keys by which a person is found: two people who share none are not worth
// comparing. They hold what people share and are not to be shown.
func Keys(t *Traits) []string {
	var out []string
	for i := range passes {
		passes[i].keys(t, func(key string) { out = append(out, strconv.Itoa(i)+":"+key) })
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Candidates calls found for every two people that share anything by which people are
// found: birth date, how a name sounds with the year, both names, postcode with an initial,
// a number, a contact. Each pair once, in order, a < b.
func Candidates(people []Traits, found func(a, b int)) {
	var all []pair
	for i := range passes {
		pairs, _ := blocked(people, &passes[i])
		all = append(all, pairs...)
	}
	for _, p := range sorted(all) {
		found(int(p.a), int(p.b))
	}
}

// sounds are the sounds of all names that may be the family's in another record.
func (t *Traits) sounds() []string {
	var out []string
	add := func(name string) {
		if name != "" {
			out = append(out, sound(name))
		}
	}
	add(t.family.whole)
	if len(t.family.parts) > 1 {
		for _, part := range t.family.parts {
			add(part)
		}
	}
	for i := range t.formers {
		add(t.formers[i].whole)
	}
	if len(t.givens) > 0 {
		add(t.givens[0])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// initials are the first letters of the family name and of the given name.
func (t *Traits) initials() []string {
	var out []string
	for _, name := range []string{t.family.whole, t.given} {
		for _, r := range name {
			out = append(out, string(r))
			break
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sound is how a name sounds, roughly (Soundex): its first letter and three consonants.
// Letters without a group, of other scripts among them, stand for themselves.
func sound(name string) string {
	const groups = "01230120022455012623010202" // of a to z
	out := make([]rune, 0, 4)
	var last rune
	for _, r := range name {
		code := r
		if r >= 'a' && r <= 'z' {
			code = rune(groups[r-'a'])
		}
		switch {
		case len(out) == 0:
			out = append(out, r)
		case r == 'h' || r == 'w':
			continue // what stands on both sides of them is one sound
		case code != '0' && code != last:
			out = append(out, code)
		}
		if last = code; len(out) == 4 {
			break
		}
	}
	return string(out)
}
