package columns

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// ISO is the format that is always understood: 2026, 2026-03, 2026-03-12, and
// with a time after a space or T, with or without an offset.
const ISO = "ISO"

var (
	errDate   = errors.New("not a date in this format")
	errFormat = errors.New("not a date format: write it with YYYY, MM or Mon, DD, hh, mm, ss, for example DD/MM/YYYY hh:mm, or ISO")
	errYear   = errors.New("a date format needs a year of four digits (YYYY): two digits cannot tell 1926 from 2026")
)

// format is one way to write dates, compiled.
type format struct {
	layout string // Go's layout; "" for ISO
	day    string // the layout without its time of day; "" if it has none
	unit   string // how exact the day is: "2006", "2006-01" or "2006-01-02"
}

// tokens in the order they are tried; the year is checked apart.
func tokens() []struct{ from, to string } {
	return []struct{ from, to string }{
		{"YYYY", "2006"}, {"Month", "January"}, {"Mon", "Jan"}, {"MM", "01"}, {"DD", "02"},
		{"hh", "15"}, {"mm", "04"}, {"ss", "05"}, {"M", "1"}, {"D", "2"},
	}
}

// compile understands a format such as "YYYYMMDD" or "DD/MM/YYYY hh:mm".
func compile(s string) (format, error) {
	if strings.EqualFold(s, ISO) {
		return format{}, nil
	}
	var b strings.Builder
	seen := map[string]bool{}
	day := ""
	for rest := s; rest != ""; {
		from, to := next(rest)
		if from == "" {
			if strings.ContainsAny(rest[:1], "0123456789") || isLetter(rest[0]) && rest[0] != 'T' {
				if strings.HasPrefix(rest, "YY") {
					return format{}, errYear
				}
				return format{}, errFormat
			}
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		if seen[to] || to == "15" && day != "" {
			return format{}, errFormat
		}
		if to == "15" {
			day = strings.TrimRight(b.String(), " T,")
		}
		seen[to] = true
		b.WriteString(to)
		rest = rest[len(from):]
	}
	month := seen["01"] || seen["1"] || seen["Jan"] || seen["January"]
	dated := seen["02"] || seen["2"]
	switch {
	case !seen["2006"]:
		return format{}, errYear
	case dated && !month, (seen["15"] || seen["04"] || seen["05"]) && !dated, seen["04"] && !seen["15"]:
		return format{}, errFormat
	}
	f := format{layout: b.String(), day: day, unit: "2006"}
	if month {
		f.unit = "2006-01"
	}
	if dated {
		f.unit = time.DateOnly
	}
	return f, nil
}

func next(s string) (from, to string) {
	for _, t := range tokens() {
		if strings.HasPrefix(s, t.from) {
			return t.from, t.to
		}
	}
	return "", ""
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// parse reads s. A time of day that the format has may be missing.
func (f format) parse(s string, zone *time.Location) (record.Date, error) {
	if f.layout == "" {
		return parseISO(s, zone)
	}
	if f.day != "" {
		if t, err := time.Parse(f.layout, s); err == nil {
			return placed(t, zone)
		}
		return day(f.day, f.unit, s)
	}
	return day(f.layout, f.unit, s)
}

func day(layout, unit, s string) (record.Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() == 0 {
		return "", errDate
	}
	return record.Date(t.Format(unit)), nil
}

// placed gives the wall clock time t its offset in zone. A time that the clocks
// leapt over does not exist there and is refused rather than moved.
func placed(t time.Time, zone *time.Location) (record.Date, error) {
	at := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
	if at.Hour() != t.Hour() || at.Minute() != t.Minute() || t.Year() == 0 {
		return "", errDate
	}
	return record.Date(at.Format(time.RFC3339Nano)), nil
}

// write is the reverse of parse for a day, for a query's parameter.
func (f format) write(d record.Date) string {
	t, ok := d.Day().Time()
	if !ok {
		return ""
	}
	switch {
	case f.layout == "":
		return t.Format(time.DateOnly)
	case f.day != "":
		return t.Format(f.day)
	}
	return t.Format(f.layout)
}

// isoShape tells ISO 8601's extended form from everything else, so that it can be
// tried after any other format.
var isoShape = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d([ T]\d\d:\d\d(:\d\d([.,]\d+)?)?( ?(Z|[+-]\d\d(:?\d\d)?))?)?)?)?$`)

func parseISO(s string, zone *time.Location) (record.Date, error) {
	if !isoShape.MatchString(s) {
		return "", errDate
	}
	if len(s) <= 10 {
		// MySQL's own way to say that there is no date.
		if strings.HasPrefix(s, "0000") {
			return "", nil
		}
		d, err := record.ParseDate(s)
		if err != nil {
			return "", errDate
		}
		return d, nil
	}
	if strings.HasPrefix(s, "0000-00-00") {
		return "", nil
	}
	s = strings.ReplaceAll(s[:10]+"T"+strings.ReplaceAll(s[11:], ",", "."), " ", "")
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return placed(t, zone)
		}
		for _, offset := range []string{"Z07:00", "-0700", "-07"} {
			if t, err := time.Parse(layout+offset, s); err == nil {
				return record.Date(t.Format(time.RFC3339Nano)), nil
			}
		}
	}
	return "", errDate
}

// serial reads a spreadsheet's count of days, with the time of day as its fraction.
func serial(s string, zone *time.Location) (record.Date, error) {
	n, err := strconv.ParseFloat(s, 64)
	// 61 is 1 March 1900: before it spreadsheets count a day that never was. And
	// 1956 may be the year: whoever means years alone configures YYYY.
	if err != nil || n < 61 || n > 2958465 || len(s) == 4 && n >= 1900 && n <= 2100 {
		return "", errDate
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	days, part := math.Modf(n)
	t := start.AddDate(0, 0, int(days))
	if part == 0 {
		return record.Date(t.Format(time.DateOnly)), nil
	}
	return placed(t.Add(time.Duration(math.Round(part*86400))*time.Second), zone)
}

// shape is what two formats have in common when no value can tell them apart.
func (f format) shape() string {
	return regexp.MustCompile(`\d`).ReplaceAllString(strings.NewReplacer("2006", "9999").Replace(f.layout), "9")
}

// Format is a date format, compiled.
type Format struct{ format }

// NewFormat understands a format such as YYYYMMDD or "DD/MM/YYYY hh:mm"; "" is ISO.
func NewFormat(s string) (Format, error) {
	if s == "" {
		return Format{}, nil
	}
	f, err := compile(s)
	return Format{f}, err
}

// Parse reads s; a time without an offset is meant in zone.
func (f Format) Parse(s string, zone *time.Location) (record.Date, error) { return f.parse(s, zone) }
