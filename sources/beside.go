package sources

import (
	"context"
	"time"
)

// Beside gives the connector as it may be opened a second time while s runs, to look at the
// system closely: each of its calls also takes its turn with those of s, by the rate and the
// cap of the stanza, and none is made while the system has asked s to be left alone. What it
// learns of the kind, s heeds too. So the system is asked no more often than was promised.
//
// The kill switch and the breaker of s do not hold for it: what is switched off is looked at
// before it is switched on again.
func (s *System) Beside(c Connector) Connector { return beside{c, s.gate} }

type beside struct {
	Connector
	gate *gate
}

// Open opens the connector with a Call that takes its turn.
func (b beside) Open(ctx context.Context, env Env) (Source, error) {
	through := env.Call
	env.Call = func(ctx context.Context, do func(context.Context) error) error {
		if e := b.gate.leftAlone(); e != nil {
			return e
		}
		if e := b.gate.enter(ctx); e != nil {
			return e
		}
		defer b.gate.slots.ReleasePermit()
		err := through(ctx, do)
		if e := AsError(err); e != nil && e.RetryAfter > 0 && !e.unasked {
			b.gate.pause(e.RetryAfter)
		}
		return err
	}
	return b.Connector.Open(ctx, env)
}

// leftAlone is why no call can be made while the source has asked for a pause; nil if it has
// not.
func (g *gate) leftAlone() *Error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if left := time.Until(g.pausedUntil); left > 0 {
		return &Error{Kind: Refused, Code: "asked-to-wait", Reason: "It asked to be left alone for a while",
			Since: g.pausedSince, RetryAfter: left, unasked: true}
	}
	return nil
}
