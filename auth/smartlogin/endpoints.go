package smartlogin

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// What an EPR publishes, as refusals name it.
const (
	smartConfiguration  = "the EPR's smart-configuration"
	openIDConfiguration = "the EPR's openid-configuration"
)

// published is what an EPR says of itself (SMART App Launch §2.1; OIDC Discovery §3).
type published struct {
	Issuer        string   `json:"issuer"`
	Authorize     string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Keys          string   `json:"jwks_uri"`
	TokenAuth     []string `json:"token_endpoint_auth_methods_supported"`
	Challenges    []string `json:"code_challenge_methods_supported"`
	Capabilities  []string `json:"capabilities"`
	IssuerOnReply bool     `json:"authorization_response_iss_parameter_supported"`
}

// find gives the EPR's endpoints: the stanza's, else those that stand at the configured iss,
// and nowhere else.
func (e *EPR) find(ctx context.Context, _ *oidc.Client) (oidc.Endpoints, error) {
	p, err := e.published(ctx)
	if err != nil {
		return oidc.Endpoints{}, discoveryFailed(err)
	}
	if err := e.judge(p); err != nil {
		return oidc.Endpoints{}, discoveryFailed(err)
	}
	return p.endpoints(), nil
}

func (p *published) endpoints() oidc.Endpoints {
	return oidc.Endpoints{Authorize: p.Authorize, Token: p.Token, Keys: p.Keys, TokenAuth: p.TokenAuth, IssuerOnReply: p.IssuerOnReply}
}

// published reads what the EPR says of itself, and puts the stanza's endpoints in the place of
// its own.
func (e *EPR) published(ctx context.Context) (*published, error) {
	p := new(published)
	if e.AuthorizationEndpoint == "" || e.TokenEndpoint == "" || e.JWKSURI == "" {
		if err := e.client.Document(ctx, strings.TrimSuffix(e.Iss, "/")+"/.well-known/smart-configuration", smartConfiguration, p); err != nil {
			return nil, err
		}
		if p.Issuer != "" && p.Issuer != e.Issuer {
			return nil, invalid(smartConfiguration + " names another issuer than the one configured: set `issuer` to it, if that is meant")
		}
		if p.Keys == "" && e.JWKSURI == "" {
			if err := e.findKeys(ctx, p); err != nil {
				return nil, err
			}
		}
	}
	for _, o := range []struct{ instead, of *string }{{&e.AuthorizationEndpoint, &p.Authorize}, {&e.TokenEndpoint, &p.Token}, {&e.JWKSURI, &p.Keys}} {
		if *o.instead != "" {
			*o.of = *o.instead
		}
	}
	return p, nil
}

// findKeys asks the OpenID configuration, for an EPR whose smart-configuration has no keys, as
// SMART 1 had it.
func (e *EPR) findKeys(ctx context.Context, p *published) error {
	var o published
	if err := e.client.Document(ctx, strings.TrimSuffix(e.Issuer, "/")+"/.well-known/openid-configuration", openIDConfiguration, &o); err != nil {
		return err
	}
	if o.Issuer != e.Issuer {
		return invalid(openIDConfiguration + " names another issuer than the one configured")
	}
	p.Keys = o.Keys
	return nil
}

// judge refuses endpoints that are missing, not protected, or elsewhere than the stanza says:
// what an EPR publishes must not lead our credentials and its patients to another host. The
// stanza's own endpoints were judged with it.
func (e *EPR) judge(p *published) error {
	for _, n := range []struct{ name, address, own string }{
		{"authorization_endpoint", p.Authorize, e.AuthorizationEndpoint}, {"token_endpoint", p.Token, e.TokenEndpoint}, {"jwks_uri", p.Keys, e.JWKSURI},
	} {
		switch {
		case n.address == "":
			return invalid(smartConfiguration + " has no " + n.name)
		case n.address == n.own:
		case !goodEndpoint(n.address, e.onThisMachine()):
			return invalid(smartConfiguration + ": its " + n.name + " is no address that begins with https://")
		case !slices.Contains(e.origins(), originOf(n.address)):
			return invalid(smartConfiguration + ": its " + n.name + " stands on another origin than iss: list that origin under endpoints_on, if it is the EPR's")
		}
	}
	return nil
}

// origins are those on which published endpoints may stand.
func (e *EPR) origins() []string {
	return append([]string{originOf(e.Iss), originOf(e.Issuer)}, e.EndpointsOn...)
}

// discoveryFailed tells an EPR that is down from one that is wrong.
func discoveryFailed(err error) error {
	var refusal *auth.Refusal
	if errors.As(err, &refusal) && refusal.Code == auth.RefusedInvalid {
		return Refuse(CodeDiscovery, refusal.Cause)
	}
	return err
}

func invalid(cause string) error { return auth.Refuse(auth.RefusedInvalid, cause) }
