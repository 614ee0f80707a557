package smartlogin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

func env(e *evil) auth.Env {
	return auth.Env{ID: "river", Name: "Riverside EPR", Base: "https://care.example/auth/epr/river", Log: slog.New(slog.DiscardHandler), Now: e.now}
}

func TestEveryMistakeOfAStanzaIsReported(t *testing.T) {
	t.Parallel()
	type bend = func(*smartlogin.Config)
	good := func() *smartlogin.Config {
		return &smartlogin.Config{Iss: "https://epr.example/fhir", ClientID: "a", PrivateKeyFile: "x", KeyID: "1"}
	}
	iss := func(s string) bend { return func(c *smartlogin.Config) { c.Iss = s } }
	for _, ok := range []bend{
		func(*smartlogin.Config) {}, iss("https://epr.example:8443/fhir/"), iss("https://epr.example"), iss("https://epr.example/"),
		func(c *smartlogin.Config) { c.Iss, c.Private = "http://127.0.0.1:8080/fhir", true }, func(c *smartlogin.Config) { c.Iss, c.Private = "https://10.1.2.3/fhir", true },
		func(c *smartlogin.Config) {
			c.EndpointsOn = []string{"https://login.example", "https://login.example:8443"}
		},
		func(c *smartlogin.Config) { c.TokenEndpoint = "https://login.example/token?tenant=a" },
		func(c *smartlogin.Config) { c.PrivateKeyFile, c.KeyID, c.Public = "", "", true },
		func(c *smartlogin.Config) { c.Patient = "a[0].b[type=x y.z].c-d" },
	} {
		c := good()
		ok(c)
		if problems := c.Validate(); problems != nil {
			t.Errorf("%+v: %v", c, problems)
		}
	}
	for path, bends := range map[string][]bend{
		"iss": {
			iss(""), iss("epr.example"), iss("http://epr.example/fhir"), iss("https://epr.example/fhir?a=b"), iss("https://epr.example/fhir?"), iss("https://epr.example/fhir#"), iss("https://a@epr.example/fhir"),
			iss("https://EPR.example/fhir"), iss("https://epr.example/fhir//"), iss("https://epr.example//fhir"), iss("https://epr.example/a/../fhir"), iss("https://epr.example/%66hir"), iss("https://epr.example./fhir"),
			iss("https://epr.example/f hir"), iss("https:\\\\epr.example\\fhir"), iss("file:///etc/passwd"), iss("https://épr.example/fhir"), iss("http://127.0.0.1.example/fhir"),
		},
		"private":                {iss("https://10.0.0.1/fhir"), iss("https://localhost/fhir"), iss("https://[::1]/fhir"), iss("http://127.0.0.1/fhir"), iss("https://169.254.169.254/fhir"), iss("https://100.64.0.1/fhir")},
		"issuer":                 {func(c *smartlogin.Config) { c.Issuer = "http://epr.example" }, func(c *smartlogin.Config) { c.Issuer = "https://epr.example?a" }},
		"authorization_endpoint": {func(c *smartlogin.Config) { c.AuthorizationEndpoint = "http://epr.example/a" }},
		"token_endpoint":         {func(c *smartlogin.Config) { c.TokenEndpoint = "x" }},
		"jwks_uri":               {func(c *smartlogin.Config) { c.JWKSURI = "http://127.0.0.1/jwks" }},
		"endpoints_on":           {func(c *smartlogin.Config) { c.EndpointsOn = []string{"https://a.example/"} }, func(c *smartlogin.Config) { c.EndpointsOn = []string{"https://A.example"} }, func(c *smartlogin.Config) { c.EndpointsOn = []string{"*"} }, func(c *smartlogin.Config) { c.EndpointsOn = []string{"http://a.example"} }},
		"client_id":              {func(c *smartlogin.Config) { c.ClientID = "" }},
		"private_key_file":       {func(c *smartlogin.Config) { c.ClientSecret = "x" }, func(c *smartlogin.Config) { c.Public = true }, func(c *smartlogin.Config) { c.PrivateKeyFile, c.KeyID = "", "" }},
		"key_id":                 {func(c *smartlogin.Config) { c.KeyID = "" }, func(c *smartlogin.Config) { c.PrivateKeyFile, c.Public = "", true }},
		"alg":                    {func(c *smartlogin.Config) { c.Alg = "HS256" }, func(c *smartlogin.Config) { c.PrivateKeyFile, c.KeyID, c.Public, c.Alg = "", "", true, "ES384" }},
		"scopes":                 {func(c *smartlogin.Config) { c.Scopes = []string{"openid"} }, func(c *smartlogin.Config) { c.Scopes = []string{"launch"} }, func(c *smartlogin.Config) { c.Scopes = []string{"launch", "openid", "a b"} }},
		"patient":                {func(c *smartlogin.Config) { c.Patient = "a..b" }, func(c *smartlogin.Config) { c.Patient = "[0]" }, func(c *smartlogin.Config) { c.Patient = "a[" }, func(c *smartlogin.Config) { c.Patient = "a[x=]" }, func(c *smartlogin.Config) { c.Patient = "a\n" }, func(c *smartlogin.Config) { c.Patient = strings.Repeat("a", 301) }},
		"practitioner": {func(c *smartlogin.Config) { c.Practitioner = true }, func(c *smartlogin.Config) {
			c.Practitioner, c.Scopes = true, []string{"launch", "openid", "user/Practitioner.r"}
		}},
		"clock_skew":                   {func(c *smartlogin.Config) { c.ClockSkew = time.Hour }, func(c *smartlogin.Config) { c.ClockSkew = -1 }},
		"timeout":                      {func(c *smartlogin.Config) { c.Timeout = time.Hour }},
		"id_token_signed_response_alg": {func(c *smartlogin.Config) { c.SigningAlgs = []string{"none"} }, func(c *smartlogin.Config) { c.SigningAlgs = []string{"HS256"} }},
	} {
		for i, bend := range bends {
			c := good()
			bend(c)
			if problems := c.Validate(); len(problems) != 1 || problems[0].Path != path || problems[0].Text == "" {
				t.Errorf("%s %d: %+v", path, i, problems)
			}
		}
	}
}

// TestFilesThatAreWrong keep the server from starting, and are named without their content.
func TestFilesThatAreWrong(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	small, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rubbish := filepath.Join(t.TempDir(), "rubbish")
	if err := os.WriteFile(rubbish, []byte("SECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(*smartlogin.Config){
		"no key": func(c *smartlogin.Config) { c.ClientSecret, c.PrivateKeyFile = "", "/nowhere/key.pem" }, "no PEM": func(c *smartlogin.Config) { c.ClientSecret, c.PrivateKeyFile = "", rubbish },
		"another kind": func(c *smartlogin.Config) {
			c.ClientSecret, c.PrivateKeyFile, c.Alg = "", keyFile(t, pair{private: small}), "ES384"
		},
		"no secret":      func(c *smartlogin.Config) { c.ClientSecret, c.ClientSecretFile = "", "/nowhere" },
		"no certificate": func(c *smartlogin.Config) { c.CAFile = rubbish }, "no path": func(c *smartlogin.Config) { c.Patient = ".." },
	} {
		c := e.stanza()
		bend(c)
		if epr, err := c.Open(env(e)); err == nil || strings.Contains(err.Error(), "SECRET") || epr != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSameIss(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://a/fhir", "https://a/fhir", true}, {"https://a/fhir/", "https://a/fhir", true}, {"https://a/fhir", "https://a/fhir/", true}, {"https://a/fhir//", "https://a/fhir", false},
		{"https://a/fhir", "https://A/fhir", false}, {"https://a/fhir", "", false}, {"https://a/fhir", "https://a/fhir\n", false},
	} {
		if smartlogin.SameIss(c.a, c.b) != c.same {
			t.Errorf("%q %q", c.a, c.b)
		}
	}
}
