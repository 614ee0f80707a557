package auth

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
)

// Authenticator finds out who sent a request. Sessions and Ledger must be set.
type Authenticator struct {
	Sessions *Sessions
	// Login serves POST /auth/login; nil if this server has no passwords.
	Login Login
	// Used is told of every request of a session that has a login, so that it can be asked
	// from time to time whether the user is still welcome; it must not wait. nil asks nobody.
	Used func(ctx context.Context, secret string, session *Session)
	// Exit gives where a user who has just signed out here may sign out at their provider
	// too; nil, or a zero Exit, offers nothing.
	Exit func(ctx context.Context, session *Session, kept []byte) Exit
	// Describe gives the name of a login and whether it is by "redirect" or "password"; nil
	// knows none.
	Describe func(login string) (name, way string)
	// Tokens are those of SMART apps; nil if there are none.
	Tokens Tokens
	// Ledger takes sign-outs and refused bearer tokens.
	Ledger *audit.Ledger
	// PlainHTTP is for a server on loopback without TLS (the demo): the cookie is
	// then not Secure and has no __Host- prefix.
	PlainHTTP bool
	// Address gives a request's network address where a proxy stands in front; nil
	// takes the connection's.
	Address func(*http.Request) string
	// Log never gets names or secrets; nil is slog.Default.
	Log *slog.Logger
}

// Tokens gives the sessions that access tokens stand for.
type Tokens interface {
	// TokenForm reports whether a text may be one.
	TokenForm(token string) bool
	// Session gives what it stands for; ErrNoSession if that is nothing.
	Session(ctx context.Context, token string, passive bool) (*Session, error)
	// PageOf reports whether the pages of an origin are those of an app.
	PageOf(ctx context.Context, app, origin string) bool
}

// The cookie's names. RFC 6265bis: __Host- binds it to this host over TLS.
const (
	cookieSecure   = "__Host-patchwork"
	cookiePlain    = "patchwork"
	cookieEmbedded = "__Host-patchwork-embedded"
)

// RequestHeader is the header that a browser's unsafe request must carry (with any
// value): another site cannot make a browser send it.
const RequestHeader = "X-Patchwork-Request"

// PassiveHeader says that a page asks by itself: the request is no use of the session, and
// does not keep it from idling out.
const PassiveHeader = "X-Patchwork-Passive"

// Middleware puts the Caller and, if there is one, the Session into the context. A
// bearer token counts before a cookie. A wrong bearer token is 401; a wrong cookie is
// nobody. An unsafe method with a cookie needs this server's own Origin and
// RequestHeader, else 403. If sessions cannot be read, 503.
func (a *Authenticator) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := WithCaller(r.Context(), a.callerOf(w, r))
		secret, bearer := a.secretOf(r)
		if secret == "" && !bearer {
			next.ServeHTTP(w, r.WithContext(ctx))
			return
		}
		token := bearer && a.Tokens != nil && a.Tokens.TokenForm(secret)
		session, err := a.find(ctx, secret, token, r.Header.Get(PassiveHeader) != "")
		switch {
		case errors.Is(err, ErrNoSession) && bearer:
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			refuse(w, http.StatusUnauthorized, "invalid-token", "The access token is not valid or has expired")
			return
		case errors.Is(err, ErrNoSession):
			next.ServeHTTP(w, r.WithContext(ctx))
			return
		case err != nil:
			a.log().Error("sessions cannot be read", "requestId", CallerFrom(ctx).RequestID)
			refuse(w, http.StatusServiceUnavailable, "unavailable", "Sign-in cannot be checked at the moment")
			return
		case !bearer && !a.ownRequest(r):
			refuse(w, http.StatusForbidden, "cross-site", "This request did not come from Patchwork's own pages")
			return
		case bearer && !a.ownPage(ctx, r, session):
			a.noted(WithSession(ctx, session), "a token shown by a page that is not its app's")
			w.Header().Del("Access-Control-Allow-Origin") // whoever asked is not told why
			refuse(w, http.StatusForbidden, "foreign-origin", "The page that sent this is none of the app's whose token it shows")
			return
		case session.App != "" && !forApps(r):
			a.noted(WithSession(ctx, session), "an app's token where only its user acts")
			refuse(w, http.StatusForbidden, "not-for-apps", "An app's token opens the record. Where somebody signs in and out, only they act")
			return
		case session.Locked && !strings.HasPrefix(r.URL.Path, "/auth/"):
			refuse(w, http.StatusLocked, "session-locked", "This computer is locked. Confirm who you are to go on")
			return
		}
		ctx = a.withAgain(ctx, secret, token)
		if a.Used != nil && session.Login != "" {
			if token { // it is not the session's secret, and unseals nothing
				secret = ""
			}
			a.Used(ctx, secret, session)
		}
		next.ServeHTTP(w, r.WithContext(WithSession(ctx, session)))
	})
}

// forApps reports whether an app's token may be used at an address. What the user does with
// their sign-in, here and elsewhere, is not the app's to do: it may read whose it is, and let
// them confirm who they are.
func forApps(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/auth/") || r.Method == http.MethodGet && r.URL.Path == "/auth/session" ||
		r.Method == http.MethodPost && r.URL.Path == "/auth/confirm"
}

// ownPage reports whether a request with a token may have been sent by the page that sent it:
// one of ours, one of the app whose token it is, or no page at all, for only browsers say
// their origin. A preflight has no token, so that any registered app's page gets as far as this.
func (a *Authenticator) ownPage(ctx context.Context, r *http.Request, session *Session) bool {
	return a.ownOrigin(r) || session.App != "" && a.Tokens.PageOf(ctx, session.App, r.Header.Get("Origin"))
}

// noted keeps a refusal of a token. Whoever showed it gets nothing either way.
func (a *Authenticator) noted(ctx context.Context, reason string) {
	event := EventOf(ctx, audit.ActionDenied, audit.Deny)
	event.Reason = reason
	if app := SessionFrom(ctx).App; app != "" {
		event.Target = "client:" + app
	}
	if err := a.Ledger.Record(ctx, event); err != nil {
		a.log().Error("a refusal could not be audited", "requestId", CallerFrom(ctx).RequestID)
	}
}

// Locate puts the Caller into the context and nothing else: for addresses that another
// site sends the browser to, where the session's own protection does not apply.
func (a *Authenticator) Locate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(WithCaller(r.Context(), a.callerOf(w, r))))
	})
}

// Current gives the session of a browser's cookie and its secret; nil if there is none.
func (a *Authenticator) Current(r *http.Request) (*Session, string, error) {
	secret, bearer := a.secretOf(r)
	if secret == "" || bearer {
		return nil, "", nil
	}
	session, err := a.Sessions.Find(r.Context(), secret)
	if errors.Is(err, ErrNoSession) {
		return nil, "", nil
	}
	return session, secret, err
}

func (a *Authenticator) find(ctx context.Context, secret string, token, passive bool) (*Session, error) {
	if token {
		return a.Tokens.Session(ctx, secret, passive)
	}
	if passive {
		return a.Sessions.Peek(ctx, secret)
	}
	return a.Sessions.Find(ctx, secret)
}

// secretOf gives the secret a request carries; bearer says that it tried to show a
// token, even an empty one or one of a scheme we do not know.
func (a *Authenticator) secretOf(r *http.Request) (secret string, bearer bool) {
	if header, ok := r.Header["Authorization"]; ok {
		if len(header) != 1 {
			return "", true
		}
		scheme, token, _ := strings.Cut(header[0], " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return "", true
		}
		return strings.TrimSpace(token), true
	}
	for _, name := range a.cookieNames() {
		switch cookies := r.CookiesNamed(name); len(cookies) {
		case 0:
		case 1:
			return cookies[0].Value, false
		default: // two of one name: somebody planted one
			return "", false
		}
	}
	return "", false
}

// ownRequest reports whether a request with a cookie may act: safe methods may, and
// others when our own page sent them.
func (a *Authenticator) ownRequest(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	}
	return r.Header.Get(RequestHeader) != "" && r.Header.Get("Origin") != "" && a.ownOrigin(r)
}

// OwnPage reports whether an unsafe request came from one of our own pages: for addresses
// outside Middleware.
func (a *Authenticator) OwnPage(r *http.Request) bool { return a.ownRequest(r) }

// ownOrigin reports whether the Origin, if there is one, is this server.
func (a *Authenticator) ownOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || !strings.EqualFold(u.Host, r.Host) || u.Path != "" {
		return false
	}
	return u.Scheme == "https" || a.PlainHTTP && u.Scheme == "http"
}

func (a *Authenticator) log() *slog.Logger {
	if a.Log != nil {
		return a.Log
	}
	return slog.Default()
}
