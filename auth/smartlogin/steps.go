package smartlogin

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// Test tries the EPR anew, whatever is kept of it, as far as that goes without a user. It
// stops at the first step that fails.
func (e *EPR) Test(ctx context.Context) []auth.Step {
	var (
		t steps
		p *published
	)
	t.try("Find the EPR's SMART configuration", func() (detail string, err error) {
		p, err = e.published(ctx)
		return "Found for " + e.Iss, err
	})
	t.try("Check the EPR's addresses", func() (string, error) {
		return "All that are needed are there, protected, and where they may stand", e.judge(p)
	})
	t.try("Read the EPR's keys", func() (string, error) {
		n, err := e.client.Keys(ctx, p.Keys)
		return fmt.Sprintf("%d may sign ID tokens of %s", n, e.Issuer), err
	})
	t.try("Look for the launch", func() (string, error) { return capable(p) })
	t.try("Look for PKCE", func() (string, error) { return challenges(p) })
	t.try("Show who we are", func() (string, error) { return e.shown(ctx, p) })
	t.try("Ask to come back", func() (string, error) { return e.returns(ctx, p) })
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

func capable(p *published) (string, error) {
	switch {
	case len(p.Capabilities) == 0:
		return "The EPR does not say what it can do; it is asked anyway", nil
	case !slices.Contains(p.Capabilities, "launch-ehr"):
		return "", errors.New("the EPR launches no apps: its capabilities lack launch-ehr")
	}
	return "The EPR launches apps", nil
}

// challenges: an EPR that lists others only would refuse ours, or worse, ignore it.
func challenges(p *published) (string, error) {
	switch {
	case len(p.Challenges) == 0:
		return "The EPR does not say whether it checks PKCE; it is sent anyway", nil
	case !slices.Contains(p.Challenges, "S256"):
		return "", errors.New("the EPR does not take PKCE by S256 (RFC 7636 §4.2)")
	}
	return "The EPR checks PKCE by S256", nil
}

// shown tries our credentials with a code that cannot be good: an EPR that knows us refuses
// the code, one that does not refuses us.
func (e *EPR) shown(ctx context.Context, p *published) (string, error) {
	_, err := e.client.Try(ctx, p.endpoints(), url.Values{"grant_type": {"authorization_code"}, "code": {"a-code-that-was-never-given"},
		"redirect_uri": {e.returnAddress()}, "code_verifier": {strings.Repeat("a", 43)}})
	code, refused := oidc.GrantCode(err)
	switch {
	case err == nil:
		return "", errors.New("the EPR gave tokens for a code that it never gave")
	case !refused, grantCodes[code] == CodeClient:
		return "", err
	case code == "invalid_grant":
		return "The EPR knows us, and refuses a code that it never gave", nil
	}
	return "The EPR refuses a code that it never gave, and does not say whether it knows us", nil
}

// returns opens the EPR's authorize endpoint with a launch that was never made: one that does
// not know our address shows an error itself, for it must not send the browser there (RFC 6749
// §4.1.2.1).
func (e *EPR) returns(ctx context.Context, p *published) (string, error) {
	a := asked{Nonce: "a-nonce", Verifier: strings.Repeat("a", 43)}
	status, location, err := e.client.Look(ctx, e.authorizeURL(p.Authorize, "a-state", "a-launch-that-was-never-made", a), "the EPR's authorization endpoint")
	switch {
	case err != nil:
		return "", err
	case status >= 400:
		return "", fmt.Errorf("the EPR answered with status %d instead of sending the browser back: register the redirect address %s there, letter by letter, and check client_id", status, e.returnAddress())
	case strings.HasPrefix(location, e.returnAddress()+"?"):
		return "The EPR sends the browser back to " + e.returnAddress(), nil
	}
	return "The EPR shows its own page first; the redirect address to register there is " + e.returnAddress(), nil
}
