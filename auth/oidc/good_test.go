package oidc_test

import (
	"context"
	"net/url"
	"reflect"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
)

func TestAPersonSignsIn(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	proof, err := e.signIn(t, p, auth.Ask{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if proof.Issuer != e.url || proof.Subject != subject || proof.Session != "session-1" || !proof.At.Equal(e.now()) || len(proof.Kept) == 0 {
		t.Errorf("%+v", proof)
	}
	for name, want := range map[string]any{"name": "Sam Sample", "level": int64(3), "share": 0.5, "groups": []any{"Doctors"}} {
		if got := proof.Claims[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v", name, got)
		}
	}
	if _, there := proof.Claims["none"]; there {
		t.Error("null is no claim")
	}
}

func TestWhatTheBrowserIsSentWith(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.config()
	c.ACRValues, c.Prompt, c.Parameters = []string{"aal3", "aal2"}, "select_account", map[string]string{"vtr": `["P9.Cp.Cd"]`}
	p := e.open(t, c)
	for _, again := range []bool{false, true} {
		away, err := p.Begin(context.Background(), auth.Ask{State: "the-state", Hint: "sam", Again: again})
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(away.URL)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		want := map[string]string{"realm": "staff", "response_type": "code", "client_id": clientID, "redirect_uri": base + "/return", "scope": "openid profile email",
			"state": "the-state", "code_challenge_method": "S256", "acr_values": "aal3 aal2", "login_hint": "sam", "vtr": `["P9.Cp.Cd"]`, "prompt": "select_account", "max_age": ""}
		if again {
			want["prompt"], want["max_age"] = "login", "0"
		}
		for name, value := range want {
			if q.Get(name) != value {
				t.Errorf("again %v: %s is %q, not %q", again, name, q.Get(name), value)
			}
		}
		if len(q.Get("nonce")) < 22 || len(q.Get("code_challenge")) != 43 {
			t.Errorf("%v", q)
		}
	}
}

// TestGoodTokensOfEveryKind: what must be refused is told from what must not be.
func TestGoodTokensOfEveryKind(t *testing.T) {
	t.Parallel()
	for name, bend := range map[string]func(*evil){
		"several audiences": func(e *evil) {
			e.claims = func(c map[string]any) { c["aud"], c["azp"] = []string{"other", clientID}, clientID }
		},
		"no at_hash, sid or auth_time": func(e *evil) {
			e.claims = func(c map[string]any) { delete(c, "at_hash"); delete(c, "sid"); delete(c, "auth_time") }
		},
		"a clock 50 s ahead": func(e *evil) {
			e.claims = func(c map[string]any) { c["iat"], c["nbf"] = e.clock.Unix()+50, e.clock.Unix()+50 }
		},
		"expired 50 s ago by our clock": func(e *evil) { e.claims = func(c map[string]any) { c["exp"] = e.clock.Unix() - 50 } },
		"times with a fraction":         func(e *evil) { e.claims = func(c map[string]any) { c["exp"] = float64(e.clock.Unix()) + 60.5 } },
		"ES256": func(e *evil) {
			e.sign = func(c map[string]any) string { return sign(e.t, curved(), jose.ES256, c, nil) }
		},
		"PS256": func(e *evil) {
			e.sign = func(c map[string]any) string { return sign(e.t, signing(), jose.PS256, c, nil) }
		},
		"ES256 without kid, one such key": func(e *evil) {
			e.sign = func(c map[string]any) string {
				return sign(e.t, pair{"", "", curved().private, nil}, jose.ES256, c, nil)
			}
		},
		"the issuer on the reply, promised": func(e *evil) {
			e.metadata = func(m map[string]any) { m["authorization_response_iss_parameter_supported"] = true }
		},
		"the secret in the form": func(e *evil) {
			e.metadata = func(m map[string]any) { m["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"} }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			bend(e)
			if proof, err := e.signIn(t, e.open(t, e.config()), auth.Ask{Again: name == "PS256"}, nil); err != nil || proof.Subject != subject {
				t.Errorf("%+v %v", proof, err)
			}
		})
	}
}
