package sources

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"
)

// State is how a source is doing. The zero value is UNKNOWN.
type State string

// The states of a source.
const (
	// StateUnknown: it was not asked yet.
	StateUnknown State = "UNKNOWN"
	// StateUp: it answers.
	StateUp State = "UP"
	// StateDegraded: it answers, and failed within the last minute.
	StateDegraded State = "DEGRADED"
	// StateDown: it is switched off, the breaker is open, or the last five reads all failed.
	StateDown State = "DOWN"
)

// MarshalGQL writes the state as a GraphQL enum value; the zero value is UNKNOWN.
func (s State) MarshalGQL(w io.Writer) {
	if s == "" {
		s = StateUnknown
	}
	_, _ = io.WriteString(w, strconv.Quote(string(s)))
}

// UnmarshalGQL reads a GraphQL enum value.
func (s *State) UnmarshalGQL(v any) error {
	t, ok := v.(string)
	if !ok {
		return fmt.Errorf("an enum value must be a name, not %T", v)
	}
	*s = State(t)
	return nil
}

// Health is how a source has been doing. Times are UTC and zero if there is none.
type Health struct {
	State State
	// Since is when it came into that state.
	Since time.Time
	// LastAnswer is when it last gave a usable answer.
	LastAnswer time.Time
	// LastErrorCode and LastErrorReason are of its last failure, "" if there was none,
	// at LastErrorAt. They stay after it recovered.
	LastErrorCode   string
	LastErrorReason string
	LastErrorAt     time.Time
	// P50 and P95 are how long the last hundred reads took, failures included; 0 if
	// there were none.
	P50, P95 time.Duration
	// InFlight is how many keys are being read.
	InFlight int
	// Off is true while it is switched off; then it is down.
	Off bool
	// BreakerOpen is true while the source is only probed.
	BreakerOpen bool
}

// Health says how the source has been doing.
func (s *System) Health() Health {
	h := s.health.now(s.gate.open())
	if off := s.Off(); off != nil {
		h.State, h.Since, h.Off = StateDown, off.Since, true
		h.LastErrorCode, h.LastErrorReason, h.LastErrorAt = off.Code, off.Reason, off.Since
	}
	s.mu.Lock()
	h.InFlight = s.inFlight
	s.mu.Unlock()
	return h
}

const (
	// troubled is how long a failure keeps a source from counting as up.
	troubled = time.Minute
	// downAfter is how many reads must fail in a row for a source to be down.
	downAfter = 5
)

// health remembers how the last reads went.
type health struct {
	wall  func() time.Time
	start time.Time // by the machine's clock
	day   day

	mu           sync.Mutex
	opened       time.Time
	first        time.Time // first observation
	lastAnswer   time.Time
	lastFailure  time.Time
	lastError    Error
	failing      int       // failures in a row
	failingSince time.Time // the first of them
	troubleSince time.Time // the first failure that no quiet minute came after
	took         [100]time.Duration
	seen         int
}

func newHealth(wall func() time.Time) *health {
	return &health{wall: wall, start: time.Now(), opened: wall().UTC()}
}

// clock is the machine's time since opening, for durations.
func (h *health) clock() time.Duration { return time.Since(h.start) }

// observe takes in how a read went. What System answered without asking says nothing.
func (h *health) observe(a Answer) {
	e := AsError(a.Err)
	if e != nil && e.unasked {
		return
	}
	now := h.wall().UTC()
	h.day.count(now, e)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.first.IsZero() {
		h.first = now
	}
	h.took[h.seen%len(h.took)] = a.Took
	h.seen++
	if e == nil {
		h.lastAnswer = now
		h.failing = 0
		return
	}
	if h.failing == 0 {
		h.failingSince = now
	}
	h.failing++
	if h.lastFailure.IsZero() || now.Sub(h.lastFailure) > troubled {
		h.troubleSince = now
	}
	h.lastFailure = now
	h.lastError = *e
}

func (h *health) now(breakerOpen bool) Health {
	now := h.wall().UTC()
	h.mu.Lock()
	defer h.mu.Unlock()
	out := Health{LastAnswer: h.lastAnswer, LastErrorAt: h.lastFailure, BreakerOpen: breakerOpen,
		LastErrorCode: h.lastError.Code, LastErrorReason: h.lastError.Reason}
	out.State, out.Since = h.state(now, breakerOpen)
	took := slices.Clone(h.took[:min(h.seen, len(h.took))])
	slices.Sort(took)
	if n := len(took); n > 0 {
		out.P50, out.P95 = took[(n-1)/2], took[(n*95+99)/100-1]
	}
	return out
}

func (h *health) state(now time.Time, breakerOpen bool) (State, time.Time) {
	quietFrom := h.lastFailure.Add(troubled)
	switch {
	case h.first.IsZero() && !breakerOpen:
		return StateUnknown, h.opened
	case breakerOpen || h.failing >= downAfter:
		return StateDown, h.failingSince
	case h.lastFailure.IsZero():
		return StateUp, h.first
	case now.Before(quietFrom):
		return StateDegraded, h.troubleSince
	}
	return StateUp, quietFrom
}
