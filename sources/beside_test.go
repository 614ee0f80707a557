package sources

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestBesideKeepsTheRateTogether: one that is opened beside another calls no more often, and
// no more at once, than both were promised to.
func TestBesideKeepsTheRateTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var began []time.Time
		under, most := 0, 0
		call := func(context.Context) error {
			mu.Lock()
			began = append(began, time.Now())
			under++
			most = max(most, under)
			mu.Unlock()
			time.Sleep(700 * time.Millisecond)
			mu.Lock()
			under--
			mu.Unlock()
			return nil
		}
		s := Settings{Rate: Rate{PerSecond: 2, Burst: 1}, Concurrency: 1, Queue: time.Minute, Timeout: time.Minute}
		running, second := newLine(call), newLine(call)
		open(t, open(t, running, s).Beside(second), s)
		var group sync.WaitGroup
		for range 5 {
			for _, l := range []*line{running, second} {
				group.Go(func() {
					if err := l.Call(t.Context(), l.reach); err != nil {
						t.Error(err)
					}
				})
			}
		}
		group.Wait()
		if len(began) != 10 || most != 1 {
			t.Errorf("%d calls, %d at once", len(began), most)
		}
		for i := 1; i < len(began); i++ {
			if between := began[i].Sub(began[i-1]); between < 499*time.Millisecond {
				t.Errorf("%v between two calls", between)
			}
		}
	})
}

// TestBesideHeedsPauses: those that the running one was asked for, and the running one those
// of the other; but what is switched off or dead is looked at all the same.
func TestBesideHeedsPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var say error
		answer := func(context.Context) error { return say }
		running, second := newLine(answer), newLine(answer)
		r := open(t, running, Settings{Breaker: Breaker{Failures: 1, Of: 1}})
		open(t, r.Beside(second), Settings{})
		r.SwitchOff(time.Now())
		if err := second.Call(t.Context(), second.reach); err != nil {
			t.Errorf("switched off: %v", err)
		}
		r.SwitchOn()
		say = &Error{Kind: Unavailable, Code: "http-503"}
		_ = running.Call(t.Context(), running.reach)
		say = nil
		if err := second.Call(t.Context(), second.reach); err != nil {
			t.Errorf("dead: %v", err)
		}
		time.Sleep(2 * time.Second) // until the running one tries again
		for _, c := range []struct{ asked, other *line }{{running, second}, {second, running}} {
			say = &Error{Kind: Refused, Code: "http-429", RetryAfter: 20 * time.Second}
			_ = c.asked.Call(t.Context(), c.asked.reach)
			say = nil
			before := c.other.calls.Load()
			if e := AsError(c.other.Call(t.Context(), c.other.reach)); e == nil || e.Code != "asked-to-wait" || c.other.calls.Load() != before {
				t.Errorf("asked to be left alone: %v", e)
			}
			time.Sleep(21 * time.Second)
			if err := c.other.Call(t.Context(), c.other.reach); err != nil {
				t.Errorf("after the pause: %v", err)
			}
		}
	})
}
