package policy

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ory/ladon"
)

// Is holds when one of the context's values is in In (or In is empty) and none is in
// Not. What is not a list of texts cannot be judged: then a deny takes effect and an
// allow does not, so that Ladon's habit of skipping what it cannot evaluate never
// opens a door.
type Is struct {
	In   []string `json:"in,omitempty"`
	Not  []string `json:"not,omitempty"`
	Deny bool     `json:"deny,omitempty"`
}

// GetName names the condition in Ladon.
func (c *Is) GetName() string { return "Is" }

// Fulfills reports whether the condition holds.
func (c *Is) Fulfills(_ context.Context, value any, _ *ladon.Request) bool {
	values, ok := value.([]string)
	if !ok || len(values) == 0 {
		return c.Deny
	}
	return c.holds(func(listed string) bool { return slices.Contains(values, listed) })
}

func (c *Is) holds(has func(string) bool) bool {
	if slices.ContainsFunc(c.Not, has) {
		return false
	}
	return len(c.In) == 0 || slices.ContainsFunc(c.In, has)
}

// Clock is Is over windows of the day, such as "08:00-18:30" or "22:00-06:00". The
// end is not included.
type Clock struct{ Is }

// GetName names the condition in Ladon.
func (c *Clock) GetName() string { return "Clock" }

// Fulfills reports whether the condition holds.
func (c *Clock) Fulfills(_ context.Context, value any, _ *ladon.Request) bool {
	values, ok := value.([]string)
	if !ok || len(values) != 1 {
		return c.Deny
	}
	at, err := time.Parse("15:04", values[0])
	if err != nil {
		return c.Deny
	}
	return c.holds(func(window string) bool {
		from, to, ok := windowOf(window)
		if !ok {
			return c.Deny
		}
		if from <= to {
			return !at.Before(day(from)) && at.Before(day(to))
		}
		return !at.Before(day(from)) || at.Before(day(to))
	})
}

func day(d time.Duration) time.Time { return time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Add(d) }

// windowOf reads "08:00-18:30"; the end may be 24:00.
func windowOf(s string) (from, to time.Duration, ok bool) {
	a, b, found := strings.Cut(s, "-")
	if !found {
		return 0, 0, false
	}
	start, err := time.Parse("15:04", a)
	if err != nil {
		return 0, 0, false
	}
	from = start.Sub(day(0))
	if b == "24:00" {
		return from, 24 * time.Hour, true
	}
	end, err := time.Parse("15:04", b)
	return from, end.Sub(day(0)), err == nil && start != end
}
