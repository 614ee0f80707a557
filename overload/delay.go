package overload

import (
	"math"
	"runtime/metrics"
	"time"
)

// quantile is which of the waits for a processor counts. Most waits are of next to nothing even
// on a server that is far behind.
const quantile = .9

// meter tells how long what could go on waited for a processor (runtime/metrics:
// /sched/latencies). A system that is slow to answer makes nobody here wait for one.
type meter struct {
	sample []metrics.Sample
	before []uint64
}

// Processors gives a function that tells how long what could go on has waited for a processor
// since it was asked before. It is for one goroutine.
func Processors() func() time.Duration {
	m := &meter{sample: []metrics.Sample{{Name: "/sched/latencies:seconds"}}}
	m.read()
	return m.read
}

func (m *meter) read() time.Duration {
	metrics.Read(m.sample)
	if m.sample[0].Value.Kind() != metrics.KindFloat64Histogram {
		return 0
	}
	h := m.sample[0].Value.Float64Histogram()
	if m.before == nil {
		m.before = make([]uint64, len(h.Counts))
	}
	wait := waited(h, m.before)
	copy(m.before, h.Counts)
	return wait
}

// waited is the quantile of what a histogram has got since before: the bound below it.
func waited(h *metrics.Float64Histogram, before []uint64) time.Duration {
	total := uint64(0)
	for i, n := range h.Counts {
		total += n - before[i]
	}
	longer := uint64(math.Floor(float64(total) * (1 - quantile)))
	for i := len(h.Counts) - 1; i > 0; i-- { // the first bucket begins at minus infinity
		n := h.Counts[i] - before[i]
		if n > longer {
			return time.Duration(h.Buckets[i] * float64(time.Second))
		}
		longer -= n
	}
	return 0
}
