package smartlogin_test

import (
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

func TestTheConnectionIsTried(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		bend func(*evil)
		conf func(*smartlogin.Config)
		// fails is the name of the step that fails, "" for none; says is in its detail.
		fails, says string
	}{
		{name: "all is well", says: "sends the browser back to"},
		{name: "down", fails: "Find the EPR's SMART configuration", says: "status 503", bend: at(smartConfig, status(503, ""))},
		{name: "another issuer", fails: "Find the EPR's SMART configuration", says: "set `issuer`", bend: says("issuer", "https://other.example")},
		{name: "inside", fails: "Find the EPR's SMART configuration", says: "private: true", conf: func(c *smartlogin.Config) { c.Private = false }},
		{name: "endpoints elsewhere", fails: "Check the EPR's addresses", says: "endpoints_on", bend: says("token_endpoint", "https://other.example/token")},
		{name: "no keys", fails: "Read the EPR's keys", says: "none that signs", bend: at("/jwks", status(200, `{"keys":[]}`))},
		{name: "launches nothing", fails: "Look for the launch", says: "launch-ehr", bend: says("capabilities", []string{"launch-standalone"})},
		{name: "does not say what it can do", says: "sends the browser back", bend: says("capabilities", absent{})},
		{name: "PKCE in the clear only", fails: "Look for PKCE", says: "S256", bend: says("code_challenge_methods_supported", []string{"plain"})},
		{name: "says nothing of PKCE", says: "sends the browser back", bend: says("code_challenge_methods_supported", absent{})},
		{name: "another secret", fails: "Show who we are", says: "invalid_client", conf: func(c *smartlogin.Config) { c.ClientSecret = "another" }},
		{name: "gives tokens to anybody", fails: "Show who we are", says: "never gave", bend: at("/token", status(200, `{"access_token":"a","token_type":"Bearer"}`))},
		{name: "does not say whether it knows us", says: "sends the browser back", bend: at("/token", status(400, `{"error":"invalid_request"}`))},
		{name: "token endpoint down", fails: "Show who we are", says: "status 500", bend: at("/token", status(500, ""))},
		{name: "does not know our address", fails: "Ask to come back", says: "register the redirect address https://care.example/auth/epr/river/return there, letter by letter", bend: at("/authorize", status(400, "SECRET"))},
		{name: "shows a page", says: "the redirect address to register there is", bend: at("/authorize", webPage)},
		{name: "leads to its own sign-in", says: "the redirect address to register there is", bend: at("/authorize", redirect(302, "/login"))},
		{name: "leads to what looks like ours", says: "the redirect address to register there is", bend: at("/authorize", redirect(302, "https://care.example/auth/epr/river/return.evil.example"))},
		{name: "authorization endpoint down", fails: "Ask to come back", says: "too long", bend: at("/authorize", slow), conf: impatient},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			conf := e.stanza()
			if c.bend != nil {
				c.bend(e)
			}
			if c.conf != nil {
				c.conf(conf)
			}
			epr, err := conf.Open(env(e))
			if err != nil {
				t.Fatal(err)
			}
			defer epr.Close()
			steps := epr.Test(t.Context())
			last := steps[len(steps)-1]
			if last.OK != (c.fails == "") || c.fails != "" && last.Name != c.fails || !strings.Contains(last.Detail, c.says) {
				t.Errorf("%+v", last)
			}
			for _, s := range steps[:len(steps)-1] {
				if !s.OK || s.Name == "" || s.Detail == "" {
					t.Errorf("%+v", s)
				}
			}
			if strings.Contains(last.Detail, "SECRET") {
				t.Errorf("%+v", last)
			}
		})
	}
}

// TestAKeyIsTried: a new key that the EPR does not know is named by the test.
func TestAKeyIsTried(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.stanza()
	e.asymmetric(t, c, ours(), jose.ES384)
	s := serve(t, e, c)
	if steps, ok := s.handler.Test(t.Context(), "river"); !ok || len(steps) != 7 || !steps[6].OK {
		t.Errorf("%+v", steps)
	}
	if _, ok := s.handler.Test(t.Context(), "lake"); ok {
		t.Error("there is no such launcher")
	}
	e.mu.Lock()
	e.client = oursRSA().public
	e.mu.Unlock()
	if steps, _ := s.handler.Test(t.Context(), "river"); steps[len(steps)-1].Name != "Show who we are" || !strings.Contains(steps[len(steps)-1].Detail, "invalid_client") {
		t.Errorf("%+v", steps)
	}
	if e.times("/authorize") != 1 {
		t.Error("it went on after the failure")
	}
}
