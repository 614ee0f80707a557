package oidc

import (
	"context"
	"net/url"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	theLogoutToken = "the logout token"
	logoutEvent    = "http://schemas.openid.net/event/backchannel-logout"
	// oldestLogout is how long ago a logout token may have been issued. Back-Channel
	// Logout §2.6 leaves it to us; §4 has providers make them for two minutes at most.
	oldestLogout = 5 * time.Minute
)

// End checks a logout token (OpenID Connect Back-Channel Logout 1.0 §2.6); see auth.Ender.
// That each is taken once is the caller's.
func (p *provider) End(ctx context.Context, form url.Values, _ string) (auth.Ended, error) {
	if len(form["logout_token"]) != 1 || form.Get("logout_token") == "" {
		return auth.Ended{}, invalid("there is not exactly one logout token")
	}
	c, _, err := p.signed(ctx, form.Get("logout_token"), theLogoutToken, "", "jwt", "logout+jwt")
	if err != nil {
		return auth.Ended{}, err
	}
	if err := p.judge(c); err != nil {
		return auth.Ended{}, err
	}
	if err := isLogout(c); err != nil {
		return auth.Ended{}, err
	}
	return p.endedBy(c)
}

// isLogout tells a logout token from any other that the provider has signed for us.
func isLogout(c claims) error {
	events, _ := c.all["events"].(map[string]any)
	if _, ok := events[logoutEvent].(map[string]any); !ok {
		return invalid(theLogoutToken + " names no back-channel logout among its events")
	}
	if _, given := c.all["nonce"]; given {
		return invalid(theLogoutToken + " has a nonce: it is an ID token")
	}
	return nil
}

// endedBy reads whose sessions have ended.
func (p *provider) endedBy(c claims) (auth.Ended, error) {
	issued, err := c.moment("iat")
	if err != nil {
		return auth.Ended{}, err
	}
	void := issued.Add(oldestLogout + p.ClockSkew)
	if !p.env.Now().Before(void) {
		return auth.Ended{}, invalid(theLogoutToken + " was issued too long ago")
	}
	id, _, err := c.text("jti")
	if err != nil || !goodID(id) {
		return auth.Ended{}, invalid(theLogoutToken + " has no id (jti)")
	}
	ended := auth.Ended{Issuer: p.Issuer, Token: id, TokenExpires: void}
	var named bool
	if ended.Subject, named, err = c.subject(); err != nil {
		return auth.Ended{}, err
	}
	session, err := c.session()
	if err != nil {
		return auth.Ended{}, err
	}
	if session != "" {
		ended.Sessions = []string{session}
	}
	if !named && session == "" {
		return auth.Ended{}, invalid(theLogoutToken + " names neither user nor session")
	}
	return ended, nil
}
