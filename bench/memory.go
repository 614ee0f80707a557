package main

import (
	"context"
	"fmt"
)

// peaks measures the memory of all servers under the work's crowd, each started anew:
// what another work left behind would count otherwise.
func (b *bench) peaks(ctx context.Context, l *line) error {
	if err := b.restart(ctx); err != nil {
		return err
	}
	if err := b.teach(ctx, l.work); err != nil {
		return err
	}
	if b.batch {
		if err := b.server.asking(ctx, b.serverCore(), true); err != nil {
			return err
		}
	}
	for _, r := range l.rows {
		if r.kind == lean || r.out != nil {
			continue
		}
		before := l.wrongAnswers
		if err := b.peak(ctx, l, r); err != nil { // the rounds count without it
			l.wrongAnswers, r.out = before, fmt.Errorf("peak of memory: %w", err)
		}
	}
	return ctx.Err()
}

func (b *bench) peak(ctx context.Context, l *line, r *row) (err error) {
	for _, p := range b.peers {
		if p.Name == r.name {
			p.Stop()
			if err := b.startPeer(p); err != nil {
				return err
			}
		}
	}
	if _, err := b.loop(ctx, l, r.target, 0, l.work.crowd); err != nil {
		return err
	}
	r.peak, err = r.peakMB()
	return err
}

// restart starts the floor and Patchwork anew; Patchwork keeps its database.
func (b *bench) restart(ctx context.Context) (err error) {
	b.floor.Stop()
	if b.floor, b.floorURL, err = startFloor(b.serverCore()); err != nil {
		return err
	}
	return b.server.asking(ctx, b.serverCore(), false)
}

func (b *bench) serverCore() int {
	if b.pinned {
		return serverCore
	}
	return anyCore
}
