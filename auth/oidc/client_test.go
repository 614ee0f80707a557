package oidc_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// client is a Client for the provider, whose owner knows where it stands.
func (e *evil) client(t *testing.T, change func(*oidc.ClientConfig)) *oidc.Client {
	t.Helper()
	c := oidc.ClientConfig{Config: *e.config(), Inside: true, Find: func(context.Context, *oidc.Client) (oidc.Endpoints, error) {
		return oidc.Endpoints{Authorize: e.url + "/authorize", Token: e.url + "/token", Keys: e.url + "/jwks", IssuerOnReply: true}, nil
	}}
	if change != nil {
		change(&c)
	}
	made, err := oidc.NewClient(c, auth.Env{Base: base, Log: slog.New(slog.DiscardHandler), Now: e.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { made.Close() })
	return made
}

// code has the provider give one for a request of ours.
func (e *evil) code(t *testing.T) url.Values {
	t.Helper()
	const challenge = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU" // of the verifier ""
	return e.authorize(t, e.url+"/authorize?"+url.Values{"state": {"s"}, "nonce": {"n"}, "redirect_uri": {base + "/return"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"}}.Encode())
}

func form(code string) url.Values {
	return url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {base + "/return"}, "code_verifier": {""}}
}

func TestAClientThatIsToldWhere(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	e.token = func(_ http.ResponseWriter, body map[string]any) bool { body["patient"] = "a"; return false }
	c := e.client(t, nil)
	if at, err := c.Endpoints(t.Context()); err != nil || at.Token != e.url+"/token" || !at.IssuerOnReply {
		t.Error(at, err)
	}
	code, err := c.Code(t.Context(), e.code(t))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := c.Exchange(t.Context(), form(code))
	if err != nil || tokens.Rest["patient"] != "a" || len(tokens.Rest) != 2 {
		t.Fatalf("%v %v", tokens.Rest, err)
	}
	proof, err := c.IDToken(t.Context(), tokens, "n")
	if err != nil || proof.Subject != subject || proof.Kept != nil {
		t.Errorf("%+v %v", proof, err)
	}
	_, err = c.IDToken(t.Context(), tokens, "another")
	isRefusal(t, err, "", "nonce")
	said, status, err := c.Read(t.Context(), e.url+"/userinfo", tokens.Access, "application/json", "a page")
	if err != nil || status != http.StatusOK || said["sub"] != subject {
		t.Error(said, status, err)
	}
	if said, status, err = c.Read(t.Context(), e.url+"/userinfo", "another", "application/json", "a page"); err != nil || status != http.StatusUnauthorized || said != nil {
		t.Error(said, status, err)
	}
	if n, err := c.Keys(t.Context(), e.url+"/jwks"); err != nil || n != 2 {
		t.Error(n, err)
	}
	if c.Published() != nil {
		t.Error("a secret is no key")
	}
}

func TestAClientsRefusals(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	e.path["/away"], e.path["/page"] = redirect(302, "/page"), webPage
	c := e.client(t, nil)
	_, err := c.Try(t.Context(), oidc.Endpoints{Token: e.url + "/token"}, form("none"))
	if code, ok := oidc.GrantCode(err); !ok || code != "invalid_grant" {
		t.Error(code, err)
	}
	if _, ok := oidc.GrantCode(errors.New("another")); ok || oidc.ByClock(err) {
		t.Error("told apart wrongly")
	}
	isRefusal(t, c.Document(t.Context(), e.url+"/away", "a document", new(any)), "", "redirects elsewhere")
	isRefusal(t, c.Document(t.Context(), e.url+"/page", "a document", &struct{}{}), "", "a document is no JSON")
	if status, location, err := c.Look(t.Context(), e.url+"/away", "a page"); err != nil || status != 302 || location != "/page" {
		t.Error(status, location, err)
	}
	_, _, err = c.Read(t.Context(), e.url+"/page", "a", "application/json", "a page")
	isRefusal(t, err, "", "no JSON object")
	outside := e.client(t, func(c *oidc.ClientConfig) { c.Inside = false })
	for _, address := range []string{e.url + "/jwks", strings.Replace(e.url, "127.0.0.1", "localhost", 1) + "/jwks"} {
		before := e.times("/jwks")
		_, err := outside.Keys(t.Context(), address)
		isRefusal(t, err, auth.RefusedUnavailable, "inside this network")
		if e.times("/jwks") != before {
			t.Error("it was asked")
		}
	}
	lost := e.client(t, func(c *oidc.ClientConfig) {
		c.Find = func(context.Context, *oidc.Client) (oidc.Endpoints, error) {
			return oidc.Endpoints{}, errors.New("lost")
		}
	})
	for _, err := range []error{second(lost.Endpoints(t.Context())), second(lost.Code(t.Context(), e.code(t))), second(lost.Exchange(t.Context(), form("a")))} {
		if err == nil || err.Error() != "lost" {
			t.Error(err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestAClientsKey signs with what the owner's standard says, and is published without its
// private half; a public client proves nothing.
func TestAClientsKey(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	e.claims = func(c map[string]any) { c["exp"] = e.clock.Unix() - 100 }
	c := e.client(t, func(c *oidc.ClientConfig) {
		c.ClientSecret, c.PrivateKeyFile, c.KeyID, c.RSAAlg = "", keyFile(t, strange().private), "k1", "RS512"
	})
	e.clientKey = strange().public
	tokens, err := c.Exchange(t.Context(), form(e.code(t).Get("code")))
	if err != nil || e.assertion["alg"] != "RS512" || e.assertion["kid"] != "k1" {
		t.Errorf("%v %v", e.assertion, err)
	}
	if _, err := c.IDToken(t.Context(), tokens, "n"); !oidc.ByClock(err) {
		t.Error(err)
	}
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(c.Published(), &set); err != nil || len(set.Keys) != 1 || !set.Keys[0].IsPublic() || set.Keys[0].KeyID != "k1" || set.Keys[0].Algorithm != "RS512" {
		t.Errorf("%s", c.Published())
	}
	public := e.client(t, func(c *oidc.ClientConfig) { c.ClientSecret, c.Public = "", true })
	e.path["/token"] = func(w http.ResponseWriter, r *http.Request) {
		if _, _, basic := r.BasicAuth(); basic || r.FormValue("client_id") != clientID || r.Form.Has("client_secret") || r.Form.Has("client_assertion") {
			t.Error("a public client proved something")
		}
		reply(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
	}
	_, _ = public.Exchange(t.Context(), form("a"))
}
