package review

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

const (
	// followEvery is how often the ledger is looked at.
	followEvery = time.Second
	// roundEvents is the most events of one round: a round's commit shares the connection for
	// changes with the ledger, so it has to be short (hazard H-05).
	roundEvents = 200
)

// Follow makes items of what the ledger gets, until the context is over. A failure is
// logged once and tried again: the ledger keeps what was missed.
func (q *Queue) Follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for failing := false; ; {
		err := q.CatchUp(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !failing:
			// The driver's text may quote what was being written: its type is all we log.
			q.Log.Error("the review queue cannot follow the ledger; it will go on where it stopped", "kind", fmt.Sprintf("%T", err))
		case err == nil && failing:
			q.Log.Info("the review queue follows the ledger again")
		}
		failing = err != nil
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// CatchUp reads the ledger to its end and makes the items. Killed at any moment it has
// neither lost nor doubled one: items and the place in the ledger change together.
func (q *Queue) CatchUp(ctx context.Context) error {
	if err := q.overdueAlerts(ctx); err != nil {
		return fmt.Errorf("alerting about a broken glass: %w", err)
	}
	for {
		n, err := q.round(ctx)
		if err != nil {
			return fmt.Errorf("following the audit ledger: %w", err)
		}
		if n < q.batch {
			return nil
		}
	}
}

// round takes the next events. Everything is read and decided first, without holding
// the database; then it is written if no other server has moved the mark meanwhile. If
// one has, it has made the same items, and the round counts as done.
func (q *Queue) round(ctx context.Context) (n int, err error) {
	mark, err := q.mark(ctx)
	if err != nil {
		return 0, err
	}
	events, err := q.ledger.Events(ctx, audit.Filter{After: mark, Limit: q.batch})
	if err != nil || len(events) == 0 {
		return 0, err
	}
	f, err := q.findings(ctx, mark, events)
	if err != nil {
		return 0, err
	}
	fresh, err := q.settle(ctx, f)
	if err != nil {
		return 0, err
	}
	to := events[len(events)-1].Seq
	ours, err := q.commit(ctx, mark, to, f)
	if err != nil {
		return 0, err
	}
	if ours {
		q.remember(to, f.custom)
		err = q.alert(ctx, fresh)
	}
	return len(events), err
}

// mark is the last seq that was followed.
func (q *Queue) mark(ctx context.Context) (seq int64, err error) {
	err = q.read.QueryRowContext(ctx, `SELECT value FROM review_mark WHERE name = $1`, "ledger").Scan(&seq)
	return seq, err
}

// commit writes the round if the mark is still where it was read; else it changes
// nothing and ours is false.
func (q *Queue) commit(ctx context.Context, from, to int64, f *findings) (ours bool, err error) {
	tx, err := q.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	moved, err := changed(tx.ExecContext(ctx, `UPDATE review_mark SET value = $1 WHERE name = $2 AND value = $3`, to, "ledger", from))
	if err != nil || !moved {
		return false, err
	}
	if err := f.write(ctx, tx); err != nil {
		return false, err
	}
	return true, tx.Commit()
}

// changed reports whether a statement changed a row.
func changed(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}
