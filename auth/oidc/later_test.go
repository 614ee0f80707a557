package oidc_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

func keptOf(t *testing.T, kept []byte) (all map[string]string) {
	t.Helper()
	if err := json.Unmarshal(kept, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheAccountIsRechecked(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	proof, err := e.signIn(t, p, auth.Ask{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	first := proof.Kept
	second, err := p.Recheck(t.Context(), subject, first)
	if err != nil {
		t.Fatal(err)
	}
	if was, is := keptOf(t, first), keptOf(t, second); is["refresh_token"] == "" || is["refresh_token"] == was["refresh_token"] || is["id_token"] == was["id_token"] || is["id_token"] == "" {
		t.Error("the new refresh token and ID token are kept")
	}
	// A provider may give neither anew (RFC 6749 §6): the old ones go on.
	e.token = func(_ http.ResponseWriter, body map[string]any) bool {
		delete(body, "id_token")
		delete(body, "refresh_token")
		return false
	}
	third, err := p.Recheck(t.Context(), subject, second)
	if err != nil || string(third) != string(second) {
		t.Errorf("%v", err)
	}
	if _, err := p.Recheck(t.Context(), subject, first); !errors.Is(err, auth.ErrGone) {
		t.Errorf("used already: %v", err)
	}
}

func TestWhoCannotBeRecheckedStays(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	for _, kept := range []string{"", "x", "{}", `{"id_token":"a"}`} {
		if after, err := p.Recheck(t.Context(), subject, []byte(kept)); err != nil || string(after) != kept {
			t.Errorf("%q: %q %v", kept, after, err)
		}
	}
	if e.times("/token") != 0 {
		t.Error("nothing to ask with")
	}
}

func TestARecheckThatIsRefused(t *testing.T) {
	t.Parallel()
	for _, h := range []hostile{
		{name: "another user", cause: "another user's", bend: with("sub", "somebody-else")},
		{name: "another issuer", cause: "issuer", bend: with("iss", "https://other.example")},
		{name: "another audience", cause: "audience", bend: with("aud", "other")},
		{name: "another sign-in", cause: "another sign-in", bend: with("nonce", "another")},
		{name: "expired", cause: "expired", bend: off("exp", -3600)},
		{name: "500", code: auth.RefusedUnavailable, cause: "status 500", bend: at("/token", status(500, ""))},
		{name: "who we are", cause: "invalid_client", bend: at("/token", status(401, `{"error":"invalid_client"}`))},
		{name: "no tokens", cause: "no bearer token", bend: at("/token", status(200, `{}`))},
	} {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			p := e.open(t, e.config())
			proof, err := e.signIn(t, p, auth.Ask{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			h.bend(e)
			after, err := p.Recheck(t.Context(), subject, proof.Kept)
			if after != nil || errors.Is(err, auth.ErrGone) {
				t.Errorf("%s %v", after, err)
			}
			isRefusal(t, err, h.code, h.cause)
		})
	}
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	proof, err := e.signIn(t, p, auth.Ask{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range [][]byte{proof.Kept, nil, []byte("x")} {
		address, err := p.Leave(t.Context(), subject, kept, "the-state")
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(address)
		if err != nil || !strings.HasPrefix(address, e.url+"/end?") {
			t.Fatal(address, err)
		}
		q := u.Query()
		if q.Get("realm") != "staff" || q.Get("client_id") != clientID || q.Get("post_logout_redirect_uri") != base+"/left" || q.Get("state") != "the-state" {
			t.Error(address)
		}
		if hint := q.Get("id_token_hint"); (len(kept) > 1) != (hint != "") {
			t.Errorf("hint %q", hint)
		}
	}
}

func TestNowhereToLeaveTo(t *testing.T) {
	t.Parallel()
	no := false
	for name, change := range map[string]func(*evil, *oidc.Config){
		"not offered there": func(e *evil, _ *oidc.Config) { says("end_session_endpoint", nil)(e) },
		"not wanted here":   func(_ *evil, c *oidc.Config) { c.PostLogout = &no },
	} {
		e := newEvil(t)
		c := e.config()
		change(e, c)
		if address, err := e.open(t, c).Leave(t.Context(), subject, nil, "state"); address != "" || err != nil {
			t.Errorf("%s: %q %v", name, address, err)
		}
	}
}

// TestALongTokenIsNoHint: an address that is cut off would not sign out.
func TestALongTokenIsNoHint(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	with("groups", strings.Repeat("x", 5000))(e)
	proof, err := e.signIn(t, e.open(t, e.config()), auth.Ask{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if kept := keptOf(t, proof.Kept); kept["id_token"] != "" || kept["refresh_token"] == "" {
		t.Errorf("%v", len(kept["id_token"]))
	}
}
