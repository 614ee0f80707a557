package oidc_test

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/oidc"
)

func TestTheConnectionIsTried(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		bend func(*evil)
		conf func(*oidc.Config)
		// fails is the name of the step that fails, "" for none; says is in its detail.
		fails, says string
	}{
		{name: "all is well", says: "people can sign out there too"},
		{name: "down", fails: "Find the provider's configuration", says: "status 503", bend: at(document, status(503, ""))},
		{name: "another issuer", fails: "Compare the issuer", says: "another issuer", bend: says("issuer", "https://other.example")},
		{name: "no TLS", fails: "Check the provider's addresses", says: "token_endpoint", bend: says("token_endpoint", "http://login.example/token")},
		{name: "no keys", fails: "Read the provider's keys", says: "none that signs", bend: at(jwks, status(200, `{"keys":[]}`))},
		{name: "other signatures", fails: "Agree on signatures", says: "id_token_signed_response_alg", bend: says("id_token_signing_alg_values_supported", []string{"HS256", "none"})},
		{name: "PKCE in the clear only", fails: "Look for PKCE", says: "S256", bend: says("code_challenge_methods_supported", []string{"plain"})},
		{name: "says nothing of PKCE", says: "people can", bend: says("code_challenge_methods_supported", nil)},
		{name: "another secret", fails: "Show who we are", says: "client_id and the secret", conf: func(c *oidc.Config) { c.ClientSecret = "another" }},
		{name: "gives tokens to anybody", fails: "Show who we are", says: "never gave", bend: at("/token", status(200, `{"access_token":"a","token_type":"Bearer"}`))},
		{name: "does not say", says: "people can", bend: at("/token", status(400, `{"error":"invalid_request"}`))},
		{name: "token endpoint down", fails: "Show who we are", says: "status 500", bend: at("/token", status(500, ""))},
		{name: "offers nothing more", says: "cannot sign out there; it does not say that it ends", bend: func(e *evil) {
			e.metadata = func(m map[string]any) {
				delete(m, "end_session_endpoint")
				delete(m, "backchannel_logout_supported")
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			conf := e.config()
			if c.bend != nil {
				c.bend(e)
			}
			if c.conf != nil {
				c.conf(conf)
			}
			steps := e.open(t, conf).Test(t.Context())
			last := steps[len(steps)-1]
			if last.OK != (c.fails == "") || c.fails != "" && last.Name != c.fails || !strings.Contains(last.Detail, c.says) {
				t.Errorf("%+v", last)
			}
			for _, s := range steps[:len(steps)-1] {
				if !s.OK || s.Name == "" || s.Detail == "" {
					t.Errorf("%+v", s)
				}
			}
			if strings.Contains(last.Detail, clientSecret) || strings.Contains(last.Detail, "SECRET") {
				t.Errorf("%+v", last)
			}
		})
	}
}
