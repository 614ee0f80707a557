package signin

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

const (
	// mostAnswer is how large a provider's answer may be, in bytes.
	mostAnswer = 256 << 10
	// judging bounds what the provider is asked to judge an answer.
	judging = 20 * time.Second
	// clocks is how far a provider's clock may be behind ours.
	clocks = time.Minute
)

// stateOf is what finds the attempt: OIDC's state, SAML's RelayState.
func stateOf(form url.Values) string {
	if s := form.Get("state"); s != "" {
		return s
	}
	return form.Get("RelayState")
}

// posted takes an answer that the provider's page sends by POST. Browsers send no cookie of
// ours with it (SameSite=Lax), so that it cannot be judged yet: it is kept with its
// attempt, and the browser comes again by GET, which brings the cookie.
func (d *Door) posted(w http.ResponseWriter, r *http.Request) {
	login := d.byID[r.PathValue("login")]
	if login == nil {
		http.NotFound(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostAnswer)
	if err := r.ParseForm(); err != nil {
		d.problem(w, r, login, nil, auth.Refuse(auth.RefusedInvalid, "the provider's answer is too large or no form"))
		return
	}
	state := stateOf(r.PostForm)
	kept, err := d.attempts.answer(r.Context(), login.ID, state, r.PostForm.Encode())
	switch {
	case err != nil:
		d.problem(w, r, login, nil, err)
	case !kept:
		d.problem(w, r, login, nil, auth.Refuse(auth.RefusedExpired, "no sign-in is under way for the answer that was posted: it must begin here"))
	default:
		away(w, r, "/auth/at/"+login.ID+"/return?"+url.Values{"state": {state}}.Encode())
	}
}

// back takes the browser that comes back.
func (d *Door) back(w http.ResponseWriter, r *http.Request) {
	login := d.byID[r.PathValue("login")]
	if login == nil {
		http.NotFound(w, r)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), judging)
	defer cancel()
	r = r.WithContext(ctx)
	t, err := d.attempts.take(ctx, login.ID, stateOf(r.URL.Query()), d.browserOf(r))
	if err != nil {
		d.problem(w, r, login, nil, err)
		return
	}
	proof, err := d.finish(r, login, &t)
	if err != nil {
		d.problem(w, r, login, nil, err)
		return
	}
	if t.session != "" {
		err = d.again(w, r, login, &t, &proof)
	} else {
		err = d.enter(w, r, login, &proof)
	}
	if err != nil {
		d.problem(w, r, login, &proof, err)
		return
	}
	away(w, r, t.back)
}

func (d *Door) finish(r *http.Request, login *Login, t *attempt) (auth.Proof, error) {
	form := r.URL.Query()
	if t.answer != "" {
		posted, err := url.ParseQuery(t.answer)
		if err != nil {
			return auth.Proof{}, auth.Refuse(auth.RefusedInvalid, "the provider's answer is no form")
		}
		form = posted
	}
	redirector, ok := login.Provider.(auth.Redirector)
	if !ok {
		return auth.Proof{}, auth.Refuse(auth.RefusedExpired, "this login asks for a password")
	}
	proof, err := redirector.Finish(r.Context(), auth.Return{Kept: t.kept, Form: form})
	if err == nil && (proof.Issuer == "" || !auth.GoodSubject(proof.Subject)) {
		err = auth.Refuse(auth.RefusedInvalid, "the provider gave no usable id of the user")
	}
	return proof, err
}

// enter begins a session.
func (d *Door) enter(w http.ResponseWriter, r *http.Request, login *Login, proof *auth.Proof) error {
	session, err := d.admit(r.Context(), login, proof)
	if err != nil {
		return err
	}
	if err := d.Ledger.Record(r.Context(), d.event(r.Context(), &session, audit.ActionLogin)); err != nil {
		return err
	}
	if _, err = d.Auth.Admit(w, r, session); err == nil {
		login.latest.succeeded(d.Now())
	}
	return err
}

// again confirms and unlocks the session whose user has proved once more who they are.
// Anybody else is a hard stop.
func (d *Door) again(w http.ResponseWriter, r *http.Request, login *Login, t *attempt, proof *auth.Proof) error {
	session, _, err := d.Auth.Current(r)
	switch {
	case err != nil:
		return err
	case session == nil || session.ID != t.session:
		return auth.Refuse(auth.RefusedExpired, "the session that was to be confirmed has ended")
	case session.Login != login.ID || session.Issuer != proof.Issuer || session.Subject != proof.Subject:
		return auth.Refuse(auth.RefusedOther, "somebody else than the session's user proved who they are")
	case proof.At.Before(t.begun.Add(-clocks)):
		return auth.Refuse(auth.RefusedInvalid, "the provider did not have the user prove again who they are")
	}
	ctx := auth.WithSession(r.Context(), session)
	if err := d.Ledger.Record(ctx, auth.EventOf(ctx, audit.ActionConfirm, audit.Permit)); err != nil {
		return err
	}
	return d.Auth.Renew(w, r, session, func(s *auth.Session) error {
		s.Confirmed, s.Locked = d.Now(), false
		s.Kept, s.ProviderSession = proof.Kept, proof.Session
		return nil
	})
}
