package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/patchworkcare/patchwork/bench/mock"
	"github.com/patchworkcare/patchwork/bench/proc"
)

const (
	// far is how long the sources take where latency is measured.
	far = 50 * time.Millisecond
	// saturated is how many requests are in flight where CPU is measured.
	saturated = 16
)

// sample is what one round found of one server at one work.
type sample struct {
	far, near []time.Duration
	// cpu is per request, in ms; perSecond the throughput, both saturated.
	cpu, perSecond float64
	// peak is the resident memory with the work's crowd, in MB.
	peak float64
	// mallocs are allocations per request; 0 if unknown.
	mallocs float64
	// calls are the requests the sources saw for one, and bytesIn what they sent;
	// bytesOut is the size of an answer.
	calls, bytesIn, bytesOut float64
}

// line is all rounds of one work.
type line struct {
	work                  *work
	floor, grouped, ours  []sample
	answers, wrongAnswers int
}

// measure runs the rounds.
func (b *bench) measure(ctx context.Context) ([]*line, error) {
	floor, lean, server := b.targetFloor("floor", ""), b.targetFloor("grouped floor", grouped), b.targetServer()
	var table []*line
	for _, w := range b.works {
		table = append(table, &line{work: w})
	}
	for round := range b.rounds {
		for _, l := range table {
			order := []*target{floor, lean, server}
			if round%2 == 1 {
				order = []*target{server, lean, floor}
			}
			for _, t := range order {
				s, err := b.sample(ctx, l, t, t == lean)
				if err != nil {
					return nil, fmt.Errorf("round %d, %s, %s: %w", round+1, l.work.name, t.name, err)
				}
				switch t {
				case floor:
					l.floor = append(l.floor, s)
				case lean:
					l.grouped = append(l.grouped, s)
				case server:
					l.ours = append(l.ours, s)
				}
			}
			fmt.Fprintf(os.Stderr, "round %d of %d: %-7s %.2f × floor\n", round+1, b.rounds, l.work.name, last(l.ours).cpu/last(l.floor).cpu)
		}
	}
	return table, nil
}

func last(all []sample) sample { return all[len(all)-1] }

// sample measures one server at one work: alone with slow and with fast sources, then
// saturated, then with the crowd for its memory. With cpuOnly, only saturated.
func (b *bench) sample(ctx context.Context, l *line, t *target, cpuOnly bool) (s sample, err error) {
	process := b.floor
	if t.name == "patchwork" {
		process = b.server.Process
	}
	loop := func(wait time.Duration, crowd, nth int) (r tally, err error) {
		if err = b.region.wait(ctx, wait); err != nil {
			return r, err
		}
		d := time.Duration(b.seconds * float64(time.Second))
		if r = b.closedLoop(ctx, t, l.work, crowd, nth, d); len(r.took) == 0 {
			return r, errors.Join(r.why, ctx.Err(), errors.New("there was no time or nobody left to ask about"))
		}
		state, err := b.region.order(ctx, mock.Order{})
		if err != nil {
			return r, err
		}
		l.answers += len(r.took)
		l.wrongAnswers += r.wrong
		if tooMany := len(r.took) / 100; r.wrong > tooMany {
			return r, fmt.Errorf("%d of %d answers were wrong, the first: %w", r.wrong, len(r.took), r.why)
		}
		s.calls, s.bytesIn = 0, float64(state.Bytes)/float64(len(r.took))
		for _, n := range state.Calls {
			s.calls += float64(n) / float64(len(r.took))
		}
		return r, errors.Join(complaints(state), ctx.Err())
	}
	if !cpuOnly {
		r, err := loop(far, 1, 1)
		if err != nil {
			return s, err
		}
		s.far = r.took
		if r, err = loop(0, 1, 1); err != nil {
			return s, err
		}
		s.near = r.took
	}
	return b.saturate(ctx, t, l.work, process, s, loop)
}

// saturate measures CPU, throughput, allocations and memory.
func (b *bench) saturate(ctx context.Context, t *target, w *work, p *proc.Process, s sample, loop func(time.Duration, int, int) (tally, error)) (sample, error) {
	for range 2 * saturated { // open the connections first
		values, ok := w.values(int(w.next.Add(1) - 1))
		if !ok {
			break
		}
		if _, err := b.send(t.ask(ctx, w, values)); err != nil {
			return s, err
		}
	}
	if err := p.ForgetPeak(); err != nil {
		return s, err
	}
	mallocs := b.server.mallocs(ctx)
	before, err := p.CPU()
	if err != nil {
		return s, err
	}
	r, err := loop(0, saturated, saturated)
	if err != nil {
		return s, err
	}
	after, err := p.CPU()
	if err != nil {
		return s, err
	}
	n := float64(len(r.took))
	s.cpu, s.perSecond = milliseconds(after-before)/n, n/r.elapsed.Seconds()
	s.mallocs, s.bytesOut = (b.server.mallocs(ctx)-mallocs)/n, float64(r.bytes)/n
	if w.crowd != saturated {
		if err := p.ForgetPeak(); err != nil {
			return s, err
		}
		if _, err := loop(0, w.crowd, saturated); err != nil {
			return s, err
		}
	}
	s.peak, err = p.PeakMB()
	return s, err
}
