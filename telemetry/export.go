package telemetry

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"sync/atomic"

	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// counting sends spans and counts what the collector does not take. Its text is not logged: it may
// be anything.
type counting struct {
	to         sdk.SpanExporter
	log        *slog.Logger
	sent, lost atomic.Uint64
	failing    atomic.Bool
}

// ExportSpans implements sdktrace.SpanExporter; it never fails, since there is nobody to tell.
func (c *counting) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if err := c.to.ExportSpans(ctx, spans); err != nil {
		c.lost.Add(uint64(len(spans)))
		if !c.failing.Swap(true) {
			c.log.Warn("the collector does not take traces; they are dropped until it does", "kind", fmt.Sprintf("%T", err))
		}
		return nil
	}
	c.sent.Add(uint64(len(spans)))
	if c.failing.Swap(false) {
		c.log.Info("the collector takes traces again")
	}
	return nil
}

// Shutdown implements sdktrace.SpanExporter.
func (c *counting) Shutdown(ctx context.Context) error { return c.to.Shutdown(ctx) }

// endpoint is where spans are sent: OTLP's own path if the address has none.
func endpoint(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path != "" && u.Path != "/" {
		return address
	}
	u.Path = "/v1/traces"
	return u.String()
}

func fail(span trace.Span, failed bool) {
	if failed {
		span.SetStatus(codes.Error, "")
	}
}
