package smart

import (
	"context"
	"fmt"

	"github.com/ory/fosite"
)

// CreateAccessTokenSession keeps an access token.
func (s *Store) CreateAccessTokenSession(ctx context.Context, signature string, r fosite.Requester) error {
	return s.keep(ctx, accessToken, signature, r)
}

// GetAccessTokenSession gives what an access token stands for; fosite.ErrNotFound once it
// is revoked, or its client switched off.
func (s *Store) GetAccessTokenSession(ctx context.Context, signature string, _ fosite.Session) (fosite.Requester, error) {
	return s.live(ctx, accessToken, signature)
}

// DeleteAccessTokenSession ends one access token; one that is not there is no error.
func (s *Store) DeleteAccessTokenSession(ctx context.Context, signature string) error {
	_, err := s.use(ctx, accessToken, signature)
	return err
}

// CreateRefreshTokenSession keeps a refresh token.
func (s *Store) CreateRefreshTokenSession(ctx context.Context, signature, _ string, r fosite.Requester) error {
	return s.keep(ctx, refreshToken, signature, r)
}

// GetRefreshTokenSession gives what a refresh token stands for. One that was used, or whose
// grant is revoked, comes with fosite.ErrInactiveToken: fosite then revokes the family.
// RFC 9700 §4.14.2.
func (s *Store) GetRefreshTokenSession(ctx context.Context, signature string, _ fosite.Session) (fosite.Requester, error) {
	r, live, err := s.find(ctx, refreshToken, signature)
	if err != nil {
		return nil, err
	}
	if !live {
		return r, fosite.ErrInactiveToken
	}
	return r, nil
}

// DeleteRefreshTokenSession ends one refresh token; one that is not there is no error.
func (s *Store) DeleteRefreshTokenSession(ctx context.Context, signature string) error {
	_, err := s.use(ctx, refreshToken, signature)
	return err
}

// RotateRefreshToken uses a refresh token up, and the access tokens of its family: of many
// at once, one succeeds and the others are fosite.ErrInactiveToken.
func (s *Store) RotateRefreshToken(ctx context.Context, grant, signature string) error {
	ok, err := s.use(ctx, refreshToken, signature)
	if err != nil {
		return err
	}
	if !ok {
		return fosite.ErrInactiveToken
	}
	if _, err := s.in(ctx).ExecContext(ctx, `UPDATE smart_token SET used = TRUE WHERE grant_id = ? AND kind = ? AND used = FALSE`,
		grant, string(accessToken)); err != nil {
		return fmt.Errorf("rotating a token: %w", err)
	}
	return nil
}

// RevokeRefreshToken ends the whole family: whoever gives one token back wants none, and
// of a token that was stolen nobody knows which. RFC 7009 §2.1.
func (s *Store) RevokeRefreshToken(ctx context.Context, grant string) error {
	return s.revoke(ctx, grant)
}

// RevokeAccessToken ends the whole family too.
func (s *Store) RevokeAccessToken(ctx context.Context, grant string) error {
	return s.revoke(ctx, grant)
}
