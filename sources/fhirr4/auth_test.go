package fhirr4_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

func TestCredentials(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FHIRR4_TEST_TOKEN", "tok")
	for _, c := range []struct {
		name, want string
		auth       fhirr4.Auth
	}{
		{"none", "", fhirr4.Auth{}},
		{"basic by file", "Basic " + base64.StdEncoding.EncodeToString([]byte("me:s3cret")), fhirr4.Auth{Kind: "basic", Username: "me", PasswordFile: file}},
		{"bearer", "Bearer abc", fhirr4.Auth{Kind: "bearer", Token: "abc"}},
		{"bearer by environment", "Bearer tok", fhirr4.Auth{Kind: "bearer", TokenEnv: "FHIRR4_TEST_TOKEN"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, many(1)...)
			s.behave(func(_ http.ResponseWriter, r *http.Request) bool {
				if got := r.Header.Get("Authorization"); got != c.want {
					t.Errorf("Authorization %q, want %q", got, c.want)
				}
				if r.Header.Get("X-Api-Key") != "k" {
					t.Error("a configured header is missing")
				}
				return false
			})
			r := fetchOne(t, &fhirr4.Config{URL: s.URL, Auth: c.auth, Headers: map[string]string{"X-Api-Key": "k"}}, allergies)
			if r.Err != nil {
				t.Error(r.Err)
			}
		})
	}
	c := fhirr4.Config{URL: "http://localhost", Auth: fhirr4.Auth{Kind: "bearer", TokenFile: file + "-absent"}}
	if _, err := c.Open(t.Context(), env()); err == nil || strings.Contains(err.Error(), file) {
		t.Errorf("a missing secret: %v", err)
	}
}

// TestBackendServices gets a token by a signed login, uses it, and gets another
// when the server no longer takes it.
func TestBackendServices(t *testing.T) {
	t.Parallel()
	rsaKey, _ := rsa.GenerateKey(rand.Reader, 2048)
	ecKey, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	for alg, key := range map[string]crypto.Signer{"RS384": rsaKey, "ES384": ecKey} {
		t.Run(alg, func(t *testing.T) {
			t.Parallel()
			der, err := x509.MarshalPKCS8PrivateKey(key)
			if err != nil {
				t.Fatal(err)
			}
			s := newServer(t, many(1)...)
			tokens := 0
			s.behave(func(w http.ResponseWriter, r *http.Request) bool {
				switch {
				case r.URL.Path == "/.well-known/smart-configuration":
					reply(w, object{"token_endpoint": s.URL + "/token"})
				case r.URL.Path == "/token":
					if !signed(t, r, s.URL+"/token", alg, key) {
						return status(400)(w, r)
					}
					tokens++
					reply(w, object{"access_token": strings.Repeat("x", tokens), "token_type": "bearer", "expires_in": 300})
				case tokens == 1 && len(s.seen()) > 4, r.Header.Get("Authorization") != "Bearer "+strings.Repeat("x", tokens):
					return status(401)(w, r)
				default:
					return false
				}
				return true
			})
			source := open(t, &fhirr4.Config{URL: s.URL, Auth: fhirr4.Auth{Kind: "smart-backend", ClientID: "pw", KeyID: "k1",
				Key: string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))}})
			var failures []bool
			for range 4 {
				failures = append(failures, fetch(t, source, allergies)[allergies].Err != nil)
			}
			if want := []bool{false, false, true, false}; !slices.Equal(failures, want) || tokens != 2 {
				t.Errorf("failures %v, want %v; %d tokens", failures, want, tokens)
			}
		})
	}
}

// signed checks the login: RFC 7523 §3 and SMART Backend Services.
func signed(t *testing.T, r *http.Request, audience, alg string, key crypto.Signer) bool {
	t.Helper()
	parts := strings.Split(r.Form.Get("client_assertion"), ".")
	if len(parts) != 3 || r.Form.Get("grant_type") != "client_credentials" || r.Form.Get("scope") != "system/*.read" {
		t.Errorf("form %v", r.Form)
		return false
	}
	var head, claims map[string]any
	for i, into := range []*map[string]any{&head, &claims} {
		text, _ := base64.RawURLEncoding.DecodeString(parts[i])
		if err := json.Unmarshal(text, into); err != nil {
			t.Error(err)
		}
	}
	if head["alg"] != alg || head["kid"] != "k1" || claims["iss"] != "pw" || claims["sub"] != "pw" || claims["aud"] != audience || claims["jti"] == "" {
		t.Errorf("head %v, claims %v", head, claims)
	}
	sum := sha512.Sum384([]byte(parts[0] + "." + parts[1]))
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	switch public := key.Public().(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(public, crypto.SHA384, sum[:], signature) == nil
	case *ecdsa.PublicKey:
		return ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(signature[:48]), new(big.Int).SetBytes(signature[48:]))
	}
	return false
}

func TestValidate(t *testing.T) {
	t.Parallel()
	c := fhirr4.Config{URL: "ftp://x", PageSize: -1, MaxBody: 1 << 40, TrustNHSNumbers: "maybe",
		Includes: map[string][]string{"Condition": {"Observation:performer"}},
		Sections: map[string]fhirr4.Section{"allergy": {}, "allergies": {Category: "x"}, "medications": {Resources: []string{"Patient"}}},
		Auth:     fhirr4.Auth{Kind: "basic", Password: "a", PasswordEnv: "B"}}
	var paths []string
	for _, p := range c.Validate() {
		paths = append(paths, p.Path)
		if p.Text == "" || strings.HasSuffix(p.Text, ".") {
			t.Errorf("%s: %q", p.Path, p.Text)
		}
	}
	want := []string{"auth.password", "auth.username", "includes.Condition", "max_body", "page_size", "sections.allergies.category",
		"sections.allergy", "sections.medications.resources", "trust_nhs_numbers", "url"}
	if !slices.Equal(paths, want) {
		t.Errorf("problems at %v, want %v", paths, want)
	}
	if !strings.Contains(fhirr4.Sample, "type: fhirr4") {
		t.Error("the sample is no stanza")
	}
	var _ sources.Connector = &c
}
