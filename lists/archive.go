package lists

import (
	"context"
	"database/sql"
)

// Archive puts a list away, or brings it back. One that was put away is kept as it is: it
// can be read, left and unshared, and nothing else; it grants nobody a relationship.
func (s *Store) Archive(ctx context.Context, c Caller, id string, archived bool) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	return s.change(ctx, c, id, wanted{may: Own, away: true, plan: func(ctx context.Context, q querier, a asking, l List) (*deed, error) {
		if archived == !l.Archived.IsZero() {
			return nil, nil
		}
		what, when := "put away", a.now
		if !archived {
			what, when = "brought back", 0
			if err := room(ctx, q, a.me); err != nil {
				return nil, err
			}
		}
		e := event(ctx, c, ActionChange, "list:"+l.ID)
		e.Reason = what
		return &deed{
			what: capital(what), events: []entry{{what, e}},
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error {
				if !archived {
					if err := s.lockRow(ctx, tx, "list_user", a.me); err != nil {
						return err
					}
					if err := room(ctx, tx, a.me); err != nil {
						return err
					}
				}
				_, err := tx.ExecContext(ctx, `UPDATE list SET archived = $1 WHERE id = $2`, when, l.ID)
				return err
			},
		}, nil
	}})
}
