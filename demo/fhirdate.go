package demo

import (
	"strings"
	"time"
)

// span is the time a date covers: "2024" is a whole year, an instant a second.
// It ends before to.
type span struct{ from, to time.Time }

// A period without an end lasts for ever, one without a start has lasted since.
var (
	always = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	never  = time.Time{}
)

// parseSpan reads a FHIR date, dateTime or instant of any precision.
func parseSpan(text string) (span, bool) {
	for _, p := range []struct {
		layout string
		end    func(time.Time) time.Time
	}{
		{"2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
		{"2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
		{time.DateOnly, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
		{"2006-01-02T15:04", func(t time.Time) time.Time { return t.Add(time.Minute) }},
		{"2006-01-02T15:04:05", func(t time.Time) time.Time { return t.Add(time.Second) }},
		{time.RFC3339, func(t time.Time) time.Time { return t.Add(time.Second) }},
	} {
		if t, err := time.Parse(p.layout, text); err == nil {
			return span{t, p.end(t)}, true
		}
	}
	return span{}, false
}

// spanOf reads what a date parameter compares with: a date or a Period.
func spanOf(v any) (span, bool) {
	switch v := v.(type) {
	case string:
		return parseSpan(v)
	case object:
		s := span{never, always}
		start, hasStart := v["start"].(string)
		end, hasEnd := v["end"].(string)
		if at, ok := parseSpan(start); ok {
			s.from = at.from
		}
		if at, ok := parseSpan(end); ok {
			s.to = at.to
		}
		return s, hasStart || hasEnd
	}
	return span{}, false
}

// parseDateParameter reads a prefix and a date: ge2024-01-01.
func parseDateParameter(text string) (prefix string, at span, ok bool) {
	prefix = "eq"
	for _, p := range []string{"eq", "ne", "ge", "gt", "le", "lt", "sa", "eb", "ap"} {
		if rest, found := strings.CutPrefix(text, p); found {
			prefix, text = p, rest
			break
		}
	}
	at, ok = parseSpan(text)
	return prefix, at, ok
}

// matchDate compares as R4 §3.1.1.4.6 does.
func matchDate(have span, prefix string, want span) bool {
	switch prefix {
	case "ge":
		return have.to.After(want.from)
	case "gt":
		return have.to.After(want.to)
	case "le":
		return have.from.Before(want.to)
	case "lt":
		return have.from.Before(want.from)
	case "sa":
		return !have.from.Before(want.to)
	case "eb":
		return !have.to.After(want.from)
	case "ne":
		return have.from.Before(want.from) || have.to.After(want.to)
	case "ap":
		return have.to.After(want.from) && have.from.Before(want.to)
	}
	return !have.from.Before(want.from) && !have.to.After(want.to)
}
