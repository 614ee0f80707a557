package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/telemetry"
	"github.com/patchworkcare/patchwork/usage"
)

// openTelemetry begins to trace and to measure.
func (s *server) openTelemetry(ctx context.Context) (err error) {
	c := &s.config.Telemetry
	version, revision := built()
	if s.tracer, err = telemetry.Open(ctx, telemetry.Settings{
		OTLP: c.OTLP, Sample: c.sample(), TrustParent: c.TrustTraceparent, Version: version, Log: s.log,
	}); err != nil {
		return err
	}
	s.requests = telemetry.NewRequests(s.registry, s.tracer, doorOf)
	s.registry.MustRegister(newGateMetrics(s.gate), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "patchwork_build_info", Help: "1; which program this is."}, []string{"version", "revision", "go"})
	build.WithLabelValues(version, revision, runtime.Version()).Set(1)
	s.registry.MustRegister(build)
	return nil
}

// lastTraces is how long the last traces may take to go out. Where nobody takes them they are lost.
const lastTraces = 2 * time.Second

func (s *server) endTraces() {
	ctx, cancel := context.WithTimeout(context.Background(), lastTraces)
	defer cancel()
	if err := s.tracer.Close(ctx); err != nil {
		s.log.Warn("the last traces were not sent")
	}
}

// built is which program this is.
func built() (version, revision string) {
	version, revision = "unknown", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, revision
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	return version, revision
}

// doorOf is what a path leads to, as metrics and traces name it; "" is not measured: what watches
// the server would count itself.
func doorOf(path string) string {
	switch {
	case path == "/metrics", path == "/healthz", path == "/readyz":
		return ""
	case path == "/graphql":
		return "graphql"
	case path == "/documents":
		return "documents"
	case strings.HasPrefix(path, "/views/files/"):
		return "views"
	case strings.HasPrefix(path, "/fhir/"):
		return "fhir"
	case strings.HasPrefix(path, "/auth/"):
		return "auth"
	case strings.HasPrefix(path, "/smart/"):
		return "smart"
	}
	return "viewer"
}

// watchLedger measures what the ledger does.
func (s *server) watchLedger() {
	seconds := prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "patchwork", Subsystem: "audit", Name: "commit_seconds",
		Help:    "How long the ledger's group commits took; no answer leaves before its own.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3}})
	failed := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "patchwork", Subsystem: "audit", Name: "commits_failed_total", Help: "Commits of the ledger that failed."})
	events := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "patchwork", Subsystem: "audit", Name: "events_total",
		Help: "Events that the ledger has, by what was done and how it was decided."}, []string{"action", "decision"})
	ready := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "patchwork", Subsystem: "audit", Name: "ready", Help: "1 while the ledger can be written; else nothing leaves."}, func() float64 {
		if s.ledger.Ready() != nil {
			return 0
		}
		return 1
	})
	for _, a := range []struct{ action, decision string }{{audit.ActionLogin, audit.Permit}, {audit.ActionLoginFailed, audit.Deny}} {
		events.WithLabelValues(a.action, a.decision) // alerts compare them: they begin at 0
	}
	s.registry.MustRegister(seconds, failed, events, ready,
		collectors.NewDBStatsCollector(s.db.Write.DB, "write"), collectors.NewDBStatsCollector(s.db.Read.DB, "read"))
	s.ledger.Watched(audit.Watch{
		Recorded: func(ctx context.Context, began time.Time, list []audit.Event, err error) {
			s.tracer.Span(ctx, "ledger", began, time.Now(), err != nil, telemetry.Number("events", len(list)))
			if err != nil {
				return
			}
			s.usage.Count(auth.SessionFrom(ctx), list)
			for i := range list {
				events.WithLabelValues(telemetry.Plain(list[i].Action), telemetry.Plain(list[i].Decision)).Inc()
			}
		},
		Committed: func(took time.Duration, _ int, err error) {
			seconds.Observe(took.Seconds())
			if err != nil {
				failed.Inc()
			}
		},
	})
}

// watch tells what operations are and what they read.
func (s *server) watch() resolvers.Watch {
	w := resolvers.Watch{Operation: telemetry.Names}
	if s.tracer == nil {
		return w
	}
	w.Reads = func(ctx context.Context) func(resolvers.Reading) {
		if !s.tracer.Traces(ctx) {
			return nil
		}
		return func(r resolvers.Reading) {
			attrs := []telemetry.Attr{telemetry.Word("source", r.Source), telemetry.Word("section", r.Section),
				telemetry.Number("people", r.People), telemetry.Number("joined", r.Joined), telemetry.Number("remembered", r.Remembered)}
			outcome := "mixed"
			for kind, n := range r.Kinds {
				if len(r.Kinds) == 1 {
					outcome = kind
				}
				attrs = append(attrs, telemetry.Number("outcome."+kind, n))
			}
			s.tracer.Span(ctx, "read "+r.Source, r.Began, r.Ended, r.Failed, append(attrs, telemetry.Word("outcome", outcome))...)
		}
	}
	return w
}

// tracedFind traces a search of one system.
func (s *server) tracedFind(ctx context.Context, system *sources.System, queries []record.PersonQuery) ([][]record.Person, error) {
	began := time.Now()
	found, err := system.Find(ctx, queries)
	if s.tracer.Traces(ctx) {
		outcome := "answered"
		if err != nil {
			outcome = sources.AsError(err).Kind.String()
		}
		id := system.Origin().ID
		s.tracer.Span(ctx, "find "+id, began, time.Now(), err != nil, telemetry.Word("source", id), telemetry.Word("outcome", outcome), telemetry.Number("people", len(queries)))
	}
	return found, err
}

// countUsage begins to count how much the record is used.
func (s *server) countUsage(secret []byte) {
	paints := prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "patchwork", Subsystem: "viewer", Name: "first_paint_seconds",
		Help:    "From choosing a person to the first rows of the record, as users' browsers measured it.",
		Buckets: []float64{.1, .2, .3, .4, .5, .6, .8, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 30, 60}}, []string{"door"})
	s.registry.MustRegister(paints)
	counter := usage.New(s.db.Write, s.db.Read, secret, time.Now)
	counter.Viewer, counter.Zone, counter.Log = viewerID, s.config.zone, s.log
	counter.Painted = func(door usage.Door, took time.Duration) {
		paints.WithLabelValues(string(door)).Observe(took.Seconds())
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		counter.Run(ctx)
	}()
	s.usage, s.tallying = counter, func() { stop(); <-done }
}
