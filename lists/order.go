package lists

import (
	"context"
	"database/sql"
	"fmt"
)

// The order is by place, and by patient of equal places, which are not made. Between two
// people there is room for twenty to come between, one before the other; a list of which
// that was used up is spread again.

// spacing is the room between two people.
const spacing = 1 << 20

// gap is where somebody is to be put.
type gap struct {
	// there: they stand there already.
	there bool
	// before and after are the places of the neighbours, if there are any.
	before, after sql.NullInt64
}

// middle is a place in the gap, if there is one.
func (g gap) middle() (place int64, ok bool) {
	switch {
	case !g.before.Valid && !g.after.Valid:
		return 0, true
	case !g.after.Valid:
		return g.before.Int64 + spacing, true
	case !g.before.Valid:
		return g.after.Int64 - spacing, true
	}
	place = g.before.Int64 + (g.after.Int64-g.before.Int64)/2
	return place, place > g.before.Int64
}

// gapAfter finds the gap for a patient right after another, or at the top after "";
// ErrChanged if either is not on the list.
func gapAfter(ctx context.Context, q querier, list, patient, after string) (g gap, err error) {
	var own int64
	scan := func(into any, query string, args ...any) error {
		err := q.QueryRowContext(ctx, query, args...).Scan(into)
		if isNoRow(err) {
			return ErrChanged
		}
		if err != nil {
			return fmt.Errorf("reading a list's order: %w", err)
		}
		return nil
	}
	if err := scan(&own, `SELECT place FROM list_item WHERE list = $1 AND patient = $2`, list, patient); err != nil {
		return g, err
	}
	if after == "" {
		err = scan(&g.after, `SELECT MIN(place) FROM list_item WHERE list = $1 AND patient <> $2`, list, patient)
	} else {
		if err := scan(&g.before, `SELECT place FROM list_item WHERE list = $1 AND patient = $2`, list, after); err != nil {
			return g, err
		}
		err = scan(&g.after, `SELECT MIN(place) FROM list_item WHERE list = $1 AND patient <> $2 AND (place, patient) > ($3, $4)`,
			list, patient, g.before.Int64, after)
	}
	g.there = (!g.before.Valid || g.before.Int64 < own) && (!g.after.Valid || own < g.after.Int64)
	return g, err
}

// putLast puts patients at the end of a list, in their order.
func putLast(ctx context.Context, tx *sql.Tx, a asking, list string, version int64, patients []string, grounds map[string]string) error {
	var last int64
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(place), 0) FROM list_item WHERE list = $1`, list).Scan(&last); err != nil {
		return err
	}
	for _, p := range patients {
		last += spacing
		if _, err := tx.ExecContext(ctx, `INSERT INTO list_item (list, patient, place, version, added, added_by, grounds)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, list, p, last, version, a.now, a.me, grounds[p]); err != nil {
			return err
		}
	}
	return nil
}

// spread makes room between everybody. The order stays.
func spread(ctx context.Context, tx *sql.Tx, list string) error {
	_, err := tx.ExecContext(ctx, `UPDATE list_item SET place = r.n * `+fmt.Sprint(spacing)+`
		FROM (SELECT patient, ROW_NUMBER() OVER (ORDER BY place, patient) AS n FROM list_item WHERE list = $1) r
		WHERE list_item.list = $1 AND list_item.patient = r.patient`, list)
	return err
}
