package lists

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Team is people who work together and share lists.
type Team struct {
	// ID is opaque, and stays.
	ID   string
	Name string
	// Organisation is that of who made it; its people may be of others.
	Organisation record.Organisation
	// Members are those who belong to it, by name.
	Members []Colleague
	// Leads: the caller leads it. Created is when it was made, UTC.
	Leads   bool
	Created time.Time

	leads int // how many do
}

// Teams gives the teams that the caller belongs to, by name.
func (s *Store) Teams(ctx context.Context, c Caller) ([]Team, error) {
	me, err := s.me(ctx, c)
	if err != nil {
		return nil, err
	}
	return teams(ctx, s.read, me, `t.id IN (SELECT m.team FROM list_team_member m WHERE m.person = $1)`)
}

// teams reads those of a condition with their members. $1 is the caller.
func teams(ctx context.Context, q querier, me, where string, args ...any) (out []Team, err error) {
	rows, err := q.QueryContext(ctx, `SELECT t.id, t.name, t.organisation, t.organisation_name, t.created, m.leads, m.person,
		COALESCE(u.name, ''), COALESCE(u.role, ''), COALESCE(u.organisation, ''), COALESCE(u.organisation_name, '')
		FROM list_team t JOIN list_team_member m ON m.team = t.id LEFT JOIN list_user u ON u.id = m.person
		WHERE $1 <> '' AND `+where+` ORDER BY lower(t.name), t.id, lower(COALESCE(u.name, '')), m.person`, append([]any{me}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("reading teams: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var t Team
		var created int64
		var leads bool
		var role string
		var member Colleague
		if err := rows.Scan(&t.ID, &t.Name, &t.Organisation.ODS, &t.Organisation.Name, &created, &leads, &member.ID,
			&member.Name, &role, &member.Organisation.ODS, &member.Organisation.Name); err != nil {
			return nil, fmt.Errorf("reading teams: %w", err)
		}
		t.Created, member.Role = at(created), auth.Role(role)
		if len(out) == 0 || out[len(out)-1].ID != t.ID {
			out = append(out, t)
		}
		last := &out[len(out)-1]
		last.Members = append(last.Members, member)
		if leads {
			last.leads++
			last.Leads = last.Leads || member.ID == me
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading teams: %w", err)
	}
	return out, nil
}

// team reads one; it has no ID if there is none.
func team(ctx context.Context, q querier, me, id string) (Team, error) {
	found, err := teams(ctx, q, me, `t.id = $2`, id)
	if err != nil || len(found) == 0 {
		return Team{}, err
	}
	return found[0], nil
}

// CreateTeam makes a team of the caller's organisation, which they lead and belong to.
func (s *Store) CreateTeam(ctx context.Context, c Caller, name string) (Team, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return Team{}, err
	}
	if name, err = words("name", name, 1, MaxTitle); err != nil {
		return Team{}, err
	}
	if a.ods == "" {
		return Team{}, &InputError{"organisation", "A team is of an organisation, and you act for none"}
	}
	if err := roomToLead(ctx, s.read, a.me); err != nil {
		return Team{}, err
	}
	t := Team{ID: newID(), Name: name, Organisation: record.Organisation{ODS: a.ods, Name: c.Organisation.Name}}
	tr := trail{store: s, caller: c, target: "team:" + t.ID}
	e := event(ctx, c, ActionTeam, tr.target)
	e.Reason = "team made"
	if err := tr.record(ctx, []entry{{"create", e}}); err != nil {
		return Team{}, err
	}
	err = s.inTx(ctx, "making a team", func(ctx context.Context, tx *sql.Tx) error {
		if err := s.insertTeam(ctx, tx, a, t); err != nil {
			return named("making a team", err)
		}
		t, err = team(ctx, tx, a.me, t.ID)
		return err
	})
	if err != nil {
		return Team{}, tr.refuse(ctx, List{}, err)
	}
	s.feed.poke()
	return t, nil
}

func (s *Store) insertTeam(ctx context.Context, tx *sql.Tx, a asking, t Team) error {
	if err := s.lockRow(ctx, tx, "list_user", a.me); err != nil {
		return err
	}
	if err := roomToLead(ctx, tx, a.me); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO list_team (id, name, organisation, organisation_name, created) VALUES ($1, $2, $3, $4, $5)`,
		t.ID, t.Name, t.Organisation.ODS, t.Organisation.Name, a.now); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO list_team_member (team, person, leads, since) VALUES ($1, $2, $3, $4)`, t.ID, a.me, true, a.now); err != nil {
		return err
	}
	return s.note(ctx, tx, noted{team: t.ID, at: a.now, by: a.me, what: "The team was made"})
}

// roomToLead refuses one more team to who leads as many as there may be.
func roomToLead(ctx context.Context, q querier, me string) error {
	var n int
	if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM list_team_member WHERE person = $1 AND leads`, me).Scan(&n); err != nil {
		return fmt.Errorf("reading teams: %w", err)
	}
	if n >= MaxTeams {
		return &InputError{"name", fmt.Sprintf("Nobody leads more than %d teams", MaxTeams)}
	}
	return nil
}
