package views

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const selectView = `SELECT v.id, x.version, x.body, x.state, v.owner_issuer, v.owner_subject, v.owner_name, v.organisation,
	x.saved, x.decided, x.approver, x.until, x.reason FROM view v JOIN view_version x ON x.view = v.id`

// Get gives a version of a view; 0 is the newest. Whether the caller may see it is theirs to
// ask (Sees).
func (s *Store) Get(ctx context.Context, id string, version int64) (*View, error) {
	query, args := selectView+` WHERE v.id = $1 AND x.version = v.version`, []any{id}
	if version > 0 {
		query, args = selectView+` WHERE v.id = $1 AND x.version = $2`, []any{id, version}
	}
	list, err := s.views(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ErrNotFound
	}
	return list[0], nil
}

// Sees reports whether the session may see the view: its owner, who approves, and its audience
// while it is approved.
func (s *Store) Sees(v *View, session *auth.Session, approver bool) bool {
	return v.Owns(session) || approver && v.State != Draft || v.InForce(s.now()) && v.For(session)
}

// List gives the views that the context's caller sees, newest change first: of each its newest
// version and, where that is not approved, the one that is.
func (s *Store) List(ctx context.Context, approver bool) ([]*View, error) {
	all, err := s.views(ctx, selectView+` WHERE x.version = v.version OR (x.state = 'approved' AND NOT EXISTS (
		SELECT 1 FROM view_version y WHERE y.view = x.view AND y.version > x.version AND y.state = 'approved'))
		ORDER BY x.saved DESC, v.id, x.version DESC`)
	if err != nil {
		return nil, err
	}
	session := auth.SessionFrom(ctx)
	var seen []*View
	for _, v := range all {
		if s.Sees(v, session, approver) {
			seen = append(seen, v)
		}
	}
	return seen, nil
}

func (s *Store) views(ctx context.Context, query string, args ...any) ([]*View, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading views: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []*View
	for rows.Next() {
		var v View
		var body string
		var saved, decided, until int64
		if err := rows.Scan(&v.ID, &v.Version, &body, &v.State, &v.owner.issuer, &v.owner.subject, &v.OwnerName, &v.Organisation,
			&saved, &decided, &v.Approver, &until, &v.Reason); err != nil {
			return nil, fmt.Errorf("reading views: %w", err)
		}
		if err := json.Unmarshal([]byte(body), &v.Body); err != nil {
			return nil, fmt.Errorf("reading view %s: %w", v.ID, err)
		}
		v.Saved, v.Decided, v.Until = at(saved), at(decided), at(until)
		var input *InputError
		if _, err := s.planOf(&v.Body); errors.As(err, &input) {
			v.Problems = []string{input.text}
		} else if err != nil {
			return nil, err
		}
		list = append(list, &v)
	}
	return list, rows.Err()
}

// at is a moment of the tables; zero for 0.
func at(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func isNoRow(err error) bool { return errors.Is(err, sql.ErrNoRows) }
