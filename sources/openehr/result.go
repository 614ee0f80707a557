package openehr

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// resultSet is an answer to a query: names of columns, and rows of values (ITS-REST,
// RESULT_SET).
type resultSet struct {
	names []string
	rows  [][]any
}

func badResult() *sources.Error {
	return httpfault.Malformed("not-result-set", "Its answer is no result set of a query")
}

// parse takes a result set out of an answer.
func parse(v any) (set resultSet, err error) {
	o, _ := v.(map[string]any)
	heads, ok := o["columns"].([]any)
	rows, also := o["rows"].([]any)
	if !ok || !also {
		return set, badResult()
	}
	for _, h := range heads {
		name := columnName(h)
		if name == "" {
			return set, badResult()
		}
		set.names = append(set.names, name)
	}
	for _, r := range rows {
		row, ok := r.([]any)
		if !ok || len(row) != len(set.names) {
			return set, badResult()
		}
		set.rows = append(set.rows, row)
	}
	return set, nil
}

// columnName is a column's alias. A query that gives none is answered with the path, or
// with a number after a #.
func columnName(h any) string {
	switch h := h.(type) {
	case string:
		return h
	case map[string]any:
		name, _ := h["name"].(string)
		if name == "" {
			name, _ = h["path"].(string)
		}
		return name
	}
	return ""
}

// spread is how the columns of a result set become those of a mapping. Every column x
// gives x (an amount with its unit), x/code, x/system, x/unit and x/magnitude, whatever its
// cells hold. A column that is called
// like something coded, or like a value, fills all fields of it.
type spread struct {
	names  []string
	fields []spreadField
	uris   map[string]string
}

// spreadField says what a column fills besides.
type spreadField struct{ concept, value string }

func newSpread(names []string, section record.Section, stanza columns.Stanza, uris map[string]string) *spread {
	has := func(name string) bool {
		_, mapped := stanza.Columns[name]
		_, constant := stanza.Constants[name]
		return !mapped && !constant && !slices.Contains(names, name) &&
			slices.ContainsFunc(columns.Fields(section), func(f columns.Field) bool { return f.Name == name })
	}
	s := &spread{names: names, uris: uris}
	for _, name := range names {
		lower := strings.ToLower(name)
		var f spreadField
		_, mapped := stanza.Columns[lower]
		switch {
		case mapped:
		case has(lower+"_unit") || has(lower+"_code"):
			f.value = lower
		case has(lower + "_text"):
			f.concept = lower
		}
		s.fields = append(s.fields, f)
	}
	return s
}

// header are the names of all columns that come of it.
func (s *spread) header() []string {
	var out []string
	for i, name := range s.names {
		f := s.fields[i]
		switch {
		case f.concept != "":
			out = append(out, f.concept, f.concept+"_system", f.concept+"_text")
		case f.value != "":
			out = append(out, f.value, f.value+"_unit", f.value+"_unit_code", f.value+"_code", f.value+"_code_system", f.value+"_code_text")
		default:
			out = append(out, name)
		}
		out = append(out, name+"/code", name+"/system", name+"/unit", name+"/magnitude")
	}
	return out
}

// cells is a row in the order of header. odd says that something of it is not understood.
func (s *spread) cells(row []any) (out []string, odd bool) {
	for i, v := range row {
		c := read(v, depth)
		odd = odd || c.odd
		system := c.system
		if uri, ok := s.uris[system]; ok {
			system = uri
		}
		f := s.fields[i]
		// The code of an archetype's own list (at0007) means another thing in the next one.
		coded := c.code != "" && c.system != "local"
		switch {
		case f.concept != "" && coded:
			out = append(out, c.code, system, c.text)
		case f.concept != "":
			out = append(out, "", "", c.whole())
		case f.value != "" && coded:
			out = append(out, "", "", "", c.code, system, c.text)
		case f.value != "":
			out = append(out, c.text, c.unit, c.unit, "", "", "")
		default:
			out = append(out, c.whole())
		}
		out = append(out, c.code, system, c.unit, c.magnitude())
	}
	return out, odd
}
