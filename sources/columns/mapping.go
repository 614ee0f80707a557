package columns

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Mapping reads the rows of one section. It is made once, of a stanza that
// Validate found no fault with, and is safe for concurrent use.
type Mapping struct {
	section  record.Section
	layout   layout
	stanza   Stanza
	defaults Defaults
	byName   bool
}

// New makes the mapping. byName says that a column called like a field is that
// field, as in a query whose author chose the names; a file's header may say
// "status" and mean something else, so there every column is named.
func New(section record.Section, s Stanza, d Defaults, byName bool) *Mapping {
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	l, _ := layoutOf(section)
	return &Mapping{section: section, layout: l, stanza: s, defaults: d, byName: byName}
}

// Binding is a mapping with the positions of its columns in one header.
type Binding struct {
	*Mapping
	slots            map[string]slot
	none, skip, only condition
	unused           []string
	asked            func(name string) // for tests: each field that is read
}

// slot is where a field's value comes from.
type slot struct {
	field    Field
	at       []int
	constant string
	values   map[string]string
	formats  []format
}

// condition is a When with its columns found.
type condition []struct {
	at     int
	values []string
}

// Bind finds the mapping's columns in a header; names count without regard to
// case. A configured column that is missing or there twice is an error that
// names it: better no answer than one without the column.
func (m *Mapping) Bind(header []string) (*Binding, error) {
	b := &Binding{Mapping: m, slots: map[string]slot{}}
	h := heading{names: header, used: make([]bool, len(header))}
	named := m.named()
	for _, f := range m.layout.fields {
		s := slot{field: f, constant: m.stanza.Constants[f.Name], values: m.values(f.Name), formats: m.formats(f.Name)}
		names, mapped := m.stanza.Columns[f.Name]
		if _, constant := m.stanza.Constants[f.Name]; !mapped && !constant && m.byName && !named[strings.ToLower(f.Name)] && h.count(f.Name) == 1 {
			names = OneOrMore{f.Name}
		}
		for _, name := range names {
			s.at = append(s.at, h.find(name))
		}
		if len(s.at) > 0 || s.constant != "" {
			b.slots[f.Name] = s
		}
	}
	b.none, b.skip, b.only = h.when(m.stanza.NoneWhen), h.when(m.stanza.SkipWhen), h.when(m.stanza.OnlyWhen)
	if h.err == nil && len(b.slots["subject"].at) == 0 {
		h.err = missing("subject")
	}
	if h.err != nil {
		return nil, h.err
	}
	b.unused = h.unused()
	return b, nil
}

// named are the columns that the stanza gives to fields: one of them that happens
// to be called like another field is not that field too.
func (m *Mapping) named() map[string]bool {
	out := map[string]bool{}
	for _, names := range m.stanza.Columns {
		for _, name := range names {
			out[strings.ToLower(strings.TrimSpace(name))] = true
		}
	}
	return out
}

// Unused are the columns that no field uses: perhaps a name is mistyped.
func (b *Binding) Unused() []string { return b.unused }

func (m *Mapping) values(field string) map[string]string {
	if v, ok := m.stanza.Values[field]; ok {
		return v
	}
	return m.defaults.Values[field]
}

// formats are those of the field, else of the section, else of the source.
func (m *Mapping) formats(field string) []format {
	names := m.stanza.DateFormats[field]
	if len(names) == 0 {
		names = m.stanza.DateFormat
	}
	if len(names) == 0 {
		names = m.defaults.DateFormat
	}
	var out []format
	for _, n := range names {
		if f, err := compile(n); err == nil {
			out = append(out, f)
		}
	}
	return out
}

// WriteDate writes a day as the field's column holds it, for a query's parameter.
func (m *Mapping) WriteDate(field string, d record.Date) string {
	if f := m.formats(field); len(f) > 0 {
		return f[0].write(d)
	}
	return format{}.write(d)
}

// heading is a header being searched; it keeps the first error.
type heading struct {
	names []string
	used  []bool
	err   error
}

func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func (h *heading) count(name string) int {
	n := 0
	for _, c := range h.names {
		if same(c, name) {
			n++
		}
	}
	return n
}

func (h *heading) find(name string) int {
	at := slices.IndexFunc(h.names, func(c string) bool { return same(c, name) })
	switch {
	case h.err != nil:
	case at < 0:
		h.err = missing(name)
	case h.count(name) > 1:
		h.err = &sources.Error{Kind: sources.Malformed, Code: "column-twice",
			Reason: "Its data has the configured column " + quoted(name) + " twice"}
	}
	if at >= 0 {
		h.used[at] = true
	}
	return at
}

func (h *heading) when(w When) condition {
	var out condition
	for _, name := range sorted(w) {
		out = append(out, struct {
			at     int
			values []string
		}{h.find(name), w[name]})
	}
	return out
}

func (h *heading) unused() []string {
	var out []string
	for i, used := range h.used {
		if !used {
			out = append(out, h.names[i])
		}
	}
	return out
}

func (c condition) holds(r *row) bool {
	for _, column := range c {
		if !slices.Contains(column.values, r.cell(column.at)) {
			return false
		}
	}
	return len(c) > 0
}

// missing names a column of the configuration, which is no personal data.
func missing(name string) error {
	return &sources.Error{Kind: sources.Malformed, Code: "column-missing",
		Reason: "Its data lacks the configured column " + quoted(name)}
}

// Section is the section that the rows are of.
func (m *Mapping) Section() record.Section { return m.section }
