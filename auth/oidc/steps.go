package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// Test tries the provider anew, whatever is kept of it; see auth.Provider. Nobody signs in.
func (p *provider) Test(ctx context.Context) []auth.Step {
	var (
		t steps
		m *metadata
	)
	t.try("Find the provider's configuration", func() (string, error) {
		found, err := p.readMetadata(ctx)
		m = found
		return "Found at " + p.discoveryURL(), err
	})
	t.try("Compare the issuer", func() (string, error) { return p.comparedIssuer(m), p.sameIssuer(m) })
	t.try("Check the provider's addresses", func() (string, error) {
		return "All that are needed are there, and protected", p.goodEndpoints(m)
	})
	t.try("Read the provider's keys", func() (string, error) {
		keys, err := p.readKeys(ctx, m)
		return fmt.Sprintf("%d may sign tokens", len(keys)), err
	})
	t.try("Agree on signatures", func() (string, error) { return p.agreed(m) })
	t.try("Look for PKCE", func() (string, error) { return challenges(m) })
	t.try("Show who we are", func() (string, error) { return p.shown(ctx, m) })
	t.try("Look for what else is offered", func() (string, error) { return p.offers(m), nil })
	return t
}

// steps stop at the first that fails.
type steps []auth.Step

func (t *steps) try(name string, step func() (string, error)) {
	if n := len(*t); n > 0 && !(*t)[n-1].OK {
		return
	}
	detail, err := step()
	if err != nil {
		detail = err.Error()
	}
	*t = append(*t, auth.Step{Name: name, OK: err == nil, Detail: detail})
}

func (p *provider) comparedIssuer(m *metadata) string {
	if m.Issuer != p.Issuer {
		return "The document is another issuer's, as discovery allows; tokens must still be of " + p.Issuer
	}
	return "It is " + p.Issuer
}

func (p *provider) agreed(m *metadata) (string, error) {
	if len(m.Algs) == 0 {
		return "The provider does not say with what it signs", nil
	}
	var both []string
	for _, alg := range p.SigningAlgs {
		if slices.Contains(m.Algs, alg) {
			both = append(both, alg)
		}
	}
	if len(both) == 0 {
		return "", errors.New("the provider signs with nothing that id_token_signed_response_alg allows")
	}
	return strings.Join(both, ", "), nil
}

// challenges: a provider that lists others only would refuse ours, or worse, ignore it.
func challenges(m *metadata) (string, error) {
	switch {
	case len(m.Challenges) == 0:
		return "The provider does not say whether it checks PKCE; it is sent anyway", nil
	case !slices.Contains(m.Challenges, "S256"):
		return "", errors.New("the provider does not take PKCE by S256 (RFC 7636 §4.2)")
	}
	return "The provider checks PKCE by S256", nil
}

// shown tries our credentials with a code that cannot be good: a provider that knows us
// refuses the code, one that does not refuses us.
func (p *provider) shown(ctx context.Context, m *metadata) (string, error) {
	_, err := p.exchange(ctx, m, url.Values{"grant_type": {"authorization_code"}, "code": {"a-code-that-was-never-given"},
		"redirect_uri": {p.returnAddress()}, "code_verifier": {strings.Repeat("a", 43)}})
	var refused refusedGrant
	switch {
	case err == nil:
		return "", errors.New("the provider gave tokens for a code that it never gave")
	case !errors.As(err, &refused):
		return "", err
	case refused == "invalid_client", refused == "unauthorized_client":
		return "", refused
	case refused == "invalid_grant":
		return "The provider knows us, and refuses a code that it never gave", nil
	}
	return "The provider refuses a code that it never gave, and does not say whether it knows us", nil
}

func (p *provider) offers(m *metadata) string {
	word := func(offered bool, yes, no string) string {
		if offered {
			return yes
		}
		return no
	}
	return strings.Join([]string{
		word(m.EndSession != "", "people can sign out there too", "people cannot sign out there"),
		word(m.BackChannel, "it ends sessions here at once, if "+p.env.Base+"/logout is registered as back-channel logout address", "it does not say that it ends sessions here"),
		word(slices.Contains(m.Grants, "refresh_token") || slices.Contains(m.Scopes, "offline_access"), "accounts can be re-checked by refresh tokens", "it does not say whether accounts can be re-checked"),
	}, "; ")
}
