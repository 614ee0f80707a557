package lists

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/patchworkcare/patchwork/auth"
)

// TeamChanges are what EditTeam changes. Name nil stays as it is; Add and Remove are
// handles of people.
type TeamChanges struct {
	Name        *string
	Add, Remove []string
}

// EditTeam renames a team that the caller leads, adds people and takes people off; those
// who are there, or not, are no error. ErrNoTeam to who does not lead it.
func (s *Store) EditTeam(ctx context.Context, c Caller, id string, changes TeamChanges) (Team, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return Team{}, err
	}
	if err := changes.check(); err != nil {
		return Team{}, err
	}
	if !storable(id) {
		return Team{}, ErrNoTeam
	}
	tr := trail{store: s, caller: c, target: "team:" + id}
	for range tries {
		t, d, err := changes.think(ctx, s.read, c, a, id)
		if err != nil {
			return Team{}, tr.refuse(ctx, List{}, err)
		}
		if d == nil {
			return t, nil
		}
		if err := tr.record(ctx, d.events); err != nil {
			return Team{}, err
		}
		t, done, err := s.effectTeam(ctx, c, a, id, changes, &tr)
		if err != nil {
			return Team{}, tr.refuse(ctx, List{}, err)
		}
		if done {
			s.feed.poke()
			return t, nil
		}
	}
	return Team{}, errBusy
}

func (ch *TeamChanges) check() error {
	if len(ch.Add)+len(ch.Remove) > MaxMembers {
		return &InputError{"add", fmt.Sprintf("At most %d people at a time", MaxMembers)}
	}
	for _, p := range slices.Concat(ch.Add, ch.Remove) {
		if !storable(p) {
			return &InputError{"add", "There is no person of this id"}
		}
	}
	for _, p := range ch.Remove {
		if slices.Contains(ch.Add, p) {
			return &InputError{"remove", "The same person cannot be added and taken off"}
		}
	}
	if ch.Name == nil {
		return nil
	}
	name, err := words("name", *ch.Name, 1, MaxTitle)
	ch.Name = &name
	return err
}

// teamDeed is what the changes of a team come to.
type teamDeed struct {
	events     []entry
	name       string
	come, left []string
}

// think reads the team and finds what there is to do; nil is nothing.
func (ch *TeamChanges) think(ctx context.Context, q querier, c Caller, a asking, id string) (Team, *teamDeed, error) {
	t, err := team(ctx, q, a.me, id)
	switch {
	case err != nil:
		return Team{}, nil, err
	case !t.Leads:
		return Team{}, nil, ErrNoTeam
	}
	d := &teamDeed{name: t.Name}
	say := func(key, reason string) {
		e := event(ctx, c, ActionTeam, "team:"+id)
		e.Reason = reason
		d.events = append(d.events, entry{key, e})
	}
	if ch.Name != nil && *ch.Name != t.Name {
		d.name = *ch.Name
		say("name", "renamed")
	}
	member := func(p string) bool {
		return slices.ContainsFunc(t.Members, func(m Colleague) bool { return m.ID == p })
	}
	for _, p := range ch.Add {
		if !member(p) && !slices.Contains(d.come, p) {
			d.come = append(d.come, p)
			say("add "+p, "added person "+p)
		}
	}
	for _, p := range ch.Remove {
		if member(p) && !slices.Contains(d.left, p) {
			d.left = append(d.left, p)
			say("remove "+p, "took off person "+p)
		}
	}
	if len(d.events) == 0 {
		return t, nil, nil
	}
	return t, d, d.check(ctx, q, a, t)
}

// check refuses too many people, people there are not, and a team without a lead.
func (d *teamDeed) check(ctx context.Context, q querier, a asking, t Team) error {
	if len(d.come) > 0 && len(t.Members)+len(d.come)-len(d.left) > MaxMembers {
		return &InputError{"add", fmt.Sprintf("A team has at most %d people", MaxMembers)}
	}
	if slices.Contains(d.left, a.me) && t.leads == 1 {
		return &InputError{"remove", "You are the only one who leads the team: you cannot leave it"}
	}
	if len(d.come) == 0 {
		return nil
	}
	var n int
	if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM list_user WHERE role <> $1 AND id IN (`+placeholders(2, len(d.come))+`)`,
		anys([]any{string(auth.RolePatient)}, d.come)...).Scan(&n); err != nil {
		return fmt.Errorf("reading teams: %w", err)
	}
	if n < len(d.come) {
		return &InputError{"add", "There is no person of this id"}
	}
	return nil
}

// effectTeam makes the changes, unless they come to more than the ledger has.
func (s *Store) effectTeam(ctx context.Context, c Caller, a asking, id string, ch TeamChanges, tr *trail) (t Team, done bool, err error) {
	err = s.inTx(ctx, "changing a team", func(ctx context.Context, tx *sql.Tx) error {
		if err := s.lockRow(ctx, tx, "list_team", id); err != nil {
			return fmt.Errorf("changing a team: %w", err)
		}
		var d *teamDeed
		if t, d, err = ch.think(ctx, tx, c, a, id); err != nil {
			return err
		}
		if done = d == nil || tr.has(d.events); d == nil || !done {
			return nil
		}
		if err := s.applyTeam(ctx, tx, a, id, d); err != nil {
			return named("changing a team", err)
		}
		t, err = team(ctx, tx, a.me, id)
		return err
	})
	return t, done, err
}

func (s *Store) applyTeam(ctx context.Context, tx *sql.Tx, a asking, id string, d *teamDeed) error {
	if _, err := tx.ExecContext(ctx, `UPDATE list_team SET name = $1 WHERE id = $2`, d.name, id); err != nil {
		return err
	}
	for _, p := range d.come {
		if _, err := tx.ExecContext(ctx, `INSERT INTO list_team_member (team, person, leads, since) VALUES ($1, $2, $3, $4)`, id, p, false, a.now); err != nil {
			return err
		}
	}
	for _, p := range d.left {
		if _, err := tx.ExecContext(ctx, `DELETE FROM list_team_member WHERE team = $1 AND person = $2`, id, p); err != nil {
			return err
		}
	}
	// Those who were taken off are told too: for them the team's lists are gone.
	for _, about := range append([]string{""}, d.left...) {
		n := noted{team: id, at: a.now, by: a.me, what: "The team was changed"}
		if about != "" {
			n.about = Grantee{Kind: KindPerson, ID: about}
		}
		if err := s.note(ctx, tx, n); err != nil {
			return err
		}
	}
	return nil
}
