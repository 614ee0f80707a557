package cast

import (
	"context"
	"slices"
	"time"
)

// enter counts a connection; false if there may be none.
func (h *Hub) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over || h.all >= mostConns {
		return false
	}
	h.all++
	h.open.Add(1)
	return true
}

func (h *Hub) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all--
	h.open.Done()
}

// join lets a connection be woken, part ends that.
func (h *Hub) join(topic string, c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.conns[topic] == nil {
		h.conns[topic] = map[*conn]struct{}{}
	}
	h.conns[topic][c] = struct{}{}
	u := c.subscription()
	h.seated(topic, c.secret, u.app, u.events).until = time.Time{}
}

func (h *Hub) part(topic string, c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns[topic], c)
	if len(h.conns[topic]) == 0 {
		delete(h.conns, topic)
	}
	h.unseat(topic, c.secret)
}

// poke wakes the connections of a topic. It never waits.
func (h *Hub) poke(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.conns[topic] {
		select {
		case c.poked <- struct{}{}:
		default: // it looks anyway
		}
	}
}

// heard notes that a connection has heard an event.
func (h *Hub) heard(c *conn, id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.seats[c.subscription().topic][c.secret]
	if s == nil {
		return
	}
	for _, r := range s.rounds {
		if r.id == id {
			r.heardBy(s)
		}
	}
	s.rounds = slices.DeleteFunc(s.rounds, func(r *round) bool { return r.id == id })
}

// end forgets a subscription, whatever has become of its request.
func (h *Hub) end(secret string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := h.Store.end(ctx, secret); err != nil {
		h.Log.Warn("a subscription could not be forgotten", "cause", err.Error()) // it expires
	}
}
