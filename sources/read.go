package sources

import (
	"sync/atomic"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Read is one key being read, or read a moment ago. Many requests may hold the same
// Read; whoever gives up waiting disturbs nobody.
type Read struct {
	flight     *flight
	remembered bool
}

// Done is closed when there is an answer: at the latest at the source's deadline.
func (r *Read) Done() <-chan struct{} { return r.flight.done }

// Answer is what the source said. Before Done it is an error of Kind Timeout, so that
// nobody can take a read in flight for an empty section (hazard H-02).
func (r *Read) Answer() Answer {
	select {
	case <-r.flight.done:
	default:
		return Answer{Source: r.flight.batch.system.Origin(), Result: Result{Err: &Error{
			Kind: Timeout, Code: "pending", Reason: pendingReason}}}
	}
	a := r.flight.answer
	a.Remembered = r.remembered
	return a
}

// Asked is when the source was asked, which for a remembered answer is before this
// Begin; UTC.
func (r *Read) Asked() time.Time { return r.flight.batch.asked }

// Answer is a Result with its times. It is shared by everyone who asks for the same
// key and must never be changed; its entries carry their provenance already.
type Answer struct {
	Result
	// Source is who answered.
	Source *record.Origin
	// Retrieved is when the answer arrived, UTC; remembered answers keep it, so that
	// their age is honest (hazard H-03).
	Retrieved time.Time
	// Took is how long the source needed.
	Took time.Duration
	// Remembered is true if the source was not asked for this Begin and the answer was
	// already there.
	Remembered bool
}

// flight is one key on its way or remembered. It holds both Reads that can be handed
// out for it, so that sharing costs no allocation.
type flight struct {
	key         Key
	batch       *batch
	done        chan struct{}
	fresh, kept Read
	claimed     atomic.Bool // whoever sets it first gives the answer

	// answer is written once, before done is closed.
	answer Answer

	// Below: guarded by System.mu.
	settled bool
	until   time.Time // when to forget it
	index   int       // place in the memory's heap
}

func newFlight(k Key, b *batch) *flight {
	f := &flight{key: k, batch: b, done: make(chan struct{}), index: -1}
	f.fresh.flight = f
	f.kept = Read{flight: f, remembered: true}
	return f
}
