package policy

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
)

// grid is every context that some policies can tell apart: one dimension for each key
// that they look at.
type grid struct {
	role auth.Role
	dims []dimension
}

// dimension is the values of a key: each sets its part of the facts, or the label.
type dimension struct {
	key    string
	values []value
	// words describe a choice of the values; nil lists them.
	words func(chosen []bool) string
}

type value struct {
	name string
	set  func(f *facts, label *int)
}

func (g *grid) size() int {
	n := 1
	for _, d := range g.dims {
		n *= len(d.values)
	}
	return n
}

// facts are those at a place of the grid.
func (g *grid) facts(at int) (f facts, label int) {
	f = facts{role: g.role, minute: -1, weekday: -1}
	for _, d := range g.dims {
		d.values[at%len(d.values)].set(&f, &label)
		at /= len(d.values)
	}
	if f.sourceOrganisation == own {
		f.sourceOrganisation = f.organisation
	}
	return f, label
}

// cut thins the longest dimensions until the grid has at most so many places; it names
// their keys.
func (g *grid) cut(most int) (keys []string) {
	for g.size() > max(most, 1) {
		longest := 0
		for i, d := range g.dims {
			if len(d.values) > len(g.dims[longest].values) {
				longest = i
			}
		}
		d := &g.dims[longest]
		d.values = d.values[:(len(d.values)+1)/2]
		d.words = nil
		keys = append(keys, d.key)
	}
	return keys
}

// anyOther names the value that no policy names.
const anyOther = "any other"

// ownWords name a source that the caller's own organisation runs.
const ownWords = "the caller's own organisation"

// own stands for the caller's organisation until the grid knows it.
const own = "\x00own"

// gridOf makes the dimensions of the keys that the policies look at. The values are
// those that the policies name, and one that they do not.
func gridOf(t asking, policies []*Policy, sets ...*Set) *grid {
	g := &grid{role: t.role}
	named := map[string]map[string]bool{}
	name := func(key string, values ...string) {
		if named[key] == nil {
			named[key] = map[string]bool{}
		}
		for _, v := range values {
			named[key][v] = true
		}
	}
	for _, p := range policies {
		if len(p.Organisations) > 0 {
			name(keyOrganisation, p.Organisations...)
		}
		for key, v := range p.When {
			name(key, slices.Concat(v.In, v.Not)...)
		}
		if p.Effect == Allow { // what an allow does not mention stays ordinary
			name(keyLabel)
			name(keyObjection)
		}
	}
	if named[keySourceOrganisation] != nil {
		name(keyOrganisation)
	}
	for _, key := range Keys() {
		if key == keyLabel && !strings.HasPrefix(t.class, "record:") {
			continue // only entries have labels
		}
		if named[key] != nil && key != keyRole {
			g.dims = append(g.dims, dimensionOf(key, t.class, named[key], sets))
		}
	}
	return g
}

func dimensionOf(key, class string, named map[string]bool, sets []*Set) dimension {
	d := dimension{key: key}
	add := func(name string, set func(f *facts, label *int)) { d.values = append(d.values, value{name, set}) }
	texts := func(into func(f *facts) *string) {
		for _, v := range slices.Concat(sortedKeys(named), []string{none, elsewhere}) {
			shown, set := v, v
			switch v {
			case none:
				set = ""
			case elsewhere:
				shown, set = anyOther, elsewhere+key // so that another source is not another organisation's own
			}
			if v != "own" && !slices.ContainsFunc(d.values, func(old value) bool { return old.name == shown }) {
				add(shown, func(f *facts, _ *int) { *into(f) = set })
			}
		}
	}
	bools := func(into func(f *facts) *bool) {
		add("no", func(f *facts, _ *int) { *into(f) = false })
		add("yes", func(f *facts, _ *int) { *into(f) = true })
	}
	switch key {
	case keyOrganisation:
		texts(func(f *facts) *string { return &f.organisation })
	case keyCareSetting:
		texts(func(f *facts) *string { return &f.careSetting })
	case keySource:
		texts(func(f *facts) *string { return &f.source })
	case keySourceOrganisation:
		texts(func(f *facts) *string { return &f.sourceOrganisation })
		add(ownWords, func(f *facts, _ *int) { f.sourceOrganisation = own })
	case keyPurpose:
		texts(func(f *facts) *string { return (*string)(&f.purpose) })
	case keyBreakGlass:
		bools(func(f *facts) *bool { return &f.broken })
	case keyRestrictedPerson:
		bools(func(f *facts) *bool { return &f.restricted })
	case keyLaunch:
		bools(func(f *facts) *bool { return &f.launch })
	case keyView:
		for i, word := range viewedWords {
			add(word, func(f *facts, _ *int) { f.view = viewed(i) }) //nolint:gosec // below 3
		}
	case keyObjection:
		for i, word := range objectedWords {
			add(word, func(f *facts, _ *int) { f.objection = objected(i) }) //nolint:gosec // below 3
		}
	case keyLabel:
		for i, l := range labels {
			add(l.name, func(_ *facts, label *int) { *label = i })
		}
	case keyRelationship:
		return relationshipDimension(named)
	case keyScope:
		add("all", func(f *facts, _ *int) { f.scopes = "" })
		for _, other := range append([]string{class}, sortedKeys(named)...) {
			if other != "all" && (other != class || len(d.values) == 1) {
				scopes := slices.Compact(slices.Sorted(slices.Values([]string{class, other})))
				add(other, func(f *facts, _ *int) { f.scopes = strings.Join(scopes, " ") })
			}
		}
	case keyWeekday:
		for i, day := range weekdays() {
			add(day, func(f *facts, _ *int) { f.weekday = int8((i + 1) % 7) }) //nolint:gosec // below 7
		}
	case keyTime:
		moments := momentsOf(sets...)
		for i, m := range moments {
			until := int16(24 * 60)
			if i+1 < len(moments) {
				until = moments[i+1]
			}
			add(clockWords(m)+"-"+clockWords(until), func(f *facts, _ *int) { f.minute = m })
		}
	}
	return d
}

func clockWords(minute int16) string {
	if minute == 24*60 {
		return "24:00"
	}
	return time.Date(0, 1, 1, int(minute)/60, int(minute)%60, 0, 0, time.UTC).Format("15:04")
}

// relationshipDimension has no relationship, each kind that is named, pairs of them (all
// subsets of up to four), and a kind that none names for all the others.
func relationshipDimension(named map[string]bool) dimension {
	d := dimension{key: keyRelationship}
	var single []kinds
	other := -1
	for i, k := range relationship.Kinds() {
		switch {
		case named[string(k)]:
			single = append(single, 1<<i)
		case other < 0:
			other = i
		}
	}
	if other >= 0 {
		single = append(single, 1<<other)
	}
	add := func(k kinds) {
		words := k.words()
		if other >= 0 {
			if i := slices.Index(words, string(relationship.Kinds()[other])); i >= 0 {
				words[i] = "another"
			}
		}
		name := strings.Join(words, " and ")
		d.values = append(d.values, value{name, func(f *facts, _ *int) { f.relationships = k }})
	}
	add(0)
	for subset := 1; subset < 1<<len(single); subset++ {
		var k kinds
		n := 0
		for i, s := range single {
			if subset&(1<<i) != 0 {
				k |= s
				n++
			}
		}
		if len(single) <= 4 || n <= 2 || n == len(single) {
			add(k)
		}
	}
	d.words = relationshipWords(d.values)
	return d
}
