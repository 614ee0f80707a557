package smart_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

func TestAClientBeginsWhenItIsApproved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		c := app()
		c.Method = smart.Secret
		made, secret, err := h.Propose(h.admin, c)
		if err != nil || made.State != smart.Proposed || len(secret) != 43 {
			t.Fatal(made, len(secret), err)
		}
		if _, err := h.GetClient(ctx, made.ID); !errors.Is(err, fosite.ErrNotFound) {
			t.Error("a proposed client begins:", err)
		}
		for range 2 {
			if err := h.Approve(h.admin, made.ID); err != nil {
				t.Fatal(err)
			}
		}
		got, err := h.other.Find(ctx, made.ID)
		if err != nil || got.State != smart.Approved || got.Name != c.Name || got.LaunchURL != c.LaunchURL || got.ProposedBy != "Ada Lovelace" || got.ApprovedBy != "Ada Lovelace" ||
			got.Approved.IsZero() || !got.Proposed.Equal(made.Proposed) || !slices.Equal(got.Scopes, c.Scopes) || !slices.Equal(got.RedirectURIs, c.RedirectURIs) {
			t.Errorf("%+v, %v", got, err)
		}
		if hash := got.GetHashedSecret(); (smart.Hasher{}).Compare(ctx, hash, []byte(secret)) != nil || smart.Hasher.Compare(smart.Hasher{}, ctx, hash, []byte(secret+"x")) == nil ||
			(smart.Hasher{}).Compare(ctx, nil, nil) == nil || strings.Contains(string(hash), secret) {
			t.Error("the secret is not kept as its hash")
		}
		if _, err := h.GetClient(ctx, made.ID); err != nil {
			t.Error(err)
		}
		h.exec(`INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ('client', ?, 1, 'Ada', 'It was stolen')`, made.ID)
		if _, err := h.other.GetClient(ctx, made.ID); !errors.Is(err, fosite.ErrNotFound) {
			t.Error("a client that is switched off goes on:", err)
		}
		if all, err := h.List(ctx); err != nil || len(all) != 1 || all[0].State != smart.Off {
			t.Error(all, err)
		}
		events, err := h.ledger.Events(ctx, audit.Filter{Limit: 10})
		if err != nil || len(events) != 2 {
			t.Errorf("%d events, %v", len(events), err)
		}
	})
}

func TestWhoMayNotChangeTheRegistry(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	if _, _, err := h.Propose(context.Background(), app()); !errors.Is(err, smart.ErrNobody) {
		t.Error(err)
	}
	if err := h.Approve(context.Background(), "x"); !errors.Is(err, smart.ErrNobody) {
		t.Error(err)
	}
	for _, id := range []string{"", "x", "\x00", "' OR 1=1 --"} {
		if err := h.Approve(h.admin, id); !errors.Is(err, smart.ErrNoClient) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestRedirectURIsAreComparedExactly(t *testing.T) {
	t.Parallel()
	c := app()
	c.RedirectURIs = append(c.RedirectURIs, "http://127.0.0.1:8080/callback")
	if !c.Redirects(callback) || !c.Redirects("http://127.0.0.1:8080/callback") {
		t.Error("what is registered is refused")
	}
	for _, uri := range []string{
		"", "https://app.example/callback/", "https://app.example/callback/x", "https://app.example/Callback", "https://APP.example/callback", "HTTPS://app.example/callback",
		"http://app.example/callback", "https://app.example:443/callback", "https://app.example/callback?x=1", "https://app.example/callback?", "https://app.example/callback#x",
		"https://app.example/x/../callback", "https://app.example//callback", "https://app.example/%63allback", "https://user@app.example/callback", "https://app.example.evil.example/callback",
		"https://app.example@evil.example/callback", "https://evil.example/callback", "https://sub.app.example/callback", "https://app.example./callback", "https://app.example\\@evil.example/callback",
		"https://app.example/callback\n", " https://app.example/callback", "https://аpp.example/callback", "javascript:alert(1)", "//app.example/callback", "/callback",
		"http://127.0.0.1:9090/callback", "http://127.0.0.1/callback", "http://localhost:8080/callback", "http://[::1]:8080/callback",
	} {
		if c.Redirects(uri) {
			t.Errorf("%q is taken", uri)
		}
	}
}

func TestWhatIsNotRegistered(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	for name, change := range map[string]func(*smart.Client){
		"no name":                 func(c *smart.Client) { c.Name = " " },
		"a misleading name":       func(c *smart.Client) { c.Name = "NHS\u202eppA" },
		"a long name":             func(c *smart.Client) { c.Name = strings.Repeat("x", 201) },
		"no method":               func(c *smart.Client) { c.Method = "" },
		"another method":          func(c *smart.Client) { c.Method = "client_secret_jwt" },
		"no redirect":             func(c *smart.Client) { c.RedirectURIs = nil },
		"http":                    func(c *smart.Client) { c.RedirectURIs = []string{"http://app.example/"} },
		"a name under localhost":  func(c *smart.Client) { c.RedirectURIs = []string{"http://a.localhost/"} },
		"a fragment":              func(c *smart.Client) { c.RedirectURIs = []string{callback + "#x"} },
		"an empty fragment":       func(c *smart.Client) { c.RedirectURIs = []string{callback + "#"} },
		"a user":                  func(c *smart.Client) { c.RedirectURIs = []string{"https://a@app.example/"} },
		"a wildcard":              func(c *smart.Client) { c.RedirectURIs = []string{"https://*.app.example/"} },
		"dot segments":            func(c *smart.Client) { c.RedirectURIs = []string{"https://app.example/a/../b"} },
		"a relative one":          func(c *smart.Client) { c.RedirectURIs = []string{"/callback"} },
		"no host":                 func(c *smart.Client) { c.RedirectURIs = []string{"https:///callback"} },
		"a script":                func(c *smart.Client) { c.RedirectURIs = []string{"javascript:alert(1)"} },
		"data":                    func(c *smart.Client) { c.RedirectURIs = []string{"data:text/html,x"} },
		"an app's own scheme":     func(c *smart.Client) { c.RedirectURIs = []string{"com.example.app:/callback"} },
		"capitals":                func(c *smart.Client) { c.RedirectURIs = []string{"https://App.example/"} },
		"a control character":     func(c *smart.Client) { c.RedirectURIs = []string{callback + "\n"} },
		"a backslash":             func(c *smart.Client) { c.RedirectURIs = []string{`https://app.example\@b/`} },
		"a bad launch URL":        func(c *smart.Client) { c.LaunchURL = "http://app.example/launch" },
		"no scopes":               func(c *smart.Client) { c.Scopes = nil },
		"an unknown scope":        func(c *smart.Client) { c.Scopes = []string{"openid", "everything"} },
		"a scope twice":           func(c *smart.Client) { c.Scopes = []string{"openid", "openid"} },
		"a position without need": func(c *smart.Client) { c.Position = &auth.Position{Role: auth.RoleGP} },
		"system scopes without a position": func(c *smart.Client) {
			c.Method, c.JWKS, c.Scopes = smart.Key, goodKeys(t), []string{"system/Patient.rs"}
		},
		"system scopes for a public client": func(c *smart.Client) { c.Scopes = []string{"system/Patient.rs"} },
		"an EPR without a key": func(c *smart.Client) {
			c.Launching = &smart.Launching{Apps: []string{"a"}, Organisations: []string{"RXX"}}
		},
		"an EPR that opens nothing": func(c *smart.Client) {
			c.Method, c.JWKS, c.Launching = smart.Key, goodKeys(t), &smart.Launching{}
		},
		"a frame with a path": func(c *smart.Client) {
			c.Launching = &smart.Launching{Prefill: true, Origins: []string{"https://epr.example/x"}}
		},
		"keys without need":    func(c *smart.Client) { c.JWKSURL = "https://app.example/jwks" },
		"a key client without": func(c *smart.Client) { c.Method = smart.Key },
		"keys over http":       func(c *smart.Client) { c.Method, c.JWKSURL = smart.Key, "http://app.example/jwks" },
		"keys that are none":   func(c *smart.Client) { c.Method, c.JWKS = smart.Key, "{}" },
		"a private key": func(c *smart.Client) {
			c.Method, c.JWKS = smart.Key, keySet(t, jose.JSONWebKey{Key: ec(t, elliptic.P384()), KeyID: "1"})
		},
		"a key without kid": func(c *smart.Client) {
			c.Method, c.JWKS = smart.Key, keySet(t, jose.JSONWebKey{Key: ec(t, elliptic.P384()).Public()})
		},
		"a symmetric key": func(c *smart.Client) {
			c.Method, c.JWKS = smart.Key, keySet(t, jose.JSONWebKey{Key: []byte("secret"), KeyID: "1"})
		},
		"a curve of no use": func(c *smart.Client) {
			c.Method, c.JWKS = smart.Key, keySet(t, jose.JSONWebKey{Key: ec(t, elliptic.P256()).Public(), KeyID: "1"})
		},
		"both sorts of key set": func(c *smart.Client) {
			c.Method, c.JWKS, c.JWKSURL = smart.Key, goodKeys(t), "https://app.example/jwks"
		},
		"a kid twice": func(c *smart.Client) {
			key := jose.JSONWebKey{Key: ec(t, elliptic.P384()).Public(), KeyID: "1"}
			c.Method, c.JWKS = smart.Key, keySet(t, key, key)
		},
	} {
		c := app()
		change(&c)
		var bad *smart.InputError
		if _, _, err := h.Propose(h.admin, c); !errors.As(err, &bad) || bad.Field == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := h.List(context.Background()); err != nil || len(all) != 0 {
		t.Error(all, err)
	}
}

func TestABackendServiceHasKeys(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	made, secret := h.approved(smart.Client{
		Name: "Registry", Method: smart.Key, JWKS: goodKeys(t), Scopes: []string{"system/Patient.rs"},
		Position: &auth.Position{Role: auth.RoleAnalyst, Organisation: record.Organisation{ODS: "QXX", Name: "Region"}},
	})
	got, err := h.GetClient(context.Background(), made.ID)
	if err != nil || secret != "" {
		t.Fatal(err)
	}
	keys := got.(fosite.OpenIDConnectClient).GetJSONWebKeys()
	if keys == nil || len(keys.Keys) != 2 || len(keys.Key("rsa")) != 1 || got.IsPublic() || !slices.Equal(got.GetGrantTypes(), fosite.Arguments{"client_credentials"}) {
		t.Errorf("%+v, %v", keys, got.GetGrantTypes())
	}
}

func ec(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func goodKeys(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return keySet(t, jose.JSONWebKey{Key: key.Public(), KeyID: "rsa"}, jose.JSONWebKey{Key: ec(t, elliptic.P384()).Public(), KeyID: "ec"})
}

func keySet(t *testing.T, keys ...jose.JSONWebKey) string {
	t.Helper()
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
