package oidc

import (
	"context"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// metadata is what a provider says of itself (OIDC Discovery §3, RFC 8414, RFC 9207 §3,
// RP-Initiated Logout §2.1, Back-Channel Logout §2.1).
type metadata struct {
	Issuer        string   `json:"issuer"`
	Authorize     string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Keys          string   `json:"jwks_uri"`
	UserInfo      string   `json:"userinfo_endpoint"`
	EndSession    string   `json:"end_session_endpoint"`
	TokenAuth     []string `json:"token_endpoint_auth_methods_supported"`
	Challenges    []string `json:"code_challenge_methods_supported"`
	Grants        []string `json:"grant_types_supported"`
	Scopes        []string `json:"scopes_supported"`
	Algs          []string `json:"id_token_signing_alg_values_supported"`
	IssuerOnReply bool     `json:"authorization_response_iss_parameter_supported"`
	BackChannel   bool     `json:"backchannel_logout_supported"`
}

// fetchMetadata reads the provider's configuration, and refuses one that is not the
// issuer's or sends us over the open network.
func (p *provider) fetchMetadata(ctx context.Context) (*metadata, error) {
	m, err := p.readMetadata(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.sameIssuer(m); err != nil {
		return nil, err
	}
	return m, p.goodEndpoints(m)
}

const configuration = "the provider's configuration"

func (p *provider) readMetadata(ctx context.Context) (*metadata, error) {
	body, err := p.wire.get(ctx, p.discoveryURL(), configuration)
	if err != nil {
		return nil, err
	}
	m := new(metadata)
	if !decode(body, m) {
		return nil, invalid(configuration + " is no JSON of the kind that OpenID Connect Discovery describes")
	}
	return m, nil
}

// sameIssuer is OIDC Discovery §4.3: else one provider could pass for another.
func (p *provider) sameIssuer(m *metadata) error {
	if p.Discovery == "" && m.Issuer != p.Issuer {
		return invalid(configuration + " names another issuer than the one configured")
	}
	return nil
}

func (p *provider) goodEndpoints(m *metadata) error {
	for _, e := range []struct {
		name, address string
		needed        bool
	}{
		{"authorization_endpoint", m.Authorize, true}, {"token_endpoint", m.Token, true}, {"jwks_uri", m.Keys, true},
		{"userinfo_endpoint", m.UserInfo, p.Config.UserInfo}, {"end_session_endpoint", m.EndSession, false},
	} {
		switch {
		case e.address == "" && e.needed:
			return invalid(configuration + " has no " + e.name)
		case e.address != "" && !p.goodEndpoint(e.address):
			return invalid(configuration + ": its " + e.name + " is no address that begins with https://")
		}
	}
	return nil
}

// goodEndpoint allows a query (RFC 6749 §3.1), and http only where the issuer is on this
// machine itself.
func (p *provider) goodEndpoint(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || strings.Contains(address, "#") {
		return false
	}
	return u.Scheme == "https" || p.onThisMachine() && u.Scheme == "http" && auth.Loopback(u.Hostname())
}
