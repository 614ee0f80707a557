package review

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// mostLately bounds how many openings are remembered from one round to the next.
const mostLately = 20_000

// lately is what a round has left in review_opening, for the next one: reading the last
// hour again every second cost a busy server a tenth of its time.
type lately struct {
	mark   int64                         // holds as long as the ledger's mark is this: no other server was there
	actors map[string]map[string]opening // by actor, by patient
}

// loadCustom gives what the round's actors opened in the hour before it; from is where the
// round begins.
func (q *Queue) loadCustom(ctx context.Context, from int64, events []audit.Event) (*custom, error) {
	c := &custom{actors: map[string]*openings{}, before: map[string]map[string]opening{}}
	if known := q.lately.Swap(nil); known != nil && known.mark == from {
		c.before = known.actors
	}
	var unknown []any
	for i := range events {
		e := &events[i]
		if !opens(e) {
			continue
		}
		if c.oldest.IsZero() || e.Time.Before(c.oldest) {
			c.oldest = e.Time
		}
		actor := hashed(e.Actor.Issuer, e.Actor.Subject)
		if c.actors[actor] != nil {
			continue
		}
		last := c.before[actor]
		if last == nil {
			last = map[string]opening{}
			unknown = append(unknown, actor)
		}
		c.actors[actor] = &openings{last: last, hours: map[int64]int64{}, past: map[span]int64{}}
	}
	if len(unknown) == 0 {
		return c, nil
	}
	limit, n := len(unknown)*q.most(), 0
	err := each(ctx, q.read, `SELECT actor, patient, at, seq FROM review_opening WHERE actor IN (`+list(0, len(unknown))+
		`) AND at > `+placeholder(len(unknown)+1)+` ORDER BY at DESC LIMIT `+placeholder(len(unknown)+2),
		append(unknown, c.since(), limit), func(scan scanner) error {
			var actor, patient string
			var o opening
			if err := scan(&actor, &patient, &o.at, &o.seq); err != nil {
				return err
			}
			c.actors[actor].last[patient] = o
			n++
			return nil
		})
	c.cut = n == limit
	return c, err
}

// most is how many openings of one actor are read and counted.
func (q *Queue) most() int { return max(mostOpenings, 4*q.Volume) }

// since is the moment before which an opening counts no more, µs since 1970.
func (c *custom) since() int64 { return c.oldest.Add(-time.Hour).UnixMicro() }

// remember keeps what a round that was committed has left, for the round that begins at
// mark. Who opened more than is read of anybody is read again, and so is everybody where one
// opened so much that others were not read whole: they would be counted short for an hour.
func (q *Queue) remember(mark int64, c *custom) {
	if c.cut {
		return
	}
	for actor, o := range c.actors {
		c.before[actor] = o.last
	}
	n := 0
	for actor, last := range c.before {
		for patient, o := range last {
			if o.at <= c.since() && !c.oldest.IsZero() {
				delete(last, patient)
				continue
			}
			o.changed = false
			last[patient] = o
		}
		if n += len(last); len(last) == 0 || len(last) > q.most() || n > mostLately {
			delete(c.before, actor)
		}
	}
	q.lately.Store(&lately{mark: mark, actors: c.before})
}
