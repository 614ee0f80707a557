package sources

import (
	"sync/atomic"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Read is one key being read, or read a moment ago. Many requests may hold the same
// Read; whoever gives up waiting disturbs nobody.
type Read struct {
	flight *flight
	how    How
}

// How a Read came about. The zero How cost nobody anything.
type How uint8

// The ways of a Read.
const (
	// NotAsked: there was nothing to ask, or nobody to be asked at the moment.
	NotAsked How = iota
	// Asked: the source is asked for this very Begin.
	Asked
	// Joined: the source was being asked already.
	Joined
	// Remembered: the source had answered a moment ago.
	Remembered
)

// How says how it came about.
func (r *Read) How() How { return r.how }

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
	a.Remembered = r.how == Remembered
	return a
}

// Asked is when the source was asked, which for a remembered answer is before this
// Begin; UTC.
func (r *Read) Asked() time.Time { return r.flight.batch.asked }

// Begun is when the source was asked, by the machine's clock: for durations.
func (r *Read) Begun() time.Time { return r.flight.batch.begun }

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

// flight is one key on its way or remembered. It holds all Reads that can be handed out
// for it, so that sharing costs no allocation.
type flight struct {
	key     Key
	batch   *batch
	done    chan struct{}
	claimed atomic.Bool // whoever sets it first gives the answer

	fresh, joined, kept Read

	// answer is written once, before done is closed.
	answer Answer

	// Below: guarded by System.mu.
	settled bool
	until   time.Time // when to forget it
	index   int       // place in the memory's heap
}

func newFlight(k Key, b *batch) *flight {
	f := &flight{key: k, batch: b, done: make(chan struct{}), index: -1}
	f.fresh, f.joined, f.kept = Read{f, Asked}, Read{f, Joined}, Read{f, Remembered}
	return f
}
