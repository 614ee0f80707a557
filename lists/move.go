package lists

import (
	"context"
	"database/sql"
	"fmt"
)

// Move puts a person right after another; after "" is the top. If either is not on the
// list any more it is ErrChanged. Who stands there already stays, and no error.
func (s *Store) Move(ctx context.Context, c Caller, id, patient, after string) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	if !storable(patient) || after != "" && !storable(after) || patient == after {
		return List{}, &InputError{"patient", "Say who is to stand after whom"}
	}
	return s.change(ctx, c, id, wanted{may: Edit, plan: func(ctx context.Context, q querier, _ asking, l List) (*deed, error) {
		if l.Roster != nil {
			return nil, errRoster
		}
		g, err := gapAfter(ctx, q, l.ID, patient, after)
		if err != nil || g.there {
			return nil, err
		}
		return &deed{
			what: "1 person moved", events: entries(ctx, c, ActionMove, l.ID, []string{patient}),
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error { return put(ctx, tx, l.ID, patient, after, g) },
		}, nil
	}})
}

// put moves one row. Where there is no room, everybody gets room first.
func put(ctx context.Context, tx *sql.Tx, list, patient, after string, g gap) error {
	place, ok := g.middle()
	if !ok {
		if err := spread(ctx, tx, list); err != nil {
			return err
		}
		g, err := gapAfter(ctx, tx, list, patient, after)
		if err != nil {
			return err
		}
		if place, ok = g.middle(); !ok {
			return fmt.Errorf("there is no place between two people")
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE list_item SET place = $1 WHERE list = $2 AND patient = $3`, place, list, patient)
	return err
}
