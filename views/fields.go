package views

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// field finds what a column shows. A Count needs no field.
func (s *Store) field(c Column) (Field, bool) {
	if c.Section != Patient && c.Take == Count {
		ok := slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Section == c.Section })
		return Field{Section: c.Section, Kind: "integer", Description: "How many entries there are"}, ok && c.Field == ""
	}
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Section == c.Section && f.Path == c.Field })
	if i < 0 {
		return Field{}, false
	}
	return s.Fields[i], true
}

// unknown says which field there is not, and which may have been meant.
func (s *Store) unknown(c Column) string {
	if !slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Section == c.Section }) {
		return "there is no section " + quoted(c.Section) + "."
	}
	if c.Take == Count {
		return "a count has no field."
	}
	if len(c.Field) > 80 {
		return "there is no such field."
	}
	best, distance := "", len(c.Field)/2+2
	for _, f := range s.Fields {
		if f.Section != c.Section {
			continue
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(f.Path), strings.ToLower(c.Field)); d < distance || strings.HasSuffix(f.Path, "."+c.Field) && best == "" {
			best, distance = f.Path, d
		}
	}
	text := c.Section + " has no field " + quoted(c.Field) + " any more, or never had"
	if best != "" {
		text += "; there is " + quoted(best)
	}
	return text + "."
}

// quoted is a name that somebody typed, as a sentence may show it.
func quoted(s string) string {
	if len(s) > 80 {
		s = s[:80]
	}
	return "`" + strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '`' {
			return '?'
		}
		return r
	}, s) + "`"
}
