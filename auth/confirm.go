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
	var body struct{ Password string }
	if !a.read(w, r, &body, `Send {"password": …} as application/json`) {
		return
	}
	confirmer, ok := a.Login.(Confirmer)
	if !ok {
		refuseByPassword(w)
		return
	}
	err := confirmer.Confirm(ctx, session, body.Password)
	switch {
	case errors.Is(err, ErrNotByPassword):
		refuseByPassword(w)
		return
	case err != nil:
		a.refused(w, r, err, "The password is not right")
		return
	}
	secret, _ := a.secretOf(r)
	switch err := a.Sessions.Confirm(ctx, secret); {
	case errors.Is(err, ErrNoSession):
		refuse(w, http.StatusUnauthorized, "not-signed-in", "Your session has ended")
	case err != nil:
		a.unavailable(w, r, "a confirmation could not be kept")
	default:
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	}
}

func refuseByPassword(w http.ResponseWriter) {
	refuse(w, http.StatusConflict, "not-by-password", "This sign-in cannot be confirmed by password. Sign in again")
}
