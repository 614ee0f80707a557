package smart

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/auth"
)

// TokenForm reports whether a bearer token may be one of this server's: it is asked about
// before the database is. Secrets of sessions have no dot.
func (s *Server) TokenForm(token string) bool { return strings.Contains(token, ".") }

// Session gives what an access token stands for: the sign-in of its user as it is now,
// narrowed to the scopes and bound to the patient of the token. auth.ErrNoSession if it is
// none, has expired or was revoked, or the sign-in is over. passive is a page asking by
// itself, which is no use of the sign-in. A refusal is in the ledger.
func (s *Server) Session(ctx context.Context, token string, passive bool) (*auth.Session, error) {
	session, err := s.session(ctx, token, passive)
	if errors.Is(err, auth.ErrNoSession) {
		_ = s.refused(ctx, "", refusalWith(http.StatusUnauthorized, "invalid_token", "An access token is not valid, has expired or was revoked, or its user has signed out"))
	}
	return session, err
}

func (s *Server) session(ctx context.Context, token string, passive bool) (*auth.Session, error) {
	h, err := s.holder(ctx, token, passive)
	if err != nil {
		return nil, err
	}
	return h.Session, nil
}

func (s *Server) holder(ctx context.Context, token string, passive bool) (*Holder, error) {
	use, request, err := s.provider.IntrospectToken(ctx, token, fosite.AccessToken, &Session{})
	switch {
	case err != nil && fosite.ErrorToRFC6749Error(err).CodeField >= 500:
		return nil, err
	case err != nil || use != fosite.AccessToken:
		return nil, auth.ErrNoSession
	}
	granted, ok := request.GetSession().(*Session)
	if !ok || granted.SignIn == "" {
		return nil, auth.ErrNoSession
	}
	signedIn, err := s.Sessions.ByID(ctx, granted.SignIn)
	if err != nil {
		return nil, err
	}
	if !passive {
		s.Sessions.Touch(ctx, signedIn)
	}
	session := *signedIn
	session.Scopes = append([]string{}, request.GetGrantedScopes()...)
	session.App = request.GetClient().GetID()
	if signedIn.Launch.Opened() {
		session.Login = "" // an EPR's word made it: there is no provider to be asked again
	}
	if granted.Pin != nil {
		if session.Launch != nil && session.Launch.Patient != granted.Pin.Patient {
			return nil, errors.Join(auth.ErrNoSession, errors.New("smart: a token of another patient than its session's"))
		}
		session.Launch = granted.Pin
	}
	return &Holder{
		Session: &session, Grant: request.GetID(), Until: granted.GetExpiresAt(fosite.AccessToken), signedIn: signedIn, told: granted.Context,
	}, nil
}
