package pds_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	register "github.com/patchworkcare/patchwork/demo/pds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/pds"
)

// newKey gives a key and its PEM.
var newKey = sync.OnceValues(func() (*rsa.PrivateKey, string) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key, string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
})

func restricted(t *testing.T) (*server, *pds.Config) {
	key, text := newKey()
	s := newServer(t, register.Options{Client: "app", KeyID: "k1", Key: &key.PublicKey}, people()...)
	return s, &pds.Config{URL: s.base(), Auth: pds.Auth{Kind: "signed-jwt", ClientID: "app", KeyID: "k1", Key: text}}
}

func paths(s *server) (tokens, reads int) {
	for _, r := range s.asked() {
		if r.URL.Path == "/oauth2/token" {
			tokens++
		} else {
			reads++
		}
	}
	return tokens, reads
}

// A token is got once and kept; when the register no longer takes it, one more is got and
// the read goes through; when it takes none at all, that is the end of it.
func TestSignedLogin(t *testing.T) {
	s, c := restricted(t)
	source := open(t, c)
	ask := func(wantTokens, wantReads int, ok bool) {
		t.Helper()
		s.behave(s.inWay)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if r := fetchOne(t, source, record.Demographics, "9990000018"); (r.Err == nil) != ok {
					t.Error(r.Err)
				}
			})
		}
		wg.Wait()
		if tokens, reads := paths(s); tokens != wantTokens || reads != wantReads {
			t.Errorf("%d tokens and %d reads, want %d and %d", tokens, reads, wantTokens, wantReads)
		}
	}
	ask(1, 8, true)
	ask(0, 8, true)
	s.register.Revoke()
	s.behave(nil)
	if r := fetchOne(t, source, record.Demographics, "9990000018"); r.Err != nil {
		t.Error(r.Err)
	}
	if tokens, reads := paths(s); tokens != 1 || reads != 2 {
		t.Errorf("after the token was revoked: %d tokens and %d reads", tokens, reads)
	}
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		return r.URL.Path != "/oauth2/token" && status(401)(w, r)
	})
	r := fetchOne(t, source, record.Demographics, "9990000018")
	if e := sources.AsError(r.Err); e == nil || e.Kind != sources.Refused || e.Code != "http-401" {
		t.Errorf("%+v", r.Err)
	}
	if tokens, reads := paths(s); tokens != 1 || reads != 2 {
		t.Errorf("when no token is taken: %d tokens and %d reads", tokens, reads)
	}
}

// Application-restricted access finds one person or says that there are too many.
func TestApplicationRestrictedSearch(t *testing.T) {
	s, c := restricted(t)
	source := open(t, c)
	one, err := find(t, source, record.PersonQuery{FamilyName: "Birtwistle", BirthDate: "1961-07-04"})
	if err != nil || len(one) != 1 {
		t.Errorf("%v %v", one, err)
	}
	_, err = find(t, source, record.PersonQuery{FamilyName: "Bertwistle", GivenName: "Bernard", BirthDate: "1961-07-04", Fuzzy: true})
	if e := sources.AsError(err); e == nil || e.Code != "too-many-matches" {
		t.Errorf("%v", err)
	}
	for _, r := range s.asked() {
		if r.URL.Query().Has("_max-results") {
			t.Error("it asks for more than it may")
		}
	}
}

// A login that the register refuses is a refusal, and its answer is not quoted.
func TestRefusedLogins(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer handler
		code   string
	}{
		{"refused", onToken(text400), "token-refused"},
		{"no token in it", onToken(text("application/json", `{"token_type":"Bearer"}`)), "no-token"},
		{"another type", onToken(text("application/json", `{"access_token":"x","token_type":"mac"}`)), "no-token"},
		{"a token that breaks headers", onToken(text("application/json", `{"access_token":"x\r\nX-Evil: 1","token_type":"Bearer"}`)), "no-token"},
		{"no JSON", onToken(text("application/json", `access_token=x`)), "not-json"},
		{"a web page", onToken(text("text/html", `<html>`)), "not-fhir"},
		{"too often", onToken(status(429, "Retry-After", "3600")), "http-429"},
		{"down", onToken(hangUp), "connection-lost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, config := restricted(t)
			config.Repeats = 1
			s.behave(c.answer)
			source := open(t, config)
			ctx, cancel := deadline(t)
			defer cancel()
			k := sources.Key{Section: record.Demographics, LocalID: "9990000018"}
			quiet(t, fetch(ctx, source, k)[k].Err, sources.AsError(fetch(ctx, source, k)[k].Err).Kind, c.code)
		})
	}
}

func onToken(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) bool { return r.URL.Path == "/oauth2/token" && h(w, r) }
}

func text400(w http.ResponseWriter, _ *http.Request) bool {
	w.WriteHeader(http.StatusBadRequest)
	_, _ = w.Write([]byte(`{"error":"invalid_request"}`))
	return true
}

// Secrets are read where they are, and a missing one is named without its place.
func TestSecrets(t *testing.T) {
	_, text := newKey()
	dir := t.TempDir()
	file := filepath.Join(dir, "key.pem")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PDS_TEST_TOKEN", "worker")
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	short := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(small)}))
	signed := func(a pds.Auth) pds.Auth { a.Kind, a.ClientID, a.KeyID = "signed-jwt", "app", "k1"; return a }
	for _, c := range []struct {
		name string
		auth pds.Auth
		code string
	}{
		{"a key file", signed(pds.Auth{KeyFile: file}), ""},
		{"no key file", signed(pds.Auth{KeyFile: file + "-absent"}), "secret-file"},
		{"no key in it", signed(pds.Auth{Key: "-----BEGIN"}), "bad-key"},
		{"a short key", signed(pds.Auth{Key: short}), "bad-key"},
		{"a token by environment", pds.Auth{Kind: "bearer", TokenEnv: "PDS_TEST_TOKEN"}, ""},
		{"no such variable", pds.Auth{Kind: "bearer", TokenEnv: "PDS_TEST_NONE"}, "secret-env"},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := pds.Config{URL: "http://127.0.0.1:1", Auth: c.auth}
			_, err := config.Open(t.Context(), env())
			if e := sources.AsError(err); (e == nil) != (c.code == "") || e != nil && (e.Code != c.code || strings.Contains(e.Error(), dir)) {
				t.Errorf("%v", err)
			}
		})
	}
	s := newServer(t, register.Options{UserToken: "worker"}, people()...)
	source := open(t, &pds.Config{URL: s.base(), SessionRole: "555254240100", Auth: pds.Auth{Kind: "bearer", TokenEnv: "PDS_TEST_TOKEN"}})
	if r := fetchOne(t, source, record.Demographics, "9990000018"); r.Err != nil {
		t.Error(r.Err)
	}
}
