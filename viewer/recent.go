package viewer

import (
	"context"
	"fmt"
	"time"
)

// MaxRecent is how many people are known whom somebody opened.
const MaxRecent = 50

// Recent is somebody whom a user opened.
type Recent struct {
	// Patient is Patchwork's opaque id as it was then: they may have turned out to be one
	// with somebody else.
	Patient string
	Opened  time.Time
}

// Opened notes that the user opened a patient now. Of whom they opened longest ago it is
// forgotten where there are more than MaxRecent.
func (s *Store) Opened(ctx context.Context, u User, patient string) error {
	switch {
	case !u.isSomebody():
		return ErrNobody
	case s.keeping.RecentFor <= 0:
		return nil
	}
	_, err := s.write.ExecContext(ctx, `INSERT INTO viewer_recent (issuer, subject, patient, opened) VALUES ($1, $2, $3, $4)
		ON CONFLICT (issuer, subject, patient) DO UPDATE SET opened = excluded.opened WHERE excluded.opened > viewer_recent.opened`,
		u.Issuer, u.Subject, patient, s.moment())
	if err == nil {
		_, err = s.write.ExecContext(ctx, `DELETE FROM viewer_recent WHERE issuer = $1 AND subject = $2 AND opened < (
			SELECT opened FROM viewer_recent WHERE issuer = $1 AND subject = $2 ORDER BY opened DESC LIMIT 1 OFFSET $3)`,
			u.Issuer, u.Subject, MaxRecent-1)
	}
	if err != nil {
		return fmt.Errorf("noting whom somebody opened: %w", err)
	}
	return nil
}

// Recent are those whom the user opened, newest first.
func (s *Store) Recent(ctx context.Context, u User) (list []Recent, err error) {
	if !u.isSomebody() || s.keeping.RecentFor <= 0 {
		return nil, nil
	}
	rows, err := s.read.QueryContext(ctx, `SELECT patient, opened FROM viewer_recent WHERE issuer = $1 AND subject = $2 AND opened > $3
		ORDER BY opened DESC, patient LIMIT $4`, u.Issuer, u.Subject, s.ago(s.keeping.RecentFor), MaxRecent)
	if err != nil {
		return nil, fmt.Errorf("reading whom somebody opened: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r Recent
		var opened int64
		if err := rows.Scan(&r.Patient, &opened); err != nil {
			return nil, err
		}
		r.Opened = at(opened)
		list = append(list, r)
	}
	return list, rows.Err()
}

// Forget forgets that the user opened patients; without any, everybody.
func (s *Store) Forget(ctx context.Context, u User, patients ...string) error {
	if len(patients) == 0 {
		_, err := s.write.ExecContext(ctx, `DELETE FROM viewer_recent WHERE issuer = $1 AND subject = $2`, u.Issuer, u.Subject)
		return err
	}
	for _, p := range patients {
		if _, err := s.write.ExecContext(ctx, `DELETE FROM viewer_recent WHERE issuer = $1 AND subject = $2 AND patient = $3`, u.Issuer, u.Subject, p); err != nil {
			return fmt.Errorf("forgetting whom somebody opened: %w", err)
		}
	}
	return nil
}
