package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/patchworkcare/patchwork/bench/proc"
)

// kind is what a server is in the comparison.
type kind int

const (
	bare kind = iota
	lean
	ours
	peer
)

// target is one of the servers being measured.
type target struct {
	name string
	kind kind
	// first: it is always asked the work's first question.
	first bool
	// wrong are a peer's wrong answers.
	wrong int
	// ask makes the request about values; who tells those apart who ask at once.
	ask func(ctx context.Context, who int, w *work, values []string) (*http.Request, error)
	// processes are the server.
	processes func() []*proc.Process
	// check says what is wrong with an answer.
	check func(w *work, answer []byte, values []string) error
}

// values are what the next question is about; false if there are no more.
func (t *target) values(w *work) ([]string, bool) {
	if t.first {
		return w.values(0)
	}
	return w.values(int(w.next.Add(1) - 1))
}

// cpu is the time that the server has used.
func (t *target) cpu() (sum time.Duration, err error) {
	for _, p := range t.processes() {
		used, err := p.CPU()
		if err != nil {
			return 0, err
		}
		sum += used
	}
	return sum, nil
}

// peakMB is the most memory that was ever resident.
func (t *target) peakMB() (sum float64, err error) {
	for _, p := range t.processes() {
		peak, err := p.PeakMB()
		if err != nil {
			return 0, err
		}
		sum += peak
	}
	return sum, nil
}

func (b *bench) targetFloor(k kind) *target {
	name, suffix := "floor", ""
	if k == lean {
		name, suffix = "floor, grouped calls", grouped
	}
	return &target{
		name: name, kind: k, processes: func() []*proc.Process { return []*proc.Process{b.floor} },
		ask: func(ctx context.Context, _ int, w *work, values []string) (*http.Request, error) {
			return b.ofFloor(ctx, w.name+suffix, values)
		},
		check: func(w *work, answer []byte, _ []string) error {
			if w.name == "q1new" { // its plan also finds the person
				return nil
			}
			return checkFloor(answer, w.resources)
		},
	}
}

func (b *bench) targetServer() *target {
	return &target{
		name: "**patchwork**", kind: ours, processes: func() []*proc.Process { return []*proc.Process{b.server.Process} },
		ask:   b.ofUser,
		check: func(w *work, answer []byte, values []string) error { return w.check(answer, values) },
	}
}

// tally is what a closed loop saw.
type tally struct {
	took    []time.Duration
	elapsed time.Duration
	bytes   int64
	wrong   int
	// why is what was wrong with the first wrong answer.
	why error
	// calls are the requests the sources saw for each answer, bytesIn what they sent.
	calls, bytesIn float64
}

// closedLoop keeps so many requests in flight until d has passed. Every answer must be
// 200 and not empty; every nth is checked whole, outside the time that is measured.
func (b *bench) closedLoop(ctx context.Context, t *target, w *work, crowd, nth int, d time.Duration) tally {
	var all tally
	var mu sync.Mutex
	var done atomic.Int64
	var group sync.WaitGroup
	start := time.Now()
	for who := range crowd {
		group.Go(func() {
			var took []time.Duration
			var size int64
			var buf bytes.Buffer
			for time.Since(start) < d && ctx.Err() == nil {
				values, ok := t.values(w)
				if !ok {
					break
				}
				req, err := t.ask(ctx, who, w, values)
				began := time.Now()
				if err == nil {
					err = b.receive(req, &buf)
				}
				took, size = append(took, time.Since(began)), size+int64(buf.Len())
				if err == nil && int(done.Add(1))%nth == 0 {
					err = t.check(w, buf.Bytes(), values)
				}
				if err != nil && ctx.Err() == nil {
					mu.Lock()
					if all.wrong++; all.why == nil {
						all.why = err
					}
					mu.Unlock()
				}
			}
			mu.Lock()
			all.took, all.bytes = append(all.took, took...), all.bytes+size
			mu.Unlock()
		})
	}
	group.Wait()
	all.elapsed = time.Since(start)
	return all
}

// receive sends a request and reads the whole answer into buf.
func (b *bench) receive(req *http.Request, buf *bytes.Buffer) error {
	buf.Reset()
	resp, err := b.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(buf, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK || buf.Len() == 0 {
		return fmt.Errorf("status %d with %d bytes: %.300s", resp.StatusCode, buf.Len(), buf.Bytes())
	}
	return nil
}

// send sends one request.
func (b *bench) send(req *http.Request, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	err = b.receive(req, &buf)
	return buf.Bytes(), err
}
