package telemetry

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// What is no word of ours is "other", whatever it is.
func TestPlain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "gp": "gp", "mental-health": "mental-health", "FullRecord": "FullRecord", "http-503": "http-503", "source2": "source2",
		"9434765919": "other", "x9434765919": "other", "Read_943_476_5919": "other", "on-2024-03-07": "other", "d19460307": "other",
		"Ottoline Quenby": "other", "O'Brien": "other", "Zoë": "other", "a\nb": "other", "a=b": "other", strings.Repeat("a", 81): "other",
		"QU1 2EN": "other", "<script>": "other",
	} {
		if got := Plain(in); got != want {
			t.Errorf("%q is told as %q, not as %q", in, got, want)
		}
	}
}

// A server without a collector traces nothing, and asks nothing of the clock for it.
func TestNoCollectorCostsNothing(t *testing.T) { // it counts allocations, and so goes alone
	none, err := Open(t.Context(), Settings{})
	if none != nil || err != nil {
		t.Fatal(none, err)
	}
	ctx, h := t.Context(), http.Header{"Traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}
	if n := testing.AllocsPerRun(100, func() {
		if none.Traces(ctx) {
			t.Error("it traces")
		}
		none.Span(ctx, "read", time.Time{}, time.Time{}, false)
		none.begin(ctx, h, "graphql")
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
	if err := none.Close(ctx); err != nil {
		t.Error(err)
	}
}

// What the metrics say of requests: streams have no time, a handler that breaks off no status, and
// what watches the server is not counted.
func TestRequests(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	q := NewRequests(registry, nil, func(path string) string { return strings.TrimPrefix(path, "/") })
	h := q.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/named":
			Names(r.Context(), "FullRecord", false)
			Names(r.Context(), "Second", false) // of the same request
		case "/unnamed":
			Names(r.Context(), "", false)
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusTeapot)
			return
		case "/hostile":
			Names(r.Context(), "Quenby 9434765919", false)
		case "/stream":
			Names(r.Context(), "Watch", true)
			_ = http.NewResponseController(w).Flush()
		case "/broken":
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write([]byte("x"))
	}))
	for _, path := range []string{"/named", "/named", "/unnamed", "/hostile", "/stream", "/broken", "/"} {
		func() {
			defer func() { _ = recover() }()
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
		}()
	}
	Names(context.Background(), "Nobody", false)
	page := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(page, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := page.Body.String()
	for line := range strings.Lines(`patchwork_http_requests_total{door="named",operation="FullRecord",status="200"} 2
patchwork_http_requests_total{door="unnamed",operation="other",status="418"} 1
patchwork_http_requests_total{door="hostile",operation="other",status="200"} 1
patchwork_http_requests_total{door="stream",operation="Watch",status="200"} 1
patchwork_http_requests_total{door="broken",operation="",status="none"} 1
patchwork_http_request_seconds_count{door="named"} 2
patchwork_http_requests_in_flight{door="broken"} 0
`) {
		if !strings.Contains(text, line) {
			t.Errorf("missing: %s", line)
		}
	}
	if strings.Contains(text, `request_seconds_count{door="stream"}`) || strings.Contains(text, `door=""`) || strings.Contains(text, "Second") || strings.Contains(text, "Nobody") {
		t.Error("more than was to be told")
	}
	if t.Failed() {
		t.Log(text)
	}
}

// A collector that is down drops spans and holds nobody up; what was dropped is counted.
func TestACollectorThatIsDown(t *testing.T) {
	t.Parallel()
	down := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer down.Close()
	tracer, err := Open(t.Context(), Settings{OTLP: down.URL, Sample: 1, Version: "v", Log: nothing()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, span := tracer.begin(t.Context(), nil, "graphql")
	tracer.Span(ctx, "read gp", time.Now(), time.Now(), true, Word("source", "gp"))
	span.End()
	if err := tracer.Close(context.Background()); err != nil {
		t.Error(err)
	}
	if sent, lost := tracer.sent.sent.Load(), tracer.sent.lost.Load(); sent != 0 || lost != 2 {
		t.Errorf("%d sent, %d lost", sent, lost)
	}
}

// Of so many requests, about the share is traced, and all that belongs to one or nothing of it.
func TestTheShareThatIsTraced(t *testing.T) {
	t.Parallel()
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer silent.Close()
	tracer, err := Open(t.Context(), Settings{OTLP: silent.URL, Sample: .25, Log: nothing()})
	if err != nil {
		t.Fatal(err)
	}
	traced := 0
	for range 4000 {
		ctx, span := tracer.begin(t.Context(), http.Header{"Traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}, "graphql")
		if tracer.Traces(ctx) {
			traced++
		}
		span.End()
	}
	if traced < 800 || traced > 1200 {
		t.Errorf("%d of 4000 were traced, not about 1000", traced)
	}
	if err := tracer.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"http://127.0.0.1:4318": "http://127.0.0.1:4318/v1/traces", "https://c.example/": "https://c.example/v1/traces",
		"https://c.example/otlp/v1/traces": "https://c.example/otlp/v1/traces",
	} {
		if got := endpoint(in); got != want {
			t.Errorf("%s leads to %s", in, got)
		}
	}
}

func nothing() *slog.Logger { return slog.New(slog.DiscardHandler) }
