package lists

import (
	"context"
	"database/sql"
	"errors"
)

// Transfer gives a list to a person with whom it is shared as a person, by their handle.
// Who gives it keeps the right to edit.
func (s *Store) Transfer(ctx context.Context, c Caller, id, to string) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	if !storable(to) {
		return List{}, errNotTheirs
	}
	receiver := Grantee{Kind: KindPerson, ID: to}
	return s.change(ctx, c, id, wanted{may: Own, plan: func(ctx context.Context, q querier, a asking, l List) (*deed, error) {
		if to == a.me {
			return nil, nil
		}
		k, err := keptShare(ctx, q, l.ID, receiver)
		switch {
		case err != nil:
			return nil, err
		case k.may == None || k.until != 0 && k.until <= a.now:
			return nil, errNotTheirs
		}
		if err := room(ctx, q, to); err != nil {
			return nil, theirRoom(err)
		}
		e := event(ctx, c, ActionChange, "list:"+l.ID)
		e.Reason = "given to " + receiver.String()
		return &deed{
			what: "Given to another owner", events: []entry{{"transfer", e}},
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error { return s.give(ctx, tx, a, l.ID, receiver) },
		}, nil
	}})
}

var errNotTheirs = &InputError{"to", "A list can be given to a person with whom it is shared: share it with them first"}

// theirRoom says of somebody else that they have too many lists.
func theirRoom(err error) error {
	var bad *InputError
	if errors.As(err, &bad) {
		return &InputError{"to", "They have as many lists as there may be"}
	}
	return err
}

func (s *Store) give(ctx context.Context, tx *sql.Tx, a asking, list string, to Grantee) error {
	if err := s.lockRow(ctx, tx, "list_user", to.ID); err != nil {
		return err
	}
	if err := room(ctx, tx, to.ID); err != nil {
		return theirRoom(err)
	}
	for _, statement := range []struct {
		text string
		args []any
	}{
		{`UPDATE list SET owner = $1 WHERE id = $2`, []any{to.ID, list}},
		{`DELETE FROM list_share WHERE list = $1 AND kind = 'person' AND grantee = $2`, []any{list, to.ID}},
		{`DELETE FROM list_left WHERE list = $1 AND person = $2`, []any{list, to.ID}},
	} {
		if _, err := tx.ExecContext(ctx, statement.text, statement.args...); err != nil {
			return err
		}
	}
	return putShare(ctx, tx, a, list, Grantee{Kind: KindPerson, ID: a.me}, Edit, 0)
}
