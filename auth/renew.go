package auth

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Renew changes a session and gives it a new secret; the old one is of no use from then
// on, on every server. It is for every change of what the session may do: another
// role, a confirmation, a launch (OWASP ASVS 3.2.1). A change that sets Kept replaces what the
// connector keeps. ErrNoSession if it has ended; an error of change is given back.
func (s *Sessions) Renew(ctx context.Context, secret string, change func(*Session) error) (renewed string, err error) {
	renewed = NewSecret()
	return renewed, s.rewrite(ctx, secret, renewed, change)
}

// Confirm notes that the user of a session has just proved again who they are, and keeps
// its secret: for a token, which no cookie can replace. It unlocks too. ErrNoSession if it
// has ended.
func (s *Sessions) Confirm(ctx context.Context, secret string) error {
	return s.rewrite(ctx, secret, secret, func(session *Session) error {
		session.Confirmed, session.Locked = s.now(), false
		return nil
	})
}

// ConfirmByID is Confirm for a token of an app, which stands for the session of a public id.
func (s *Sessions) ConfirmByID(ctx context.Context, id string) error {
	const tries = 20
	for range tries {
		session, before, err := s.live(s.read.QueryRowContext(ctx, `SELECT `+columns+` FROM auth_session WHERE id = $1`+notOff, id))
		if err != nil {
			return err
		}
		session.Confirmed = s.now().UTC().Truncate(time.Microsecond)
		facts, err := encodeFacts(session)
		if err != nil {
			return err
		}
		done, err := s.write.ExecContext(ctx, `UPDATE auth_session SET facts = $1, locked = $2 WHERE id = $3 AND facts = $4 AND locked = $5`,
			facts, false, id, before, session.Locked)
		if err != nil {
			return fmt.Errorf("confirming a session: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 1 {
			return err
		}
	}
	return errors.New("confirming a session: it is being changed again and again")
}

// rewrite changes a session if nobody else did since it was read, else it tries again.
func (s *Sessions) rewrite(ctx context.Context, secret, renewed string, change func(*Session) error) error {
	const tries = 20
	h, next := hashOf(secret), hashOf(renewed)
	for range tries {
		session, before, err := s.stored(ctx, h)
		if err != nil {
			return err
		}
		locked := session.Locked
		if session.Kept, err = s.Kept(ctx, secret); err != nil {
			return err
		}
		if err := change(session); err != nil {
			return err
		}
		session.Confirmed = session.Confirmed.UTC().Truncate(time.Microsecond)
		facts, err := encodeFacts(session)
		if err != nil {
			return err
		}
		kept, err := sealKept(renewed, session.Kept)
		if err != nil {
			return err
		}
		done, err := s.write.ExecContext(ctx,
			`UPDATE auth_session SET secret_hash = $1, facts = $2, organisation = $3, role = $4, provider_session = $5, locked = $6, kept = $7
			 WHERE secret_hash = $8 AND facts = $9 AND locked = $10`,
			next[:], facts, session.Organisation.ODS, string(session.Role), session.ProviderSession, session.Locked, kept, h[:], before, locked)
		if err != nil {
			return fmt.Errorf("renewing a session: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 1 {
			return err
		}
	}
	return errors.New("renewing a session: it is being changed again and again")
}

// Lock lets the session answer nothing until its user has confirmed who they are.
func (s *Sessions) Lock(ctx context.Context, secret string) error {
	h := hashOf(secret)
	if _, err := s.write.ExecContext(ctx, `UPDATE auth_session SET locked = $1 WHERE secret_hash = $2`, true, h[:]); err != nil {
		return fmt.Errorf("locking a session: %w", err)
	}
	return nil
}
