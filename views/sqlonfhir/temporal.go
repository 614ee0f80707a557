package sqlonfhir

import (
	"regexp"
	"strings"
	"time"
)

// A temporal is a date, a dateTime or a time, as exactly as it was written: its fields are
// year, month, day, hour, minute, second, and those not written are missing.
type temporal struct {
	fields []string
	zone   string // as written; "" where none was
	clock  bool   // a time of no day
}

var (
	dateShape = regexp.MustCompile(`^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T(?:([01]\d|2[0-3])(?::([0-5]\d)(?::([0-5]\d(?:\.\d{1,9})?|60))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?)?$`)
	timeShape = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d{1,9})?))?$`)
)

func parseTemporal(text string) (temporal, bool) {
	if len(text) > 64 {
		return temporal{}, false
	}
	found, clock := dateShape.FindStringSubmatch(text), false
	zone := ""
	if found == nil {
		if found, clock = timeShape.FindStringSubmatch(text), true; found == nil {
			return temporal{}, false
		}
		found = found[1:]
	} else {
		zone, found = found[7], found[1:7]
	}
	t := temporal{zone: zone, clock: clock}
	for _, field := range found {
		if field != "" {
			t.fields = append(t.fields, field)
		}
	}
	return t, true
}

// dateLiteral is @2020-01-02, @2020-01-02T10:00 or @T10:00.
func dateLiteral(text string) *expr {
	switch {
	case strings.HasPrefix(text, "T"):
		return literal(text[1:], "time")
	case strings.Contains(text, "T"):
		return literal(strings.TrimSuffix(text, "T"), "dateTime")
	}
	return literal(text, "date")
}

func isTemporal(kind string) bool {
	switch lowerFirst(kind) {
	case "date", "dateTime", "instant", "time":
		return true
	}
	return false
}

// temporals reads two strings as times if one of them is known to be one, or if both are
// written as whole instants: a bare 2010 may as well be a code.
func temporals(a, b node) (t, u temporal, ok bool) {
	x, _ := a.value.(string)
	y, _ := b.value.(string)
	if t, ok = parseTemporal(x); !ok {
		return t, u, false
	}
	if u, ok = parseTemporal(y); !ok {
		return t, u, false
	}
	known := isTemporal(a.kind) || isTemporal(b.kind) || t.zone != "" && u.zone != ""
	return t, u, known && t.clock == u.clock
}

// compare orders two of them; not known where one is less exact than the other, or only
// one of two times of day says in which zone.
func (t temporal) compare(u temporal) (order int, known bool) {
	if t.zone != "" && u.zone != "" && len(t.fields) > 4 && len(u.fields) > 4 {
		x, xOK := t.instant()
		y, yOK := u.instant()
		if !xOK || !yOK {
			return 0, false
		}
		return x.Compare(y), len(t.fields) == len(u.fields)
	}
	for i := range min(len(t.fields), len(u.fields)) {
		if i == 3 && !t.clock && (t.zone == "") != (u.zone == "") {
			return 0, false
		}
		if order := strings.Compare(padded(t.fields[i]), padded(u.fields[i])); order != 0 {
			return order, true
		}
	}
	return 0, len(t.fields) == len(u.fields)
}

// padded writes seconds with all their places, so that 1.5 and 1.50 are one.
func padded(field string) string {
	if len(field) == 2 {
		field += "."
	}
	if at := strings.IndexByte(field, '.'); at >= 0 {
		return field + strings.Repeat("0", max(0, 12-len(field)))
	}
	return field
}

func (t temporal) instant() (time.Time, bool) {
	second := "00"
	if len(t.fields) > 5 {
		second = t.fields[5]
	}
	text := strings.Join(t.fields[:3], "-") + "T" + t.fields[3] + ":" + t.fields[4] + ":" + second + t.zone
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, err == nil
}
