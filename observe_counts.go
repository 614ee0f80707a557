package main

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/views"
)

const (
	// countedFor is how long what was counted in the database is told: however often and from
	// however many places somebody looks, it is asked no more often.
	countedFor = 10 * time.Second
	// countWithin is how long it may take; what could not be counted is left out.
	countWithin = 2 * time.Second
)

// databaseCounts tells what stands in the database: of all servers, not of this one.
type databaseCounts struct {
	sessions           *auth.Sessions
	views              *views.Store
	signedIn, viewRuns *prometheus.Desc

	mu   sync.Mutex
	at   time.Time
	last []prometheus.Metric
}

func newDatabaseCounts(sessions *auth.Sessions, v *views.Store) *databaseCounts {
	return &databaseCounts{sessions: sessions, views: v,
		signedIn: prometheus.NewDesc("patchwork_sessions", "Sessions that have not ended, of all servers.", nil, nil),
		viewRuns: prometheus.NewDesc("patchwork_view_runs", "Runs of views that are not over, of all servers, by state.", []string{"state"}, nil),
	}
}

// Describe implements prometheus.Collector.
func (c *databaseCounts) Describe(to chan<- *prometheus.Desc) {
	to <- c.signedIn
	to <- c.viewRuns
}

// Collect implements prometheus.Collector.
func (c *databaseCounts) Collect(to chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.at) > countedFor {
		c.last = c.count()
		c.at = time.Now()
	}
	for _, m := range c.last {
		to <- m
	}
}

func (c *databaseCounts) count() (list []prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), countWithin)
	defer cancel()
	gauge := func(d *prometheus.Desc, n int, labels ...string) {
		list = append(list, prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...))
	}
	if n, err := c.sessions.Count(ctx); err == nil {
		gauge(c.signedIn, n)
	}
	if n, err := c.views.Unfinished(ctx); err == nil {
		for _, state := range []views.RunState{views.Queued, views.Running} {
			gauge(c.viewRuns, n[state], string(state))
		}
	}
	return list
}
