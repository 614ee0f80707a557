package audit

import (
	"context"
	"time"
)

// Watch is told how writing goes, for those who look after the server. Nil functions are not
// called; those that are must not block.
type Watch struct {
	// Recorded is told of each Record: the events, when it began, and
	// whether they are durable. Of the events only what is of no person may be told on.
	Recorded func(ctx context.Context, began time.Time, events []Event, err error)
	// Committed is told of each group commit: how long it took and how many rows it wrote.
	Committed func(took time.Duration, rows int, err error)
}

// Watched tells w from now on.
func (l *Ledger) Watched(w Watch) { l.watch.Store(&w) }

func (l *Ledger) recorded(ctx context.Context, began time.Time, events []Event, err error) {
	if w := l.watch.Load(); w != nil && w.Recorded != nil {
		w.Recorded(ctx, began, events, err)
	}
}

func (l *Ledger) committed(began time.Time, rows int, err error) {
	if w := l.watch.Load(); w != nil && w.Committed != nil && rows > 0 {
		w.Committed(time.Since(began), rows, err)
	}
}
