package oidc_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
)

const event = "http://schemas.openid.net/event/backchannel-logout"

// logout are the claims of a good logout token.
func (e *evil) logout() map[string]any {
	now := e.now().Unix()
	return map[string]any{"iss": e.url, "sub": subject, "aud": clientID, "iat": now, "exp": now + 120, "jti": "message-1",
		"events": map[string]any{event: map[string]any{}}, "sid": "session-1"}
}

func end(t *testing.T, p way, token string) (auth.Ended, error) {
	t.Helper()
	return p.End(t.Context(), url.Values{"logout_token": {token}}, "")
}

func TestTheProviderEndsSessions(t *testing.T) {
	t.Parallel()
	for name, bend := range map[string]func(map[string]any){
		"user and session": func(map[string]any) {},
		"the user only":    func(c map[string]any) { delete(c, "sid") },
		"the session only": func(c map[string]any) { delete(c, "sub") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			p := e.open(t, e.config())
			claims := e.logout()
			bend(claims)
			for _, typ := range []string{"JWT", "logout+jwt", "application/logout+jwt"} {
				ended, err := end(t, p, sign(t, signing(), jose.RS256, claims, map[string]any{"typ": typ}))
				if err != nil {
					t.Fatal(err)
				}
				if ended.Issuer != e.url || ended.Token != "message-1" || !ended.TokenExpires.Equal(e.now().Add(6*time.Minute)) {
					t.Errorf("%+v", ended)
				}
				if _, bySub := claims["sub"]; bySub != (ended.Subject == subject) {
					t.Errorf("%+v", ended)
				}
				if _, bySid := claims["sid"]; bySid != (len(ended.Sessions) == 1 && ended.Sessions[0] == "session-1") {
					t.Errorf("%+v", ended)
				}
			}
		})
	}
}

func TestHostileLogoutTokens(t *testing.T) {
	t.Parallel()
	with := func(name string, value any) func(*evil, map[string]any) {
		return func(_ *evil, c map[string]any) {
			if c[name] = value; value == nil {
				delete(c, name)
			}
		}
	}
	off := func(name string, seconds int64) func(*evil, map[string]any) {
		return func(e *evil, c map[string]any) { c[name] = e.now().Unix() + seconds }
	}
	for _, h := range []struct {
		name, cause string
		bend        func(*evil, map[string]any)
		sign        func(*evil, map[string]any) string
	}{
		{name: "no events", cause: "names no back-channel logout", bend: with("events", nil)},
		{name: "another event", cause: "names no back-channel logout", bend: with("events", map[string]any{"other": map[string]any{}})},
		{name: "events a list", cause: "names no back-channel logout", bend: with("events", []string{event})},
		{name: "events a string", cause: "names no back-channel logout", bend: with("events", event)},
		{name: "the event a string", cause: "names no back-channel logout", bend: with("events", map[string]any{event: "{}"})},
		{name: "the event null", cause: "names no back-channel logout", bend: with("events", map[string]any{event: nil})},
		{name: "with a nonce", cause: "has a nonce", bend: with("nonce", "a")},
		{name: "with an empty nonce", cause: "has a nonce", bend: with("nonce", "")},
		{name: "neither user nor session", cause: "neither user nor session", bend: func(_ *evil, c map[string]any) { delete(c, "sub"); delete(c, "sid") }},
		{name: "an empty user", cause: "subject is empty", bend: with("sub", "")},
		{name: "a session that is a list", cause: "sid is no string", bend: with("sid", []string{"session-1"})},
		{name: "another audience", cause: "audience is another", bend: with("aud", "other")},
		{name: "several audiences", cause: "azp", bend: with("aud", []string{clientID, "other"})},
		{name: "another issuer", cause: "issuer", bend: with("iss", "https://other.example")},
		{name: "expired", cause: "has expired", bend: off("exp", -120)},
		{name: "never expires", cause: "never expires", bend: with("exp", nil)},
		{name: "issued long ago", cause: "too long ago", bend: off("iat", -3600)},
		{name: "issued in the future", cause: "in the future", bend: off("iat", 120)},
		{name: "issued nobody knows when", cause: "when it was issued", bend: with("iat", nil)},
		{name: "no id", cause: "no id (jti)", bend: with("jti", nil)},
		{name: "an empty id", cause: "no id (jti)", bend: with("jti", "")},
		{name: "an id that is a number", cause: "no id (jti)", bend: with("jti", 1)},
		{name: "typ of an ID token", cause: "another type", sign: func(e *evil, c map[string]any) string {
			return sign(e.t, signing(), jose.RS256, c, map[string]any{"typ": "id_token"})
		}},
		{name: "alg none", cause: "algorithm", sign: func(_ *evil, c map[string]any) string {
			return unsigned(map[string]any{"alg": "none", "typ": "logout+jwt"}, c, "")
		}},
		{name: "HS256 by the client secret", cause: "algorithm", sign: func(e *evil, c map[string]any) string {
			return sign(e.t, pair{kid: "s1", private: []byte(clientSecret)}, jose.HS256, c, nil)
		}},
		{name: "by a key of somebody else", cause: "does not publish", sign: func(e *evil, c map[string]any) string {
			return sign(e.t, strange(), jose.RS256, c, nil)
		}},
		{name: "a claim twice", cause: "a claim twice", sign: func(e *evil, c map[string]any) string {
			text, _ := json.Marshal(c)
			return signBytes(e.t, signing(), jose.RS256, []byte(`{"sub":"admin",`+string(text[1:])), nil)
		}},
		{name: "no token at all", cause: "logout token", sign: func(*evil, map[string]any) string { return "" }},
		{name: "200 KiB", cause: "longer than 64 KiB", sign: func(*evil, map[string]any) string { return strings.Repeat("a.", 100<<10) }},
	} {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			p := e.open(t, e.config())
			claims := e.logout()
			if h.bend != nil {
				h.bend(e, claims)
			}
			if h.sign == nil {
				h.sign = func(e *evil, c map[string]any) string { return sign(t, signing(), jose.RS256, c, nil) }
			}
			ended, err := end(t, p, h.sign(e, claims))
			if ended.Issuer != "" {
				t.Error("a refusal ends nothing")
			}
			isRefusal(t, err, "", h.cause)
		})
	}
}

// TestAnIDTokenEndsNothing: the browser has one, and so has whoever took it.
func TestAnIDTokenEndsNothing(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	proof, err := e.signIn(t, p, auth.Ask{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var kept struct {
		ID string `json:"id_token"`
	}
	if err := json.Unmarshal(proof.Kept, &kept); err != nil || kept.ID == "" {
		t.Fatal(err)
	}
	_, err = end(t, p, kept.ID)
	isRefusal(t, err, "", "names no back-channel logout")
	_, err = p.End(t.Context(), url.Values{"logout_token": {kept.ID, kept.ID}}, "")
	isRefusal(t, err, "", "not exactly one")
}

// TestALogoutTokenSignsNobodyIn: the same the other way round.
func TestALogoutTokenSignsNobodyIn(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	good := e.logout()
	e.sign = func(map[string]any) string { return sign(t, signing(), jose.RS256, good, nil) }
	_, err := e.signIn(t, e.open(t, e.config()), auth.Ask{}, nil)
	isRefusal(t, err, "", "nonce")
}
