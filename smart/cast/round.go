package cast

import (
	"context"
	"time"
)

// round is an event that waits until those who are connected here have heard it.
type round struct {
	h     *Hub
	topic string
	id    string
	done  chan struct{}
	left  map[*conn]struct{}
}

// await begins one, before the event is told: for who follows it, but not for the app that
// tells it.
func (h *Hub) await(topic string, n *notice, by string) *round {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := &round{h: h, topic: topic, id: n.ID, done: make(chan struct{}), left: map[*conn]struct{}{}}
	for c := range h.conns[topic] {
		if u := c.subscription(); u.app != by && u.hears(n.Event.Name) {
			r.left[c] = struct{}{}
			c.rounds = append(c.rounds, r)
		}
	}
	if len(r.left) == 0 {
		close(r.done)
	}
	return r
}

// wait gives up after a while: a subscriber that is slow holds up no EPR.
func (r *round) wait(ctx context.Context) {
	timer := time.NewTimer(settle)
	defer timer.Stop()
	select {
	case <-r.done:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// heardBy notes that one has heard it, or is gone. The hub is held.
func (r *round) heardBy(c *conn) {
	if _, there := r.left[c]; there {
		if delete(r.left, c); len(r.left) == 0 {
			close(r.done)
		}
	}
}

// forget ends it.
func (r *round) forget() {
	r.h.mu.Lock()
	defer r.h.mu.Unlock()
	for c := range r.left {
		c.dropRound(r)
	}
}

func (c *conn) dropRound(r *round) {
	for i := range c.rounds {
		if c.rounds[i] == r {
			c.rounds = append(c.rounds[:i], c.rounds[i+1:]...)
			return
		}
	}
}
