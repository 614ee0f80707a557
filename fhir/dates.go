package fhir

import (
	"regexp"
	"strings"
)

// dateBound is one condition on a date, to the precision that was asked (FHIR R4
// §3.1.1.4.6).
type dateBound struct {
	prefix, date string
}

var dateForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?)?)?$`)

func boundOf(s string) (dateBound, bool) {
	prefix := "eq"
	if len(s) > 2 && s[0] >= 'a' {
		prefix, s = s[:2], s[2:]
	}
	switch prefix {
	case "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb":
	default:
		return dateBound{}, false
	}
	day, _, _ := strings.Cut(s, "T") // days are what the sources agree on
	return dateBound{prefix, day}, dateForm.MatchString(s)
}

// fits compares as many characters as both have, so that 2026 means the whole year.
func (b dateBound) fits(k *kind, o object) bool {
	for _, name := range k.date {
		var start, end string
		switch v := o[name].(type) {
		case string:
			start, end = v, v
		case object:
			start, _ = v["start"].(string)
			end, _ = v["end"].(string)
		default:
			continue
		}
		return b.compare(start, end)
	}
	return false // without a date it fits no condition on one
}

func (b dateBound) compare(start, end string) bool {
	cut := func(s string) string { return s[:min(len(s), len(b.date))] }
	from, to := cut(start), cut(end)
	switch b.prefix {
	case "eq":
		return from == b.date && (to == b.date || to == "")
	case "ne":
		return from != b.date
	case "sa":
		return from > b.date
	case "gt":
		return to > b.date || to == ""
	case "ge":
		return to >= b.date || to == ""
	case "eb":
		return to != "" && to < b.date
	case "lt":
		return from < b.date
	case "le":
		return from <= b.date
	}
	return false
}

// escaped makes a source's own id fit for a URI's fragment.
func escaped(s string) string {
	var b strings.Builder
	const hex = "0123456789ABCDEF"
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
		}
	}
	return b.String()
}
