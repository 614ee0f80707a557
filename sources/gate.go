package sources

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"golang.org/x/time/rate"
)

// longestPause bounds how long a source may ask to be left alone: a wrong header must
// not take it out of the record for a day.
const longestPause = time.Minute

// gate is Env.Call: the kill switch, the hours, the rate, the cap on calls in flight
// (hazard H-09), the circuit breaker and the pause a source asked for. The breaker is asked twice: before queueing, so that
// nobody waits in vain, and with the slot in hand, so that those who queued before it
// opened do not all fall upon a dead source.
type gate struct {
	power    *power
	hours    *hours
	pace     *rate.Limiter
	slots    bulkhead.Bulkhead[any]
	breaker  circuitbreaker.CircuitBreaker[any]
	probes   *rate.Limiter
	settings Settings
	now      func() time.Time
	meters   meters
	guarded  func(what string, do func() error) error

	mu           sync.Mutex
	failingSince time.Time // by now; zero while it answers
	pausedSince  time.Time // by now
	pausedUntil  time.Time // by the machine's clock
	probe        *probe    // the last one; nil if there was none
}

// probe is a call that is let through to see whether a dead source lives again.
type probe struct {
	begun time.Time     // by the machine's clock
	done  chan struct{} // closed when it has ended
}

// probeGrace is how long the other calls of the same moment wait for a probe that has
// just begun: a page asks for many things at once, and on the first page after a
// source has healed all of them should be answered, not only the one that probed. A
// probe that hangs costs nobody more than this.
const probeGrace = 150 * time.Millisecond

func newGate(s Settings, env Env, p *power, m meters, guarded func(string, func() error) error) *gate {
	g := &gate{settings: s, now: env.Now, meters: m, guarded: guarded, power: p,
		hours:  &hours{windows: s.Windows, zone: env.Zone, now: env.Now},
		pace:   s.Rate.limiter(),
		slots:  bulkhead.New[any](uint(s.Concurrency)),
		probes: rate.NewLimiter(rate.Every(s.Breaker.Probe), 1)}
	// While half-open, the library lets through as many calls as its success threshold
	// counts, and probes thins them to one per interval: so a probe that hangs keeps
	// neither the next one nor recovery waiting.
	g.breaker = circuitbreaker.NewBuilder[any]().
		WithFailureThresholdRatio(uint(s.Breaker.Failures), uint(s.Breaker.Of)).
		WithSuccessThresholdRatio(1, uint(s.Concurrency)).
		WithDelay(s.Breaker.Probe).
		OnStateChanged(func(e circuitbreaker.StateChangedEvent) { m.breakerIs(e.NewState) }).
		Build()
	m.breakerIs(circuitbreaker.ClosedState)
	return g
}

// open reports whether the source counts as dead.
func (g *gate) open() bool { return !g.breaker.IsClosed() }

// call is Env.Call.
func (g *gate) call(ctx context.Context, do func(context.Context) error) error {
	if e := g.barred(); e != nil {
		return g.turnedAway(e)
	}
	if e := g.enter(ctx); e != nil {
		return g.turnedAway(e)
	}
	defer g.slots.ReleasePermit()
	ended, e := g.admit(ctx)
	if e != nil {
		return g.turnedAway(e)
	}
	defer ended()
	err := g.guarded("call", func() error { return do(ctx) })
	g.learn(ctx, err)
	return err
}

func (g *gate) turnedAway(e *Error) error {
	g.meters.called("turned-away")
	return e
}

func queueError(ctx context.Context, err error) *Error {
	if errors.Is(err, bulkhead.ErrFull) {
		return &Error{Kind: Unavailable, Code: "busy", Reason: "Too many reads of it are under way", unasked: true}
	}
	e := *lateError(ctx)
	e.unasked = true
	return &e
}

// shut is why the source may not be asked, whatever its state; nil if it may.
func (g *gate) shut() *Error {
	if e := g.power.shut(); e != nil {
		return e
	}
	return g.hours.shut()
}

// barred is why no call can be made at this moment; nil if one may.
func (g *gate) barred() *Error {
	if e := g.shut(); e != nil {
		return e
	}
	if e := g.leftAlone(); e != nil {
		return e
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.breaker.RemainingDelay() > 0 {
		return g.brokenError()
	}
	return nil
}

// admit takes the breaker's permission for one call; ended must be called when the call
// has been learnt from.
func (g *gate) admit(ctx context.Context) (ended func(), e *Error) {
	if e := g.barred(); e != nil {
		return nil, e
	}
	allowed, ended := true, func() {}
	if g.open() {
		if allowed = g.probes.Allow(); allowed {
			ended = g.probing()
		} else {
			g.awaitProbe(ctx)
			allowed = !g.open()
		}
	}
	if !allowed || !g.breaker.TryAcquirePermit() {
		ended()
		g.mu.Lock()
		defer g.mu.Unlock()
		return nil, g.brokenError()
	}
	return ended, nil
}

// probing notes that a probe begins; the function it returns, that it has ended.
func (g *gate) probing() func() {
	p := &probe{begun: time.Now(), done: make(chan struct{})}
	g.mu.Lock()
	g.probe = p
	g.mu.Unlock()
	return func() { close(p.done) }
}

// awaitProbe waits for a probe that has just begun.
func (g *gate) awaitProbe(ctx context.Context) {
	g.mu.Lock()
	p := g.probe
	g.mu.Unlock()
	if p == nil {
		return
	}
	patience := time.NewTimer(probeGrace - time.Since(p.begun))
	defer patience.Stop()
	select {
	case <-p.done:
	case <-patience.C:
	case <-ctx.Done():
	}
}

// brokenError needs g.mu.
func (g *gate) brokenError() *Error {
	reason := "It has not been answering; trying again every second"
	if g.settings.Breaker.Probe != time.Second {
		reason = "It has not been answering; trying again every " + g.settings.Breaker.Probe.String()
	}
	return &Error{Kind: Unavailable, Code: "breaker-open", Reason: reason, Since: g.failingSince, unasked: true}
}

// learn tells the breaker how a call went. Only silence and failure count against a
// source; a refusal or an answer that cannot be understood is still an answer. A call
// whose asker went away, or that failed inside our own code, says nothing.
func (g *gate) learn(ctx context.Context, err error) {
	e := AsError(err)
	switch {
	case e == nil:
		g.meters.called("ok")
		g.answered()
	case ctx.Err() != nil && !errors.Is(context.Cause(ctx), errDeadline):
		g.meters.called("cancelled")
		g.unknown()
	case e.unasked || e.Code == faultCode:
		g.meters.called(e.Kind.String())
		g.unknown()
	case e.Kind == Unavailable || e.Kind == Timeout:
		g.meters.called(e.Kind.String())
		g.failed()
	default:
		g.meters.called(e.Kind.String())
		g.answered()
	}
	if e != nil && e.RetryAfter > 0 && !e.unasked {
		g.pause(e.RetryAfter)
	}
}

func (g *gate) answered() {
	g.mu.Lock()
	g.failingSince = time.Time{}
	g.mu.Unlock()
	g.breaker.RecordSuccess()
}

func (g *gate) failed() {
	g.mu.Lock()
	if g.failingSince.IsZero() {
		g.failingSince = g.now().UTC()
	}
	g.mu.Unlock()
	g.breaker.RecordFailure()
}

// unknown gives back a half-open breaker's permit, which it does only for a verdict.
func (g *gate) unknown() {
	if g.breaker.IsHalfOpen() {
		g.breaker.RecordFailure()
	}
}

func (g *gate) pause(d time.Duration) {
	until := time.Now().Add(min(d, longestPause))
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.pausedUntil) {
		if time.Now().After(g.pausedUntil) {
			g.pausedSince = g.now().UTC()
		}
		g.pausedUntil = until
	}
}
