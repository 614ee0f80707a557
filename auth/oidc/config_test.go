package oidc_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

func TestEveryMistakeOfAStanzaIsReported(t *testing.T) {
	t.Parallel()
	good := func() *oidc.Config {
		return &oidc.Config{Issuer: "https://login.example", ClientID: "a", ClientSecret: "b"}
	}
	if problems := good().Validate(); problems != nil {
		t.Error(problems)
	}
	for path, bends := range map[string][]func(*oidc.Config){
		"issuer": {
			func(c *oidc.Config) { c.Issuer = "" }, func(c *oidc.Config) { c.Issuer = "http://login.example" }, func(c *oidc.Config) { c.Issuer = "login.example" },
			func(c *oidc.Config) { c.Issuer = "https://login.example?a=b" }, func(c *oidc.Config) { c.Issuer = "https://login.example#" },
			func(c *oidc.Config) { c.Issuer = "https://a:b@login.example" }, func(c *oidc.Config) { c.Issuer = "http://127.0.0.1.example" },
			func(c *oidc.Config) { c.Issuer = "http://10.0.0.1" }, func(c *oidc.Config) { c.Issuer = "file:///etc/passwd" },
		},
		"discovery":                    {func(c *oidc.Config) { c.Discovery = "http://127.0.0.1/x" }, func(c *oidc.Config) { c.Discovery = "x" }},
		"client_id":                    {func(c *oidc.Config) { c.ClientID = "" }},
		"client_secret":                {func(c *oidc.Config) { c.ClientSecret = "" }, func(c *oidc.Config) { c.PrivateKeyFile = "x" }, func(c *oidc.Config) { c.ClientSecretFile = "x" }},
		"key_id":                       {func(c *oidc.Config) { c.KeyID = "x" }},
		"alg":                          {func(c *oidc.Config) { c.Alg = "RS256" }, func(c *oidc.Config) { c.ClientSecret, c.PrivateKeyFile, c.Alg = "", "x", "HS256" }},
		"scopes":                       {func(c *oidc.Config) { c.Scopes = []string{"profile"} }, func(c *oidc.Config) { c.Scopes = []string{"openid", "a b"} }},
		"acr_values":                   {func(c *oidc.Config) { c.ACRValues = []string{""} }},
		"prompt":                       {func(c *oidc.Config) { c.Prompt = "none" }},
		"parameters.nonce":             {func(c *oidc.Config) { c.Parameters = map[string]string{"nonce": "x"} }},
		"parameters.Redirect_URI":      {func(c *oidc.Config) { c.Parameters = map[string]string{"Redirect_URI": "x"} }},
		"parameters.code_challenge":    {func(c *oidc.Config) { c.Parameters = map[string]string{"code_challenge": "x"} }},
		"clock_skew":                   {func(c *oidc.Config) { c.ClockSkew = time.Hour }, func(c *oidc.Config) { c.ClockSkew = -1 }},
		"timeout":                      {func(c *oidc.Config) { c.Timeout = time.Hour }},
		"id_token_signed_response_alg": {func(c *oidc.Config) { c.SigningAlgs = []string{"none"} }, func(c *oidc.Config) { c.SigningAlgs = []string{"RS256", "HS256"} }, func(c *oidc.Config) { c.SigningAlgs = []string{"rs256"} }},
	} {
		for i, bend := range bends {
			c := good()
			bend(c)
			problems := c.Validate()
			if len(problems) != 1 || problems[0].Path != path || problems[0].Text == "" {
				t.Errorf("%s %d: %v", path, i, problems)
			}
		}
	}
	if n := len((&oidc.Config{}).Validate()); n != 3 {
		t.Errorf("an empty stanza has %d problems", n)
	}
}

// TestTheSampleIsAStanza, and so is each that stands in its comments.
func TestTheSampleIsAStanza(t *testing.T) {
	t.Parallel()
	first, others, _ := strings.Cut(oidc.Sample, "\n\n#")
	texts := []string{first, strings.ReplaceAll(first, "\n  # ", "\n  ")}
	for other := range strings.SplitSeq("#"+others, "\n\n") {
		_, stanza, _ := strings.Cut(other, "# connect:")
		texts = append(texts, strings.ReplaceAll("connect:"+stanza, "\n# ", "\n"))
	}
	if len(texts) < 6 {
		t.Fatalf("%d stanzas", len(texts))
	}
	for i, text := range texts {
		var stanza struct {
			Connect oidc.Config    `yaml:"connect"`
			Who     *claims.Rules  `yaml:"who"`
			Rest    map[string]any `yaml:",inline"`
		}
		d := yaml.NewDecoder(strings.NewReader(text))
		d.KnownFields(true)
		if err := d.Decode(&stanza); err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		if stanza.Who != nil {
			if _, problems := claims.Compile(*stanza.Who, []claims.Organisation{{ODS: "RRV01", Name: "Riverside", CareSetting: "acute"}}); problems != nil {
				t.Errorf("%v\n%s", problems, text)
			}
		}
		if i == 1 { // all comments at once: one secret too many, and an address left open
			continue
		}
		for _, problem := range stanza.Connect.Validate() {
			t.Errorf("%v\n%s", problem, text)
		}
	}
}

func keyFile(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return file(t, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func file(t *testing.T, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestByPrivateKey: the provider checks our assertion as OIDC Core §9 has it.
func TestByPrivateKey(t *testing.T) {
	t.Parallel()
	for _, kind := range []struct {
		key  pair
		alg  string
		sent string
	}{{strange(), "", "RS256"}, {strange(), "RS512", "RS512"}, {strange(), "PS256", "PS256"}, {curved(), "", "ES256"}} {
		e := newEvil(t)
		c := e.config()
		c.ClientSecret, c.PrivateKeyFile, c.KeyID, c.Alg = "", keyFile(t, kind.key.private), "ours", kind.alg
		e.clientKey = kind.key.public
		p := e.open(t, c)
		used := map[any]bool{}
		for range 2 {
			if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
				t.Fatal(err)
			}
			a, now := e.assertion, float64(e.now().Unix())
			if a["iss"] != clientID || a["sub"] != clientID || a["aud"] != e.url+"/token" || a["exp"] != now+60 || a["iat"] != now || a["kid"] != "ours" || a["alg"] != kind.sent {
				t.Errorf("%v", a)
			}
			if id, _ := a["jti"].(string); len(id) < 20 || used[id] {
				t.Errorf("jti %q", id)
			}
			used[a["jti"]] = true
		}
		e.mu.Lock()
		e.clientKey = rotated().public
		e.mu.Unlock()
		_, err := e.signIn(t, p, auth.Ask{}, nil)
		isRefusal(t, err, "", "invalid_client")
	}
}

func TestFilesOfAStanza(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.config()
	c.ClientSecret, c.ClientSecretFile = "", file(t, []byte(clientSecret+"\n"))
	if _, err := e.signIn(t, e.open(t, c), auth.Ask{}, nil); err != nil {
		t.Error(err)
	}
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	small, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(*oidc.Config){
		"no secret":        func(c *oidc.Config) { c.ClientSecretFile = "/does/not/exist" },
		"an empty secret":  func(c *oidc.Config) { c.ClientSecretFile = file(t, []byte(" \n")) },
		"no key":           func(c *oidc.Config) { c.PrivateKeyFile = "/does/not/exist" },
		"text for a key":   func(c *oidc.Config) { c.PrivateKeyFile = file(t, []byte("SECRET")) },
		"a weak key":       func(c *oidc.Config) { c.PrivateKeyFile = keyFile(t, weak) },
		"a small curve":    func(c *oidc.Config) { c.PrivateKeyFile = keyFile(t, small) },
		"alg of other key": func(c *oidc.Config) { c.PrivateKeyFile, c.Alg = keyFile(t, curved().private), "RS256" },
		"no CA":            func(c *oidc.Config) { c.CAFile = "/does/not/exist" },
		"text for a CA":    func(c *oidc.Config) { c.CAFile = file(t, []byte("SECRET")) },
	} {
		c := e.config()
		bend(c)
		if _, err := c.Open(context.Background(), auth.Env{Base: base, Log: slog.New(slog.DiscardHandler), Now: time.Now}); err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPrivateAuthority: over TLS, by a certificate that only ca_file vouches for.
func TestPrivateAuthority(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	server := httptest.NewUnstartedServer(e)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	t.Cleanup(server.Close)
	e.url = server.URL
	c := e.config()
	_, err := e.signIn(t, e.open(t, c), auth.Ask{}, nil)
	isRefusal(t, err, auth.RefusedUnavailable, "certificate is not trusted")
	c.CAFile = file(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	if _, err := e.signIn(t, e.open(t, c), auth.Ask{}, nil); err != nil {
		t.Error(err)
	}
}

// TestSharedDiscovery: as Entra ID's for all organisations, whose document names a pattern.
func TestSharedDiscovery(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	says("issuer", "https://login.example/{tenantid}/v2.0")(e)
	c := e.config()
	c.Discovery = e.url + document
	if _, err := e.signIn(t, e.open(t, c), auth.Ask{}, nil); err != nil {
		t.Error(err)
	}
	with("iss", "https://login.example/another/v2.0")(e)
	_, err := e.signIn(t, e.open(t, c), auth.Ask{}, nil)
	isRefusal(t, err, "", "issuer")
}

// TestUserInfoAdds: the token's own word stands.
func TestUserInfoAdds(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.config()
	c.UserInfo = true
	proof, err := e.signIn(t, e.open(t, c), auth.Ask{}, nil)
	if err != nil || proof.Claims["gmc"] != "1234567" || proof.Claims["name"] != "Sam Sample" {
		t.Errorf("%v %v", proof.Claims, err)
	}
}
