package oidc_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
	"github.com/patchworkcare/patchwork/demo/idp"
)

// inKeycloak gives a realm with a user and two clients, by secret and by key, if there is a
// Keycloak.
func inKeycloak(t *testing.T) (k *idp.Keycloak, secret, keyed *real) {
	t.Helper()
	server := os.Getenv("PATCHWORK_TEST_KEYCLOAK")
	if server == "" {
		t.Skip("skipped: absent: PATCHWORK_TEST_KEYCLOAK is not set (make interop sets it)")
	}
	k, err := idp.NewKeycloak(t.Context(), server, os.Getenv("PATCHWORK_TEST_KEYCLOAK_PASSWORD"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Remove(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if err := k.AddUser(t.Context(), idp.User{Username: worker, Password: password, Name: "Leila Haddad", Email: "leila@riverside.example", Groups: []string{"Doctors"}}); err != nil {
		t.Fatal(err)
	}
	jwks, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: strange().public, KeyID: "ours", Use: "sig", Algorithm: "RS256"}}})
	if err != nil {
		t.Fatal(err)
	}
	secret = knownTo(t, k, idp.OIDCClient{ID: clientID, Secret: clientSecret})
	keyed = knownTo(t, k, idp.OIDCClient{ID: "by-key", JWKS: jwks, SigningAlg: "ES256", AuthenticationSigning: "RS256"})
	return k, secret, keyed
}

// knownTo registers a client, and hears what is posted to its back-channel logout.
func knownTo(t *testing.T, k *idp.Keycloak, client idp.OIDCClient) *real {
	t.Helper()
	r := &real{provider: &idp.OIDC{Issuer: k.Issuer}, ended: make(chan url.Values, 8), keyed: keyFile(t, strange().private)}
	hears := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		if req.ParseForm() == nil {
			r.ended <- req.PostForm
		}
	}))
	t.Cleanup(hears.Close)
	client.RedirectURIs, client.PostLogoutURIs, client.BackchannelURI, client.BackchannelSession = []string{base + "/return"}, []string{base + "/left"}, hears.URL, true
	if err := k.AddOIDC(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	return r
}

// ofKeycloak leaves out the scope of groups, which Keycloak's clients do not ask by.
func ofKeycloak(bend func(*oidc.Config)) func(*oidc.Config) {
	return func(c *oidc.Config) {
		c.Scopes = nil
		if bend != nil {
			bend(c)
		}
	}
}

// TestKeycloak: a provider that half of the field runs, by secret and by key.
func TestKeycloak(t *testing.T) {
	t.Parallel()
	k, r, keyed := inKeycloak(t)
	t.Run("by secret", func(t *testing.T) { throughKeycloak(t, k, r, ofKeycloak(nil)) })
	t.Run("by key", func(t *testing.T) { throughKeycloak(t, k, keyed, ofKeycloak(byKey(keyed))) })
	t.Run("a wrong secret is found out", func(t *testing.T) {
		p := r.open(t, ofKeycloak(func(c *oidc.Config) { c.ClientSecret = "not this one" }))
		steps := p.Test(t.Context())
		if last := steps[len(steps)-1]; last.OK || last.Name != "Show who we are" {
			t.Errorf("%+v", steps)
		}
	})
	t.Run("disabled", func(t *testing.T) {
		p := r.open(t, ofKeycloak(nil))
		proof, _ := newVisitor(t).signIn(p, auth.Ask{})
		if _, err := p.Recheck(t.Context(), proof.Subject, proof.Kept); err != nil {
			t.Fatal(err)
		}
		if err := k.Disable(t.Context(), worker); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Recheck(t.Context(), proof.Subject, proof.Kept); !errors.Is(err, auth.ErrGone) {
			t.Errorf("disabled: %v", err)
		}
	})
}

// throughKeycloak signs in, again, is ended there, signs in and leaves.
func throughKeycloak(t *testing.T, k *idp.Keycloak, r *real, bend func(*oidc.Config)) {
	p, v := r.open(t, bend), newVisitor(t)
	for _, step := range p.Test(t.Context()) {
		if !step.OK {
			t.Errorf("%+v", step)
		}
	}
	proof, typed := v.signIn(p, auth.Ask{})
	groups, _ := proof.Claims["groups"].([]any)
	if !typed || proof.Subject == "" || proof.Issuer != k.Issuer || proof.Session == "" || time.Since(proof.At) > time.Minute ||
		proof.Claims["name"] != "Leila Haddad" || proof.Claims["email"] != "leila@riverside.example" || !slices.Equal(groups, []any{"Doctors"}) {
		t.Errorf("typed %v: %+v", typed, proof)
	}
	if second, typed := v.signIn(p, auth.Ask{}); typed || second.Subject != proof.Subject || second.Session != proof.Session {
		t.Errorf("its session signs in without a password: typed %v", typed)
	}
	began := time.Now().Truncate(time.Second)
	third, typed := v.signIn(p, auth.Ask{Again: true, Hint: worker})
	if !typed || third.Subject != proof.Subject || third.At.Before(began) {
		t.Errorf("again means again: typed %v, at %v", typed, third.At)
	}
	keycloakEnds(t, k, r, p, third)
	keycloakLeaves(t, r, p, v)
}

// keycloakEnds: an administrator there ends the session, which is heard and asked.
func keycloakEnds(t *testing.T, k *idp.Keycloak, r *real, p way, proof auth.Proof) {
	t.Helper()
	kept, err := p.Recheck(t.Context(), proof.Subject, proof.Kept)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err = p.Recheck(t.Context(), proof.Subject, kept); err != nil {
		t.Fatal(err)
	}
	if err := k.End(t.Context(), worker); err != nil {
		t.Fatal(err)
	}
	ended, err := p.End(t.Context(), r.heard(t), "")
	if err != nil || ended.Issuer != proof.Issuer || !slices.Equal(ended.Sessions, []string{proof.Session}) || ended.Subject != "" && ended.Subject != proof.Subject || ended.Token == "" {
		t.Errorf("%+v %v", ended, err)
	}
	if _, err := p.Recheck(t.Context(), proof.Subject, kept); !errors.Is(err, auth.ErrGone) {
		t.Errorf("after the end: %v", err)
	}
}

func keycloakLeaves(t *testing.T, r *real, p way, v *visitor) {
	t.Helper()
	proof, typed := v.signIn(p, auth.Ask{})
	if !typed {
		t.Error("the session there has ended")
	}
	address, err := p.Leave(t.Context(), proof.Subject, proof.Kept, "bye")
	if err != nil {
		t.Fatal(err)
	}
	if back, asked := v.visit(address, url.Values{}); asked || back.Get("state") != "bye" {
		t.Errorf("asked %v: %v", asked, back)
	}
	if ended, err := p.End(t.Context(), r.heard(t), ""); err != nil || !slices.Equal(ended.Sessions, []string{proof.Session}) {
		t.Errorf("%+v %v", ended, err)
	}
	if _, typed := v.signIn(p, auth.Ask{}); !typed {
		t.Error("it left, and the session there stands")
	}
}
