package oidc_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
)

// FuzzLogoutClaims has the provider's own key sign any text: whatever it is, it is refused
// for a reason, or names somebody by ids that can be kept.
func FuzzLogoutClaims(f *testing.F) {
	e := &evil{clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), asked: map[string]int{}, published: []pair{signing(), curved()}}
	server := httptest.NewServer(e)
	f.Cleanup(server.Close)
	e.url = "http://127.0.0.1:1"
	good, err := json.Marshal(e.logout())
	if err != nil {
		f.Fatal(err)
	}
	e.url = server.URL
	c := e.config()
	c.Issuer, c.Discovery = "http://127.0.0.1:1", e.url+document
	p := e.open(f, c)
	for _, seed := range []string{string(good), "{}", "null", "[]", `{"aud":[1]}`, `{"exp":1e999}`, `{"sub":"a","sub":"b"}`, `{"_claim_names":{"a":"b"}}`, "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, claims []byte) {
		token := signBytes(t, curved(), jose.ES256, claims, nil)
		ended, err := p.End(t.Context(), url.Values{"logout_token": {token}}, "")
		var refusal *auth.Refusal
		switch {
		case err == nil && (ended.Issuer != c.Issuer || !auth.GoodSubject(ended.Token) || ended.Subject == "" && len(ended.Sessions) == 0):
			t.Errorf("%+v", ended)
		case err != nil && (!errors.As(err, &refusal) || refusal.Code != auth.RefusedInvalid || refusal.Cause == ""):
			t.Errorf("%v", err)
		}
	})
}

// FuzzToken takes any text for a token.
func FuzzToken(f *testing.F) {
	e := &evil{clock: time.Now(), asked: map[string]int{}, published: []pair{curved()}}
	server := httptest.NewServer(e)
	f.Cleanup(server.Close)
	e.url = server.URL
	for _, seed := range []string{"", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJFUzI1NiIsImp3ayI6e319.e30.AAAA", `{"payload":""}`} {
		f.Add(seed)
	}
	p := e.open(f, e.config())
	f.Fuzz(func(t *testing.T, token string) {
		_, err := p.End(t.Context(), url.Values{"logout_token": {token}}, "")
		var refusal *auth.Refusal
		if !errors.As(err, &refusal) || refusal.Code != auth.RefusedInvalid {
			t.Errorf("%v", err)
		}
	})
}
