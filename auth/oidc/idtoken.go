package oidc

import (
	"context"
	"time"
)

const theIDToken = "the ID token"

// idToken judges an ID token by everything but the attempt it is for: signature, issuer,
// audience, times, subject, and that it belongs to the access token beside it.
func (p *provider) idToken(ctx context.Context, given grant) (claims, error) {
	if given.ID == "" {
		return claims{}, invalid(tokenEndpoint + " gave no ID token: is openid among the scopes?")
	}
	c, token, err := p.signed(ctx, given.ID, theIDToken, "", "jwt")
	if err != nil {
		return claims{}, err
	}
	if err := p.judge(c); err != nil {
		return claims{}, err
	}
	if _, given, err := c.subject(); err != nil {
		return claims{}, err
	} else if !given {
		return claims{}, invalid(theIDToken + " has no subject")
	}
	// OIDC Core §3.1.3.8.
	if _, bound := c.all["at_hash"]; bound && (!c.is("at_hash", token.AccessTokenHash) || token.VerifyAccessToken(given.Access) != nil) {
		return claims{}, invalid(theIDToken + " belongs to another access token (at_hash)")
	}
	return c, nil
}

// provedAt gives when the user proved who they are: not before the ask if it was to be done
// again (OIDC Core §3.1.2.1 max_age), give or take the clocks.
func (p *provider) provedAt(c claims, a attempt) (time.Time, error) {
	at, err := c.moment("auth_time")
	switch {
	case err != nil:
		return time.Time{}, err
	case at.After(p.env.Now().Add(p.ClockSkew)):
		return time.Time{}, invalid(theIDToken + "'s auth_time is in the future: compare the clocks")
	case a.Again && at.IsZero():
		return time.Time{}, invalid(theIDToken + " does not say when the user proved who they are (auth_time)")
	case a.Again && at.Before(a.asked().Add(-p.ClockSkew)):
		return time.Time{}, invalid("the user did not prove again who they are: auth_time is before the ask")
	}
	return at, nil
}
