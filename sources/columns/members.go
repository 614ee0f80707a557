package columns

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// ValidateNames reports names of a row's members that nothing uses, where members are
// fields by their names: path leads to where they stand. all says that rows have no other
// members; then what the stanza names and no row has is reported too.
func (s Stanza) ValidateNames(path string, section record.Section, names []string, all bool) []sources.Problem {
	c := check{section: section}
	named := s.names()
	for _, name := range names {
		_, constant := s.Constants[strings.ToLower(name)]
		switch f, ok := fieldAnyCase(section, name); {
		case slices.ContainsFunc(named, func(n string) bool { return same(n, name) }):
		case ok && constant:
			c.add(path, "gives "+quoted(f.Name)+", which constants gives already; give one of the two")
		case !ok:
			c.add(path, "gives "+quoted(name)+", which is no field of "+section.Name()+"; the nearest are "+
				strings.Join(nearest(name, Fields(section)), ", ")+" (sources/columns/README.md)")
		}
	}
	if !all {
		return c.problems
	}
	for _, name := range named {
		if !slices.ContainsFunc(names, func(n string) bool { return same(n, name) }) {
			c.add(path, "gives no "+quoted(name)+", which the stanza names as a column; there are "+strings.Join(names, ", "))
		}
	}
	if len(s.Columns["subject"]) == 0 && !slices.ContainsFunc(names, func(n string) bool { return same(n, "subject") }) {
		c.add(path, "gives no subject: whose row it is must stand in the answer")
	}
	return c.problems
}

// names are the columns that the stanza itself names.
func (s Stanza) names() (all []string) {
	for _, field := range sorted(s.Columns) {
		all = append(all, s.Columns[field]...)
	}
	for _, w := range []When{s.NoneWhen, s.SkipWhen, s.OnlyWhen} {
		all = append(all, sorted(w)...)
	}
	return all
}

func fieldAnyCase(section record.Section, name string) (Field, bool) {
	for _, f := range Fields(section) {
		if same(f.Name, name) {
			return f, true
		}
	}
	return Field{}, false
}
