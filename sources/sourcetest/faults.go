package sourcetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// shortDeadline is the deadline for a system that does not answer; others get all of
// patience.
const shortDeadline = 500 * time.Millisecond

func status(a sources.Answer) record.Status { return sources.OutcomeOf(a, time.Now()).Status }

func opensWhileDown(t *testing.T, c *Case) {
	s := c.open(t, c.start(t, Down), direct)
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// faultsHaveTheirKind makes the system misbehave before and after it was first read,
// since connections that are kept fail in other ways than new ones.
func faultsHaveTheirKind(t *testing.T, c *Case) {
	for _, f := range faults {
		for _, when := range []string{"from the start", "later"} {
			t.Run(string(f.behaviour)+" "+when, func(t *testing.T) {
				w := c.start(t, Normal)
				deadline := patience
				if f.behaviour == Slow {
					deadline = shortDeadline
				}
				s := c.system(t, w, deadline)
				keys := c.systemKeys(s)
				if when == "later" {
					for _, r := range s.Begin(keys[:1]) {
						await(t, r)
					}
				}
				behave(t, w, f.behaviour)
				c.allFail(t, s, keys[1:], f.behaviour, f.kinds, f.status)
			})
		}
	}
}

// allFail reads keys, of which each must fail with one of the kinds. A wrong patient's
// answer may leave a section empty, if that other person has nothing there; one of
// the keys must be refused all the same.
func (c *Case) allFail(t *testing.T, s *sources.System, keys []sources.Key, b Behaviour, kinds []sources.Kind, want record.Status) {
	t.Helper()
	failed := 0
	for i, r := range s.Begin(keys) {
		name := keys[i].Section.Name()
		a := await(t, r)
		if a.Err == nil {
			if b != WrongPatient || len(a.Entries)+len(a.Asserted) > 0 {
				t.Errorf("%s: answers %s, want %s", name, status(a), want)
			}
			continue
		}
		failed++
		e := sources.AsError(a.Err)
		if !slices.Contains(kinds, e.Kind) {
			t.Errorf("%s: %s (%v), want %v", name, e.Kind, e, kinds)
		}
		if got := status(a); got != want {
			t.Errorf("%s: outcome %s, want %s", name, got, want)
		}
		if b == TooMany && e.RetryAfter == 0 && i == 0 {
			t.Logf("%s: %v carries no RetryAfter", name, e)
		}
		c.sound(t, e)
	}
	if failed == 0 {
		t.Errorf("%s: nothing failed", b)
	}
}

// sound checks what a reader and a log see of an error.
func (c *Case) sound(t *testing.T, e *sources.Error) {
	t.Helper()
	if e.Code == "" || e.Reason == "" {
		t.Errorf("an error without code or reason: %+v", e)
	}
	c.clean(t, "an error", e.Code+" "+e.Reason+" "+e.Error())
}

func (c *Case) systemKeys(s *sources.System) []sources.Key {
	var keys []sources.Key
	for _, id := range c.Known {
		for _, h := range record.Headings() {
			if s.Offers(h.Section) {
				keys = append(keys, sources.Key{Section: h.Section, LocalID: id})
			}
		}
	}
	return keys
}

// recovers checks that a system that was down is read again when it is back.
func recovers(t *testing.T, c *Case) {
	w := c.start(t, Normal)
	s := c.open(t, w, direct).closeAtEnd(t)
	keys := c.keys(s)
	behave(t, w, Down)
	for k, r := range s.fetch(t, keys) {
		if r.Err == nil {
			t.Errorf("%s: no error while down", k.Section.Name())
		}
	}
	behave(t, w, Normal)
	for k, r := range s.fetch(t, keys) {
		if r.Err != nil {
			t.Errorf("%s: still %v after it came back", k.Section.Name(), r.Err)
		}
	}
}

// cancelWithin is how soon a Fetch must return after its context ended.
const cancelWithin = 100 * time.Millisecond

// cancelEnds cancels while calls are under way. A loaded machine may be late once, so
// the best of three counts.
func cancelEnds(t *testing.T, c *Case) {
	w := c.start(t, Slow)
	under := make(chan struct{}, 1)
	s := c.open(t, w, func(ctx context.Context, do func(context.Context) error) error {
		select {
		case under <- struct{}{}:
		default:
		}
		return do(ctx)
	}).closeAtEnd(t)
	best := time.Hour
	for range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan map[sources.Key]sources.Result, 1)
		go func() { ended <- s.fetchUntil(ctx, t, c.keys(s)) }()
		select {
		case <-under:
		case <-time.After(patience):
			t.Fatal("no call was made")
		}
		cancelled := time.Now()
		cancel()
		select {
		case results := <-ended:
			best = min(best, time.Since(cancelled))
			for k, r := range results {
				if r.Err == nil {
					t.Errorf("%s: cancelled, and answered %s", k.Section.Name(), Render(r))
				} else if errors.Is(r.Err, context.Canceled) {
					c.clean(t, "an error", sources.AsError(r.Err).Error())
				}
			}
		case <-time.After(patience):
			t.Fatal("Fetch does not return when its context ends")
		}
		for len(under) > 0 {
			<-under
		}
	}
	if best > cancelWithin {
		t.Errorf("Fetch returned %v after its context ended, want at most %v", best, cancelWithin)
	}
}
