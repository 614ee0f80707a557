package record

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Date is a date or date-time as exact as the source knows it, in FHIR's form:
// "1956", "1956-03", "1956-03-12" or RFC 3339 with an offset. "" is not known.
// It keeps the source's own precision and offset (hazard H-14).
type Date string

var errDate = errors.New("not a date: want YYYY, YYYY-MM, YYYY-MM-DD or a time with its offset")

// ParseDate checks s and returns it as a Date. It refuses days that do not exist and
// times without an offset. "" gives the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	if _, ok := parse(s); !ok {
		return "", errDate
	}
	return Date(s), nil
}

// parse returns the first instant of the date; dates without a time are taken in UTC.
func parse(s string) (time.Time, bool) {
	var layout string
	switch len(s) {
	case 4:
		layout = "2006"
	case 7:
		layout = "2006-01"
	case 10:
		layout = time.DateOnly
	default:
		layout = time.RFC3339Nano
	}
	t, err := time.Parse(layout, s)
	return t, err == nil
}

// Time returns the first instant that the date can mean, for sorting; dates without
// a time are taken in UTC. ok is false for the zero Date or a malformed one.
func (d Date) Time() (t time.Time, ok bool) {
	if d == "" {
		return time.Time{}, false
	}
	return parse(string(d))
}

// Day returns the date without its time of day, for example to compare birth dates.
func (d Date) Day() Date {
	if len(d) > 10 {
		return d[:10]
	}
	return d
}

// DateOf is a Date of the instant t, to the second.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.Format(time.RFC3339))
}

// MarshalGQL writes the date as a string.
func (d Date) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(d))) }

// UnmarshalGQL reads and checks a date.
func (d *Date) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a date must be a string, not %T", v)
	}
	p, err := ParseDate(s)
	if err != nil {
		return err
	}
	*d = p
	return nil
}
