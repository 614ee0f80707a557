package lists

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// Changes are what Edit changes; nil stays as it is.
type Changes struct {
	Title, Description *string
	Columns            *[]Column
}

// Edit changes what a list is called, says or shows. Version is that of the list as the
// caller saw it: if one of these was changed since, it is ErrChanged and nothing changed.
// People who came, went or were moved meanwhile do not stand against it.
func (s *Store) Edit(ctx context.Context, c Caller, id string, version int64, changes Changes) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	if err := changes.check(); err != nil {
		return List{}, err
	}
	return s.change(ctx, c, id, wanted{may: Edit, plan: func(ctx context.Context, _ querier, _ asking, l List) (*deed, error) {
		if version < l.edited || version > l.Version {
			return nil, ErrChanged
		}
		return changes.deed(ctx, c, l)
	}})
}

// check refuses what cannot be kept, and puts the changes as they are.
func (ch *Changes) check() error {
	if ch.Title != nil {
		title, err := words("title", *ch.Title, 1, MaxTitle)
		if err != nil {
			return err
		}
		ch.Title = &title
	}
	if ch.Description != nil {
		description, err := words("description", *ch.Description, 0, MaxDescription)
		if err != nil {
			return err
		}
		ch.Description = &description
	}
	if ch.Columns != nil {
		columns, err := checkColumns(*ch.Columns)
		if err != nil {
			return err
		}
		ch.Columns = &columns
	}
	return nil
}

// deed is what the changes come to; nil if the list is like that already.
func (ch *Changes) deed(ctx context.Context, c Caller, l List) (*deed, error) {
	var what []string
	if ch.Title != nil && *ch.Title != l.Title {
		what, l.Title = append(what, "title"), *ch.Title
	}
	if ch.Description != nil && *ch.Description != l.Description {
		what, l.Description = append(what, "description"), *ch.Description
	}
	if ch.Columns != nil && !slices.Equal(*ch.Columns, l.Columns) {
		what, l.Columns = append(what, "columns"), *ch.Columns
	}
	if len(what) == 0 {
		return nil, nil
	}
	shown, err := encodeColumns(l.Columns)
	if err != nil {
		return nil, err
	}
	e := event(ctx, c, ActionChange, "list:"+l.ID)
	e.Reason = "changed: " + strings.Join(what, ", ")
	return &deed{
		what: "Changed: " + strings.Join(what, ", "), events: []entry{{"edit", e}},
		apply: func(ctx context.Context, tx *sql.Tx, version int64) error {
			_, err := tx.ExecContext(ctx, `UPDATE list SET title = $1, description = $2, shown = $3, edited = $4 WHERE id = $5`,
				l.Title, l.Description, shown, version, l.ID)
			return err
		},
	}, nil
}
