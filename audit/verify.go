package audit

import (
	"bytes"
	"context"
	"fmt"
	"math"
)

// BrokenError says where the ledger was tampered with: the event Seq is missing, or
// the row before it is not the one that was written.
type BrokenError struct{ Seq int64 }

// Error names the position.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("the audit ledger is broken at event %d: it or the one before it was changed, removed or inserted", e.Seq)
}

// Verify walks the whole ledger: seq has no gap and each row carries the hash of
// the one before. It gives the number of events, and a *BrokenError at the first
// break. The last row is only vouched for by the next one.
func (l *Ledger) Verify(ctx context.Context) (events int64, err error) {
	want, after := make([]byte, 32), int64(math.MinInt64)
	for {
		rows, err := l.rows(ctx, `seq > $1`, MaxLimit, after)
		if err != nil {
			return events, fmt.Errorf("reading the audit ledger: %w", err)
		}
		if len(rows) == 0 {
			return events, nil
		}
		for i := range rows {
			if rows[i].seq != events+1 || !bytes.Equal(rows[i].previous, want) {
				return events, &BrokenError{Seq: events + 1}
			}
			events, want = rows[i].seq, rows[i].hash()
		}
		after = events
	}
}
