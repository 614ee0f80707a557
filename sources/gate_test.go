package sources

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// line is a clinic whose every key takes one call, which do decides about. It counts
// the calls that reached the system.
type line struct {
	clinic
	do        func(context.Context) error
	calls     atomic.Int64
	under, at atomic.Int64 // calls in flight, and the most there were
}

func newLine(do func(context.Context) error) *line {
	l := &line{do: do}
	l.fetch = func(ctx context.Context, keys []Key, answer func(Key, Result)) {
		var group sync.WaitGroup
		for _, k := range keys {
			group.Go(func() {
				err := l.Call(ctx, l.reach)
				if err != nil {
					answer(k, Result{Err: err})
					return
				}
				holds(ctx, []Key{k}, answer)
			})
		}
		group.Wait()
	}
	return l
}

func (l *line) Open(_ context.Context, env Env) (Source, error) {
	l.Env = env
	return l, nil
}

func (l *line) reach(ctx context.Context) error {
	l.calls.Add(1)
	n := l.under.Add(1)
	defer l.under.Add(-1)
	for {
		most := l.at.Load()
		if n <= most || l.at.CompareAndSwap(most, n) {
			break
		}
	}
	return l.do(ctx)
}

func hang(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func dead(context.Context) error {
	return &Error{Kind: Unavailable, Code: "connection-refused", Reason: "It refuses connections"}
}

// patients opens a new patient every step until d has passed.
func patients(s *System, step, d time.Duration, seen func(*Read)) {
	for i := range int(d / step) {
		seen(s.Begin([]Key{allergiesOf(fmt.Sprint(i, time.Now().UnixNano()))})[0])
		time.Sleep(step)
	}
}

func TestADeadSourceIsOnlyProbedAndRecovers(t *testing.T) {
	for what, do := range map[string]func(context.Context) error{"refusing": dead, "hanging": hang} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				healed := make(chan struct{})
				l := newLine(func(ctx context.Context) error {
					select {
					case <-healed:
						return nil
					default:
						return do(ctx)
					}
				})
				s := open(t, l, Settings{Timeout: 4 * time.Second})
				patients(s, 10*time.Millisecond, 4900*time.Millisecond, func(*Read) {})
				if n := l.calls.Load(); n > 20 {
					t.Errorf("a dead source was called %d times before the breaker opened", n)
				}
				if h := s.Health(); h.State != StateDown || !h.BreakerOpen {
					t.Errorf("%+v", h)
				}
				l.calls.Store(0)
				var open int
				patients(s, 10*time.Millisecond, 20*time.Second, func(r *Read) {
					synctest.Wait()
					select {
					case <-r.Done():
						e := AsError(r.Answer().Err)
						if e != nil && e.Code == "breaker-open" {
							open++
							if e.Since.IsZero() || e.Reason != "It has not been answering; trying again every second" {
								t.Fatalf("%+v", e)
							}
						}
					default:
					}
				})
				if n := l.calls.Load(); n < 10 || n > 21 {
					t.Errorf("%d probes in 20 s, want about one a second", n)
				}
				// All but those that begin just after a probe and wait a moment for it.
				if open < 1650 {
					t.Errorf("only %d of 2000 reads were told at once", open)
				}

				close(healed)
				begun := time.Now()
				for a := (Answer{Result: Result{Err: context.Canceled}}); a.Err != nil; {
					time.Sleep(10 * time.Millisecond)
					a = readOne(s, allergiesOf("back"))
				}
				if took := time.Since(begun); took > 3*time.Second {
					t.Errorf("it took %v to notice that it is back", took)
				}
				if s.Health().BreakerOpen {
					t.Error("the breaker is still open")
				}
			})
		})
	}
}

// A page asks for many things at once: the first one after a source has healed is
// answered whole, because the others wait a moment for the one that probes.
func TestTheFirstPageAfterHealingIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var healed atomic.Bool
		l := newLine(func(ctx context.Context) error {
			time.Sleep(50 * time.Millisecond)
			if healed.Load() {
				return nil
			}
			return dead(ctx)
		})
		s := open(t, l, Settings{Timeout: 4 * time.Second})
		patients(s, 10*time.Millisecond, time.Second, func(*Read) {})
		if !s.Health().BreakerOpen {
			t.Fatal("the breaker is not open")
		}
		healed.Store(true)
		time.Sleep(3 * time.Second)
		var reads []*Read
		for i := range 16 {
			reads = append(reads, s.Begin([]Key{allergiesOf(fmt.Sprint("whole-", i))})[0])
		}
		for i, r := range reads {
			<-r.Done()
			if err := r.Answer().Err; err != nil {
				t.Errorf("read %d: %v", i, err)
			}
		}
	})
}

func TestWhatTheBreakerCounts(t *testing.T) {
	for _, c := range []struct {
		what  string
		err   error
		opens bool
	}{
		{"unavailable", &Error{Kind: Unavailable, Code: "http-500"}, true},
		{"timeout", &Error{Kind: Timeout, Code: "timeout"}, true},
		{"an error of a library", errors.New("EOF"), true},
		{"refused", &Error{Kind: Refused, Code: "http-401"}, false},
		{"malformed", &Error{Kind: Malformed, Code: "not-json"}, false},
		{"wrong patient", &Error{Kind: WrongPatient, Code: "wrong-patient"}, false},
		{"turned away", &Error{Kind: Unavailable, Code: "busy", unasked: true}, false},
		{"answered", nil, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			l := newLine(func(context.Context) error { return c.err })
			s := open(t, l, Settings{})
			for range 30 {
				err := l.Call(t.Context(), l.reach)
				if e := AsError(err); !c.opens && c.err == nil && e != nil {
					t.Fatal(e)
				}
			}
			if s.gate.open() != c.opens {
				t.Errorf("open is %v after %d calls", s.gate.open(), l.calls.Load())
			}
			if c.opens && l.calls.Load() != 5 {
				t.Errorf("%d calls, want 5", l.calls.Load())
			}
		})
	}
}

func TestEverySecondCallFailingOpensTheBreaker(t *testing.T) {
	n := 0
	l := newLine(func(ctx context.Context) error {
		if n++; n%2 == 0 {
			return dead(ctx)
		}
		return nil
	})
	s := open(t, l, Settings{})
	for range 30 {
		_ = l.Call(t.Context(), l.reach)
	}
	if !s.gate.open() || l.calls.Load() != 10 {
		t.Errorf("open %v after %d calls, want 10", s.gate.open(), l.calls.Load())
	}
}

func TestAnAskerWhoGoesAwaySaysNothingAboutTheSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(hang)
		s := open(t, l, Settings{})
		gone := func() {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			defer cancel()
			_ = l.Call(ctx, l.reach)
		}
		for range 30 {
			gone()
		}
		if s.gate.open() {
			t.Fatal("the breaker opened")
		}
		// Nor may it use up the permits of a breaker that is half open.
		l.do = dead
		for range 5 {
			_ = l.Call(t.Context(), l.reach)
		}
		l.do = hang
		for range 60 {
			time.Sleep(time.Second)
			gone()
		}
		l.do = func(context.Context) error { return nil }
		time.Sleep(time.Second)
		if err := l.Call(t.Context(), l.reach); err != nil || s.gate.open() {
			t.Errorf("never closes again: %v", err)
		}
	})
}

func TestAPanicInACallIsOurFault(t *testing.T) {
	l := newLine(func(context.Context) error { panic("9990000018") })
	s := open(t, l, Settings{})
	for range 30 {
		if a := readOne(s, allergiesOf("1")); code(a) != "connector-fault" {
			t.Fatalf("%+v", a)
		}
	}
	if s.gate.open() {
		t.Error("the breaker opened")
	}
}

func TestCallsStayUnderTheCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(func(context.Context) error { time.Sleep(20 * time.Millisecond); return nil })
		s := open(t, l, Settings{Concurrency: 4})
		var reads []*Read
		for i := range 500 {
			reads = append(reads, s.Begin([]Key{allergiesOf(fmt.Sprint(i))})...)
		}
		for _, r := range reads {
			if a := wait(r); a.Err != nil {
				t.Fatal(a.Err)
			}
		}
		if l.at.Load() != 4 || l.calls.Load() != 500 {
			t.Errorf("%d calls, %d at once", l.calls.Load(), l.at.Load())
		}
	})
}

func TestTheQueueIsNotEndless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(hang)
		s := open(t, l, Settings{Concurrency: 2, Timeout: 10 * time.Second, Queue: 3 * time.Second})
		begun := time.Now()
		reads := s.Begin([]Key{allergiesOf("1"), allergiesOf("2")})
		synctest.Wait()
		if a := readOne(s, allergiesOf("3")); code(a) != "busy" || time.Since(begun) != 3*time.Second {
			t.Errorf("%+v after %v", a, time.Since(begun))
		}
		for _, r := range reads {
			wait(r)
		}
		if s.gate.open() {
			t.Error("being busy counts against the source")
		}
	})
}

func TestThoseWhoQueuedDoNotFallUponADeadSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(func(ctx context.Context) error { time.Sleep(time.Second / 2); return dead(ctx) })
		s := open(t, l, Settings{Concurrency: 8})
		var reads []*Read
		for i := range 300 {
			reads = append(reads, s.Begin([]Key{allergiesOf(fmt.Sprint(i))})...)
		}
		for _, r := range reads {
			wait(r)
		}
		if n := l.calls.Load(); n > 20 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestASourceThatAsksToWaitIsLeftAlone(t *testing.T) {
	for _, c := range []struct {
		asks, pause time.Duration
	}{{7 * time.Second, 7 * time.Second}, {24 * time.Hour, time.Minute}} {
		synctest.Test(t, func(t *testing.T) {
			l := newLine(func(context.Context) error {
				return &Error{Kind: Refused, Code: "http-429", Reason: "Too many requests", RetryAfter: c.asks}
			})
			s := open(t, l, Settings{})
			begun := time.Now()
			if a := readOne(s, allergiesOf("1")); code(a) != "http-429" {
				t.Errorf("%+v", a)
			}
			l.do = func(context.Context) error { return nil }
			for {
				time.Sleep(time.Second)
				o := OutcomeOf(readOne(s, allergiesOf("1")), time.Now())
				if o.Status == record.Answered {
					break
				}
				if o.Code != "http-429" && (o.Code != "asked-to-wait" || !o.Since.Equal(begun)) {
					t.Fatalf("%+v", o)
				}
			}
			if l.calls.Load() != 2 || time.Since(begun) < c.pause || time.Since(begun) > c.pause+2*time.Second {
				t.Errorf("asked to wait %v: %d calls, next after %v", c.asks, l.calls.Load(), time.Since(begun))
			}
		})
	}
}
