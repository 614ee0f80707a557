package lists

import (
	"context"
	"strconv"
)

// news is what one look of the feed has found: which lists have changed, and whom each
// concerns.
type news struct {
	store *Store
	now   int64
	last  int64 // the number of the last change that was read
	of    map[string]*concern
}

// concern is one list, and those to tell.
type concern struct {
	version int64
	// persons are handles; but are those who have left, whom teams and roles do not count
	// for.
	persons, members, but map[string]bool
	roles                 map[[2]string]bool // role and organisation
}

// read finds what has changed after the change numbered last, and which shares have ended
// since expired; it gives how many changes it read.
func (n *news) read(ctx context.Context, last, expired int64) (read int, err error) {
	n.last, n.of = last, map[string]*concern{}
	changes, err := n.changes(ctx, last)
	if err != nil {
		return 0, err
	}
	changed := map[string]bool{}
	for _, c := range changes {
		n.last = c.seq
		if c.list != "" {
			changed[c.list] = true
			if err := n.also(ctx, c.list, c.about); err != nil {
				return 0, err
			}
			continue
		}
		if err := n.team(ctx, c); err != nil {
			return 0, err
		}
	}
	if err := n.ended(ctx, expired); err != nil {
		return 0, err
	}
	for list := range n.of {
		if err := n.audience(ctx, list, changed[list]); err != nil {
			return 0, err
		}
	}
	return len(changes), nil
}

type numbered struct {
	seq   int64
	noted // without at, by and what
}

func (n *news) changes(ctx context.Context, last int64) (out []numbered, err error) {
	rows, err := n.store.read.QueryContext(ctx, `SELECT seq, list, version, team, about_kind, about_id, about_organisation
		FROM list_change WHERE seq > $1 ORDER BY seq LIMIT `+strconv.Itoa(followAtOnce), last)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c numbered
		if err := rows.Scan(&c.seq, &c.list, &c.version, &c.team, &c.about.Kind, &c.about.ID, &c.about.Organisation.ODS); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func (n *news) concern(list string) *concern {
	c := n.of[list]
	if c == nil {
		c = &concern{persons: map[string]bool{}, members: map[string]bool{}, but: map[string]bool{}, roles: map[[2]string]bool{}}
		n.of[list] = c
	}
	return c
}

// also adds somebody whom a change of the list concerns.
func (n *news) also(ctx context.Context, list string, g Grantee) error {
	c := n.concern(list)
	switch g.Kind {
	case KindPerson:
		c.persons[g.ID] = true
	case KindRole:
		c.roles[[2]string{g.ID, g.Organisation.ODS}] = true
	case KindTeam:
		return n.each(ctx, `SELECT person FROM list_team_member WHERE team = $1`, func(p string) { c.members[p] = true }, g.ID)
	}
	return nil
}

// team adds the lists of a team: they may have come to its members, or gone from one.
func (n *news) team(ctx context.Context, c numbered) error {
	var ids []string
	if err := n.each(ctx, `SELECT list FROM list_share WHERE kind = 'team' AND grantee = $1 AND (until = 0 OR until > $2)`,
		func(id string) { ids = append(ids, id) }, c.team, n.now); err != nil {
		return err
	}
	for _, id := range ids {
		for _, g := range []Grantee{{Kind: KindTeam, ID: c.team}, c.about} {
			if err := n.also(ctx, id, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// ended adds those whose share has ended by itself.
func (n *news) ended(ctx context.Context, since int64) error {
	rows, err := n.store.read.QueryContext(ctx, `SELECT list, kind, grantee, organisation FROM list_share WHERE until > 0 AND until > $1 AND until <= $2`, since, n.now)
	if err != nil {
		return err
	}
	type ending struct {
		list string
		with Grantee
	}
	var all []ending
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var e ending
		if err := rows.Scan(&e.list, &e.with.Kind, &e.with.ID, &e.with.Organisation.ODS); err != nil {
			return err
		}
		all = append(all, e)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, e := range all {
		if err := n.also(ctx, e.list, e.with); err != nil {
			return err
		}
	}
	return nil
}

// audience reads the list's version and who has left it; and, if the list itself was
// changed, adds all who may read it.
func (n *news) audience(ctx context.Context, list string, all bool) error {
	c := n.concern(list)
	query := `SELECT 'version', '', '', version FROM list WHERE id = $1
		UNION ALL SELECT 'left', person, '', 0 FROM list_left WHERE list = $1`
	args := []any{list}
	if all {
		query += ` UNION ALL SELECT 'person', owner, '', 0 FROM list WHERE id = $1
		UNION ALL SELECT s.kind, COALESCE(m.person, s.grantee), s.organisation, 0 FROM list_share s
			LEFT JOIN list_team_member m ON s.kind = 'team' AND m.team = s.grantee
			WHERE s.list = $1 AND (s.until = 0 OR s.until > $2)`
		args = append(args, n.now)
	}
	rows, err := n.store.read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var kind, who, ods string
		var version int64
		if err := rows.Scan(&kind, &who, &ods, &version); err != nil {
			return err
		}
		switch kind {
		case "version":
			c.version = version
		case "left":
			c.but[who] = true
		case string(KindPerson):
			c.persons[who] = true
		case string(KindTeam):
			c.members[who] = true
		case string(KindRole):
			c.roles[[2]string{who, ods}] = true
		}
	}
	return rows.Err()
}

// each reads texts.
func (n *news) each(ctx context.Context, query string, with func(string), args ...any) error {
	rows, err := n.store.read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		with(text)
	}
	return rows.Err()
}

// tell notes for who watches what concerns them.
func (n *news) tell(w *watcher) {
	for list, c := range n.of {
		if c.persons[w.me] || !c.but[w.me] && (c.members[w.me] || c.roles[[2]string{w.role, w.ods}]) {
			w.behind[list] = c.version
		}
	}
}
