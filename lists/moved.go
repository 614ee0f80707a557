package lists

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Moved puts one patient in place of another on every list, because the two have turned out
// to be one person: where both are, only the second stays. Patchwork does it by itself: who
// read the list where it was found out changes none, least of all lists of others, and the
// ledger names nobody. After an error some lists may have been changed; doing it again goes
// on.
func (s *Store) Moved(ctx context.Context, from, into string) error {
	if !storable(from) || !storable(into) || from == into {
		return &InputError{"patient", "There is nobody of this id"}
	}
	ids, err := s.listsWith(ctx, from)
	if err != nil || len(ids) == 0 {
		return err
	}
	var events []audit.Event
	for _, id := range ids {
		for _, p := range []struct{ action, patient string }{{ActionRemove, from}, {ActionAdd, into}} {
			events = append(events, audit.Event{
				Action: p.action, Decision: audit.Permit, RequestID: auth.CallerFrom(ctx).RequestID,
				Patient: p.patient, Target: "list:" + id, Reason: "two records turned out to be one person",
			})
		}
	}
	if err := s.ledger.Record(ctx, events...); err != nil {
		return err
	}
	defer s.feed.poke()
	for _, id := range ids {
		err := s.inTx(ctx, "changing a list", func(ctx context.Context, tx *sql.Tx) error {
			if err := s.lockRow(ctx, tx, "list", id); err != nil {
				return err
			}
			return s.move(ctx, tx, id, from, into)
		})
		if err != nil {
			return named("changing a list", err)
		}
	}
	return nil
}

// listsWith are those that a patient is on, those that were put away too.
func (s *Store) listsWith(ctx context.Context, patient string) (ids []string, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT list FROM list_item WHERE patient = $1 ORDER BY list`, patient)
	if err != nil {
		return nil, fmt.Errorf("reading lists: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("reading lists: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading lists: %w", err)
	}
	return ids, nil
}

// move changes one list, if the first is still on it.
func (s *Store) move(ctx context.Context, tx *sql.Tx, id, from, into string) error {
	on, err := whoIsOn(ctx, tx, id, []string{from, into})
	if err != nil || !on[from] {
		return err
	}
	var l List
	if err := tx.QueryRowContext(ctx, `SELECT id, version FROM list WHERE id = $1`, id).Scan(&l.ID, &l.Version); err != nil {
		return err
	}
	change, args := `UPDATE list_item SET patient = $3 WHERE list = $1 AND patient = $2`, []any{id, from, into}
	if on[into] {
		change, args = `DELETE FROM list_item WHERE list = $1 AND patient = $2`, args[:2]
	}
	return s.advance(ctx, tx, asking{now: s.moment().UnixMicro()}, l, &deed{
		what: "Two records turned out to be one person",
		apply: func(ctx context.Context, tx *sql.Tx, _ int64) error {
			_, err := tx.ExecContext(ctx, change, args...)
			return err
		},
	})
}
