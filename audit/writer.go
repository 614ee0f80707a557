package audit

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// run is the one writer: it takes what waits, commits it as one group, and answers
// everybody in it. While the ledger is down it probes.
func (l *Ledger) run() {
	defer close(l.done)
	defer l.head.into.close()
	probe := time.NewTicker(probeEvery)
	defer probe.Stop()
	for {
		select {
		case c, open := <-l.calls:
			if !open {
				return
			}
			runtime.Gosched() // whoever is about to record goes first, into the same commit
			l.commit(l.gather(c))
		case <-probe.C:
			if l.down.Load() != nil {
				l.commit(nil)
			}
		}
	}
}

// gather adds the calls that are already waiting to the first.
func (l *Ledger) gather(first *call) []*call {
	calls, events := []*call{first}, len(first.rows)
	for events < batchEvents {
		select {
		case c, open := <-l.calls:
			if !open {
				return calls
			}
			calls, events = append(calls, c), events+len(c.rows)
		default:
			return calls
		}
	}
	return calls
}

// commit writes the calls as one transaction and answers them. The first group
// after a failure begins with an event that says the ledger was down.
func (l *Ledger) commit(calls []*call) {
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	rows := make([]row, 0, batchEvents)
	down := l.down.Load()
	if down != nil {
		restored := Event{Action: ActionRestored, Reason: "The ledger could not be written since " +
			down.since.UTC().Format(time.RFC3339) + "; nothing was shown meanwhile"}
		r, err := encode(&restored, l.now)
		if err != nil {
			l.answer(calls, err)
			return
		}
		rows = append(rows, r)
	}
	for _, c := range calls {
		rows = append(rows, c.rows...)
	}
	began := time.Now()
	err := l.head.write(ctx, l.db, rows)
	l.committed(began, len(rows), err)
	switch {
	case err == nil && down != nil:
		l.down.Store(nil)
		l.log.Info("the audit ledger can be written again", "downSince", down.since.UTC())
	case err != nil:
		// The driver's text may quote what was being written: its type is all we log.
		if down == nil {
			l.down.Store(&failure{since: l.now(), err: err})
			l.log.Error("the audit ledger cannot be written; nothing leaves until it can", "kind", fmt.Sprintf("%T", err))
		}
		err = ErrUnavailable
	}
	l.answer(calls, err)
}

func (l *Ledger) answer(calls []*call, err error) {
	for _, c := range calls {
		c.err <- err
	}
}
