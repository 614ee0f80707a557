package lists

import (
	"context"
	"database/sql"
	"slices"
)

// Remove takes people off a list, at most MaxAtOnce; who is not on it is no error.
func (s *Store) Remove(ctx context.Context, c Caller, id string, patients []string) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	patients, err := people(patients)
	if err != nil {
		return List{}, err
	}
	return s.change(ctx, c, id, wanted{may: Edit, plan: func(ctx context.Context, q querier, _ asking, l List) (*deed, error) {
		if l.Roster != nil {
			return nil, errRoster
		}
		on, err := whoIsOn(ctx, q, l.ID, patients)
		if err != nil || len(on) == 0 {
			return nil, err
		}
		going := slices.DeleteFunc(slices.Clone(patients), func(p string) bool { return !on[p] })
		return &deed{
			what: counted(len(going)) + " taken off", events: entries(ctx, c, ActionRemove, l.ID, going),
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error {
				_, err := tx.ExecContext(ctx, `DELETE FROM list_item WHERE list = $1 AND patient IN (`+placeholders(2, len(going))+`)`,
					anys([]any{l.ID}, going)...)
				return err
			},
		}, nil
	}})
}
