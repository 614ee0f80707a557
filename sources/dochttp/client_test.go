package dochttp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

func get(t *testing.T, c *dochttp.Client, url string) (*http.Response, error) {
	t.Helper()
	t.Cleanup(c.Close)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err == nil {
		t.Cleanup(func() { _ = resp.Body.Close() })
	}
	return resp, err
}

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// A neighbour that asks for a certificate is shown ours; one whose own is not trusted is
// not spoken with.
func TestCertificates(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "patchwork"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	own, _ := x509.ParseCertificate(der)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: x509.NewCertPool()}
	s.TLS.ClientCAs.AddCert(own)
	s.Config.ErrorLog = nil
	s.StartTLS()
	defer s.Close()
	trusted := file(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})))
	full := dochttp.TLS{CAFile: trusted, CertificateFile: file(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))),
		KeyFile: file(t, string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private})))}
	for _, c := range []struct {
		name, code string
		tls        dochttp.TLS
	}{{"with both", "", full}, {"without our own", "tls", dochttp.TLS{CAFile: trusted}}, {"without trust", "tls", dochttp.TLS{CertificateFile: full.CertificateFile, KeyFile: full.KeyFile}}} {
		client, err := dochttp.New(dochttp.Login{}, c.tls, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = get(t, client, s.URL); c.code == "" && err != nil || c.code != "" && (err == nil || sources.AsError(err).Kind != sources.Unavailable) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, bad := range []dochttp.TLS{{CAFile: "/nowhere"}, {CertificateFile: "/nowhere", KeyFile: "/nowhere"}, {CAFile: file(t, "x")}} {
		if _, err := dochttp.New(dochttp.Login{}, bad, time.Now); err == nil || sources.AsError(err).Code != "certificate" {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// Secrets are read from where the stanza says, and sent to nobody but the neighbour.
func TestLogin(t *testing.T) {
	var seen string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Get("Authorization")
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "http://localhost:1/", http.StatusFound)
		}
	}))
	defer s.Close()
	t.Setenv("PATCHWORK_TEST_TOKEN", "t0ken")
	for _, c := range []struct {
		login dochttp.Login
		want  string
	}{
		{dochttp.Login{Kind: "bearer", TokenEnv: "PATCHWORK_TEST_TOKEN"}, "Bearer t0ken"},
		{dochttp.Login{Kind: "basic", Username: "u", PasswordFile: file(t, "p\n")}, "Basic dTpw"},
		{dochttp.Login{}, ""},
	} {
		client, err := dochttp.New(c.login, dochttp.TLS{}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := get(t, client, s.URL); err != nil || seen != c.want {
			t.Errorf("%q %v", seen, err)
		}
		resp, err := get(t, client, s.URL+"/away")
		if err != nil || sources.AsError(client.Failure(resp)).Code != "redirect" {
			t.Errorf("%v", err)
		}
	}
	if _, err := dochttp.New(dochttp.Login{Kind: "bearer", TokenFile: "/nowhere"}, dochttp.TLS{}, time.Now); err == nil {
		t.Error("a token that is not there")
	}
}

// No error quotes the address.
func TestQuiet(t *testing.T) {
	client, err := dochttp.New(dochttp.Login{}, dochttp.TLS{}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	_, err = get(t, client, "http://127.0.0.1:1/9990000018")
	e := sources.AsError(err)
	if e == nil || e.Code != "connection-refused" || strings.Contains(e.Error()+e.Cause.Error(), "9990000018") {
		t.Errorf("%v", err)
	}
}

func TestProblems(t *testing.T) {
	for want, l := range map[string]dochttp.Login{"a.kind": {Kind: "x"}, "a.username": {Kind: "basic", PasswordEnv: "P"}, "a.password_file": {Kind: "basic", Username: "u"},
		"a.token_file": {Kind: "bearer", TokenEnv: "a", TokenFile: "b"}} {
		if p := l.Problems("a"); len(p) != 1 || p[0].Path != want {
			t.Errorf("%v, want %s", p, want)
		}
	}
	if p := (dochttp.Login{Username: "u"}).Problems("a"); len(p) != 1 {
		t.Error(p)
	}
	if p := (dochttp.TLS{KeyFile: "k"}).Problems("tls"); len(p) != 1 {
		t.Error(p)
	}
	for _, address := range []string{"", "x", "ftp://x", "http://", "https://u:p@x", "https://x?a=1", "https://x#a"} {
		if dochttp.AddressProblem(address) == "" {
			t.Error(address)
		}
	}
}
