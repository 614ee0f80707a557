package lists

import (
	"context"
	"database/sql"
	"fmt"
)

// Leave makes a list that is shared with the caller one they do not have any more: their
// own share goes, and those with their teams and roles are no more for them, until the
// list is shared with them as a person. The owner cannot leave.
func (s *Store) Leave(ctx context.Context, c Caller, id string) error {
	if !c.isSomebody() {
		return ErrNobody
	}
	_, err := s.change(ctx, c, id, wanted{may: Read, away: true, plan: func(ctx context.Context, q querier, a asking, l List) (*deed, error) {
		if l.May == Own {
			return nil, &InputError{"id", "The list is yours: give it to somebody else first, or put it away"}
		}
		var others int
		if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM list_share s WHERE s.list = $5 AND s.kind <> 'person' AND `+applies,
			a.args(l.ID)...).Scan(&others); err != nil {
			return nil, fmt.Errorf("reading shares: %w", err)
		}
		e := event(ctx, c, ActionChange, "list:"+l.ID)
		e.Reason = "left"
		return &deed{
			what: "Somebody with whom it was shared left", events: []entry{{"leave", e}}, about: Grantee{Kind: KindPerson, ID: a.me},
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error { return leave(ctx, tx, a, l.ID, others > 0) },
		}, nil
	}})
	return err
}

// leave takes the person's own share away, and notes that those of others do not count.
func leave(ctx context.Context, tx *sql.Tx, a asking, list string, others bool) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM list_share WHERE list = $1 AND kind = 'person' AND grantee = $2`, list, a.me); err != nil {
		return err
	}
	if !others {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO list_left (list, person, at) VALUES ($1, $2, $3) ON CONFLICT (list, person) DO NOTHING`, list, a.me, a.now)
	return err
}
