package main

import (
	"context"
	"fmt"
)

// peaks measures the memory of both servers under the work's crowd, each started anew:
// what another work left behind would count otherwise.
func (b *bench) peaks(ctx context.Context, l *line) error {
	if err := b.restart(ctx); err != nil {
		return err
	}
	if err := b.teach(ctx, l.work); err != nil {
		return err
	}
	for _, t := range []*target{b.targetFloor("floor", ""), b.targetServer()} {
		if _, err := b.loop(ctx, l, t, 0, l.work.crowd); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		peak, err := t.process().PeakMB()
		if err != nil {
			return err
		}
		if t.name == "floor" {
			l.floorPeak = peak
		} else {
			l.ourPeak = peak
		}
	}
	return nil
}

// restart starts both servers anew; Patchwork keeps its database.
func (b *bench) restart(ctx context.Context) (err error) {
	b.floor.Stop()
	if b.floor, b.floorURL, err = startFloor(b.serverCore()); err != nil {
		return err
	}
	b.server.Stop()
	return b.server.start(ctx, b.serverCore(), b.binary)
}

func (b *bench) serverCore() int {
	if b.pinned {
		return serverCore
	}
	return anyCore
}
