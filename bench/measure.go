package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/patchworkcare/patchwork/bench/mock"
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
	// floorPeak and ourPeak are the most resident memory with the work's crowd, in MB.
	floorPeak, ourPeak float64
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
				if t == lean && len(l.work.groups) == 0 {
					continue
				}
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
	for _, l := range table {
		if err := b.peaks(ctx, l); err != nil {
			return nil, fmt.Errorf("memory, %s: %w", l.work.name, err)
		}
	}
	return table, nil
}

func last(all []sample) sample { return all[len(all)-1] }

// sample measures one server at one work: alone with slow and with fast sources, then
// saturated. With cpuOnly, only saturated.
func (b *bench) sample(ctx context.Context, l *line, t *target, cpuOnly bool) (s sample, err error) {
	if !cpuOnly {
		r, err := b.loop(ctx, l, t, far, 1)
		if err != nil {
			return s, err
		}
		s.far = r.took
		if r, err = b.loop(ctx, l, t, 0, 1); err != nil {
			return s, err
		}
		s.near = r.took
	}
	return b.saturate(ctx, l, t, s)
}

// loop is one measurement: a closed loop whose answers were right and whose questions
// the sources could answer.
func (b *bench) loop(ctx context.Context, l *line, t *target, wait time.Duration, crowd int) (tally, error) {
	if err := b.region.wait(ctx, wait); err != nil {
		return tally{}, err
	}
	r := b.closedLoop(ctx, t, l.work, crowd, crowd, time.Duration(b.seconds*float64(time.Second)))
	if len(r.took) == 0 {
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
	r.bytesIn = float64(state.Bytes) / float64(len(r.took))
	for _, n := range state.Calls {
		r.calls += float64(n) / float64(len(r.took))
	}
	return r, errors.Join(complaints(state), ctx.Err())
}

// saturate measures CPU, throughput and allocations.
func (b *bench) saturate(ctx context.Context, l *line, t *target, s sample) (sample, error) {
	if err := b.warm(ctx, l.work, t); err != nil {
		return s, err
	}
	mallocs := b.server.mallocs(ctx)
	before, err := t.process().CPU()
	if err != nil {
		return s, err
	}
	r, err := b.loop(ctx, l, t, 0, saturated)
	if err != nil {
		return s, err
	}
	after, err := t.process().CPU()
	if err != nil {
		return s, err
	}
	n := float64(len(r.took))
	s.cpu, s.perSecond = milliseconds(after-before)/n, n/r.elapsed.Seconds()
	s.mallocs, s.bytesOut = (b.server.mallocs(ctx)-mallocs)/n, float64(r.bytes)/n
	s.calls, s.bytesIn = r.calls, r.bytesIn
	return s, nil
}

// warm asks a few questions: connections are opened and what starts lazily has started.
func (b *bench) warm(ctx context.Context, w *work, t *target) error {
	for who := range saturated {
		values, ok := w.values(int(w.next.Add(1) - 1))
		if !ok {
			break
		}
		answer, err := b.send(t.ask(ctx, who, w, values))
		if err == nil {
			err = t.check(w, answer, values)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
