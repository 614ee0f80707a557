package demo

import (
	"context"
	"maps"
	"math"
	"slices"
	"sync"
	"time"
)

// gate stands in front of one system: it counts what comes, and says which of
// the requests meet the current fault. Protocols share it.
type gate struct {
	mu       sync.Mutex
	fault    Fault
	seen     int // requests the current fault could have met
	turn     int // requests the current fault did meet
	healed   chan struct{}
	counts   map[string]int
	faulted  int
	inFlight int
	peak     int
	closed   chan struct{}
	latency  time.Duration
}

func newGate(latency time.Duration) *gate {
	return &gate{healed: make(chan struct{}), counts: map[string]int{}, closed: make(chan struct{}), latency: latency}
}

// visit is one request's pass through the gate.
type visit struct {
	gate   *gate
	fault  Fault         // the zero Fault: behave
	turn   int           // how many requests met this fault before this one
	healed chan struct{} // closed when the fault is changed or healed
}

// enter counts a request for path and decides its fault. Whoever enters must
// leave.
func (g *gate) enter(path string) visit {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts[path]++
	g.inFlight++
	g.peak = max(g.peak, g.inFlight)
	return g.decide(path)
}

// peek decides the fault of a part of a request (one entry of a batch), which
// only a fault limited to that path meets, without counting a request.
func (g *gate) peek(path string) visit {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.fault.Paths) == 0 {
		return visit{gate: g, healed: g.healed}
	}
	return g.decide(path)
}

func (g *gate) decide(path string) visit {
	v := visit{gate: g, healed: g.healed}
	if g.fault.Name == "" || (len(g.fault.Paths) > 0 && !slices.Contains(g.fault.Paths, path)) {
		return v
	}
	g.seen++
	share := g.fault.Share
	if g.fault.Name == faultFlapping {
		share *= 0.5
	}
	// Counted, not random: the n-th request is met when it carries the total
	// over the next whole number.
	if math.Floor(float64(g.seen)*share+1e-9) == math.Floor(float64(g.seen-1)*share+1e-9) {
		return v
	}
	v.fault, v.turn = g.fault, g.turn
	g.turn++
	g.faulted++
	return v
}

func (v visit) leave() {
	v.gate.mu.Lock()
	v.gate.inFlight--
	v.gate.mu.Unlock()
}

// wait lasts for d, or until the client goes or the region closes, which it
// reports as false. Healing ends the wait early: a healed system is quick.
func (v visit) wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-v.healed:
		return true
	case <-ctx.Done():
	case <-v.gate.closed:
	}
	return false
}

// hold is how a system hangs: until the client goes, the system heals (true:
// and then it does answer), or the region closes.
func (v visit) hold(ctx context.Context) bool {
	select {
	case <-v.healed:
		return true
	case <-ctx.Done():
	case <-v.gate.closed:
	}
	return false
}

// pause is the base latency, which healing does not shorten.
func (g *gate) pause(ctx context.Context) bool {
	if g.latency <= 0 {
		return true
	}
	timer := time.NewTimer(g.latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
	case <-g.closed:
	}
	return false
}

// set changes the fault; the zero Fault heals. Requests held by the former
// fault are let go.
func (g *gate) set(f Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault, g.seen, g.turn = f, 0, 0
	close(g.healed)
	g.healed = make(chan struct{})
}

// current is the name of the fault of this moment; "" for none.
func (g *gate) current() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault.Name
}

// forget begins the counts anew.
func (g *gate) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts, g.faulted, g.peak = map[string]int{}, 0, g.inFlight
}

func (g *gate) hit(path string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts[path]++
}

func (g *gate) close() { close(g.closed) }

// tally is what GET on the control URL answers.
type tally struct {
	System       string         `json:"system"`
	Fault        *faultJSON     `json:"fault"`
	Counts       map[string]int `json:"counts"`
	Total        int            `json:"total"`
	Faulted      int            `json:"faulted"`
	InFlight     int            `json:"inFlight"`
	PeakInFlight int            `json:"peakInFlight"`
}

func (g *gate) tally(system string) tally {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := tally{System: system, Fault: g.fault.json(), Counts: maps.Clone(g.counts), Faulted: g.faulted,
		InFlight: g.inFlight, PeakInFlight: g.peak}
	for path, n := range g.counts {
		if path != trapPath {
			r.Total += n
		}
	}
	return r
}
