package auth

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// Routes serves signing in by password and out, and what a user does with their own
// sessions (docs/sign-in.md). It stands inside Middleware.
func (a *Authenticator) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /auth/login", a.login)
	mux.HandleFunc("POST /auth/confirm", a.confirm)
	mux.HandleFunc("POST /auth/role", a.role)
	mux.HandleFunc("POST /auth/lock", a.lock)
	mux.HandleFunc("POST /auth/logout", a.logout)
	mux.HandleFunc("GET /auth/session", a.session)
	mux.HandleFunc("GET /auth/sessions", a.sessions)
	mux.HandleFunc("POST /auth/sessions/end", a.endSessions)
	return mux
}

// loginBytes is the most a sign-in's body may have.
const loginBytes = 4 << 10

func (a *Authenticator) login(w http.ResponseWriter, r *http.Request) {
	if a.Login == nil {
		refuse(w, http.StatusNotFound, "no-passwords", "This server does not sign in by password")
		return
	}
	var body Credentials
	if !a.read(w, r, &body, `Send {"username": …, "password": …} as application/json`) {
		return
	}
	ctx := r.Context()
	if CallerFrom(ctx) == (Caller{}) {
		ctx = WithCaller(ctx, a.callerOf(w, r))
	}
	session, err := a.Login.Login(ctx, body)
	if err != nil {
		a.refused(w, r, err, "The user name or the password is not right")
		return
	}
	started, err := a.Admit(w, r.WithContext(ctx), session)
	if err != nil {
		a.unavailable(w, r, "the session could not be kept")
		return
	}
	reply(w, http.StatusOK, a.factsOf(started))
}

// Admit begins the session of somebody who has just proved who they are, and gives the
// browser its cookie. A new secret at every sign-in, and the old one ends: nothing that a
// thief or a page planted before is of use after (session fixation).
func (a *Authenticator) Admit(w http.ResponseWriter, r *http.Request, session Session) (*Session, error) {
	ctx := r.Context()
	if old, bearer := a.secretOf(r); old != "" && !bearer {
		_ = a.Sessions.End(ctx, old)
	}
	caller := CallerFrom(ctx)
	session.Device, session.Address = deviceOf(caller.Client), caller.Address
	secret, err := a.Sessions.Start(ctx, session)
	if err != nil {
		return nil, err
	}
	started, err := a.Sessions.Find(ctx, secret)
	if err != nil {
		return nil, err
	}
	a.setCookie(w, started, secret)
	return started, nil
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
	var refusal *Refusal
	switch {
	case errors.As(err, &locked):
		seconds := max(1, int(time.Until(locked.Until).Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		refuse(w, http.StatusTooManyRequests, "locked", "Too many failed sign-ins. Try again in a few minutes")
	case errors.Is(err, ErrRefused):
		refuse(w, http.StatusUnauthorized, string(RefusedPassword), wrong)
	case errors.Is(err, ErrSecondFactor):
		refuse(w, http.StatusUnauthorized, "second-factor", "Enter the code that your authenticator app shows")
	case errors.As(err, &refusal):
		refuse(w, refusal.status(), string(refusal.Code), refusal.sentence())
	default:
		a.unavailable(w, r, "a password could not be checked")
	}
}

func (a *Authenticator) unavailable(w http.ResponseWriter, r *http.Request, what string) {
	a.log().Error(what, "requestId", CallerFrom(r.Context()).RequestID)
	refuse(w, http.StatusServiceUnavailable, "unavailable", "Signing in and out does not work at the moment")
}
