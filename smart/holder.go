package smart

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/auth"
)

// Holder is whoever has shown an access token, for package smart/cast.
type Holder struct {
	// Session is what the token stands for, as of every request.
	Session *auth.Session
	// Grant is the family of the token, Until when the token itself ends.
	Grant string
	Until time.Time

	signedIn *auth.Session
	told     map[string]any
}

// Service reports whether it is a backend service.
func (h *Holder) Service() bool { return h.Session.Subject == h.Session.App }

// HolderOf gives whose token a request carries; auth.ErrNoSession if it has none that is
// good, and ErrForeignPage if a page shows it that is none of its app's. Asking so is no use of the sign-in: a page that listens does not keep it alive.
func (s *Server) HolderOf(r *http.Request) (*Holder, error) {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || !s.TokenForm(token) {
		return nil, auth.ErrNoSession
	}
	h, err := s.holder(r.Context(), strings.TrimSpace(token), true)
	if err == nil && h.Session.Locked {
		return nil, auth.ErrNoSession
	}
	if origin := r.Header.Get("Origin"); err == nil && origin != "" && origin != originOf(s.Public) && !s.PageOf(r.Context(), h.Session.App, origin) {
		return nil, ErrForeignPage
	}
	return h, err
}

// ErrForeignPage is that a page shows a token of an app that it is none of. Unread goes with it.
var ErrForeignPage error = refusalWith(http.StatusForbidden, "access_denied", "The page that sent this is none of the app's whose token it shows")

// Unread keeps an answer from the page that asked.
func Unread(w http.ResponseWriter) { w.Header().Del("Access-Control-Allow-Origin") }

// Stands reports auth.ErrNoSession once what somebody has is over: the grant was ended, its
// user signed out, locked the session or is no longer welcome, the client was switched off.
func (s *Server) Stands(ctx context.Context, grant, signIn, client string) error {
	session, err := s.Sessions.ByID(ctx, signIn)
	if err != nil {
		return err
	}
	var revoked int
	if err := s.Store.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM smart_grant WHERE id = ? AND revoked = TRUE`, grant).Scan(&revoked); err != nil {
		return err
	}
	if revoked > 0 || session.Locked {
		return auth.ErrNoSession
	}
	return s.Approved(ctx, client)
}

// Approved reports auth.ErrNoSession for a client that is switched off or not approved.
func (s *Server) Approved(ctx context.Context, client string) error {
	_, err := s.Store.GetClient(ctx, client)
	if errors.Is(err, fosite.ErrNotFound) {
		return auth.ErrNoSession
	}
	return err
}

// MayRead reports whether the pages of an origin are those of an approved app, or our own.
func (s *Server) MayRead(ctx context.Context, origin string) bool {
	return origin == originOf(s.Public) || s.origins.has(ctx, s, origin)
}

// Refused notes in the log and the ledger that a request was not granted.
func (s *Server) Refused(ctx context.Context, client string, err error) *Refusal {
	return s.refused(ctx, client, err)
}
