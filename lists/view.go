package lists

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// asking is the caller and the moment, as the questions below have them: $1 to $4.
type asking struct {
	me        string
	now       int64
	role, ods string
}

func (s *Store) asking(ctx context.Context, c Caller) (asking, error) {
	me, err := s.me(ctx, c)
	return asking{me, s.moment().UnixMicro(), string(c.Role), c.ods()}, err
}

func (a asking) args(more ...any) []any { return append([]any{a.me, a.now, a.role, a.ods}, more...) }

// applies is the condition that a share s is for the caller: one with them holds always,
// one with a team or role of theirs until they leave the list.
const applies = `(s.until = 0 OR s.until > $2) AND (s.kind = 'person' AND s.grantee = $1
	OR (s.kind = 'team' AND s.grantee IN (SELECT m.team FROM list_team_member m WHERE m.person = $1)
		OR s.kind = 'role' AND s.grantee = $3 AND s.organisation = $4)
	AND NOT EXISTS (SELECT 1 FROM list_left x WHERE x.list = s.list AND x.person = $1))`

// theirs are the lists of the caller and those of which a share applies, found by indexes.
const theirs = `SELECT own.id FROM list own WHERE own.owner = $1
	UNION SELECT s.list FROM list_share s WHERE s.kind = 'person' AND s.grantee = $1 AND ` + applies + `
	UNION SELECT s.list FROM list_share s WHERE s.kind = 'team' AND s.grantee IN (SELECT m.team FROM list_team_member m WHERE m.person = $1) AND ` + applies + `
	UNION SELECT s.list FROM list_share s WHERE s.kind = 'role' AND s.grantee = $3 AND s.organisation = $4 AND ` + applies

// may is what the caller may do with the list l: of all that applies the most.
const may = `CASE WHEN l.owner = $1 THEN 3 ELSE COALESCE((SELECT MAX(s.may) FROM list_share s WHERE s.list = l.id AND ` + applies + `), 0) END`

// view reads lists as the caller has them; conditions follow.
const view = `SELECT l.id, l.version, l.edited, l.title, l.description, l.shown,
	l.roster_source, l.roster_kind, l.roster_id, l.roster_name, l.created, l.changed, l.archived, COALESCE(b.name, ''),
	l.owner, COALESCE(o.name, ''), COALESCE(o.role, ''), COALESCE(o.organisation, ''), COALESCE(o.organisation_name, ''),
	(SELECT COUNT(*) FROM list_item i WHERE i.list = l.id),
	(SELECT COUNT(*) FROM list_item i WHERE i.list = l.id AND i.added_by <> $1 AND i.version > COALESCE(n.version, 0)),
	COALESCE(n.version, 0), ` + may + `
	FROM list l LEFT JOIN list_user o ON o.id = l.owner LEFT JOIN list_user b ON b.id = l.changed_by
	LEFT JOIN list_seen n ON n.list = l.id AND n.person = $1 `

// lists reads those of a condition that the caller may read.
func lists(ctx context.Context, q querier, a asking, where string, args ...any) (out []List, err error) {
	rows, err := q.QueryContext(ctx, view+where, a.args(args...)...)
	if err != nil {
		return nil, fmt.Errorf("reading lists: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		l, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading lists: %w", err)
		}
		l.me = a.me
		out = append(out, l)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading lists: %w", err)
	}
	return out, nil
}

func scan(rows *sql.Rows) (l List, err error) {
	var r Roster
	var role, shown string
	var created, changed, archived, permission int64
	var o record.Organisation
	if err := rows.Scan(&l.ID, &l.Version, &l.edited, &l.Title, &l.Description, &shown,
		&r.Source, &r.Kind, &r.ID, &r.Name, &created, &changed, &archived, &l.ChangedBy,
		&l.Owner.ID, &l.Owner.Name, &role, &o.ODS, &o.Name, &l.Size, &l.News, &l.seen, &permission); err != nil {
		return l, err
	}
	l.Owner.Role, l.Owner.Organisation = auth.Role(role), o
	l.Created, l.Changed, l.Archived, l.May = at(created), at(changed), at(archived), Permission(permission)
	if r.Source != "" {
		l.Roster = &r
	}
	l.Columns, err = decodeColumns(shown)
	return l, err
}

// one reads a list whatever the caller may do with it; ErrNotFound if there is none.
func one(ctx context.Context, q querier, a asking, id string) (List, error) {
	if !storable(id) {
		return List{}, ErrNotFound
	}
	found, err := lists(ctx, q, a, `WHERE l.id = $5`, id)
	switch {
	case err != nil:
		return List{}, err
	case len(found) == 0:
		return List{}, ErrNotFound
	}
	return found[0], nil
}

// Of gives the lists that the caller may read, by title: those in use, or those that were
// put away.
func (s *Store) Of(ctx context.Context, c Caller, archived bool) ([]List, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return nil, err
	}
	away := `l.archived = 0`
	if archived {
		away = `l.archived <> 0`
	}
	return lists(ctx, s.read, a, `WHERE `+away+` AND l.id IN (`+theirs+`)
		ORDER BY lower(l.title), l.id`)
}

// Get gives one list; ErrNotFound if there is none that the caller may read.
func (s *Store) Get(ctx context.Context, c Caller, id string) (List, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return List{}, err
	}
	return s.readable(ctx, a, id)
}

func (s *Store) readable(ctx context.Context, a asking, id string) (List, error) {
	l, err := one(ctx, s.read, a, id)
	if err == nil && l.May < Read {
		return List{}, ErrNotFound
	}
	return l, err
}

// isNoRow reports whether the error is that there is no row.
func isNoRow(err error) bool { return errors.Is(err, sql.ErrNoRows) }
