package telemetry

import (
	"context"
	"net/http"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Requests measures every request, and traces those that are. The zero Requests is not usable.
type Requests struct {
	tracer  *Tracer
	door    func(path string) string
	count   *prometheus.CounterVec
	seconds *prometheus.HistogramVec
	inside  *prometheus.GaugeVec
}

// NewRequests registers the metrics with r, once per process. door names what an address leads to,
// by a word of a closed set; "" is not measured. It panics if r has the metrics already.
func NewRequests(r prometheus.Registerer, t *Tracer, door func(path string) string) *Requests {
	f := promauto.With(r)
	name := func(name, help string) prometheus.Opts {
		return prometheus.Opts{Namespace: "patchwork", Subsystem: "http", Name: name, Help: help}
	}
	t.register(r)
	return &Requests{tracer: t, door: door,
		count: f.NewCounterVec(prometheus.CounterOpts(name("requests_total",
			"Requests that were answered, by door, operation (a registered one's name; other for any other text) and HTTP status.")), []string{"door", "operation", "status"}),
		inside: f.NewGaugeVec(prometheus.GaugeOpts(name("requests_in_flight", "Requests that are worked on; streams count as long as they last.")), []string{"door"}),
		seconds: f.NewHistogramVec(prometheus.HistogramOpts{Namespace: "patchwork", Subsystem: "http", Name: "request_seconds",
			Help:    "How long requests took, but for streams.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, .8, 1, 1.5, 2, 2.5, 5, 10, 30}}, []string{"door"}),
	}
}

// register tells Prometheus how many spans went out and how many were dropped.
func (t *Tracer) register(r prometheus.Registerer) {
	if t == nil {
		return
	}
	for outcome, n := range map[string]*atomic.Uint64{"sent": &t.sent.sent, "lost": &t.sent.lost} {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Namespace: "patchwork", Name: "trace_spans_total",
			Help: "Spans by whether the collector took them.", ConstLabels: prometheus.Labels{"outcome": outcome}},
			func() float64 { return float64(n.Load()) }))
	}
}

// asked is what is learnt of a request while it runs.
type asked struct {
	operation atomic.Pointer[string]
	streams   atomic.Bool
}

type askedKey struct{}

// Names notes which operation the request of ctx runs: the name that the text of a registered
// operation has, "" for any other.
func Names(ctx context.Context, operation string, streams bool) {
	a, ok := ctx.Value(askedKey{}).(*asked)
	if !ok {
		return
	}
	if operation == "" {
		operation = "other"
	}
	operation = Plain(operation)
	a.operation.CompareAndSwap(nil, &operation)
	if streams {
		a.streams.Store(true)
	}
}

// Around measures what next answers.
func (q *Requests) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		door := q.door(r.URL.Path)
		if door == "" {
			next.ServeHTTP(w, r)
			return
		}
		begun, a, answer := time.Now(), &asked{}, &answer{ResponseWriter: w}
		ctx, span := q.tracer.begin(context.WithValue(r.Context(), askedKey{}, a), r.Header, door)
		inside := q.inside.WithLabelValues(door)
		inside.Inc()
		defer func() { // also where a handler breaks off by a panic
			inside.Dec()
			operation := ""
			if o := a.operation.Load(); o != nil {
				operation = *o
			}
			status := answer.told()
			q.count.WithLabelValues(door, operation, status).Inc()
			if !a.streams.Load() && answer.status != http.StatusSwitchingProtocols {
				q.seconds.WithLabelValues(door).Observe(time.Since(begun).Seconds())
			}
			if span.IsRecording() {
				span.SetAttributes(Word("operation", operation).kv, attribute.String("patchwork.requestId", ownID(r, w)), Number("status", answer.status).kv)
				fail(span, answer.status >= 500 || answer.status == 0)
			}
			span.End()
		}()
		next.ServeHTTP(answer, r.WithContext(ctx))
	})
}

// begin begins the span of a request. A caller's baggage is never taken: anything may stand in it.
func (t *Tracer) begin(ctx context.Context, h http.Header, door string) (context.Context, trace.Span) {
	if t == nil {
		return ctx, trace.SpanFromContext(ctx)
	}
	if t.parent != nil {
		// tracestate may carry anything, too: only the ids are taken.
		only := http.Header{"Traceparent": h.Values("Traceparent")}
		ctx = t.parent.Extract(ctx, propagation.HeaderCarrier(only))
	}
	return t.tracer.Start(ctx, "request "+door, trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(Word("door", door).kv))
}

// uuid is what a caller's request id must be to stand in a span: anything else may be their words.
var uuid = regexp.MustCompile(`\A[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z`)

// ownID is the request's id if no person can have worded it.
func ownID(r *http.Request, w http.ResponseWriter) string {
	id := w.Header().Get("X-Request-Id")
	if id == r.Header.Get("X-Request-Id") && !uuid.MatchString(id) {
		return ""
	}
	return id
}
