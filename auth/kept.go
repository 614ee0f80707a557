package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// useKept sets a session's seal apart from others made with the same secret.
const useKept = "kept"

func sealKept(secret string, kept []byte) ([]byte, error) {
	if kept == nil {
		return nil, nil
	}
	return Seal(secret, useKept, kept)
}

// Kept gives what the connector of a session wants to see again; nil if that is nothing or
// the session has ended.
func (s *Sessions) Kept(ctx context.Context, secret string) ([]byte, error) {
	h := hashOf(secret)
	var sealed []byte
	err := s.read.QueryRowContext(ctx, `SELECT kept FROM auth_session WHERE secret_hash = $1`, h[:]).Scan(&sealed)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && sealed == nil:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading what a session keeps: %w", err)
	}
	return Unseal(secret, useKept, sealed)
}

// Claim takes the turn of asking the provider about a session that was last checked then,
// so that of many requests and servers only one does. It reports whether it is ours.
func (s *Sessions) Claim(ctx context.Context, secret string, checked time.Time) (bool, error) {
	h := hashOf(secret)
	done, err := s.write.ExecContext(ctx, `UPDATE auth_session SET checked = $1 WHERE secret_hash = $2 AND checked = $3`,
		s.now().UnixMicro(), h[:], checked.UnixMicro())
	if err != nil {
		return false, fmt.Errorf("checking a session: %w", err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// Unclaim gives the turn back: the provider could not be asked.
func (s *Sessions) Unclaim(ctx context.Context, secret string, checked time.Time) error {
	h := hashOf(secret)
	if _, err := s.write.ExecContext(ctx, `UPDATE auth_session SET checked = $1 WHERE secret_hash = $2`, checked.UnixMicro(), h[:]); err != nil {
		return fmt.Errorf("checking a session: %w", err)
	}
	return nil
}

// Keep replaces what the connector of a session wants to see again.
func (s *Sessions) Keep(ctx context.Context, secret string, kept []byte) error {
	sealed, err := sealKept(secret, kept)
	if err != nil {
		return err
	}
	h := hashOf(secret)
	if _, err := s.write.ExecContext(ctx, `UPDATE auth_session SET kept = $1 WHERE secret_hash = $2`, sealed, h[:]); err != nil {
		return fmt.Errorf("keeping with a session: %w", err)
	}
	return nil
}
