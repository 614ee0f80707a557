package lists

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Bounds of People.
const (
	minTarget  = 2
	maxTarget  = 100
	mostTarget = 20
)

// People gives whom a list may be shared with in an organisation, by default the caller's
// own: people who have used lists or been here, teams, and roles, whose name has the text,
// at most 20 of each. A letter beyond ASCII finds any one character in its place.
func (s *Store) People(ctx context.Context, c Caller, text, ods string) ([]Grantee, error) {
	if _, err := s.me(ctx, c); err != nil {
		return nil, err
	}
	text, err := words("text", text, minTarget, maxTarget)
	if err != nil || utf8.RuneCountInString(text) < minTarget {
		return nil, &InputError{"text", fmt.Sprintf("Write %d letters at least, and %d at most", minTarget, maxTarget)}
	}
	if ods == "" {
		ods = c.ods()
	}
	if !storable(ods) {
		return nil, &InputError{"organisation", "There is no organisation of this code"}
	}
	pattern := "%" + like(text) + "%"
	out, err := s.targets(ctx, KindPerson, `SELECT id, name, organisation, organisation_name FROM list_user
		WHERE organisation = $1 AND role <> '`+string(auth.RolePatient)+`' AND lower(name) LIKE $2 ESCAPE '\'`, ods, pattern)
	if err != nil {
		return nil, err
	}
	teams, err := s.targets(ctx, KindTeam, `SELECT id, name, organisation, organisation_name FROM list_team
		WHERE organisation = $1 AND lower(name) LIKE $2 ESCAPE '\'`, ods, pattern)
	if err != nil {
		return nil, err
	}
	roles, err := s.rolesIn(ctx, c, text, ods)
	return append(append(out, teams...), roles...), err
}

func (s *Store) targets(ctx context.Context, kind Kind, query string, args ...any) (out []Grantee, err error) {
	rows, err := s.read.QueryContext(ctx, query+` ORDER BY lower(name), id LIMIT `+strconv.Itoa(mostTarget), args...)
	if err != nil {
		return nil, fmt.Errorf("reading whom to share with: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		g := Grantee{Kind: kind}
		if err := rows.Scan(&g.ID, &g.Name, &g.Organisation.ODS, &g.Organisation.Name); err != nil {
			return nil, fmt.Errorf("reading whom to share with: %w", err)
		}
		out = append(out, g)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading whom to share with: %w", err)
	}
	return out, nil
}

// rolesIn gives the roles whose name has the text, in an organisation that somebody is of.
func (s *Store) rolesIn(ctx context.Context, c Caller, text, ods string) (out []Grantee, err error) {
	house := record.Organisation{ODS: ods}
	if ods == c.ods() {
		house.Name = c.Organisation.Name
	} else {
		err := s.read.QueryRowContext(ctx, `SELECT MAX(organisation_name) FROM list_user WHERE organisation = $1 HAVING COUNT(*) > 0`, ods).Scan(&house.Name)
		if isNoRow(err) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading whom to share with: %w", err)
		}
	}
	for _, r := range auth.Roles() {
		if g := roleIn(r, house); sharesWith(r) && strings.Contains(g.Name, strings.ToLower(text)) {
			out = append(out, g)
		}
	}
	return out, nil
}

// roleIn is everybody in a role in an organisation.
func roleIn(r auth.Role, o record.Organisation) Grantee {
	return Grantee{Kind: KindRole, ID: string(r), Name: strings.ReplaceAll(string(r), "-", " "), Organisation: o}
}

// like makes a text a pattern that matches nothing but itself, in lower case, with one
// character for each letter beyond ASCII: SQLite knows the case of ASCII only.
func like(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r == '\\' || r == '%' || r == '_':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= utf8.RuneSelf:
			b.WriteByte('_')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
