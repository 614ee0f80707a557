package auth

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// Routes serves signing in and out. It stands inside Middleware.
//
//	POST /auth/login   {"username", "password"} → the session's public facts and the cookie; 401, 429
//	POST /auth/confirm {"password"} → 204; the user of the session has proved again who they are; 401, 409, 429
//	POST /auth/logout  → 204; ends the session
//	GET  /auth/session → the session's public facts; 401 if nobody is signed in
func (a *Authenticator) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /auth/login", a.login)
	mux.HandleFunc("POST /auth/confirm", a.confirm)
	mux.HandleFunc("POST /auth/logout", a.logout)
	mux.HandleFunc("GET /auth/session", a.session)
	return mux
}

// loginBytes is the most a sign-in's body may have.
const loginBytes = 4 << 10

func (a *Authenticator) login(w http.ResponseWriter, r *http.Request) {
	if a.Login == nil {
		refuse(w, http.StatusNotFound, "no-passwords", "This server does not sign in by password")
		return
	}
	var body struct{ Username, Password string }
	if !a.read(w, r, &body, `Send {"username": …, "password": …} as application/json`) {
		return
	}
	ctx := r.Context()
	if CallerFrom(ctx) == (Caller{}) {
		ctx = WithCaller(ctx, a.callerOf(w, r))
	}
	session, err := a.Login.Login(ctx, body.Username, body.Password)
	if err != nil {
		a.refused(w, r, err, "The user name or the password is not right")
		return
	}
	// A new secret at every sign-in, and the old one ends: nothing a thief or a page
	// planted before is of use after (session fixation).
	if old, bearer := a.secretOf(r); old != "" && !bearer {
		_ = a.Sessions.End(ctx, old)
	}
	secret, err := a.Sessions.Start(ctx, session)
	if err != nil {
		a.unavailable(w, r, "the session could not be kept")
		return
	}
	started, err := a.Sessions.Find(ctx, secret)
	if err != nil {
		a.unavailable(w, r, "the session could not be read")
		return
	}
	http.SetCookie(w, a.cookie(secret, 0))
	reply(w, http.StatusOK, factsOf(started))
}

// read reads the body of a request that carries a password. If it cannot, or the
// request is another site's, it has answered and reports false.
func (a *Authenticator) read(w http.ResponseWriter, r *http.Request, body any, want string) bool {
	// application/json cannot be sent by another site's form.
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "not-json", want)
		return false
	}
	if !a.ownOrigin(r) {
		refuse(w, http.StatusForbidden, "cross-site", "This request did not come from Patchwork's own pages")
		return false
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, loginBytes)).Decode(body); err != nil {
		refuse(w, http.StatusBadRequest, "not-json", want)
		return false
	}
	return true
}

// refused answers a password that was not accepted, or not looked at.
func (a *Authenticator) refused(w http.ResponseWriter, r *http.Request, err error, wrong string) {
	var locked *LockedError
	switch {
	case errors.As(err, &locked):
		seconds := max(1, int(time.Until(locked.Until).Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		refuse(w, http.StatusTooManyRequests, "locked", "Too many failed sign-ins. Try again in a few minutes")
	case errors.Is(err, ErrRefused):
		refuse(w, http.StatusUnauthorized, "refused", wrong)
	default:
		a.unavailable(w, r, "a password could not be checked")
	}
}

func (a *Authenticator) logout(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	http.SetCookie(w, a.cookie("", -1))
	session := SessionFrom(ctx)
	if session == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	secret, _ := a.secretOf(r)
	if err := a.Sessions.End(ctx, secret); err != nil {
		a.unavailable(w, r, "the session could not be ended")
		return
	}
	if err := a.Ledger.Record(ctx, EventOf(ctx, audit.ActionLogout, audit.Permit)); err != nil {
		a.unavailable(w, r, "the sign-out could not be audited")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a *Authenticator) session(w http.ResponseWriter, r *http.Request) {
	s := SessionFrom(r.Context())
	if s == nil {
		refuse(w, http.StatusUnauthorized, "not-signed-in", "You are not signed in")
		return
	}
	reply(w, http.StatusOK, factsOf(s))
}

func (a *Authenticator) cookie(value string, maxAge int) *http.Cookie {
	// Lax: an EPR may open a link into Patchwork, and its own page may not act on it.
	return &http.Cookie{
		Name: a.cookieName(), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: !a.PlainHTTP, SameSite: http.SameSiteLaxMode,
	}
}

func (a *Authenticator) unavailable(w http.ResponseWriter, r *http.Request, what string) {
	a.log().Error(what, "requestId", CallerFrom(r.Context()).RequestID)
	refuse(w, http.StatusServiceUnavailable, "unavailable", "Signing in and out does not work at the moment")
}
