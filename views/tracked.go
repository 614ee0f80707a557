package views

import (
	"encoding/json"
	"slices"
	"strings"
)

// What keeps the rows of a plan apart from one run to the next.

// tracked is the plan with what tells entries apart read besides.
func (p *plan) tracked() *plan {
	if p.entry == "" {
		return p
	}
	t := *p
	t.selection += " " + p.entry + " { entries { id provenance { source { id } } } }"
	return &t
}

// ofPerson reports whether somebody has one row and no more.
func (p *plan) ofPerson() bool {
	return p.entry == "" && !p.loose && (p.resource == personType || p.resource == "Patient")
}

// scope are the sections that rows are entries of; none where each is a person's.
func (p *plan) scope() []string {
	switch {
	case p.entry != "":
		return []string{p.entry}
	case p.ofPerson():
		return nil
	}
	return p.sections
}

// own is whose columns a row has of its entry: a section's, all ("") or none.
func (p *plan) own() string {
	if p.ofPerson() {
		return Patient // has none of its own
	}
	return p.entry
}

// shares are the sections whose columns are the same in all rows of a person, Patient among them;
// "" is all columns of a definition.
func (p *plan) shares() []string {
	switch {
	case p.tree == nil && p.ofPerson():
		return []string{""}
	case p.tree == nil:
		return nil
	}
	var all []string
	for section := range p.tree {
		if section != p.entry {
			all = append(all, section)
		}
	}
	slices.Sort(all)
	return all
}

// texts is what the columns of a section say, of all for "": in a form for digests. When a system
// was read is no change of what it says.
func (p *plan) texts(section string, cells []any) string {
	var b strings.Builder
	for i, h := range p.headings {
		of, _, _ := strings.Cut(h.Source, ".")
		if h.Coverage || section != "" && of != section || h.Coordinate == "Provenance.retrieved" || h.Coordinate == "Provenance.asOf" {
			continue
		}
		b.WriteString(h.Name + "\x00" + text(cells[i]) + "\x00")
	}
	return b.String()
}

// iterates reports whether a definition may give several rows of one resource: they are told
// apart by what they say.
func iterates(definition []byte) bool {
	var tree any
	if err := json.Unmarshal(definition, &tree); err != nil {
		return true
	}
	return hasAny(tree, "forEach", "forEachOrNull", "unionAll", "repeat")
}

func hasAny(tree any, names ...string) bool {
	switch tree := tree.(type) {
	case map[string]any:
		for name, below := range tree {
			if slices.Contains(names, name) || hasAny(below, names...) {
				return true
			}
		}
	case []any:
		for _, below := range tree {
			if hasAny(below, names...) {
				return true
			}
		}
	}
	return false
}
