package sources

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// power is the kill switch of one source.
type power struct {
	life context.Context
	off  atomic.Pointer[Error] // nil while it is on; every read of a page asks

	mu  sync.Mutex      // held while it is switched
	on  context.Context // ends when it is switched off or closed
	end context.CancelCauseFunc
}

func newPower(life context.Context) *power {
	p := &power{life: life}
	p.on, p.end = context.WithCancelCause(life)
	return p
}

// shut is why the source is not asked; nil while it is on.
func (p *power) shut() *Error { return p.off.Load() }

// running ends with the source's being on.
func (p *power) running() context.Context {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.on
}

// SwitchOff keeps the source from being asked, from this moment on: reads and documents
// that are under way end, what is remembered is forgotten, and all that asks is told that
// it is switched off since then (UTC). A second SwitchOff changes only since when.
func (s *System) SwitchOff(since time.Time) {
	e := &Error{Kind: Unavailable, Code: "switched-off", Reason: "It is switched off", Since: since.UTC(), unasked: true}
	p := s.gate.power
	p.mu.Lock()
	p.off.Store(e)
	p.end(e)
	p.mu.Unlock()
	s.meters.off.Set(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.memory) > 0 {
		s.forget(s.memory[0])
	}
}

// SwitchOn lets the source be asked again.
func (s *System) SwitchOn() {
	p := s.gate.power
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.off.Load() == nil {
		return
	}
	p.off.Store(nil)
	p.on, p.end = context.WithCancelCause(p.life)
	s.meters.off.Set(0)
}

// Off is why the source is switched off; nil while it is on.
func (s *System) Off() *Error { return s.gate.power.shut() }

// shut is why the source is not asked now, whatever for; nil if it may be.
func (s *System) shut() *Error { return s.gate.shut() }
