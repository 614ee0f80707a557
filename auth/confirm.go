package auth

import (
	"errors"
	"net/http"
)

// confirm has the user of the session prove again who they are. Middleware has already
// asked a browser for its own Origin and RequestHeader, because it needs a session.
func (a *Authenticator) confirm(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	session := SessionFrom(ctx)
	if session == nil {
		refuse(w, http.StatusUnauthorized, "not-signed-in", "You are not signed in")
		return
	}
	var body Credentials
	if !a.read(w, r, &body, `Send {"password": …} as application/json`) {
		return
	}
	confirmer, ok := a.Login.(Confirmer)
	if !ok {
		refuseByPassword(w)
		return
	}
	err := confirmer.Confirm(ctx, session, body)
	switch {
	case errors.Is(err, ErrNotByPassword):
		refuseByPassword(w)
		return
	case err != nil:
		a.refused(w, r, err, "The password is not right")
		return
	}
	switch err := a.confirmed(w, r, session); {
	case errors.Is(err, ErrNoSession):
		refuse(w, http.StatusUnauthorized, "not-signed-in", "Your session has ended")
	case err != nil:
		a.unavailable(w, r, "a confirmation could not be kept")
	default:
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	}
}

// confirmed notes the proof, unlocks, and gives a browser a new secret.
func (a *Authenticator) confirmed(w http.ResponseWriter, r *http.Request, session *Session) error {
	if session.App != "" {
		return a.Sessions.ConfirmByID(r.Context(), session.ID)
	}
	secret, bearer := a.secretOf(r)
	if bearer {
		return a.Sessions.Confirm(r.Context(), secret)
	}
	return a.Renew(w, r, session, func(s *Session) error {
		s.Confirmed, s.Locked = a.Sessions.now(), false
		return nil
	})
}

// Renew changes the session of a browser and gives it the new secret.
func (a *Authenticator) Renew(w http.ResponseWriter, r *http.Request, session *Session, change func(*Session) error) error {
	secret, _ := a.secretOf(r)
	renewed, err := a.Sessions.Renew(r.Context(), secret, change)
	if err == nil {
		a.setCookie(w, session, renewed)
	}
	return err
}

func refuseByPassword(w http.ResponseWriter) {
	refuse(w, http.StatusConflict, "not-by-password", "This sign-in cannot be confirmed by password. Sign in again")
}
