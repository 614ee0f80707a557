package sources

import (
	"context"
	"errors"
	"time"
)

var (
	// errDeadline is the cause of a context that ended at the source's own deadline.
	errDeadline = errors.New("the source's deadline passed")
	// errClosed is the cause of a context that ended because the System was closed.
	errClosed = errors.New("the source was closed")
)

// stuckAfter is how long after its deadline a Fetch may still run before it counts
// as stuck.
const stuckAfter = time.Second

// batch is the keys of one Begin that go to the source together.
type batch struct {
	system  *System
	keys    []Key
	flights []*flight
	asked   time.Time       // by the clock that readers see, UTC
	begun   time.Time       // by the machine's clock, for durations
	on      context.Context // ends when the source is switched off or closed
	stuck   *time.Timer
}

func (s *System) newBatch(begun time.Time, size int) *batch {
	return &batch{
		system: s, asked: s.now().UTC(), begun: begun, on: s.gate.power.running(),
		keys: make([]Key, 0, size), flights: make([]*flight, 0, size),
	}
}

func (b *batch) size() int {
	if b == nil {
		return 0
	}
	return len(b.flights)
}

// run reads the batch. Whatever the source does, every flight is settled when the
// deadline passes.
func (b *batch) run() {
	s := b.system
	defer s.running.Done()
	ctx, cancel := context.WithTimeoutCause(b.on, s.settings.Timeout, errDeadline)
	defer cancel()
	expired := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(expired)
		b.settleRest(lateError(ctx))
		b.stuck = time.AfterFunc(stuckAfter, s.reportStuck)
	})
	err := s.guarded("fetch", func() error {
		s.source.Fetch(ctx, b.keys, b.answer)
		return nil
	})
	if !stop() {
		<-expired
		if !b.stuck.Stop() {
			s.unstick()
		}
	}
	switch {
	case err != nil:
	case ctx.Err() != nil: // it stopped because it was told to, and faster than the above
		err = lateError(ctx)
	default:
		err = &Error{Kind: Unavailable, Code: "no-answer", Reason: "It gave no answer about this section"}
	}
	b.settleRest(err)
}

// answer takes what the source says about one key; the first word about a key counts.
func (b *batch) answer(k Key, r Result) {
	s := b.system
	s.mu.Lock()
	f := s.flights[k]
	s.mu.Unlock()
	// A key of another batch, asked again meanwhile, is not this batch's to answer.
	if f == nil || f.batch != b {
		return
	}
	if r.Err != nil && b.on.Err() != nil { // it stopped because it was told to
		r = Result{Err: lateError(b.on)}
	}
	s.settle(f, s.checked(k, r))
}

func (b *batch) settleRest(err error) {
	for _, f := range b.flights {
		b.system.settle(f, Result{Err: err})
	}
}

// settle gives a flight its answer, unless it has one.
func (s *System) settle(f *flight, r Result) {
	took := time.Since(f.batch.begun)
	a := Answer{Result: r, Source: s.Origin(), Retrieved: s.now().UTC(), Took: took}
	if f.claimed.Swap(true) {
		return
	}
	s.stamp(f.key, &a)
	s.mu.Lock()
	f.settled = true
	f.answer = a
	s.inFlight--
	s.remember(f)
	s.mu.Unlock()
	s.health.observe(a)
	s.meters.answered(f.key.Section, a)
	close(f.done)
}

// lateError is why a read ended with its context.
func lateError(ctx context.Context) *Error {
	cause := context.Cause(ctx)
	if errors.Is(cause, errClosed) {
		return closedError()
	}
	var off *Error
	if errors.As(cause, &off) {
		return off
	}
	return &Error{Kind: Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: ctx.Err()}
}

func closedError() *Error {
	return &Error{Kind: Unavailable, Code: "closed", Reason: "This server is closing its connection to it", unasked: true}
}

// guarded runs a connector's code and turns its panic into an error. Neither the
// panic's text nor the stack's arguments are logged: they may quote a record. What is
// logged is the panic's type and the function it happened in.
func (s *System) guarded(what string, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			c := crashed(p)
			s.log.Error("connector fault", "during", what, "type", c.kind, "at", c.at)
			err = &Error{Kind: Unavailable, Code: faultCode, Reason: "Reading it failed inside this server"}
		}
	}()
	return do()
}

// faultCode marks a panic in a connector: our fault, not the source's.
const faultCode = "connector-fault"

// reportStuck counts a Fetch that did not end with its context, and logs the first.
func (s *System) reportStuck() {
	s.mu.Lock()
	s.stuck++
	first := s.stuck == 1
	s.mu.Unlock()
	s.meters.stuck.Inc()
	if first {
		s.log.Error("connector does not stop at its deadline", "deadline", s.settings.Timeout)
	}
}

func (s *System) unstick() {
	s.mu.Lock()
	s.stuck--
	s.mu.Unlock()
	s.meters.stuck.Dec()
}
