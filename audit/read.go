package audit

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// Filter narrows a reading of the ledger; the zero Filter is everything, from the
// beginning, at most DefaultLimit events.
type Filter struct {
	// Patient is Patchwork's opaque id; "" is any.
	Patient string
	// Actor is the subject of whoever did it; "" is anybody.
	Actor string
	// After is the last Seq already seen; 0 is from the beginning.
	After int64
	// Limit is the most events wanted; 0 is DefaultLimit, and more than MaxLimit is
	// MaxLimit: page with After.
	Limit int
}

// Bounds of one reading.
const (
	DefaultLimit = 100
	MaxLimit     = 1000
)

// Events reads the ledger in the order of Seq.
func (l *Ledger) Events(ctx context.Context, f Filter) ([]Event, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	where, args := []string{`seq > $1`}, []any{f.After}
	add := func(column, value string) {
		if value != "" {
			args = append(args, value)
			where = append(where, column+` = $`+strconv.Itoa(len(args)))
		}
	}
	add("patient", clean(f.Patient))
	add("subject", clean(f.Actor))
	rows, err := l.rows(ctx, strings.Join(where, ` AND `), min(limit, MaxLimit), args...)
	if err != nil {
		return nil, fmt.Errorf("reading the audit ledger: %w", err)
	}
	events := make([]Event, len(rows))
	for i := range rows {
		if events[i], err = rows[i].decode(); err != nil {
			return nil, err
		}
	}
	return events, nil
}

func (l *Ledger) rows(ctx context.Context, where string, limit int, args ...any) ([]row, error) {
	return queryRows(ctx, l.read, where, limit, args...)
}

func queryRows(ctx context.Context, db *sql.DB, where string, limit int, args ...any) (out []row, err error) {
	q := `SELECT ` + columns + ` FROM audit_event WHERE ` + where + ` ORDER BY seq LIMIT ` + strconv.Itoa(limit)
	found, err := db.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer func(found *sql.Rows) { _ = found.Close() }(found)
	for found.Next() {
		var r row
		if err := found.Scan(&r.seq, &r.at, &r.patient, &r.subject, &r.requestID, &r.previous, &r.body); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, found.Err()
}
