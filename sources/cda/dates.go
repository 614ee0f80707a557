package cda

import (
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// date reads TS, or the point in time of an interval: its value, else its beginning.
func (v values) date(n *xmltree.Node) record.Date {
	if n == nil {
		return ""
	}
	if s := n.Attr("value"); s != "" {
		return v.moment(s)
	}
	if d := v.moment(n.Child("low").Attr("value")); d != "" {
		return d
	}
	return v.moment(n.Child("center").Attr("value"))
}

// period reads IVL_TS.
func (v values) period(n *xmltree.Node) record.Period {
	return record.Period{Start: v.date(n), End: v.moment(n.Child("high").Attr("value"))}
}

// moment reads HL7's YYYYMMDDhhmmss.ffff±zzzz as exactly as it is written; "" for what
// is no time. What has an hour without minutes is taken as its day.
func (v values) moment(s string) record.Date { return Moment(s, v.zone) }

// Moment reads a time as HL7 version 3 writes it: YYYYMMDDhhmmss.ffff±zzzz, or a
// beginning of that. Without an offset it is meant in zone.
func Moment(s string, zone *time.Location) record.Date {
	s = strings.TrimSpace(s)
	offset := ""
	if i := strings.IndexAny(s, "+-Z"); i >= 0 {
		s, offset = s[:i], s[i:]
	}
	s, fraction, _ := strings.Cut(s, ".")
	layout := ""
	switch len(s) {
	case 4:
		return day(s, "2006", "2006")
	case 6:
		return day(s, "200601", "2006-01")
	case 8, 10:
		return day(s[:8], "20060102", time.DateOnly)
	case 12:
		layout = "200601021504"
	case 14:
		layout = "20060102150405"
	default:
		return ""
	}
	t, err := time.ParseInLocation(layout, s, zone)
	switch {
	case err != nil:
		return ""
	case offset == "Z":
		t, err = time.Parse(layout, s)
	case offset != "":
		t, err = time.Parse(layout+"-0700", s+strings.ReplaceAll(offset, ":", ""))
	}
	if err != nil || strings.Trim(fraction, "0123456789") != "" {
		return ""
	}
	return record.DateOf(t)
}

func day(s, from, to string) record.Date {
	t, err := time.Parse(from, s)
	if err != nil || t.Year() == 0 {
		return ""
	}
	return record.Date(t.Format(to))
}
