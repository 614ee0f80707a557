package usage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// mostToldAMinute is how many first paints of one session are counted.
	mostToldAMinute = 30
	// longestPaint is the longest that is believed.
	longestPaint = 10 * time.Minute
)

// bounds are what first paints are counted by, in milliseconds.
var bounds = []int{100, 200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10_000, 15_000, 30_000, 60_000, 600_000}

// paint is a row of the table.
type paint struct {
	day, organisation string
	door              Door
	within            int
}

// Paint counts how long somebody waited for the first rows of a record. It reports whether it did: not
// what cannot be, and not more of one session than anybody opens.
func (c *Counter) Paint(s *auth.Session, took time.Duration) bool {
	if s == nil || s.Role == "" || s.View != nil || took <= 0 || took > longestPaint {
		return false
	}
	now := c.now()
	door := c.DoorOf(s)
	c.mu.Lock()
	defer c.mu.Unlock()
	if minute := now.Unix() / 60; minute != c.minute {
		c.minute = minute
		clear(c.told)
	}
	if c.told[s.ID] >= mostToldAMinute {
		return false
	}
	c.told[s.ID]++
	i, _ := slices.BinarySearch(bounds, int(took.Milliseconds()))
	c.paints[paint{now.In(c.Zone).Format(time.DateOnly), s.Organisation.ODS, door, bounds[i]}]++
	if c.Painted != nil {
		c.Painted(door, took)
	}
	return true
}

// Waits is how long users waited. Organisation and Door are "" in the one of all.
type Waits struct {
	Organisation  string
	Door          Door
	Count         int
	P50, P75, P95 int // milliseconds, at most
	byBound       map[int]int
}

// Paints gives them of so many days back, all together first.
func (c *Counter) Paints(ctx context.Context, days int) ([]*Waits, error) {
	rows, err := c.read.QueryContext(ctx, `SELECT organisation, door, within, SUM(records) FROM usage_paint WHERE day > $1
		GROUP BY organisation, door, within ORDER BY organisation, door, within`, c.before(days))
	if err != nil {
		return nil, fmt.Errorf("reading first paints: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all := &Waits{byBound: map[int]int{}}
	list := []*Waits{all}
	for rows.Next() {
		var w Waits
		var within, n int
		if err := rows.Scan(&w.Organisation, &w.Door, &within, &n); err != nil {
			return nil, fmt.Errorf("reading first paints: %w", err)
		}
		last := list[len(list)-1]
		if last == all || last.Organisation != w.Organisation || last.Door != w.Door {
			w.byBound = map[int]int{}
			last = &w
			list = append(list, last)
		}
		last.byBound[within] += n
		all.byBound[within] += n
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading first paints: %w", err)
	}
	for _, w := range list {
		w.sum()
	}
	if all.Count == 0 {
		return nil, nil
	}
	return list, nil
}

func (w *Waits) sum() {
	for _, n := range w.byBound {
		w.Count += n
	}
	w.P50, w.P75, w.P95 = w.within(50), w.within(75), w.within(95)
}

// within is the bound that so many of a hundred keep.
func (w *Waits) within(percent int) int {
	sum := 0
	for _, bound := range bounds {
		if sum += w.byBound[bound]; w.Count > 0 && sum*100 >= w.Count*percent {
			return bound
		}
	}
	return 0
}
