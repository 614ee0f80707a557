package oidc

import (
	"context"
	"encoding/json"
	"net/url"
)

// Leave is OpenID Connect RP-Initiated Logout 1.0 §2; see auth.Leaver.
func (p *provider) Leave(ctx context.Context, _ string, before []byte, state string) (string, error) {
	if !*p.PostLogout {
		return "", nil
	}
	m, err := p.metadata.get(ctx)
	if err != nil || m.EndSession == "" {
		return "", err
	}
	u, err := url.Parse(m.EndSession)
	if err != nil {
		return "", invalid(configuration + ": its end_session_endpoint is no address")
	}
	q := u.Query()
	q.Set("client_id", p.ClientID)
	q.Set("post_logout_redirect_uri", p.env.Base+"/left")
	q.Set("state", state)
	var k kept
	if json.Unmarshal(before, &k) == nil && k.ID != "" {
		q.Set("id_token_hint", k.ID)
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}
