package resolvers

import (
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// day is a day as the region's calendars have it: 20260131. 0 is none. What is known only
// to its month or year begins on its first day.
type day int

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day(y*10000 + int(m)*100 + d)
}

// date writes the day, its month or its year.
func (d day) date(scale model.TimelineScale) record.Date {
	y, m := int(d)/10000, int(d)/100%100
	switch scale {
	case model.TimelineScaleYear:
		return record.Date(fmt.Sprintf("%04d", y))
	case model.TimelineScaleMonth:
		return record.Date(fmt.Sprintf("%04d-%02d", y, m))
	}
	return record.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, int(d)%100))
}

// floor is the first day of the stretch in which d lies.
func (d day) floor(scale model.TimelineScale) day {
	switch scale {
	case model.TimelineScaleYear:
		return d/10000*10000 + 101
	case model.TimelineScaleMonth:
		return d/100*100 + 1
	}
	return d
}

// dayAt is the day on which an entry stands: as written, or by the region's clock where
// the source gave a time (hazard H-14).
func (f *lineFilter) dayAt(b *record.Base, at time.Time) day {
	d := b.Date
	if _, ok := d.Time(); !ok {
		d = b.Recorded
	}
	if len(d) > 10 {
		at = at.In(f.zone)
	}
	return dayOf(at)
}

// bound is one end of a stretch of time: a whole day, month or year, or a moment.
type bound struct {
	first, last day
	// at is the moment; zero for a day, month or year.
	at time.Time
}

// boundOf reads a date; the zero bound for nil. The date has been checked by its scalar.
func (f *lineFilter) boundOf(d *record.Date) bound {
	if d == nil {
		return bound{}
	}
	t, ok := d.Time()
	if !ok {
		return bound{}
	}
	b := bound{first: dayOf(t), last: dayOf(t)}
	switch len(*d) {
	case 4:
		b.last = b.first + 1130 // 31 December
	case 7:
		b.last = b.first + 30 // no later day is in the month
	case 10:
	default:
		b.at = t
		b.first = dayOf(t.In(f.zone))
		b.last = b.first
	}
	return b
}

// before reports whether an entry of the day, or the moment if the bound is one, lies
// before the bound begins.
func (b bound) before(d day, at time.Time) bool {
	if b.first == 0 {
		return false
	}
	if !b.at.IsZero() {
		return at.Before(b.at)
	}
	return d < b.first
}

// behind reports whether an entry lies after the bound has ended.
func (b bound) behind(d day, at time.Time) bool {
	if b.first == 0 {
		return false
	}
	if !b.at.IsZero() {
		return !at.Before(b.at.Add(time.Second))
	}
	return d > b.last
}
