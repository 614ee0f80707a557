package sources

import (
	"context"
	"math"
	"time"

	"golang.org/x/time/rate"
)

// Rate is how often a source may be called.
type Rate struct {
	// PerSecond is how many calls may begin in a second, on average; 0 is any number.
	PerSecond float64
	// Burst is how many may begin at once after a pause; default PerSecond, at least 1.
	Burst int
}

// limiter keeps the rate; one without a rate lets everything through.
func (r Rate) limiter() *rate.Limiter {
	if r.PerSecond <= 0 {
		return rate.NewLimiter(rate.Inf, 0)
	}
	burst := r.Burst
	if burst <= 0 {
		burst = max(1, int(math.Ceil(min(r.PerSecond, math.MaxInt32))))
	}
	return rate.NewLimiter(rate.Limit(r.PerSecond), burst)
}

// enter waits until one more call may begin: for its turn by the rate, and for a slot. A
// call whose turn would come after its reader's deadline is told so at once and takes
// nobody's turn. Whoever had to wait for a slot waits for a turn anew with the slot in
// hand: otherwise the slots of a source that hung would let all their turns loose at once.
func (g *gate) enter(ctx context.Context) *Error {
	if e := g.turn(ctx); e != nil {
		return e
	}
	if g.slots.TryAcquirePermit() {
		return nil
	}
	if err := g.slots.AcquirePermitWithMaxWait(ctx, g.settings.Queue); err != nil {
		return queueError(ctx, err)
	}
	if e := g.turn(ctx); e != nil {
		g.slots.ReleasePermit()
		return e
	}
	return nil
}

// turn waits for the call's turn by the rate. One that would leave no tenth of the time for
// the call itself is of no use, and would look like a source that does not answer.
func (g *gate) turn(ctx context.Context) *Error {
	if g.pace.Limit() == rate.Inf {
		return nil
	}
	useful := ctx
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		useful, cancel = context.WithDeadline(ctx, deadline.Add(-time.Until(deadline)/10))
		defer cancel()
	}
	err := g.pace.Wait(useful)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return queueError(ctx, err)
	}
	return &Error{Kind: Unavailable, Code: "paced", Reason: "It may not be asked more often, and other reads come before this one", unasked: true}
}
