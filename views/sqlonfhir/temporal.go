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
	if text == "" || len(text) > 64 || !isDigit(text[0]) {
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
	if !clock && len(t.fields) > 2 && t.fields[2] > lastDay(t.fields[0], t.fields[1]) {
		return temporal{}, false // 31 February
	}
	return t, true
}

// soundTime says whether what is to be a date, a dateTime or a time is one.
func soundTime(n node) bool {
	text, ok := n.value.(string)
	if !ok || !isTemporal(n.kind) {
		return true
	}
	t, ok := parseTemporal(text)
	return ok && t.clock == (n.kind == "time")
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

// inTime compares two strings as times if one of them is known to be one, or if both are
// written as whole instants: a bare 2010 may as well be a code. Where one is known and the
// other is none (31 February), nothing is known of their order; by their letters it would be.
func inTime(a, b node) (order int, known, times bool) {
	x, _ := a.value.(string)
	y, _ := b.value.(string)
	t, tOK := parseTemporal(x)
	u, uOK := parseTemporal(y)
	times = isTemporal(a.kind) || isTemporal(b.kind) || t.zone != "" && u.zone != ""
	if !times || !tOK || !uOK || t.clock != u.clock {
		return 0, false, times
	}
	order, known = t.compare(u)
	return order, known, true
}

// compare orders two of them, field by field to the exactness of the less exact one (FHIRPath
// §6.2): not known where they agree that far and one says more, or where only one of two
// times of day says in which zone.
func (t temporal) compare(u temporal) (order int, known bool) {
	if t.zone != "" && u.zone != "" && len(t.fields) > 3 && len(u.fields) > 3 {
		return t.compareInstants(u)
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

// compareInstants compares what has a zone: a minute is all of its seconds, so it comes
// before 10:01:00, and of 10:00:30 nothing is known.
func (t temporal) compareInstants(u temporal) (order int, known bool) {
	x, xLong, xOK := t.instant()
	y, yLong, yOK := u.instant()
	switch {
	case !xOK || !yOK:
		return 0, false
	case len(t.fields) == len(u.fields):
		return x.Compare(y), true
	case !x.Add(xLong).After(y):
		return -1, true
	case !y.Add(yLong).After(x):
		return 1, true
	}
	return 0, false
}

// instant is when it begins, and how long what it says is.
func (t temporal) instant() (begins time.Time, long time.Duration, ok bool) {
	minute, second, long := "00", "00", time.Hour
	if len(t.fields) > 4 {
		minute, long = t.fields[4], time.Minute
	}
	if len(t.fields) > 5 {
		second, long = t.fields[5], 1 // with its places it is a point
	}
	text := strings.Join(t.fields[:3], "-") + "T" + t.fields[3] + ":" + minute + ":" + second + t.zone
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, long, err == nil
}
