package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/patchworkcare/patchwork/bench/mock"
)

// The servers whose costs are compared, all with the same sources and question.
const (
	auditDurable = "durable audit"
	auditLate    = "audit that nobody waits for"
	auditNone    = "no audit at all"
)

// policyCounts are how many policies are in the database.
func policyCounts() []int { return []int{20, 100, 1000} }

// rivalNames are the servers of a comparison.
func rivalNames() []string {
	names := []string{auditDurable, auditLate, auditNone}
	for _, n := range policyCounts() {
		names = append(names, policyServer(n))
	}
	return names
}

func policyServer(n int) string { return strconv.Itoa(n) + " policies" }

// rival is one of them.
type rival struct {
	name    string
	server  *patchwork
	line    *line
	samples []sample
	cold    []time.Duration
}

// measureCosts compares, with q1: the program as it is with the same program that does
// not wait for its audit, or keeps none; and the program with few and with many policies.
// The first server is the one that stands already.
func (b *bench) measureCosts(ctx context.Context) error {
	first := b.server
	defer func() { b.server = first }()
	var rivals []*rival
	defer func() {
		for _, r := range rivals {
			r.server.Stop()
		}
	}()
	for i, name := range rivalNames() {
		fmt.Fprintln(os.Stderr, "starting:", name)
		server, err := b.startRival(ctx, i, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		rivals = append(rivals, &rival{name: name, server: server, line: &line{work: b.works[0]}})
		b.server = server
		if err := b.meet(ctx); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for round := range b.rounds {
		if err := b.costRound(ctx, round, rivals); err != nil {
			return fmt.Errorf("round %d: %w", round+1, err)
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, b.rounds)
	}
	for range min(b.rounds, mostStarts) {
		for _, r := range rivals {
			if err := b.firstPage(ctx, r); err != nil {
				return fmt.Errorf("first page, %s: %w", r.name, err)
			}
		}
	}
	return b.reportCosts(rivals)
}

// mostStarts is how often each is started anew to time its first page.
const mostStarts = 6

// costRound asks all servers in turn, one request after the other, so that whatever else
// the machine does meets all alike; then saturates each, in an order that changes.
func (b *bench) costRound(ctx context.Context, round int, rivals []*rival) error {
	now := make([]sample, len(rivals))
	for _, phase := range []struct {
		wait time.Duration
		into func(*sample) *[]time.Duration
	}{
		{far, func(s *sample) *[]time.Duration { return &s.far }},
		{0, func(s *sample) *[]time.Duration { return &s.near }},
	} {
		if err := b.region.wait(ctx, phase.wait); err != nil {
			return err
		}
		begun, all := time.Now(), time.Duration(b.seconds*float64(len(rivals))*float64(time.Second))
		for turn := round; turn == round || time.Since(begun) < all; turn++ {
			for i := range rivals {
				n := (i + turn) % len(rivals)
				b.server = rivals[n].server
				took, err := b.askOnce(ctx)
				if err != nil {
					return fmt.Errorf("%s: %w", rivals[n].name, err)
				}
				rivals[n].line.answers++
				to := phase.into(&now[n])
				*to = append(*to, took)
			}
		}
	}
	for i := range rivals {
		n := (i + round) % len(rivals)
		if round%2 == 1 {
			n = len(rivals) - 1 - n
		}
		r := rivals[n]
		b.server = r.server
		s, err := b.saturate(ctx, r.line, b.targetServer(), now[n])
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		r.samples = append(r.samples, s)
	}
	return nil
}

// askOnce times one right answer of the server whose turn it is.
func (b *bench) askOnce(ctx context.Context) (time.Duration, error) {
	w := b.works[0]
	values, _ := w.values(int(w.next.Add(1) - 1))
	req, err := b.ofServer(ctx, w, values)
	if err != nil {
		return 0, err
	}
	var buf bytes.Buffer
	begun := time.Now()
	if err := b.receive(req, &buf); err != nil {
		return 0, err
	}
	took := time.Since(begun)
	return took, w.check(buf.Bytes(), values)
}

// startRival builds and starts one of the servers. All are built here, of one tree.
func (b *bench) startRival(ctx context.Context, i int, name string) (*patchwork, error) {
	dir := filepath.Join(b.dir, "rival-"+strconv.Itoa(i))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	binary, err := build(ctx, dir, name)
	if err != nil {
		return nil, err
	}
	var more []string
	for _, n := range policyCounts() {
		if name != policyServer(n) {
			continue
		}
		text, err := policies(n)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(dir, "policies.yaml")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return nil, err
		}
		more = append(more, "policies: "+file)
	}
	return startPatchwork(ctx, b.serverCore(), binary, dir, b.region.Sources, more...)
}

// firstPage starts a server anew and times its first page: nothing is decided yet.
func (b *bench) firstPage(ctx context.Context, r *rival) error {
	if err := b.region.wait(ctx, 0); err != nil {
		return err
	}
	r.server.Stop()
	if err := r.server.start(ctx, b.serverCore(), r.server.binary); err != nil {
		return err
	}
	b.server = r.server
	took, err := b.askOnce(ctx)
	if err != nil {
		return err
	}
	r.cold = append(r.cold, took)
	state, err := b.region.order(ctx, mock.Order{})
	if err != nil {
		return err
	}
	return complaints(state)
}
