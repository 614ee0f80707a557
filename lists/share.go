package lists

import (
	"context"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Kind is the kind of whom a list is shared with. The zero Kind is nobody.
type Kind string

// The kinds.
const (
	KindPerson Kind = "person"
	KindTeam   Kind = "team"
	KindRole   Kind = "role"
)

// Grantee is whom a list is shared with.
type Grantee struct {
	Kind Kind
	// ID is the handle of a person, the id of a team, or the name of a role.
	ID string
	// Name is what to show; not needed to share.
	Name string
	// Organisation is whose role it is; of a person or team whose they are, not needed to
	// share.
	Organisation record.Organisation
}

// Share is what somebody else may do with a list.
type Share struct {
	// ID is opaque; sharing again with the same keeps it.
	ID   string
	With Grantee
	// May is Read or Edit.
	May Permission
	// Until is when it ends, UTC: it holds no more then; zero is for ever.
	Until time.Time
	// By is the name of who gave it, Since when they did, UTC.
	By    string
	Since time.Time
}

// Shares gives with whom a list is shared, the oldest first, without those that are over;
// ErrNotAllowed to who may not edit it.
func (s *Store) Shares(ctx context.Context, c Caller, id string) ([]Share, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return nil, err
	}
	l, err := s.readable(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if l.May < Edit {
		return nil, ErrNotAllowed
	}
	return shares(ctx, s.read, a, `s.list = $2`, l.ID)
}

// shares reads those of a condition that are not over. $1 is now.
func shares(ctx context.Context, q querier, a asking, where string, args ...any) (out []Share, err error) {
	rows, err := q.QueryContext(ctx, `SELECT s.id, s.kind, s.grantee, s.organisation, s.may, s.until, s.since, COALESCE(b.name, ''),
		COALESCE(p.name, ''), COALESCE(p.organisation, ''), COALESCE(p.organisation_name, ''),
		COALESCE(t.name, ''), COALESCE(t.organisation, ''), COALESCE(t.organisation_name, ''),
		COALESCE((SELECT MAX(u.organisation_name) FROM list_user u WHERE s.kind = 'role' AND u.organisation = s.organisation), '')
		FROM list_share s LEFT JOIN list_user b ON b.id = s.made_by
		LEFT JOIN list_user p ON s.kind = 'person' AND p.id = s.grantee
		LEFT JOIN list_team t ON s.kind = 'team' AND t.id = s.grantee
		WHERE (s.until = 0 OR s.until > $1) AND `+where+` ORDER BY s.since, s.id`, append([]any{a.now}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("reading shares: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var sh Share
		var ods, house string
		var permission, until, since int64
		var person, team Grantee
		if err := rows.Scan(&sh.ID, &sh.With.Kind, &sh.With.ID, &ods, &permission, &until, &since, &sh.By,
			&person.Name, &person.Organisation.ODS, &person.Organisation.Name,
			&team.Name, &team.Organisation.ODS, &team.Organisation.Name, &house); err != nil {
			return nil, fmt.Errorf("reading shares: %w", err)
		}
		switch sh.With.Kind {
		case KindPerson:
			sh.With.Name, sh.With.Organisation = person.Name, person.Organisation
		case KindTeam:
			sh.With.Name, sh.With.Organisation = team.Name, team.Organisation
		default:
			sh.With = roleIn(auth.Role(sh.With.ID), record.Organisation{ODS: ods, Name: house})
		}
		sh.May, sh.Until, sh.Since = Permission(permission), at(until), at(since)
		out = append(out, sh)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading shares: %w", err)
	}
	return out, nil
}
