package backup

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
)

// Settle brings a restored database up to date and ends what it must not bring back, in one
// transaction: all sign-ins, launches, codes and tokens, every broken glass and run of a view;
// schedules of views pause until their owner opens them. It is safe to do it again.
func Settle(ctx context.Context, db *migrations.DB, now time.Time) error {
	if err := migrations.Apply(ctx, db); err != nil {
		return err
	}
	tx, err := db.Write.DB.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("the database cannot be settled: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, table := range slices.Sorted(maps.Keys(ended)) {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table); err != nil { //nolint:gosec // a name of ours
			return fmt.Errorf("the database cannot be settled: %w", err)
		}
	}
	for _, s := range []struct {
		statement string
		args      []any
	}{
		{`UPDATE relationship_break SET ended = $1 WHERE ended IS NULL`, []any{now.UnixMicro()}},
		// Its rows are gone, and a run that is done without rows would read as "nobody".
		{`UPDATE view_run SET state = 'expired', ended = CASE WHEN ended = 0 THEN $1 ELSE ended END, session = '', search = '', place = '', worker = '', lease = 0
			WHERE state IN ('queued', 'running', 'done')`, []any{now.UnixMicro()}},
		{`UPDATE view_schedule SET paused = 'restored', worker = '', lease = 0 WHERE paused = ''`, nil},
	} {
		if _, err := tx.ExecContext(ctx, s.statement, s.args...); err != nil {
			return fmt.Errorf("the database cannot be settled: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("the database cannot be settled: %w", err)
	}
	return nil
}
