package main

import (
	"testing"
	"time"
)

func TestQuantile(t *testing.T) {
	t.Parallel()
	all := make([]time.Duration, 0, 100)
	for i := 100; i > 0; i-- {
		all = append(all, time.Duration(i)*time.Millisecond)
	}
	for q, want := range map[float64]float64{0.5: 50, 0.99: 99, 1: 100} {
		if got := quantile(all, q); got != want {
			t.Errorf("%v: %v, not %v", q, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	for want, all := range map[string][]float64{"–": nil, "2.0": {2}, "2.5 (1.0–4.0)": {4, 1, 2, 3}, "2.0 (1.0–3.0)": {3, 1, 2}} {
		if got := spreadOf(all).text(1); got != want {
			t.Errorf("%v is written %q, not %q", all, got, want)
		}
	}
}
