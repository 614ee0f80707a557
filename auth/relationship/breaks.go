package relationship

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// BreakFilter narrows Breaks; the zero BreakFilter is every broken glass, newest first,
// at most DefaultBreaks.
type BreakFilter struct {
	// IDs wants these only, at most MaxBreaks; nil is any, and an empty list none.
	IDs []string
	// Patient is Patchwork's opaque id; "" is any.
	Patient string
	// Issuer and Subject are the user; "" is anybody.
	Issuer, Subject string
	// From and Before bound Started; zero does not. Before is to page with.
	From, Before time.Time
	// Limit is the most wanted; 0 is DefaultBreaks, and more than MaxBreaks is MaxBreaks.
	Limit int
}

// Bounds of one reading.
const (
	DefaultBreaks = 100
	MaxBreaks     = 1000
)

// Breaks reads broken glass for a report, newest first: those that hold, those that are
// over, and those that were ended. Whoever shows them audits that.
func (s *Store) Breaks(ctx context.Context, f BreakFilter) ([]BreakGlass, error) {
	where, args := []string{`1 = 1`}, []any{}
	add := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		where = append(where, condition)
	}
	if f.IDs != nil {
		var ids []any
		for _, id := range f.IDs {
			if storable(id) {
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			return nil, nil
		}
		ids = ids[:min(len(ids), MaxBreaks)]
		add(`id IN (`+strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ")+`)`, ids...)
	}
	for _, by := range []struct{ column, value string }{{"patient", f.Patient}, {"issuer", f.Issuer}, {"subject", f.Subject}} {
		switch {
		case by.value == "":
		case !printable(by.value):
			return nil, nil // no row can have it
		default:
			add(by.column+` = ?`, by.value)
		}
	}
	if !f.From.IsZero() {
		add(`started >= ?`, f.From.UnixMicro())
	}
	if !f.Before.IsZero() {
		add(`started < ?`, f.Before.UnixMicro())
	}
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultBreaks
	}
	found, err := s.breaks(ctx, strings.Join(where, ` AND `)+` ORDER BY started DESC, id LIMIT `+strconv.Itoa(min(limit, MaxBreaks)), args...)
	if err != nil {
		return nil, fmt.Errorf("reading broken glass: %w", err)
	}
	return found, nil
}

// breaks reads the rows of a condition.
func (s *Store) breaks(ctx context.Context, where string, args ...any) (out []BreakGlass, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, patient, issuer, subject, reason_code, reason, started, until, ended
		FROM relationship_break WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var b BreakGlass
		var started, until int64
		var ended sql.NullInt64
		if err := rows.Scan(&b.ID, &b.Patient, &b.Issuer, &b.Subject, &b.ReasonCode, &b.Reason, &started, &until, &ended); err != nil {
			return nil, err
		}
		b.Started, b.Until = at(started), at(until)
		if ended.Valid && ended.Int64 < until { // else its time was over by itself
			b.Ended = at(ended.Int64)
		}
		out = append(out, b)
	}
	return out, rows.Err()
}
