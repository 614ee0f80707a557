package columns

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// The codes of what a row may lack.
const (
	BadDate  = "bad-date"
	BadValue = "bad-value"
	CellCap  = "cell-cap"
	BadText  = "bad-text"
)

// reason is fixed, but for the fields that follow it: it never holds what stood in a cell.
func reason(code string) string {
	switch code {
	case BadDate:
		return "Some dates could not be read and are left out"
	case BadValue:
		return "Some coded values are not known here and are left out"
	case CellCap:
		return "Some texts are too long and are left out"
	case BadText:
		return "Some texts hold characters that could not be read"
	}
	return "Something is missing"
}

// Partial is a gap with a fixed text.
func Partial(code, reason string) sources.Gap {
	return sources.Gap{Status: record.Partial, Code: code, Reason: reason}
}

// gaps collects each code once, in the order met, with the fields it was met in.
type gaps []noted

type noted struct {
	code   string
	fields []string
}

// mostFields is how many fields a gap names.
const mostFields = 5

func (g *gaps) add(code, field string) {
	i := slices.IndexFunc(*g, func(n noted) bool { return n.code == code })
	if i < 0 {
		*g = append(*g, noted{code: code})
		i = len(*g) - 1
	}
	if n := &(*g)[i]; len(n.fields) < mostFields && !slices.Contains(n.fields, field) {
		n.fields = append(n.fields, field)
	}
}

func (g gaps) list() []sources.Gap {
	var out []sources.Gap
	for _, n := range g {
		out = append(out, Partial(n.code, reason(n.code)+": "+strings.Join(n.fields, ", ")))
	}
	return out
}

// lacks notes what could not be taken over of a field.
func (r *row) lacks(code, field string) { r.gaps.add(code, r.place(field)) }

// place names a field and where the stanza takes it from. Both are words of the
// configuration, never of the data.
func (m *Mapping) place(field string) string {
	from := m.stanza.Columns[field]
	if len(from) == 0 || len(from) == 1 && same(from[0], field) {
		return field
	}
	return field + " (column " + strings.Join(from, ", ") + ")"
}

// placeOf names the field that a cell is read for.
func (b *Binding) placeOf(at int) string {
	for _, f := range b.layout.fields {
		if slices.Contains(b.slots[f.Name].at, at) {
			return b.place(f.Name)
		}
	}
	return "a column that no field uses"
}
