package cast

import (
	"context"
	"slices"
	"time"
)

// round is an event that waits until those who are connected here have heard it.
type round struct {
	h     *Hub
	topic string
	id    string
	done  chan struct{}
	left  map[*seat]struct{}
}

// seat is a subscriber of this server from its subscription on: an EPR that moves while an
// app is still connecting waits for it too.
type seat struct {
	app    string
	events []string
	// until is when it is no longer waited for that it connects; zero once it has.
	until  time.Time
	rounds []*round
}

// seatFor is how long it is waited for that a subscriber connects.
const seatFor = 5 * time.Second

// await begins one, before the event is told: for who follows it, but not for the app that
// tells it.
func (h *Hub) await(topic string, n *notice, by string) *round {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := &round{h: h, topic: topic, id: n.ID, done: make(chan struct{}), left: map[*seat]struct{}{}}
	for secret, s := range h.seats[topic] {
		switch {
		case !s.until.IsZero() && h.Now().After(s.until):
			h.unseat(topic, secret)
		case s.app != by && slices.Contains(s.events, n.Event.Name):
			r.left[s] = struct{}{}
			s.rounds = append(s.rounds, r)
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
func (r *round) heardBy(s *seat) {
	if _, there := r.left[s]; there {
		if delete(r.left, s); len(r.left) == 0 {
			close(r.done)
		}
	}
}

// forget ends it.
func (r *round) forget() {
	r.h.mu.Lock()
	defer r.h.mu.Unlock()
	for s := range r.left {
		s.rounds = slices.DeleteFunc(s.rounds, func(other *round) bool { return other == r })
	}
}

// seat keeps one for a subscription; the events are those that it hears of now.
func (h *Hub) seat(topic, secret, app string, events []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seated(topic, secret, app, events)
}

// seated is seat with the hub held.
func (h *Hub) seated(topic, secret, app string, events []string) *seat {
	if h.seats[topic] == nil {
		h.clear()
		h.seats[topic] = map[string]*seat{}
	}
	s := h.seats[topic][secret]
	if s == nil {
		s = &seat{app: app, until: h.Now().Add(seatFor)}
		h.seats[topic][secret] = s
	}
	s.events = events
	return s
}

// clear gives up the seats of those who never connected, once there are many. The hub is held.
func (h *Hub) clear() {
	if len(h.seats) < mostConns {
		return
	}
	now := h.Now()
	for topic, all := range h.seats {
		for secret, s := range all {
			if !s.until.IsZero() && now.After(s.until) {
				h.unseat(topic, secret)
			}
		}
	}
}

// unseat gives it up: nobody waits for it any more. The hub is held.
func (h *Hub) unseat(topic, secret string) {
	s := h.seats[topic][secret]
	if s == nil {
		return
	}
	for _, r := range s.rounds {
		r.heardBy(s)
	}
	if delete(h.seats[topic], secret); len(h.seats[topic]) == 0 {
		delete(h.seats, topic)
	}
}
