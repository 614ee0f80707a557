package signin

import (
	"context"
	"errors"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// asking bounds one re-check: longer than a connector's own limit, because a refresh that
	// is cut off may have used the token up.
	asking = 30 * time.Second
	// grace is for how many re-checks a provider may be out of reach before its sessions
	// end: a provider that is down must not empty a hospital, nor be a way to stay.
	grace = 3
)

// used has the provider asked whether the user is still welcome, if it was not for a
// while. No page waits for it: what it says holds from the next request on.
func (d *Door) used(ctx context.Context, sessionSecret string, session *auth.Session) {
	login := d.byID[session.Login]
	if session.Login == Local {
		return
	}
	if login == nil { // its stanza is gone: nobody vouches for them any more
		d.out(ctx, session, "its login is no longer configured")
		return
	}
	rechecker, ok := login.Provider.(auth.Rechecker)
	due := session.Checked.Add(login.Recheck)
	now := d.Now()
	if !ok || login.Recheck <= 0 || now.Before(due) || now.UnixMicro() < login.resting.Load() || d.closing.Err() != nil {
		return
	}
	if sessionSecret == "" { // an app's token: only the browser's own requests can ask the provider
		if now.Sub(session.Checked) >= grace*login.Recheck {
			d.out(ctx, session, "the organisation's sign-in could not be asked for too long")
		}
		return
	}
	d.asking.Go(func() {
		ctx, cancel := context.WithTimeout(d.closing, asking)
		defer cancel()
		d.recheck(ctx, login, rechecker, sessionSecret, session)
	})
}

func (d *Door) recheck(ctx context.Context, login *Login, rechecker auth.Rechecker, sessionSecret string, session *auth.Session) {
	sessions := d.Auth.Sessions
	mine, err := sessions.Claim(ctx, sessionSecret, session.Checked)
	if err != nil || !mine {
		return
	}
	kept, err := sessions.Kept(ctx, sessionSecret)
	if err == nil {
		kept, err = rechecker.Recheck(ctx, session.Subject, kept)
	}
	switch {
	case err == nil:
		if err := sessions.Keep(ctx, sessionSecret, kept); err != nil {
			d.Log.Error("what a provider gave at a re-check could not be kept", "login", login.ID)
		}
	case errors.Is(err, auth.ErrGone):
		d.out(ctx, session, "the organisation says that the account or its session has ended")
	default:
		d.unasked(ctx, login, sessionSecret, session, err)
	}
}

// unasked: the provider did not answer. The turn is given back; after too long the
// session ends.
func (d *Door) unasked(ctx context.Context, login *Login, sessionSecret string, session *auth.Session, err error) {
	now := d.Now()
	defer func() {
		d.Log.Warn("a provider could not be asked about a user", "login", login.ID, "cause", err.Error())
	}()
	login.resting.Store(now.Add(min(login.Recheck/2, 10*time.Second)).UnixMicro())
	ctx = context.WithoutCancel(ctx)
	if now.Sub(session.Checked) >= grace*login.Recheck {
		d.out(ctx, session, "the organisation's sign-in could not be asked for too long")
		return
	}
	if d.Auth.Sessions.Unclaim(ctx, sessionSecret, session.Checked) != nil {
		d.Log.Error("a re-check could not be put off", "login", login.ID)
	}
}

// out ends a session of somebody who is no longer welcome.
func (d *Door) out(ctx context.Context, session *auth.Session, why string) {
	ctx = context.WithoutCancel(ctx)
	ended, err := d.Auth.Sessions.EndByID(ctx, session.ID)
	if err == nil && ended != nil {
		err = d.audit(ctx, []*auth.Session{ended}, why)
	}
	if err != nil {
		d.Log.Error("a session could not be ended, or not be audited", "cause", err.Error())
	}
}
