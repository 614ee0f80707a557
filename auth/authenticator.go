package auth

import (
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

// The cookie's names. RFC 6265bis: __Host- binds it to this host over TLS.
const (
	cookieSecure = "__Host-patchwork"
	cookiePlain  = "patchwork"
)

// RequestHeader is the header that a browser's unsafe request must carry (with any
// value): another site cannot make a browser send it.
const RequestHeader = "X-Patchwork-Request"

func (a *Authenticator) cookieName() string {
	if a.PlainHTTP {
		return cookiePlain
	}
	return cookieSecure
}

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
		session, err := a.Sessions.Find(ctx, secret)
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
		}
		next.ServeHTTP(w, r.WithContext(WithSession(ctx, session)))
	})
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
	cookies := r.CookiesNamed(a.cookieName())
	if len(cookies) != 1 { // two of one name: somebody planted one
		return "", false
	}
	return cookies[0].Value, false
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
