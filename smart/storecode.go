package smart

import (
	"context"

	"github.com/ory/fosite"
)

// CreateAuthorizeCodeSession keeps a code.
func (s *Store) CreateAuthorizeCodeSession(ctx context.Context, signature string, r fosite.Requester) error {
	return s.keep(ctx, code, signature, r)
}

// GetAuthorizeCodeSession gives what a code stands for. A code that was used, or whose
// grant is revoked, comes with fosite.ErrInvalidatedAuthorizeCode: fosite then revokes the
// grant. RFC 6749 §4.1.2.
func (s *Store) GetAuthorizeCodeSession(ctx context.Context, signature string, _ fosite.Session) (fosite.Requester, error) {
	r, live, err := s.find(ctx, code, signature)
	if err != nil {
		return nil, err
	}
	if !live {
		return r, fosite.ErrInvalidatedAuthorizeCode
	}
	return r, nil
}

// InvalidateAuthorizeCodeSession uses a code up: of many at once, one succeeds and the
// others are fosite.ErrInvalidatedAuthorizeCode.
func (s *Store) InvalidateAuthorizeCodeSession(ctx context.Context, signature string) error {
	if ok, err := s.use(ctx, code, signature); err != nil || ok {
		return err
	}
	return fosite.ErrInvalidatedAuthorizeCode
}

// CreatePKCERequestSession keeps the challenge of a code. RFC 7636 §4.4.
func (s *Store) CreatePKCERequestSession(ctx context.Context, signature string, r fosite.Requester) error {
	return s.keep(ctx, proofKey, signature, r)
}

// GetPKCERequestSession gives the challenge of a code that was not tried yet.
func (s *Store) GetPKCERequestSession(ctx context.Context, signature string, _ fosite.Session) (fosite.Requester, error) {
	return s.live(ctx, proofKey, signature)
}

// DeletePKCERequestSession lets the challenge be tried once: fosite asks before it has
// compared, so that a wrong verifier ends the code.
func (s *Store) DeletePKCERequestSession(ctx context.Context, signature string) error {
	_, err := s.use(ctx, proofKey, signature)
	return err
}

// CreateOpenIDConnectSession keeps what an ID token will say, under the hash of the code.
func (s *Store) CreateOpenIDConnectSession(ctx context.Context, code string, r fosite.Requester) error {
	return s.keep(ctx, idToken, code, r)
}

// GetOpenIDConnectSession gives what an ID token is to say, once.
func (s *Store) GetOpenIDConnectSession(ctx context.Context, code string, _ fosite.Requester) (fosite.Requester, error) {
	return s.live(ctx, idToken, code)
}

// DeleteOpenIDConnectSession lets it be said no more.
func (s *Store) DeleteOpenIDConnectSession(ctx context.Context, code string) error {
	_, err := s.use(ctx, idToken, code)
	return err
}

// live is find; what was used or revoked is not found.
func (s *Store) live(ctx context.Context, k kind, key string) (fosite.Requester, error) {
	r, live, err := s.find(ctx, k, key)
	if err != nil {
		return nil, err
	}
	if !live {
		return nil, fosite.ErrNotFound
	}
	return r, nil
}
