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

// fits compares ranges of days: 2026 is the whole year, a period without an end goes on
// (FHIR R4 §3.1.1.4.6). ge and le also find what only begins or ends within the day asked
// for: rather one too many than one missed.
func (b dateBound) fits(k *kind, o object) bool {
	for _, name := range k.date {
		switch v := o[name].(type) {
		case string:
			return b.compare(firstDay(v), lastDay(v))
		case object:
			start, _ := v["start"].(string)
			end, _ := v["end"].(string)
			if start == "" && end == "" {
				continue
			}
			return b.compare(firstDay(start), lastDay(end))
		}
	}
	return false // without a date it fits no condition on one
}

// firstDay and lastDay are those of a date of any precision; of none, before and after
// everything.
func firstDay(s string) string {
	day, _, _ := strings.Cut(s, "T")
	return day + "0000-01-01"[min(len(day), 10):]
}

func lastDay(s string) string {
	day, _, _ := strings.Cut(s, "T")
	return day + "9999-12-31"[min(len(day), 10):]
}

func (b dateBound) compare(from, to string) bool {
	low, high := firstDay(b.date), lastDay(b.date)
	within := from >= low && to <= high
	switch b.prefix {
	case "eq":
		return within
	case "ne":
		return !within
	case "gt":
		return to > high
	case "ge":
		return to >= low
	case "lt":
		return from < low
	case "le":
		return from <= high
	case "sa":
		return from > high
	case "eb":
		return to < low
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
