package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"github.com/patchworkcare/patchwork/auth"
)

// mostHint is how long an ID token may be that is kept to be a hint: browsers and proxies
// cut long addresses.
const mostHint = 4 << 10

// kept is what Recheck and Leave want to see again.
type kept struct {
	ID      string `json:"id_token,omitempty"`
	Refresh string `json:"refresh_token,omitempty"`
	Nonce   string `json:"nonce,omitempty"`
}

func keep(k kept) ([]byte, error) {
	if len(k.ID) > mostHint {
		k.ID = ""
	}
	return json.Marshal(k)
}

// Recheck uses the refresh token (RFC 6749 §6, OIDC Core §12); see auth.Rechecker. If the
// provider gave none, it cannot be asked: kept comes back as it was. Each refresh token is for
// one use at many providers: two re-checks of one session must not run at once, and what comes
// back must be stored.
func (p *provider) Recheck(ctx context.Context, subject string, before []byte) ([]byte, error) {
	var k kept
	if json.Unmarshal(before, &k) != nil || k.Refresh == "" {
		return before, nil
	}
	m, err := p.metadata.get(ctx)
	if err != nil {
		return nil, err
	}
	given, err := p.exchange(ctx, m, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {k.Refresh}})
	if errors.Is(err, refusedGrant("invalid_grant")) {
		return nil, auth.ErrGone
	}
	if err != nil {
		return nil, asRefusal(err)
	}
	return p.keepOn(ctx, subject, k, given)
}

// keepOn takes what a refresh gave. An ID token need not be among it; one that is must be of
// the same user and sign-in (OIDC Core §12.2).
func (p *provider) keepOn(ctx context.Context, subject string, k kept, given grant) ([]byte, error) {
	if given.ID != "" {
		c, err := p.idToken(ctx, given)
		if err != nil {
			return nil, err
		}
		if !c.is("sub", subject) {
			return nil, invalid("the refreshed ID token is another user's")
		}
		if _, named := c.all["nonce"]; named && !c.is("nonce", k.Nonce) {
			return nil, invalid("the refreshed ID token is of another sign-in (nonce)")
		}
		k.ID = given.ID
	}
	if given.Refresh != "" {
		k.Refresh = given.Refresh
	}
	return keep(k)
}
