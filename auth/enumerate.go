package auth

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// SessionFilter chooses sessions; zero fields choose all.
type SessionFilter struct {
	Issuer, Subject, Organisation, Login string
	// After is the id of the last session of the page before; "" begins.
	After string
	// First is how many at most; 0 is 50, and 100 is the most.
	First int
}

// List gives sessions that have not ended, newest first.
func (s *Sessions) List(ctx context.Context, f SessionFilter) ([]*Session, error) {
	now := s.now().UTC()
	where, args := []string{"expires > $1", "last_seen > $2"}, []any{now.UnixMicro(), now.Add(-s.Idle).UnixMicro()}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	for _, c := range []struct{ column, value string }{
		{"issuer", f.Issuer}, {"subject", f.Subject}, {"organisation", f.Organisation}, {"login", f.Login},
	} {
		if c.value != "" {
			where = append(where, c.column+" = "+arg(c.value))
		}
	}
	if f.After != "" {
		after := arg(f.After)
		where = append(where, `(created, id) < (SELECT created, id FROM auth_session WHERE id = `+after+`)`)
	}
	first := f.First
	if first <= 0 {
		first = 50
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+columns+` FROM auth_session WHERE `+strings.Join(where, " AND ")+notOff+
		` ORDER BY created DESC, id DESC LIMIT `+strconv.Itoa(min(first, 100)), args...)
	if err != nil {
		return nil, fmt.Errorf("listing sessions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []*Session
	for rows.Next() {
		session, _, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("listing sessions: %w", err)
		}
		list = append(list, session)
	}
	return list, rows.Err()
}

// EndByID ends the session of a public id; it gives it as it was, nil if there was none.
func (s *Sessions) EndByID(ctx context.Context, id string) (*Session, error) {
	ended, err := s.end(ctx, `id = $1`, id)
	if err != nil || len(ended) == 0 {
		return nil, err
	}
	return ended[0], nil
}

// EndProvider ends the sessions that a login's provider has ended: those of its own
// session ids, or all of the user's if it names none. Never another login's. It gives
// them as they were.
func (s *Sessions) EndProvider(ctx context.Context, login string, ended Ended) ([]*Session, error) {
	if ended.Subject == "" && len(ended.Sessions) == 0 {
		return nil, nil
	}
	where, args := "login = $1", []any{login}
	if ended.Subject != "" {
		where, args = where+" AND issuer = $2 AND subject = $3", append(args, ended.Issuer, ended.Subject)
	}
	if len(ended.Sessions) > 0 {
		var marks []string
		for _, id := range ended.Sessions {
			args = append(args, id)
			marks = append(marks, "$"+strconv.Itoa(len(args)))
		}
		where += " AND provider_session IN (" + strings.Join(marks, ", ") + ")"
	}
	return s.end(ctx, where, args...)
}

func (s *Sessions) end(ctx context.Context, where string, args ...any) ([]*Session, error) {
	rows, err := s.write.QueryContext(ctx, `DELETE FROM auth_session WHERE `+where+` RETURNING `+columns, args...)
	if err != nil {
		return nil, fmt.Errorf("ending sessions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ended []*Session
	for rows.Next() {
		session, _, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("ending sessions: %w", err)
		}
		ended = append(ended, session)
	}
	return ended, rows.Err()
}
