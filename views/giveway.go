package views

import (
	"context"
	"time"
)

const (
	// giveWayFor is how long a page of a run waits at most for a server that is busy: a run
	// comes to its end on a busy day too.
	giveWayFor = 30 * time.Second
	// giveWayEvery is how often it looks.
	giveWayEvery = 200 * time.Millisecond
)

// giveWay waits while people who sit before a screen need the server.
func (s *Store) giveWay(ctx context.Context) {
	if s.Busy == nil || !s.Busy() {
		return
	}
	tick, over := time.NewTicker(giveWayEvery), time.NewTimer(giveWayFor)
	defer tick.Stop()
	defer over.Stop()
	for s.Busy() {
		select {
		case <-ctx.Done():
			return
		case <-over.C:
			return
		case <-tick.C:
		}
	}
}
