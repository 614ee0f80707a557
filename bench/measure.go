package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/bench/mock"
)

const (
	// far is how long the sources take where latency is measured.
	far = 50 * time.Millisecond
	// saturated is how many requests are in flight where CPU is measured.
	saturated = 16
)

// measure runs the rounds.
func (b *bench) measure(ctx context.Context) ([]*line, error) {
	var table []*line
	for _, w := range b.works {
		l, err := b.line(ctx, w)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
		table = append(table, l)
	}
	for round := range b.rounds {
		for _, l := range table {
			order := slices.Clone(l.rows)
			if round%2 == 1 {
				slices.Reverse(order)
			}
			for _, r := range order {
				if r.out != nil {
					continue
				}
				s, err := b.sample(ctx, l, r.target)
				switch {
				case err == nil:
					r.samples = append(r.samples, s)
				case r.kind != peer || ctx.Err() != nil:
					return nil, fmt.Errorf("round %d, %s, %s: %w", round+1, l.work.name, r.name, err)
				default: // others go on without it
					r.out = fmt.Errorf("round %d: %w", round+1, err)
				}
			}
			b.progress(round, l)
		}
	}
	for _, l := range table {
		if err := b.peaks(ctx, l); err != nil {
			return nil, fmt.Errorf("memory, %s: %w", l.work.name, err)
		}
	}
	return table, nil
}

// line makes the rows of a work, and lets the peers practise it.
func (b *bench) line(ctx context.Context, w *work) (*line, error) {
	l := &line{work: w, rows: []*row{{target: b.targetFloor(bare)}}}
	if len(w.groups) > 0 {
		l.rows = append(l.rows, &row{target: b.targetFloor(lean)})
	}
	l.rows = append(l.rows, &row{target: b.targetServer()})
	if !w.peers {
		return l, nil
	}
	for _, p := range b.peers {
		r := &row{target: b.targetPeer(p), out: p.out}
		if r.out == nil {
			r.out = b.practise(ctx, l, r.target)
		}
		l.rows = append(l.rows, r)
	}
	return l, ctx.Err()
}

// count keeps wrong answers: one of ours makes every figure worthless, a peer's its own.
func (l *line) count(t *target, wrong int) {
	if t.kind == peer {
		t.wrong += wrong
	} else {
		l.wrongAnswers += wrong
	}
}

// progress says what a round found.
func (b *bench) progress(round int, l *line) {
	fmt.Fprintf(os.Stderr, "round %d of %d: %-7s", round+1, b.rounds, l.work.name)
	by := l.of(bare)
	if lean := l.of(lean); lean != nil {
		by = lean
	}
	for _, r := range l.rows {
		switch {
		case r.out != nil:
			fmt.Fprintf(os.Stderr, "  %s: %v", r.name, r.out)
		case r != by:
			fmt.Fprintf(os.Stderr, "  %s %.2f", strings.Trim(r.name, "*"), last(r.samples).cpu/last(by.samples).cpu)
		}
	}
	fmt.Fprintf(os.Stderr, "  × %s\n", by.name)
}

func last(all []sample) sample { return all[len(all)-1] }

// sample measures one server at one work: alone with slow and with fast sources, at a
// fixed rate, then saturated. Of the grouped floor only what it costs.
func (b *bench) sample(ctx context.Context, l *line, t *target) (s sample, err error) {
	if t.kind != lean {
		r, err := b.loop(ctx, l, t, far, 1)
		if err != nil {
			return s, err
		}
		s.far = r.took
		if s.steady, err = b.steady(ctx, l, t); err != nil {
			return s, err
		}
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
	l.count(t, r.wrong)
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
	mallocs := 0.0
	if t.kind == ours {
		mallocs = b.server.mallocs(ctx)
	}
	before, err := t.cpu()
	if err != nil {
		return s, err
	}
	r, err := b.loop(ctx, l, t, 0, saturated)
	if err != nil {
		return s, err
	}
	after, err := t.cpu()
	if err != nil {
		return s, err
	}
	n := float64(len(r.took))
	s.cpu, s.perSecond = milliseconds(after-before)/n, n/r.elapsed.Seconds()
	if t.kind == ours {
		s.mallocs = (b.server.mallocs(ctx) - mallocs) / n
	}
	s.bytesOut = float64(r.bytes) / n
	s.calls, s.bytesIn = r.calls, r.bytesIn
	return s, nil
}

// warm asks a few questions: connections are opened and what starts lazily has started.
func (b *bench) warm(ctx context.Context, w *work, t *target) error {
	for who := range saturated {
		values, ok := t.values(w)
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
