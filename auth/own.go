package auth

import (
	"errors"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// Exit is where a user may sign out at their login provider too.
type Exit struct {
	// Name is what people call the provider; URL where to send the browser.
	Name string `json:"name"`
	URL  string `json:"url"`
}

func (a *Authenticator) logout(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	a.clearCookies(w)
	session := SessionFrom(ctx)
	if session == nil {
		reply(w, http.StatusOK, signedOut{})
		return
	}
	secret, _ := a.secretOf(r)
	exit := a.exit(r, session, secret)
	if err := a.Sessions.End(ctx, secret); err != nil {
		a.unavailable(w, r, "the session could not be ended")
		return
	}
	if err := a.Ledger.Record(ctx, EventOf(ctx, audit.ActionLogout, audit.Permit)); err != nil {
		a.unavailable(w, r, "the sign-out could not be audited")
		return
	}
	reply(w, http.StatusOK, signedOut{exit})
}

type signedOut struct {
	Provider *Exit `json:"provider"`
}

func (a *Authenticator) exit(r *http.Request, session *Session, secret string) *Exit {
	if a.Exit == nil || session.Login == "" {
		return nil
	}
	kept, err := a.Sessions.Kept(r.Context(), secret)
	if err != nil {
		return nil // signing out here matters more
	}
	if e := a.Exit(r.Context(), session, kept); e.URL != "" {
		return &e
	}
	return nil
}

func (a *Authenticator) session(w http.ResponseWriter, r *http.Request) {
	s := SessionFrom(r.Context())
	if s == nil {
		refuse(w, http.StatusUnauthorized, "not-signed-in", "You are not signed in")
		return
	}
	reply(w, http.StatusOK, a.factsOf(s))
}

// role lets the user act in another of their positions: with a new secret, because what
// the session may do has changed.
func (a *Authenticator) role(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	session := a.unlocked(w, r)
	if session == nil {
		return
	}
	var body struct {
		Position int `json:"position"`
	}
	if !a.read(w, r, &body, `Send {"position": 0} as application/json`) {
		return
	}
	if body.Position < 0 || body.Position >= len(session.Positions) {
		refuse(w, http.StatusBadRequest, "no-position", "You have no such position")
		return
	}
	if session.Launch != nil {
		refuse(w, http.StatusConflict, "launched", "The role was chosen by the system that opened Patchwork")
		return
	}
	chosen := *session
	chosen.Take(session.Positions[body.Position])
	event := EventOf(WithSession(ctx, &chosen), audit.ActionRole, audit.Permit)
	if err := a.Ledger.Record(ctx, event); err != nil {
		a.unavailable(w, r, "a change of role could not be audited")
		return
	}
	err := a.Renew(w, r, session, func(s *Session) error {
		s.Take(session.Positions[body.Position])
		return nil
	})
	switch {
	case errors.Is(err, ErrNoSession):
		refuse(w, http.StatusUnauthorized, "not-signed-in", "Your session has ended")
	case err != nil:
		a.unavailable(w, r, "a change of role could not be kept")
	default:
		reply(w, http.StatusOK, a.factsOf(&chosen))
	}
}

// lock lets the session answer nothing until its user has confirmed who they are.
func (a *Authenticator) lock(w http.ResponseWriter, r *http.Request) {
	if SessionFrom(r.Context()) == nil {
		refuse(w, http.StatusUnauthorized, "not-signed-in", "You are not signed in")
		return
	}
	secret, _ := a.secretOf(r)
	if err := a.Sessions.Lock(r.Context(), secret); err != nil {
		a.unavailable(w, r, "a session could not be locked")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// openSession is one of a user's own sessions.
type openSession struct {
	ID       string    `json:"id"`
	Current  bool      `json:"current"`
	Login    string    `json:"login"`
	Device   string    `json:"device"`
	Address  string    `json:"address"`
	Role     Role      `json:"role"`
	Created  time.Time `json:"created"`
	LastSeen time.Time `json:"lastSeen"`
}

func (a *Authenticator) sessions(w http.ResponseWriter, r *http.Request) {
	session := a.unlocked(w, r)
	if session == nil {
		return
	}
	list, err := a.Sessions.List(r.Context(), SessionFilter{Issuer: session.Issuer, Subject: session.Subject, First: 100})
	if err != nil {
		a.unavailable(w, r, "a user's sessions could not be listed")
		return
	}
	open := make([]openSession, len(list))
	for i, s := range list {
		open[i] = openSession{s.ID, s.ID == session.ID, s.Login, s.Device, s.Address, s.Role, s.Created, s.LastSeen}
		if a.Describe != nil && s.Login != "" {
			open[i].Login, _ = a.Describe(s.Login)
		}
	}
	reply(w, http.StatusOK, struct {
		Sessions []openSession `json:"sessions"`
	}{open})
}

// endSessions ends one of the user's own sessions, or all of them.
func (a *Authenticator) endSessions(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	session := a.unlocked(w, r)
	if session == nil {
		return
	}
	var body struct {
		ID  string `json:"id"`
		All bool   `json:"all"`
	}
	if !a.read(w, r, &body, `Send {"id": …} or {"all": true} as application/json`) {
		return
	}
	event := EventOf(ctx, audit.ActionLogout, audit.Permit)
	event.Reason = "another of their own sessions"
	if body.All {
		event.Reason = "everywhere"
	}
	if err := a.Ledger.Record(ctx, event); err != nil {
		a.unavailable(w, r, "a sign-out could not be audited")
		return
	}
	var err error
	if body.All {
		a.clearCookies(w)
		err = a.Sessions.EndAll(ctx, session.Issuer, session.Subject)
	} else {
		_, err = a.Sessions.end(ctx, `id = $1 AND issuer = $2 AND subject = $3`, body.ID, session.Issuer, session.Subject)
	}
	if err != nil {
		a.unavailable(w, r, "sessions could not be ended")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// unlocked gives the session, or answers and gives nil if there is none or it is locked.
func (a *Authenticator) unlocked(w http.ResponseWriter, r *http.Request) *Session {
	session := SessionFrom(r.Context())
	switch {
	case session == nil:
		refuse(w, http.StatusUnauthorized, "not-signed-in", "You are not signed in")
	case session.Locked:
		refuse(w, http.StatusLocked, "session-locked", "This computer is locked. Confirm who you are to go on")
	default:
		return session
	}
	return nil
}
