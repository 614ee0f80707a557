package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/overload"
	"github.com/patchworkcare/patchwork/resolvers"
)

func newGate(c *Config) *overload.Gate {
	waits := c.waits
	if waits == nil {
		waits = overload.Processors()
	}
	g := overload.New(waits, time.Now)
	g.Always = c.Load.Always
	return g
}

// watchLoad begins to look how far the processors are behind.
func (s *server) watchLoad() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.gate.Run(ctx)
	}()
	s.watching = func() { stop(); <-done }
}

// classOf is what is asked for at an address; ok is false for what is never refused: pages and
// scripts of the viewer, what tells how the server is, and the hub's sockets.
func classOf(path string) (c overload.Class, ok bool) {
	switch {
	case path == "/graphql", path == "/documents", strings.HasPrefix(path, "/fhir/"):
		return overload.Person, true
	case strings.HasPrefix(path, "/views/files/"):
		return overload.Export, true
	case strings.HasPrefix(path, "/auth/"), strings.HasPrefix(path, "/smart/"):
		return overload.Entry, true
	}
	return 0, false
}

// admitted refuses at once, before anything is looked up, what the server cannot do now.
func (s *server) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		class, counted := classOf(r.URL.Path)
		if !counted {
			next.ServeHTTP(w, r)
			return
		}
		leave, ok := s.gate.Enter(class, s.whoAsks(r))
		if !ok {
			tooMuch(w, r)
			return
		}
		if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
			leave() // a stream waits for hours; what it reads is little at a time
		}
		defer leave()
		next.ServeHTTP(w, r)
	})
}

// whoAsks tells those who ask apart before anybody knows who they are: by what they show, else
// by where they come from.
func (s *server) whoAsks(r *http.Request) string {
	shown := r.Header.Get("Authorization")
	if shown == "" {
		shown = r.Header.Get("Cookie")
	}
	if shown == "" {
		return s.config.addressOf(r)
	}
	sum := sha256.Sum256([]byte(shown))
	return string(sum[:16])
}

// tooMuch refuses in the words of what was asked.
func tooMuch(w http.ResponseWriter, r *http.Request) {
	id := auth.CallerFrom(r.Context()).RequestID
	if id == "" {
		id = w.Header().Get("X-Request-Id")
	}
	var body any
	contentType := "application/json; charset=utf-8"
	switch path := r.URL.Path; {
	case path == "/graphql", path == "/fhir/$graphql":
		body = map[string]any{"data": nil, "errors": []any{map[string]any{"message": resolvers.Overloaded,
			"extensions": map[string]any{"code": resolvers.CodeOverloaded, "retryable": true, "requestId": id}}}}
	case strings.HasPrefix(path, "/fhir/"):
		contentType = "application/fhir+json; charset=utf-8"
		body = map[string]any{"resourceType": "OperationOutcome", "issue": []any{map[string]any{"severity": "error", "code": "throttled", "diagnostics": resolvers.Overloaded}}}
	case path == "/documents":
		body = map[string]any{"error": map[string]any{"code": resolvers.CodeOverloaded, "message": resolvers.Overloaded, "requestId": id, "retryable": true}}
	default:
		body = map[string]any{"error": map[string]any{"code": "overloaded", "message": resolvers.Overloaded}}
	}
	text, err := json.Marshal(body)
	if err != nil {
		text = []byte("{}")
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-store")
	h.Set("Retry-After", strconv.Itoa(overload.RetryAfter()))
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(text)
}

// gateMetrics tells operators how far the server is behind, and who was refused.
type gateMetrics struct {
	gate                          *overload.Gate
	limit, inside, waits, refused *prometheus.Desc
}

func newGateMetrics(g *overload.Gate) *gateMetrics {
	name := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("patchwork_overload_"+name, help, labels, nil)
	}
	return &gateMetrics{
		gate:    g,
		limit:   name("limit", "Requests let in at once; +Inf while no processor is behind."),
		inside:  name("inside", "Requests that are worked on."),
		waits:   name("wait_seconds", "How long work waited for a processor lately, the 90th percentile."),
		refused: name("refused_total", "Requests refused because the server is asked for more than it can do, by what they were.", "class"),
	}
}

// Describe implements prometheus.Collector.
func (m *gateMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.limit, m.inside, m.waits, m.refused} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (m *gateMetrics) Collect(to chan<- prometheus.Metric) {
	state := m.gate.State()
	to <- prometheus.MustNewConstMetric(m.limit, prometheus.GaugeValue, state.Limit())
	to <- prometheus.MustNewConstMetric(m.inside, prometheus.GaugeValue, float64(state.Inside))
	to <- prometheus.MustNewConstMetric(m.waits, prometheus.GaugeValue, state.Wait.Seconds())
	for class, n := range state.Refused {
		to <- prometheus.MustNewConstMetric(m.refused, prometheus.CounterValue, float64(n), overload.Class(class).String())
	}
}
