package audit

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// Range is a part of the ledger; the zero Range is all of it.
type Range struct {
	// From and To are the first and the last event; 0 is no bound.
	From, To int64
	// Since and Until bound the time, Until excluded; zero is no bound.
	Since, Until time.Time
}

// Entry is an event as it stands in the chain.
type Entry struct {
	Event
	// Previous is the hash of the event before, Hash its own: SHA-256 over Previous and
	// everything in the event.
	Previous, Hash []byte
}

// Entries reads the events of a range, in the order of Seq, after the event after, at
// most MaxLimit: page with the last one's Seq.
func Entries(ctx context.Context, db *bun.DB, r Range, after int64) ([]Entry, error) {
	where, args := []string{`seq > $1`}, []any{max(after, r.From-1)}
	add := func(text string, value int64) {
		args = append(args, value)
		where = append(where, text+strconv.Itoa(len(args)))
	}
	if r.To > 0 {
		add(`seq <= $`, r.To)
	}
	if !r.Since.IsZero() {
		add(`at >= $`, r.Since.UnixMicro())
	}
	if !r.Until.IsZero() {
		add(`at < $`, r.Until.UnixMicro())
	}
	rows, err := queryRows(ctx, db.DB, strings.Join(where, ` AND `), MaxLimit, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the audit ledger: %w", err)
	}
	out := make([]Entry, len(rows))
	for i := range rows {
		e, err := rows[i].decode()
		if err != nil {
			return nil, err
		}
		out[i] = Entry{Event: e, Previous: rows[i].previous, Hash: rows[i].hash()}
	}
	return out, nil
}

// LastSeq is the last event there is; 0 if there is none.
func LastSeq(ctx context.Context, db *bun.DB) (seq int64, err error) {
	if err = db.DB.QueryRowContext(ctx, `SELECT COALESCE(MAX(seq), 0) FROM audit_event`).Scan(&seq); err != nil {
		return 0, fmt.Errorf("reading the audit ledger: %w", err)
	}
	return seq, nil
}
