package policy

import (
	"fmt"
	"slices"
	"strings"
)

// words describes a set of places of the grid by as few conjunctions as are easily
// found: each grows from a place in one dimension after the other while all its places
// belong to the set, until every place is described.
func (g *grid) words(points []bool) [][]string {
	open := slices.Clone(points)
	var out [][]string
	for {
		at := slices.Index(open, true)
		if at < 0 {
			return out
		}
		box := g.grow(points, at)
		g.each(box, func(i int) { open[i] = false })
		out = append(out, g.describe(box))
	}
}

// box is a choice of values in every dimension.
type box [][]bool

func (g *grid) grow(points []bool, at int) box {
	b := make(box, len(g.dims))
	for i, d := range g.dims {
		b[i] = make([]bool, len(d.values))
		b[i][at%len(d.values)] = true
		at /= len(d.values)
	}
	for i, d := range g.dims {
		for v := range d.values {
			if b[i][v] {
				continue
			}
			slice := slices.Clone(b)
			slice[i] = make([]bool, len(d.values))
			slice[i][v] = true
			inside := true
			g.each(slice, func(p int) { inside = inside && points[p] })
			if inside {
				b[i][v] = true
			}
		}
	}
	return b
}

// each visits the places of a box.
func (g *grid) each(b box, visit func(int)) {
	var down func(dim, at, stride int)
	down = func(dim, at, stride int) {
		if dim == len(g.dims) {
			visit(at)
			return
		}
		for v, chosen := range b[dim] {
			if chosen {
				down(dim+1, at+v*stride, stride*len(g.dims[dim].values))
			}
		}
	}
	down(0, 0, 1)
}

func (g *grid) describe(b box) []string {
	var words []string
	for i, d := range g.dims {
		if !slices.Contains(b[i], false) {
			continue
		}
		var text string
		if d.words != nil {
			text = d.words(b[i])
		} else {
			text = d.describe(b[i])
		}
		words = append(words, text)
	}
	return words
}

// describe lists the values, or those that are missing if these are fewer.
func (d dimension) describe(chosen []bool) string {
	var in, out []string
	for i, v := range d.values {
		if chosen[i] {
			in = append(in, v.name)
		} else {
			out = append(out, v.name)
		}
	}
	only, negative := list(in), len(out) < len(in)
	if i := slices.IndexFunc(d.values, func(v value) bool { return v.name == anyOther }); i >= 0 {
		negative = chosen[i] // what no policy names is best not listed
	}
	if negative {
		only = list(out)
	}
	switch d.key {
	case keyBreakGlass:
		return map[bool]string{true: "with the glass broken", false: "with the glass whole"}[only == "yes"]
	case keyRestrictedPerson:
		return map[bool]string{true: "if the person may not be located", false: "unless the person may not be located"}[only == "yes"]
	case keyLaunch:
		return map[bool]string{true: "opened by an EPR", false: "not opened by an EPR"}[only == "yes"]
	}
	form := map[string][2]string{
		keyPurpose: {"for ", "but for "}, keyLabel: {"labelled ", "not labelled "}, keyObjection: {"against an objection that is ", "unless against an objection that is "},
		keyOrganisation: {"at ", "not at "}, keyCareSetting: {"in ", "not in "}, keySource: {"from source ", "not from source "},
		keySourceOrganisation: {"from a source of ", "not from a source of "}, keyView: {"in views run for ", "but in views run for "}, keyTime: {"at ", "but at "}, keyWeekday: {"on ", "but on "}, keyScope: {"under scopes ", "not under scopes "},
	}[d.key]
	switch {
	case d.key == keyLabel && only == none:
		return map[bool]string{false: "without label", true: "with a label"}[negative]
	case d.key == keyObjection && only == none:
		return map[bool]string{false: "without objection", true: "against an objection"}[negative]
	case d.key == keyView && only == viewedWords[notViewed]:
		return map[bool]string{false: "read by the user", true: "in a view that is run"}[negative]
	case d.key == keyScope && only == "all":
		return map[bool]string{false: "not narrowed by scopes", true: "narrowed by scopes"}[negative]
	case negative:
		return form[1] + only
	}
	return form[0] + only
}

// list joins words as people do.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// relationshipWords describes choices among sets of relationships.
func relationshipWords(values []value) func([]bool) string {
	return func(chosen []bool) string {
		matches := func(want func(name string) bool) bool {
			for i, v := range values {
				if chosen[i] != want(v.name) {
					return false
				}
			}
			return true
		}
		has := func(name, kind string) bool { return slices.Contains(strings.Split(name, " and "), kind) }
		switch {
		case matches(func(name string) bool { return name != none }):
			return "with a relationship"
		case matches(func(name string) bool { return name == none }):
			return "without a relationship"
		}
		for _, v := range values {
			if strings.Contains(v.name, " ") || v.name == none {
				continue
			}
			switch {
			case matches(func(name string) bool { return has(name, v.name) }):
				return "with relationship " + v.name
			case matches(func(name string) bool { return name == v.name }):
				return "with no relationship but " + v.name
			case matches(func(name string) bool { return !has(name, v.name) }):
				return "without relationship " + v.name
			case matches(func(name string) bool { return name != none && !has(name, v.name) }):
				return "with a relationship, and none of kind " + v.name
			case matches(func(name string) bool { return name != none && name != v.name }):
				return "with a relationship that is not " + v.name + " alone"
			}
		}
		var words []string
		for i, v := range values {
			if chosen[i] {
				words = append(words, v.name)
			}
		}
		return "with relationship " + strings.Join(words, ", or ")
	}
}

// Sentences are the difference as people read it: a heading for the roles and a line
// for each change.
func (d *Difference) Sentences() []string {
	var lines []string
	heading := ""
	for _, c := range d.Changes {
		names := make([]string, len(c.Roles))
		for i, r := range c.Roles {
			names[i] = string(r)
		}
		if h := strings.Join(names, ", "); h != heading {
			heading = h
			lines = append(lines, h)
		}
		lines = append(lines, "  "+c.Sentence())
	}
	return lines
}

// Sentence is one change, such as "gains: appointments.reason (to read or list; with a
// relationship, for TREAT)".
func (c *Change) Sentence() string {
	acts := make([]string, len(c.Actions))
	for i, a := range c.Actions {
		acts[i] = string(a)
	}
	text := fmt.Sprintf("%s: %s (to %s", c.Became, strings.Join(c.Resources, ", "), list(acts))
	if len(c.When) > 0 {
		text += "; " + strings.Join(c.When, ", ")
	}
	return text + ")"
}
