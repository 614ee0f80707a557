package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

const (
	// overloadWait is how long every source takes while the server is asked for too much.
	overloadWait = 50 * time.Millisecond
	// mostPatience is how long a request waits before it counts as never answered.
	mostPatience = 10 * time.Second
	// recoverWithin is what we want to be back to normal in.
	recoverWithin = 2 * time.Second
)

// flood is what an open loop saw: requests came at a rate, whatever became of those before.
type flood struct {
	offered        float64
	elapsed        time.Duration
	ok, refused    []time.Duration
	others         []time.Duration // those of ok that are not the first user's
	failed, untold int             // neither answered nor refused; refused without saying when to come again
	why            error
	residentMB     float64
}

// openLoop sends requests at a rate for a time, by the user that whose gives.
func (b *bench) openLoop(ctx context.Context, w *work, perSecond float64, d time.Duration, whose func(i int) int) *flood {
	f := &flood{offered: perSecond, elapsed: d}
	var mu sync.Mutex
	var group sync.WaitGroup
	begun := time.Now()
	for i := 0; ; i++ {
		at := time.Duration(float64(i) / perSecond * float64(time.Second))
		if at >= d || ctx.Err() != nil {
			break
		}
		if wait := at - time.Since(begun); wait > 0 {
			select {
			case <-time.After(wait):
			case <-ctx.Done():
			}
		}
		values, ok := w.values(int(w.next.Add(1) - 1))
		if !ok {
			break
		}
		group.Go(func() {
			who := whose(i)
			took, status, retry, err := b.timed(ctx, who, w, values)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				if f.ok = append(f.ok, took); who != 0 {
					f.others = append(f.others, took)
				}
			case status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests:
				if f.refused = append(f.refused, took); retry == "" {
					f.untold++
				}
			default:
				if f.failed++; f.why == nil {
					f.why = err
				}
			}
		})
	}
	f.residentMB = b.resident()
	group.Wait()
	f.residentMB = max(f.residentMB, b.resident())
	return f
}

// timed sends one request and reads its answer.
func (b *bench) timed(ctx context.Context, who int, w *work, values []string) (took time.Duration, status int, retry string, err error) {
	ctx, cancel := context.WithTimeout(ctx, mostPatience)
	defer cancel()
	req, err := b.ofUser(ctx, who, w, values)
	if err != nil {
		return 0, 0, "", err
	}
	began := time.Now()
	resp, err := b.client.Do(req)
	if err != nil {
		return time.Since(began), 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	var buf bytes.Buffer
	if _, err = buf.ReadFrom(resp.Body); err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %.300s", resp.StatusCode, buf.Bytes())
	}
	took = time.Since(began)
	if err == nil {
		err = w.check(buf.Bytes(), values)
	}
	return took, resp.StatusCode, resp.Header.Get("Retry-After"), err
}

// resident is the server's resident memory now, in MB.
func (b *bench) resident() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", b.server.PID()))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(text)
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseFloat(string(fields[1]), 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

func everybody(i int) int { return i % userCount }

// measureOverload finds the most that the server answers, then asks for twice and five times
// that, and looks how soon all is as before; then how others fare beside a noisy user.
func (b *bench) measureOverload(ctx context.Context) error {
	if err := b.region.wait(ctx, overloadWait); err != nil {
		return err
	}
	d := time.Duration(b.seconds * float64(time.Second))
	for _, w := range b.works {
		b.closedLoop(ctx, b.targetServer(), w, userCount, userCount, d) // warm
		peak := b.closedLoop(ctx, b.targetServer(), w, userCount, userCount, 2*d)
		most := float64(len(peak.took)-peak.wrong) / peak.elapsed.Seconds()
		fmt.Printf("%s: %s. With %d in flight: %.0f/s, p50 %.0f, p99 %.0f ms, %.0f MB\n\n", w.name, w.title, userCount, most, quantile(peak.took, .5), quantile(peak.took, .99), b.resident())
		fmt.Println("| offered | of the most | answered/s | of the most | p50/p99 ms | refused/s | refusal p50/p99 ms | neither | MB |\n|---|---|---|---|---|---|---|---|---|")
		for _, times := range []float64{.5, 1, 2, 5, .5} {
			f := b.openLoop(ctx, w, times*most, 3*d, everybody)
			answered := float64(len(f.ok)) / f.elapsed.Seconds()
			fmt.Printf("| %.0f/s | %g × | %.0f | %.0f %% | %.0f / %.0f | %.0f | %.0f / %.0f | %d | %.0f |\n", f.offered, times, answered, 100*answered/most,
				quantile(f.ok, .5), quantile(f.ok, .99), float64(len(f.refused))/f.elapsed.Seconds(), quantile(f.refused, .5), quantile(f.refused, .99), f.failed, f.residentMB)
			if f.untold > 0 || f.why != nil {
				fmt.Printf("%d refusals without Retry-After; the first that was neither answered nor refused: %v\n", f.untold, f.why)
			}
		}
		if err := b.recovery(ctx, w, most, d); err != nil {
			return err
		}
		b.noisy(ctx, w, most, d)
	}
	return nil
}

// recovery floods, stops, and asks at half the most until answers take what they did before.
func (b *bench) recovery(ctx context.Context, w *work, most float64, d time.Duration) error {
	before := b.openLoop(ctx, w, most/2, d, everybody)
	usual := quantile(before.ok, .99)
	b.openLoop(ctx, w, 5*most, d, everybody)
	for began, each := time.Now(), 250*time.Millisecond; ctx.Err() == nil; {
		f := b.openLoop(ctx, w, most/2, each, everybody)
		after := time.Since(began) - each
		if len(f.refused)+f.failed == 0 && quantile(f.ok, .9) <= 1.2*usual {
			fmt.Printf("\nAfter five times the most: as before (p99 %.0f ms) within %.2f s (goal %s).\n", usual, max(0, after.Seconds()), recoverWithin)
			return nil
		}
		if time.Since(began) > time.Minute {
			return fmt.Errorf("%s: not as before a minute after the flood", w.name)
		}
	}
	return ctx.Err()
}

// noisy has one user ask for three times the most, while the others ask for a third of it.
func (b *bench) noisy(ctx context.Context, w *work, most float64, d time.Duration) {
	alone := b.openLoop(ctx, w, most/3, 3*d, func(i int) int { return 1 + i%(userCount-1) })
	beside := b.openLoop(ctx, w, most/3+3*most, 3*d, func(i int) int {
		if i%10 == 0 {
			return 1 + i/10%(userCount-1)
		}
		return 0
	})
	fmt.Printf("One user asks for 3 × the most, %d others for a third of it together: of those others %.0f %% answered, p50/p99 %.0f / %.0f ms; without the noisy one %.0f / %.0f (goal ≤ 1.3 ×).\n\n", userCount-1,
		100*float64(len(beside.others))/(most/3*beside.elapsed.Seconds()), quantile(beside.others, .5), quantile(beside.others, .99), quantile(alone.ok, .5), quantile(alone.ok, .99))
}
