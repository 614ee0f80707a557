package match

import (
	"fmt"
	"strconv"

	"github.com/patchworkcare/patchwork/record"
)

// day is a birth date as far as it is known; the zero day is not known.
type day struct {
	year, month, day int
	text             string // YYYYMMDD, "" unless all of it is known
}

// dayOf reads a birth date. Dates that systems fill in where none is known count for
// nothing.
func dayOf(d record.Date) day {
	d = d.Day()
	if _, ok := d.Time(); !ok {
		return day{}
	}
	switch d {
	case "1900-01-01", "1901-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1970-01-01", "9999-12-31", "1111-11-11":
		return day{}
	}
	out := day{}
	out.year, _ = strconv.Atoi(string(d[:4]))
	if out.year <= 1 || out.year == 9999 {
		return day{}
	}
	if len(d) >= 7 {
		out.month, _ = strconv.Atoi(string(d[5:7]))
	}
	if len(d) == 10 {
		out.day, _ = strconv.Atoi(string(d[8:]))
		out.text = fmt.Sprintf("%04d%02d%02d", out.year, out.month, out.day)
	}
	return out
}

// compareBirth finds how two birth dates agree.
func compareBirth(a, b *day) level {
	switch {
	case a.year == 0 || b.year == 0:
		return missing
	case a.text == "" || b.text == "":
		return comparePartly(a, b)
	case a.text == b.text:
		return birthEqual
	case a.year == b.year && a.day == b.month && a.month == b.day:
		return birthExchanged
	case digitSlip(a.text, b.text) && apart(a, b) < generation:
		return birthDigit
	}
	parts := 0
	for _, same := range []bool{a.year == b.year, a.month == b.month, a.day == b.day} {
		if same {
			parts++
		}
	}
	switch {
	case parts == 2:
		return birthParts
	case a.year == b.year:
		return birthYear
	}
	return birthDifferent
}

// comparePartly compares what both know, where one knows the year or month only.
func comparePartly(a, b *day) level {
	if a.year != b.year || a.month != 0 && b.month != 0 && a.month != b.month {
		return birthDifferent
	}
	return birthPartly
}

// generation is how many years apart two people of one name are father and son rather
// than one person with a slip in the year.
const generation = 12

func apart(a, b *day) int { return max(a.year-b.year, b.year-a.year) }
