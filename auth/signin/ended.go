package signin

import (
	"context"
	"net/http"
	"net/url"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// ended takes the provider's word that sessions have ended: from its server (OpenID
// Connect Back-Channel Logout 1.0 §2.5) or by the browser (SAML single logout).
func (d *Door) ended(w http.ResponseWriter, r *http.Request) {
	login := d.byID[r.PathValue("login")]
	if login == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	r.Body = http.MaxBytesReader(w, r.Body, mostAnswer)
	err := r.ParseForm()
	if err == nil && r.Form.Has("SAMLResponse") && !r.Form.Has("SAMLRequest") {
		d.left(w, r) // some providers know one address for both directions of signing out
		return
	}
	if err != nil {
		err = auth.Refuse(auth.RefusedInvalid, "the provider's message is too large or no form")
	}
	var said auth.Ended
	if err == nil {
		said, err = d.takeEnded(r, login)
	}
	if err != nil {
		_ = d.refused(r.Context(), login, nil, err)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_request"}`))
		return
	}
	if said.ReplyURL != "" {
		away(w, r, said.ReplyURL)
	}
}

func (d *Door) takeEnded(r *http.Request, login *Login) (auth.Ended, error) {
	ender, ok := login.Provider.(auth.Ender)
	if !ok {
		return auth.Ended{}, auth.Refuse(auth.RefusedInvalid, "this login takes no word of ended sessions")
	}
	ctx := r.Context()
	form := r.URL.Query()
	if r.Method == http.MethodPost {
		form = r.PostForm // a token in an address would stand in logs
	}
	said, err := ender.End(ctx, form, r.URL.RawQuery)
	if err != nil {
		return said, err
	}
	if said.Token != "" {
		switch fresh, err := d.attempts.once(ctx, login.ID, said.Token, said.TokenExpires); {
		case err != nil:
			return said, err
		case !fresh:
			return said, auth.Refuse(auth.RefusedInvalid, "the provider's message was taken before")
		}
	}
	sessions, err := d.Auth.Sessions.EndProvider(ctx, login.ID, said)
	if err != nil {
		d.attempts.giveBack(ctx, login.ID, said.Token) // the provider will send it again
		return said, err
	}
	return said, d.audit(ctx, sessions, "the organisation's own sign-in ended it")
}

// audit records that sessions were ended by something else than their user.
func (d *Door) audit(ctx context.Context, sessions []*auth.Session, why string) error {
	for _, s := range sessions {
		e := auth.EventOf(auth.WithSession(ctx, s), audit.ActionLogout, audit.Permit)
		e.Reason = why
		if err := d.Ledger.Record(context.WithoutCancel(ctx), e); err != nil {
			return err
		}
	}
	return nil
}

// left takes the browser that has signed out at the provider too.
func (d *Door) left(w http.ResponseWriter, r *http.Request) {
	login := d.byID[r.PathValue("login")]
	if login == nil {
		http.NotFound(w, r)
		return
	}
	away(w, r, "/sign-in?"+url.Values{"problem": {"left"}, "login": {login.ID}}.Encode())
}

// exit gives where the user may sign out at the provider too.
func (d *Door) exit(ctx context.Context, session *auth.Session, kept []byte) auth.Exit {
	login := d.byID[session.Login]
	if login == nil {
		return auth.Exit{}
	}
	leaver, ok := login.Provider.(auth.Leaver)
	if !ok {
		return auth.Exit{}
	}
	address, err := leaver.Leave(ctx, session.Subject, kept, auth.NewSecret())
	if err != nil {
		d.Log.Warn("a user cannot be offered to sign out at the provider", "login", login.ID, "cause", err.Error())
		return auth.Exit{}
	}
	return auth.Exit{Name: login.Name, URL: address}
}

// metadata gives the provider's operator what to read in.
func (d *Door) metadata(w http.ResponseWriter, r *http.Request) {
	login := d.byID[r.PathValue("login")]
	if login == nil {
		http.NotFound(w, r)
		return
	}
	documented, ok := login.Provider.(auth.Documented)
	if !ok {
		http.NotFound(w, r)
		return
	}
	text, kind := documented.Document()
	w.Header().Set("Content-Type", kind)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(text)
}
