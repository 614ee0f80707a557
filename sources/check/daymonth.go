package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// enoughMonths is of how many different months there must be dates before it says something
// that no day of them is above the 12th: by chance that happens less than once in 100,000
// times. Months are counted and not days, since the days of one stay are of one month.
const enoughMonths = 12

// days are the dates of one field of a section.
type days struct {
	months map[string]bool
	above  bool // a day above the 12th was seen
}

func (d *days) note(month string, day int) {
	if d.months == nil {
		d.months = map[string]bool{}
	}
	d.months[month] = true
	d.above = d.above || day > 12
}

func (d *days) suspect() bool { return !d.above && len(d.months) >= enoughMonths }

// dateField names a field of a section.
type dateField struct {
	section record.Section
	path    string
}

// noteDay takes in a whole date. The first of a month is left out: systems write it where
// they know the month only.
func (r *run) noteDay(f dateField, d record.Date) {
	month, day, ok := monthAndDay(d)
	if !ok || day == 1 {
		return
	}
	if r.days == nil {
		r.days = map[dateField]*days{}
	}
	for _, key := range []dateField{f, {}} { // the zero field is all of them
		if r.days[key] == nil {
			r.days[key] = &days{}
		}
		r.days[key].note(month, day)
	}
}

func monthAndDay(d record.Date) (month string, day int, ok bool) {
	if len(d) < len(time.DateOnly) {
		return "", 0, false
	}
	day, err := strconv.Atoi(string(d[8:10]))
	return string(d[:7]), day, err == nil
}

// exchanged is the date with day and month exchanged; "" where that is none, or the same.
func exchanged(d record.Date) record.Date {
	if _, day, ok := monthAndDay(d); !ok || day > 12 || d[5:7] == d[8:10] {
		return ""
	}
	return d[:5] + d[8:10] + "-" + d[5:7] + d[10:]
}

// dayMonth tells of fields none of whose days is above the 12th.
func (r *run) dayMonth() {
	told := false
	for _, f := range slices.SortedFunc(maps.Keys(r.days), func(a, b dateField) int {
		return strings.Compare(string(a.section)+a.path, string(b.section)+b.path)
	}) {
		if d := r.days[f]; f.path != "" && d.suspect() {
			told = true
			r.finds.add("day-month-exchanged", f.section, "")
			r.finds.note("day-month-exchanged", fmt.Sprintf("%s, %s: dates of %d months, and no day above the 12th", f.section.Name(), lowered(last(f.path)), len(d.months)))
		}
	}
	if d := r.days[dateField{}]; d != nil && d.suspect() && !told {
		r.finds.add("day-month-exchanged", "", "")
		r.finds.note("day-month-exchanged", fmt.Sprintf("dates of %d months, and no day above the 12th", len(d.months)))
	}
}

// lowered names a field of a record as stanzas do.
func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }
