package columns

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func quoted(s string) string { return strconv.Quote(s) }

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Validate reports every problem of the stanza of a section. path leads to it.
func (s Stanza) Validate(path string, section record.Section) []sources.Problem {
	c := check{section: section}
	for _, name := range sorted(s.Columns) {
		c.known(path+".columns."+name, name)
		if len(s.Columns[name]) == 0 || slices.Contains(s.Columns[name], "") {
			c.add(path+".columns."+name, "name the column that holds it")
		}
	}
	for _, name := range sorted(s.Constants) {
		at := path + ".constants." + name
		c.known(at, name)
		c.constant(at, name, s.Constants[name])
		if _, both := s.Columns[name]; both {
			c.add(at, "the field has a column already; give one of the two")
		}
	}
	for _, name := range sorted(s.Values) {
		c.known(path+".values."+name, name)
		c.targets(path+".values."+name, name, s.Values[name])
	}
	c.formats(path+".date_format", s.DateFormat)
	for _, name := range sorted(s.DateFormats) {
		at := path + ".date_formats." + name
		if f, ok := c.known(at, name); ok && f.Kind != Day {
			c.add(at, quoted(name)+" is no date")
		}
		c.formats(at, s.DateFormats[name])
	}
	c.when(path+".none_when", s.NoneWhen)
	c.when(path+".skip_when", s.SkipWhen)
	c.when(path+".only_when", s.OnlyWhen)
	return c.problems
}

// Validate reports every problem of a source's defaults.
func (d Defaults) Validate() []sources.Problem {
	var c check
	c.formats("date_format", d.DateFormat)
	for _, name := range sorted(d.Values) {
		found := false
		for _, h := range record.Headings() {
			if _, ok := fieldOf(h.Section, name); ok {
				found = true
			}
		}
		if !found {
			c.add("values."+name, quoted(name)+" is no field of any section; the nearest are "+strings.Join(nearest(name, everyField()), ", "))
		}
	}
	return c.problems
}

// everyField are the fields of all sections, each name once.
func everyField() (all []Field) {
	for _, h := range record.Headings() {
		for _, f := range Fields(h.Section) {
			if !slices.ContainsFunc(all, func(o Field) bool { return o.Name == f.Name }) {
				all = append(all, f)
			}
		}
	}
	return all
}

// check gathers problems of one section.
type check struct {
	section  record.Section
	problems []sources.Problem
}

func (c *check) add(path, text string) {
	c.problems = append(c.problems, sources.Problem{Path: path, Text: text})
}

// known reports an unknown field with the nearest names there are.
func (c *check) known(path, name string) (Field, bool) {
	f, ok := fieldOf(c.section, name)
	if !ok {
		c.add(path, quoted(name)+" is no field of "+c.section.Name()+"; the nearest are "+
			strings.Join(nearest(name, Fields(c.section)), ", "))
	}
	return f, ok
}

func (c *check) constant(path, name, value string) {
	if name == "subject" || name == "id" {
		c.add(path, quoted(name)+" must come from the row itself")
	}
	if f, ok := fieldOf(c.section, name); ok && f.Kind == Choice {
		c.chosen(path, f, value)
	}
}

func (c *check) targets(path, name string, values map[string]string) {
	if name == "subject" {
		c.add(path, "the patient's id is not translated")
	}
	f, ok := fieldOf(c.section, name)
	if !ok || f.Kind != Choice {
		return
	}
	for _, from := range sorted(values) {
		c.chosen(path+"."+from, f, values[from])
	}
}

func (c *check) chosen(path string, f Field, value string) {
	if _, ok := f.allowed(value); !ok {
		c.add(path, quoted(value)+" is not allowed; use "+strings.Join(f.Allowed, ", ")+" or \"\" for not stated")
	}
}

// formats reports formats that cannot be read, or that no value could tell apart.
func (c *check) formats(path string, names []string) {
	shapes := map[string]string{}
	for _, name := range names {
		f, err := compile(name)
		if err != nil {
			c.add(path, quoted(name)+" is "+err.Error())
			continue
		}
		if other, twice := shapes[f.shape()]; twice {
			c.add(path, quoted(other)+" and "+quoted(name)+" cannot be told apart; use date_formats for single fields")
		}
		shapes[f.shape()] = name
	}
}

func (c *check) when(path string, w When) {
	for _, name := range sorted(w) {
		if len(w[name]) == 0 {
			c.add(path+"."+name, "give at least one value")
		}
	}
}

// nearest are the three names most like s.
func nearest(s string, fields []Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(distance(s, a), distance(s, b)) })
	return names[:min(3, len(names))]
}

// distance is Levenshtein's, but a name inside the other is near.
func distance(a, b string) int {
	if a != "" && (strings.Contains(b, a) || strings.Contains(a, b)) {
		return 1
	}
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		diagonal := prev[0]
		prev[0] = i + 1
		for j := range len(b) {
			next := diagonal
			if a[i] != b[j] {
				next = 1 + min(diagonal, prev[j], prev[j+1])
			}
			diagonal, prev[j+1] = prev[j+1], next
		}
	}
	return prev[len(b)]
}
