package main

import (
	"fmt"
	"math"
	"slices"
	"time"
)

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// quantile is the q-th of durations in ms; nearest rank.
func quantile(all []time.Duration, q float64) float64 {
	if len(all) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(all))
	rank := int(math.Ceil(q*float64(len(sorted)))) - 1
	return milliseconds(sorted[max(0, rank)])
}

// spread is a figure over the rounds.
type spread struct{ low, median, high float64 }

func spreadOf(all []float64) spread {
	if len(all) == 0 {
		return spread{math.NaN(), math.NaN(), math.NaN()}
	}
	sorted := slices.Sorted(slices.Values(all))
	middle := len(sorted) / 2
	s := spread{sorted[0], sorted[middle], sorted[len(sorted)-1]}
	if len(sorted)%2 == 0 {
		s.median = (sorted[middle-1] + sorted[middle]) / 2
	}
	return s
}

// over makes one spread of all rounds.
func over(all []sample, of func(sample) float64) spread {
	var values []float64
	for _, s := range all {
		values = append(values, of(s))
	}
	return spreadOf(values)
}

// between makes one spread of what two servers found in the same round.
func between(a, b []sample, of func(a, b sample) float64) spread {
	var values []float64
	for i := range min(len(a), len(b)) {
		values = append(values, of(a[i], b[i]))
	}
	return spreadOf(values)
}

// text writes the median and, if there were several rounds, the lowest and highest.
func (s spread) text(digits int) string {
	switch {
	case math.IsNaN(s.median):
		return "–"
	case s.low == s.high:
		return fmt.Sprintf("%.*f", digits, s.median)
	}
	return fmt.Sprintf("%.*f (%.*f–%.*f)", digits, s.median, digits, s.low, digits, s.high)
}

// pooled gives every round's durations together: a round alone has too few for a p99.
func pooled(all []sample, of func(sample) []time.Duration) []time.Duration {
	var out []time.Duration
	for _, s := range all {
		out = append(out, of(s)...)
	}
	return out
}
