package oidc

import (
	"context"
	"net/http"
	"strings"
)

const userInfo = "the provider's userinfo"

// userInfo asks for more claims of the user who has just signed in (OIDC Core §5.3). They must
// be of the same subject (§5.3.2), in JSON: a signed answer is refused.
func (p *provider) userInfo(ctx context.Context, m *metadata, access, subject string) (map[string]any, error) {
	got, err := p.read(ctx, m.UserInfo, access, "application/json", userInfo)
	switch {
	case err != nil:
		return nil, err
	case got.status != http.StatusOK:
		return nil, byStatus(got.status, userInfo)
	case strings.HasPrefix(got.media, "application/jwt"):
		return nil, invalid(userInfo + " is signed; have the provider send JSON")
	}
	said, ok := decodeObject(got.body)
	if !ok {
		return nil, invalid(userInfo + " is no JSON object, or has a claim twice")
	}
	if !(claims{all: said}).is("sub", subject) {
		return nil, invalid(userInfo + " is another user's")
	}
	return said, nil
}

// read gets what an access token opens.
func (p *provider) read(ctx context.Context, address, access, media, what string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, invalid(what + ": its address is no address")
	}
	if strings.ContainsFunc(access, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return answer{}, invalid(tokenEndpoint + " gave an access token that cannot be sent") // RFC 6750 §2.1
	}
	req.Header.Set("Authorization", "Bearer "+access)
	req.Header.Set("Accept", media)
	return p.wire.do(req, what)
}
