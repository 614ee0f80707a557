package disclosure

import "testing"

// TestRounding: the bounds of a count are all counts of enough people that are published
// alike, somebody never reads as nobody, and nearest is the test's own rounding.
func TestRounding(t *testing.T) {
	t.Parallel()
	for to := 1; to <= 25; to++ {
		for least := MinK; least <= 12; least++ {
			r := rounding{to: to, least: least}
			for count := least; count < 100; count++ {
				if got := r.of(count); got != nearest(count, to) || got%to != 0 || got == 0 {
					t.Fatalf("%d rounded to %d is %d", count, to, got)
				}
				low, high := count, count
				for low-1 >= least && r.of(low-1) == r.of(count) {
					low--
				}
				for r.of(high+1) == r.of(count) {
					high++
				}
				if gotLow, gotHigh := r.bounds(count); gotLow != low || gotHigh != high {
					t.Fatalf("%d of at least %d, rounded to %d, is between %d and %d, not %d and %d", count, least, to, low, high, gotLow, gotHigh)
				}
			}
			if low, high := r.bounds(0); r.of(0) != 0 || low != 0 || high != 0 {
				t.Fatal("nobody is rounded")
			}
		}
	}
}
