package review

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

const (
	// customDays is how far back an actor's own custom counts.
	customDays = 14
	// customTimes is how much more than their own custom is unusual.
	customTimes = 3
	// mostOpenings bounds what is read and counted of one actor's hour: whoever opens
	// more is unusual anyway, and counting must not cost more the more they open.
	mostOpenings = 1000
)

// custom is what the round's actors opened lately, and their busiest hours, as far as
// the round needs and changes it.
type custom struct {
	actors map[string]*openings          // by hash of issuer and subject
	before map[string]map[string]opening // of whoever is remembered, theirs among them
	oldest time.Time                     // of the round's events
	cut    bool                          // there may be more than was read
}

type openings struct {
	last  map[string]opening // by patient
	hours map[int64]int64    // clock hour → most different patients, of this round
	past  map[span]int64     // busiest hour of earlier days, as read
}

type opening struct {
	at, seq int64
	changed bool
}

// span is a range of clock hours, until exclusive.
type span struct{ from, until int64 }

// volume counts the different patients that the actor opened within an hour: more than
// Volume, and more than three times their busiest hour of the fourteen days before
// today if they have any, is unusual. Today is left out, so that a burst does not
// become its own excuse. One item per actor and day.
func (f *findings) volume(ctx context.Context, e *audit.Event) error {
	actor := hashed(e.Actor.Issuer, e.Actor.Subject)
	o := f.custom.actors[actor]
	at := e.Time.UnixMicro()
	if before, ok := o.last[e.Patient]; !ok || before.at < at {
		o.last[e.Patient] = opening{at: at, seq: e.Seq, changed: true}
	}
	count, first := o.within(at)
	hour := at / time.Hour.Microseconds()
	o.hours[hour] = max(o.hours[hour], count)
	if count <= int64(f.q.Volume) {
		return nil
	}
	usual, err := f.q.busiest(ctx, actor, o, e.Time)
	if err != nil || count <= customTimes*usual {
		return err
	}
	one := f.add(e, UnusualVolume, "", e.Time.In(f.q.Zone).Format(time.DateOnly))
	if !one.most {
		one.most, one.item.Events, one.item.Seq = true, 0, first
	}
	one.item.Events = max(one.item.Events-1, count) // add counted one
	return nil
}

// within counts the patients opened less than an hour from a moment, and gives the
// first of those openings.
func (o *openings) within(at int64) (count, first int64) {
	for _, p := range o.last {
		if d := at - p.at; d < time.Hour.Microseconds() && -d < time.Hour.Microseconds() {
			count++
			if first == 0 || p.seq < first {
				first = p.seq
			}
		}
	}
	return count, first
}

// busiest is the actor's busiest hour of the fourteen days before the day of t, in the
// region's zone, leaving out an hour that touches the one being judged; 0 if there is
// no such history.
func (q *Queue) busiest(ctx context.Context, actor string, o *openings, t time.Time) (most int64, err error) {
	local := t.In(q.Zone)
	y, m, d := local.Date()
	hourOf := func(t time.Time) int64 { return t.UnixMicro() / time.Hour.Microseconds() }
	s := span{
		from:  hourOf(time.Date(y, m, d-customDays, 0, 0, 0, 0, q.Zone)),
		until: min(hourOf(time.Date(y, m, d, 0, 0, 0, 0, q.Zone)), hourOf(t.Add(-time.Hour))),
	}
	past, ok := o.past[s]
	if !ok {
		err = q.read.QueryRowContext(ctx, `SELECT COALESCE(MAX(patients), 0) FROM review_hour WHERE actor = $1 AND hour >= $2 AND hour < $3`,
			actor, s.from, s.until).Scan(&past)
		if err != nil {
			return 0, err
		}
		o.past[s] = past
	}
	most = past
	for hour, n := range o.hours {
		if s.from <= hour && hour < s.until {
			most = max(most, n)
		}
	}
	return most, nil
}
