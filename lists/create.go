package lists

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// Draft is what a new list is to be.
type Draft struct {
	Title, Description string
	Columns            []Column
	// Roster makes it a team list, whose people are read live; nil for any other.
	Roster *Roster
}

// Create makes a list of the caller's own. What is not acceptable is an *InputError.
func (s *Store) Create(ctx context.Context, c Caller, d Draft) (List, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return List{}, err
	}
	if err := d.check(); err != nil {
		return List{}, err
	}
	if err := room(ctx, s.read, a.me); err != nil {
		return List{}, err
	}
	id := newID()
	t := trail{store: s, caller: c, target: "list:" + id}
	e := event(ctx, c, ActionChange, t.target)
	e.Reason = "list made"
	if err := t.record(ctx, []entry{{"create", e}}); err != nil {
		return List{}, err
	}
	var l List
	err = s.inTx(ctx, "making a list", func(ctx context.Context, tx *sql.Tx) error {
		if err := s.lockRow(ctx, tx, "list_user", a.me); err != nil {
			return fmt.Errorf("making a list: %w", err)
		}
		if err := room(ctx, tx, a.me); err != nil {
			return err
		}
		if err := d.insert(ctx, tx, a, id); err != nil {
			return fmt.Errorf("making a list: %w", err)
		}
		if err := s.note(ctx, tx, noted{list: id, version: 1, at: a.now, by: a.me, what: "The list was made"}); err != nil {
			return fmt.Errorf("making a list: %w", err)
		}
		l, err = one(ctx, tx, a, id)
		return err
	})
	if err != nil {
		return List{}, t.refuse(ctx, l, err)
	}
	s.feed.poke()
	return l, nil
}

// check refuses what cannot be made, and puts the draft as it is kept.
func (d *Draft) check() (err error) {
	if d.Title, err = words("title", d.Title, 1, MaxTitle); err != nil {
		return err
	}
	if d.Description, err = words("description", d.Description, 0, MaxDescription); err != nil {
		return err
	}
	if d.Columns, err = checkColumns(d.Columns); err != nil {
		return err
	}
	if d.Roster == nil {
		return nil
	}
	r := *d.Roster
	d.Roster = &r
	if !storable(r.Source) || !printable(r.ID) || len(r.ID) > maxName || !slices.Contains(RosterKinds(), r.Kind) {
		return &InputError{"roster", "There is no such ward, clinic or caseload"}
	}
	d.Roster.Name, err = words("roster", r.Name, 0, maxName)
	return err
}

func (d *Draft) insert(ctx context.Context, tx *sql.Tx, a asking, id string) error {
	shown, err := encodeColumns(d.Columns)
	if err != nil {
		return err
	}
	var r Roster
	if d.Roster != nil {
		r = *d.Roster
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO list (id, version, edited, title, description, shown, owner,
		roster_source, roster_kind, roster_id, roster_name, created, changed, changed_by, archived)
		VALUES ($1, 1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $5, 0)`,
		id, d.Title, d.Description, shown, a.me, r.Source, r.Kind, r.ID, r.Name, a.now)
	return err
}

// room refuses one more list in use to somebody who has as many as there may be.
func room(ctx context.Context, q querier, owner string) error {
	var used, all int
	err := q.QueryRowContext(ctx, `SELECT COALESCE(SUM(CASE WHEN archived = 0 THEN 1 ELSE 0 END), 0), COUNT(*) FROM list WHERE owner = $1`, owner).Scan(&used, &all)
	switch {
	case err != nil:
		return fmt.Errorf("reading lists: %w", err)
	case used >= MaxLists:
		return &InputError{"id", fmt.Sprintf("Nobody has more than %d lists: put some away first", MaxLists)}
	case all >= MaxOwned:
		return &InputError{"id", fmt.Sprintf("Nobody has more than %d lists, with those that were put away: use an old one again", MaxOwned)}
	}
	return nil
}
