package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
)

// soakMinutes names the variable with how long the region is soaked (make soak N=10).
const soakMinutes = "PATCHWORK_SOAK_MINUTES"

// TestSoak lets the program work for minutes while systems fail and heal by chance: memory,
// goroutines, descriptors and the time of an answer stay what they were. It runs only when
// it is asked for.
func TestSoak(t *testing.T) {
	minutes, err := time.ParseDuration(os.Getenv(soakMinutes) + "m")
	if err != nil {
		t.Skip("set " + soakMinutes)
	}
	m := startMetered(t)
	m.steady(t, 10, 10*time.Second, "", nil)
	stop := make(chan struct{})
	failing := m.failAtRandom(t, stop)
	begun := time.Now()
	var all []soaked
	for time.Since(begun) < minutes {
		r := m.steady(t, 10, 20*time.Second, "", nil)
		all = append(all, soaked{time.Since(begun), m.held(t), percentile(r.answers, 0.5), percentile(r.answers, 0.99), r.pages, r.failed})
	}
	close(stop)
	<-failing
	for _, s := range m.region.Systems {
		m.control(t, http.MethodDelete, s.ID, "", "")
	}
	<-time.After(10 * time.Second)
	after := m.held(t)
	tellSoak(t, all, after)
	m.stop(t)
}

// soaked is a third of a minute.
type soaked struct {
	at            time.Duration
	held          held
	p50, p99      time.Duration
	pages, failed int
}

// failAtRandom commits a fault of some system every few seconds, and heals another.
func (m *metered) failAtRandom(t *testing.T, stop <-chan struct{}) (ended chan struct{}) {
	ended = make(chan struct{})
	names := demo.FaultNames()
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			case <-time.After(3 * time.Second):
			}
			system := m.region.Systems[rand.IntN(len(m.region.Systems))] //nolint:gosec // any
			req, err := http.NewRequest(http.MethodPut, system.Control, strings.NewReader(`{"fault":"`+names[rand.IntN(len(names))]+`"}`))
			if err == nil && rand.IntN(2) == 0 {
				req, err = http.NewRequest(http.MethodDelete, system.Control, nil)
			}
			if err != nil {
				t.Error(err)
				return
			}
			if resp, err := http.DefaultClient.Do(req); err == nil {
				_ = resp.Body.Close() // 422: not on this kind of system
			}
		}
	}()
	return ended
}

// What may be more in the last third than in the first, and by how much a minute.
const (
	soakMemory      = 96.0 // MiB
	soakGoroutines  = 150.0
	soakDescriptors = 150.0
)

// tellSoak prints what was held and fails if it grew.
func tellSoak(t *testing.T, all []soaked, after held) {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n\n| minute | memory MiB | goroutines | descriptors | p50 | p99 | pages | failed |\n|---|---|---|---|---|---|---|---|\n")
	for _, s := range all {
		fmt.Fprintf(&b, "| %.1f | %.0f | %d | %d | %v | %v | %d | %d |\n", s.at.Minutes(), s.held.residentMB, s.held.goroutines, s.held.descriptors, s.p50.Round(time.Millisecond), s.p99.Round(time.Millisecond), s.pages, s.failed)
	}
	third := max(1, len(all)/3)
	for _, c := range []struct {
		what  string
		bound float64
		of    func(soaked) float64
	}{
		{"memory MiB", soakMemory, func(s soaked) float64 { return s.held.residentMB }},
		{"goroutines", soakGoroutines, func(s soaked) float64 { return float64(s.held.goroutines) }},
		{"descriptors", soakDescriptors, func(s soaked) float64 { return float64(s.held.descriptors) }},
		{"p50 ms", 500, func(s soaked) float64 { return float64(s.p50.Milliseconds()) }},
	} {
		first, last := mean(all[:third], c.of), mean(all[len(all)-third:], c.of)
		fmt.Fprintf(&b, "\n%s: first third %.0f, last third %.0f, %+.1f a minute", c.what, first, last, slope(all, c.of))
		if last-first > c.bound {
			t.Errorf("%s grew from %.0f to %.0f", c.what, first, last)
		}
	}
	fmt.Fprintf(&b, "\n10 s after healing: %.0f MiB, %d goroutines, %d descriptors\n", after.residentMB, after.goroutines, after.descriptors)
	t.Log(b.String())
}

func mean(all []soaked, of func(soaked) float64) (m float64) {
	for _, s := range all {
		m += of(s) / float64(len(all))
	}
	return m
}

// slope is by how much something grows in a minute: least squares.
func slope(all []soaked, of func(soaked) float64) float64 {
	minute := func(s soaked) float64 { return s.at.Minutes() }
	x, y := mean(all, minute), mean(all, of)
	var above, below float64
	for _, s := range all {
		above += (minute(s) - x) * (of(s) - y)
		below += (minute(s) - x) * (minute(s) - x)
	}
	if below == 0 {
		return 0
	}
	return above / below
}
