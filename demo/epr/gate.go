package epr

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// gate counts requests and has the fault that is on.
type gate struct {
	mu     sync.Mutex
	fault  string
	paths  []string      // the only paths affected; none is all that the fault is about
	healed chan struct{} // closed when the fault changes
	closed chan struct{}
	counts map[string]int
}

func newGate() *gate {
	return &gate{healed: make(chan struct{}), closed: make(chan struct{}), counts: map[string]int{}}
}

// pathOf is a path as it is counted: without what stands for a person.
func pathOf(path string) string {
	for _, kind := range []string{"/fhir/Patient", "/fhir/Practitioner"} {
		if strings.HasPrefix(path, kind+"/") {
			return kind
		}
	}
	return path
}

// enter counts a request and says whether a fault meets it, and when that is healed.
func (g *gate) enter(path string) (fault string, healed <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts[path]++
	if len(g.paths) > 0 && !slices.Contains(g.paths, path) {
		return "", g.healed
	}
	return g.fault, g.healed
}

func (g *gate) hit(path string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts[path]++
}

// is reports whether a fault of what is said, not of how it is transported, is on.
func (g *gate) is(fault string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault == fault
}

// set changes the fault; "" heals. Requests that hang are let go.
func (g *gate) set(fault string, paths []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault, g.paths = fault, paths
	close(g.healed)
	g.healed = make(chan struct{})
}

func (g *gate) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts = map[string]int{}
}

// tally is what GET on the control answers.
type tally struct {
	Fault  string         `json:"fault"`
	Counts map[string]int `json:"counts"`
	Total  int            `json:"total"`
	Steps  []Step         `json:"steps"`
}

func (g *gate) tally(steps []Step) tally {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := tally{Fault: g.fault, Counts: maps.Clone(g.counts), Steps: steps}
	for _, n := range g.counts {
		t.Total += n
	}
	return t
}

// guard commits the faults of transport, on the addresses that servers ask.
func (g *gate) guard(e *EPR, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := pathOf(r.URL.Path)
		fault, healed := g.enter(path)
		if !betweenServers(path) {
			next.ServeHTTP(w, r)
			return
		}
		switch fault {
		case faultHang:
			select {
			case <-healed: // and then it does answer
			case <-r.Context().Done():
				return
			case <-g.closed:
				return
			}
		case faultHTML:
			sendHTML(w)
			return
		case faultHuge:
			sendHuge(w)
			return
		}
		if path == "/token" && e.tokenFault(w, r, fault) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// betweenServers are the paths that no browser shows to anybody.
func betweenServers(path string) bool {
	return path == "/token" || path == "/fhir/Patient" || path == "/fhir/Practitioner" || path == "/fhir/metadata" ||
		path == jwksPath || strings.Contains(path, "/.well-known/")
}
