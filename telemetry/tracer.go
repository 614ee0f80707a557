package telemetry

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Settings are how requests are traced.
type Settings struct {
	// OTLP is the address of a collector, such as http://127.0.0.1:4318; "" traces nothing. A
	// path is taken as it is, without one it is /v1/traces.
	OTLP string
	// Sample is the share of the requests that are traced, above 0 and at most 1.
	Sample float64
	// TrustParent takes the trace of a caller's traceparent, and its verdict on whether to trace:
	// for a server behind proxies that set it. https://www.w3.org/TR/trace-context/
	TrustParent bool
	// Version is the program's.
	Version string
	Log     *slog.Logger
}

// Tracer traces requests. A nil Tracer traces nothing, and costs nothing. Safe for concurrent use.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	parent   propagation.TextMapPropagator // nil takes no caller's word
	sent     *counting
}

// sendWithin is how long a collector may take for one batch.
const sendWithin = 5 * time.Second

// Open makes a Tracer, nil if the settings have no collector. One that is down is no reason to
// fail: spans that it does not take are dropped and counted.
func Open(ctx context.Context, s Settings) (*Tracer, error) {
	if s.OTLP == "" {
		return nil, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint(s.OTLP)), otlptracehttp.WithTimeout(sendWithin),
		otlptracehttp.WithRetry(otlptracehttp.RetryConfig{Enabled: false}))
	if err != nil {
		return nil, fmt.Errorf("traces cannot be sent: %w", err)
	}
	t := &Tracer{sent: &counting{to: exporter, log: s.Log}}
	var sampler sdk.Sampler = sdk.TraceIDRatioBased(s.Sample)
	if s.TrustParent {
		t.parent, sampler = propagation.TraceContext{}, sdk.ParentBased(sampler)
	}
	// What the SDK finds out by itself (host, process, command line) is not told.
	about := resource.NewSchemaless(attribute.String("service.name", "patchwork"), attribute.String("service.version", s.Version))
	t.provider = sdk.NewTracerProvider(sdk.WithBatcher(t.sent), sdk.WithSampler(sampler), sdk.WithResource(about))
	t.tracer = t.provider.Tracer("github.com/patchworkcare/patchwork")
	return t, nil
}

// Close sends what is left, as long as ctx lasts.
func (t *Tracer) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// Traces reports whether what is done in ctx is traced: where it is not, nothing needs to be
// gathered for it.
func (t *Tracer) Traces(ctx context.Context) bool {
	return t != nil && trace.SpanFromContext(ctx).IsRecording()
}

// Span tells of something that was done for the request of ctx, and is over: from begun to ended.
func (t *Tracer) Span(ctx context.Context, name string, begun, ended time.Time, failed bool, attrs ...Attr) {
	if !t.Traces(ctx) {
		return
	}
	_, span := t.tracer.Start(ctx, name, trace.WithTimestamp(begun), trace.WithAttributes(keyValues(attrs)...))
	fail(span, failed)
	span.End(trace.WithTimestamp(ended))
}

func keyValues(attrs []Attr) []attribute.KeyValue {
	out := make([]attribute.KeyValue, len(attrs))
	for i, a := range attrs {
		out[i] = a.kv
	}
	return out
}
