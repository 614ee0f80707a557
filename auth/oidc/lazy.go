package oidc

import (
	"context"
	"sync"
	"time"
)

// How long what a provider published is believed.
const (
	// freshFor is how long it is used without asking again.
	freshFor = 15 * time.Minute
	// staleFor is how long it is used while the provider does not answer. A key that the
	// provider has withdrawn must not live for ever because the provider is down.
	staleFor = 24 * time.Hour
	// renewEvery is how often at most somebody's token of an unknown key has us ask again.
	renewEvery = 5 * time.Second
	// backOff is the pause after the first failure; it doubles up to mostBackOff.
	backOff     = time.Second
	mostBackOff = 30 * time.Second
)

// lazy is something the provider publishes: fetched when it is first needed, once for all
// who wait for it, kept, and asked for again with growing pauses when that fails.
type lazy[T any] struct {
	open  context.Context // ends when the provider is closed
	now   func() time.Time
	fetch func(context.Context) (T, error)

	mu     sync.Mutex
	value  T
	got    time.Time // when value came; zero: never
	tried  time.Time // when fetching last began; zero: never
	failed int       // failures since value came
	err    error     // of the last failure
	ending chan struct{}
}

func newLazy[T any](open context.Context, now func() time.Time, fetch func(context.Context) (T, error)) *lazy[T] {
	return &lazy[T]{open: open, now: now, fetch: fetch}
}

// get gives the value, or the *auth.Refusal for which there is none.
func (l *lazy[T]) get(ctx context.Context) (T, error) {
	l.mu.Lock()
	if l.heldFor(freshFor) || l.pausing() {
		defer l.mu.Unlock()
		return l.held()
	}
	return l.await(ctx)
}

// renew gives the value as it is published now, or a moment ago; unlike get, it does not
// fall back on an older one.
func (l *lazy[T]) renew(ctx context.Context) (T, error) {
	l.mu.Lock()
	var (
		value T
		err   error
	)
	if l.ending == nil && (l.heldFor(renewEvery) || l.pausing()) {
		value, err = l.held()
		l.mu.Unlock()
	} else {
		value, err = l.await(ctx)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil && l.failed > 0 {
		var none T
		return none, l.err
	}
	return value, err
}

// await waits for a fetch, beginning one if there is none. The caller holds the lock, which
// is given up. Nobody who gives up ends the fetch: others may wait for it.
func (l *lazy[T]) await(ctx context.Context) (T, error) {
	if l.ending == nil {
		l.ending, l.tried = make(chan struct{}), l.now()
		go l.run()
	}
	ending := l.ending
	l.mu.Unlock()
	select {
	case <-ending:
	case <-ctx.Done():
		var none T
		return none, unavailable("given up while the provider was asked")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held()
}

func (l *lazy[T]) run() {
	value, err := l.fetch(l.open)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.value, l.got, l.failed, l.err = value, l.now(), 0, nil
	} else {
		l.failed, l.err = l.failed+1, err
	}
	close(l.ending)
	l.ending = nil
}

// held gives what there is: a value that is not too old, or why there is none.
func (l *lazy[T]) held() (T, error) {
	if l.heldFor(staleFor) {
		return l.value, nil
	}
	var none T
	return none, l.err
}

func (l *lazy[T]) heldFor(d time.Duration) bool { return !l.got.IsZero() && l.now().Sub(l.got) < d }

// pausing reports whether the last try failed too short a while ago.
func (l *lazy[T]) pausing() bool {
	if l.failed == 0 {
		return false
	}
	pause := min(backOff<<min(l.failed-1, 10), mostBackOff)
	since := l.now().Sub(l.tried)
	return since >= 0 && since < pause
}
