package main

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/patchworkcare/patchwork/sources"
)

// followEvery is how often feeds are asked for new merges.
const followEvery = 2 * time.Second

// followFeeds tells the patient index of records that became one in a system that is fed
// by messages (HL7 v2 ADT^A40), and shows what became of the messages as metrics. After a
// start all merges are told anew: said again they change nothing.
func (s *server) followFeeds() {
	s.registry.MustRegister(tallies{s.systems})
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, system := range s.systems {
		if system.CanMerge() {
			running.Go(func() { s.followFeed(ctx, system) })
		}
	}
	s.feeds = func() { stop(); running.Wait() }
}

func (s *server) followFeed(ctx context.Context, system *sources.System) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for after := int64(0); ; {
		after = s.tellMerges(ctx, system, after)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tellMerges tells of the merges after a place, and gives the place up to which all were.
// One that cannot be told now is told again later, and those after it.
func (s *server) tellMerges(ctx context.Context, system *sources.System, after int64) int64 {
	for {
		merges, err := system.Merges(ctx, after)
		if err != nil || len(merges) == 0 {
			return after
		}
		for _, m := range merges {
			if err := s.index.Merged(ctx, system.Origin().ID, m.From, m.Into, m.At); err != nil {
				return after
			}
			after = m.Seq
		}
	}
}

// tallies are the counts of feeds as Prometheus reads them.
type tallies struct{ systems []*sources.System }

var tallied = prometheus.NewDesc("patchwork_feed_total", "What became of messages and connections of a feed since the start.", []string{"source", "outcome"}, nil)

// Describe names the metric.
func (t tallies) Describe(to chan<- *prometheus.Desc) { to <- tallied }

// Collect gives the counts.
func (t tallies) Collect(to chan<- prometheus.Metric) {
	for _, system := range t.systems {
		for outcome, n := range system.Tally() {
			to <- prometheus.MustNewConstMetric(tallied, prometheus.CounterValue, float64(n), system.Origin().ID, outcome)
		}
	}
}
