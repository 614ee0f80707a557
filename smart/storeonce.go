package smart

import (
	"context"
	"fmt"
	"time"

	"github.com/ory/fosite"
)

// ClientAssertionJWTValid reports fosite.ErrJTIKnown for an assertion that was taken. What
// counts is SetClientAssertionJWT: between the two there may be another request.
func (s *Store) ClientAssertionJWTValid(ctx context.Context, jti string) error {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM smart_assertion WHERE hash = ? AND expires > ?`, keyHash(jti), s.now().UnixMicro()).Scan(&n)
	switch {
	case err != nil:
		return fmt.Errorf("finding an assertion: %w", err)
	case n > 0:
		return fosite.ErrJTIKnown
	}
	return nil
}

// SetClientAssertionJWT takes an assertion: of many at once, one succeeds and the others
// are fosite.ErrJTIKnown. It is remembered until it expires and a minute more. The caller
// puts the issuer before the jti. RFC 7523 §3.
func (s *Store) SetClientAssertionJWT(ctx context.Context, jti string, expires time.Time) error {
	now := s.now()
	if _, err := s.in(ctx).ExecContext(ctx, `DELETE FROM smart_assertion WHERE expires <= ?`, now.UnixMicro()); err != nil {
		return fmt.Errorf("taking an assertion: %w", err)
	}
	if expires.Before(now) {
		expires = now
	}
	ok, err := one(s.in(ctx).ExecContext(ctx, `INSERT INTO smart_assertion (hash, expires) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING`,
		keyHash(jti), expires.Add(time.Minute).UnixMicro()))
	if err != nil {
		return err
	}
	if !ok {
		return fosite.ErrJTIKnown
	}
	return nil
}
