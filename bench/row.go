package main

import (
	"math"
	"time"
)

// sample is what one round found of one server at one work.
type sample struct {
	far, near []time.Duration
	// steady are from when a request was due, at the work's fixed rate.
	steady []time.Duration
	// cpu is per request, in ms; perSecond the throughput, both saturated.
	cpu, perSecond float64
	// mallocs are allocations per request; 0 if unknown.
	mallocs float64
	// calls are the requests the sources saw for one, and bytesIn what they sent;
	// bytesOut is the size of an answer.
	calls, bytesIn, bytesOut float64
}

// row is all rounds of one server at one work.
type row struct {
	*target
	samples []sample
	// peak is the most resident memory with the work's crowd, in MB.
	peak float64
	// out is why a peer is left out of this work, from when it failed.
	out error
}

// line is all rounds of one work.
type line struct {
	work                  *work
	rows                  []*row
	answers, wrongAnswers int
}

// of gives the row of a kind of server; nil if there is none.
func (l *line) of(k kind) *row {
	for _, r := range l.rows {
		if r.kind == k && len(r.samples) > 0 {
			return r
		}
	}
	return nil
}

// figure is a column: what is better is lower, unless it says more.
type figure struct {
	title  string
	digits int
	more   bool
	// of gives the values of a row: one for each round, or one in all.
	of func(*row) []float64
}

func (f figure) median(r *row) float64 { return spreadOf(f.of(r)).median }

// ratio compares two servers within the rounds.
func (f figure) ratio(a, b *row) spread {
	if a == nil || b == nil {
		return spreadOf(nil)
	}
	var all []float64
	of, by := f.of(a), f.of(b)
	for i := range min(len(of), len(by)) {
		all = append(all, of[i]/by[i])
	}
	return spreadOf(all)
}

// best is the best peer by the figure, of those that ask the sources; nil if there is none.
func (f figure) best(l *line) (best *row) {
	for _, r := range l.rows {
		if r.kind != peer || r.first || r.out != nil || len(r.samples) == 0 || math.IsNaN(f.median(r)) {
			continue
		}
		if best == nil || (f.median(r) < f.median(best)) != f.more {
			best = r
		}
	}
	return best
}

// each is a figure of every round.
func each(of func(sample) float64) func(*row) []float64 {
	return func(r *row) (all []float64) {
		for _, s := range r.samples {
			if v := of(s); !math.IsNaN(v) {
				all = append(all, v)
			}
		}
		return all
	}
}

// middle is the p50 of every round; a round alone has too few requests for a p99, which
// is of all rounds together.
func middle(of func(sample) []time.Duration) func(*row) []float64 {
	return each(func(s sample) float64 { return quantile(of(s), 0.5) })
}

func slowest(of func(sample) []time.Duration) func(*row) []float64 {
	return func(r *row) []float64 {
		if all := pooled(r.samples, of); len(all) > 0 {
			return []float64{quantile(all, 0.99)}
		}
		return nil
	}
}

func once(of func(*row) float64) func(*row) []float64 {
	return func(r *row) []float64 {
		if v := of(r); v > 0 {
			return []float64{v}
		}
		return nil
	}
}
