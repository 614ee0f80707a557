package gpconnect_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	practice "github.com/patchworkcare/patchwork/demo/gpconnect"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/gpconnect"
)

// TestOneCall: all sections of a person are one call, a person each; the call names them
// in its body only, says who asks, and asks for what is wanted and nothing else.
func TestOneCall(t *testing.T) {
	s := newServer(t, people()...)
	source := open(t, config(s.base()))
	var keys []sources.Key
	for _, section := range source.Offers() {
		keys = append(keys, sources.Key{Section: section, LocalID: "9990000018"}, sources.Key{Section: section, LocalID: "9990000026"})
	}
	if got := fetch(t.Context(), source, append(keys, keys...)...); len(got) != len(keys) {
		t.Errorf("%d answers to %d keys", len(got), len(keys))
	}
	asked := s.asked()
	if len(asked) != 2 {
		t.Fatalf("%d calls", len(asked))
	}
	traces := map[string]bool{}
	for _, r := range asked {
		if r.method != http.MethodPost || strings.Contains(r.url, "999000") || !strings.HasSuffix(r.url, "/Patient/$gpc.getstructuredrecord") {
			t.Error(r.method, r.url)
		}
		for name, want := range map[string]string{"Ssp-From": "200000000359", "Ssp-To": "918999198738", "Content-Type": "application/fhir+json",
			"Ssp-InteractionID": "urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1"} {
			if got := r.header.Get(name); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
		traces[r.header.Get("Ssp-TraceID")] = true
	}
	if len(traces) != 2 {
		t.Error("two requests have one trace id")
	}
	for section, want := range map[record.Section][]string{
		record.Demographics: nil, record.Allergies: {"includeAllergies"}, record.Results: {"includeInvestigations"},
		record.Documents: {"includeConsultations", "includeProblems"},
	} {
		s.behave(nil)
		fetchOne(t, source, section, "9990000018")
		if got := parametersOf(t, s.asked()[0].body)[1:]; !slices.Equal(got, want) {
			t.Errorf("%s asks for %v", section.Name(), got)
		}
	}
}

func parametersOf(t *testing.T, body []byte) (names []string) {
	t.Helper()
	var in struct{ Parameter []struct{ Name string } }
	if err := json.Unmarshal(body, &in); err != nil {
		t.Fatal(err)
	}
	for _, p := range in.Parameter {
		names = append(names, p.Name)
	}
	return names
}

// TestToken: each request has a token of its own, unsigned, made now, for five minutes.
func TestToken(t *testing.T) {
	s := newServer(t, people()...)
	fetchOne(t, open(t, config(s.base())), record.Allergies, "9990000018")
	token := strings.TrimPrefix(s.asked()[0].header.Get("Authorization"), "Bearer ")
	parts := strings.Split(token, ".")
	if len(parts) != 3 || parts[2] != "" {
		t.Fatalf("%d parts", len(parts))
	}
	var claims map[string]any
	plain, _ := base64.RawURLEncoding.DecodeString(parts[1])
	if err := json.Unmarshal(plain, &claims); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(plain), "9990000018") {
		t.Error("the token names the patient")
	}
	iat, exp := claims["iat"].(float64), claims["exp"].(float64)
	if exp-iat != 300 || time.Since(time.Unix(int64(iat), 0)).Abs() > time.Minute {
		t.Errorf("from %v to %v", iat, exp)
	}
	for name, want := range map[string]string{"iss": "https://patchwork.example.nhs.uk", "sub": "555021935107", "aud": s.base(), "reason_for_request": "directcare", "requested_scope": "patient/*.read"} {
		if claims[name] != want {
			t.Errorf("%s: %v", name, claims[name])
		}
	}
	// The practice itself checks the rest, and refuses what does not fit.
	wrong := config(s.base())
	wrong.To = "111111111111"
	if r := fetchOne(t, open(t, wrong), record.Allergies, "9990000018"); sources.AsError(r.Err) == nil {
		t.Error("the practice took what was meant for another")
	}
}

// TestProxy: with the Spine's proxy the practice's address stands behind the proxy's, and
// the token still names the practice.
func TestProxy(t *testing.T) {
	var path, token string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, token = r.RequestURI, r.Header.Get("Authorization")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer proxy.Close()
	c := config("https://gp.example.nhs.uk/fhir")
	c.Proxy = proxy.URL
	fetchOne(t, open(t, c), record.Allergies, "9990000018")
	if path != "/https://gp.example.nhs.uk/fhir/Patient/$gpc.getstructuredrecord" {
		t.Error(path)
	}
	if plain, _ := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1]); !strings.Contains(string(plain), `"aud":"https://gp.example.nhs.uk/fhir"`) {
		t.Error("the token is for another")
	}
}

// TestMutualTLS: the practice serves who has the right certificate, and is read only if
// it has one that our authorities signed.
func TestMutualTLS(t *testing.T) {
	dir := t.TempDir()
	ours, other := newAuthority(t), newAuthority(t)
	cert, key := ours.issue(t, dir, "ours")
	otherCert, otherKey := other.issue(t, dir, "other")
	ca, otherCA := ours.file(t, dir, "ca.pem"), other.file(t, dir, "other-ca.pem")
	serverCert, serverKey := ours.issue(t, dir, "server")
	pair, err := tls.LoadX509KeyPair(serverCert, serverKey)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(ours.cert)
	server := httptest.NewUnstartedServer(practice.New(people(), practice.Options{}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	for _, c := range []struct {
		what string
		tls  gpconnect.TLS
		code string
	}{
		{"the right one", gpconnect.TLS{CertFile: cert, KeyFile: key, CAFile: ca}, ""},
		{"none", gpconnect.TLS{CAFile: ca}, "tls"},
		{"another authority's", gpconnect.TLS{CertFile: otherCert, KeyFile: otherKey, CAFile: ca}, "tls"},
		{"a server of another authority", gpconnect.TLS{CertFile: cert, KeyFile: key, CAFile: otherCA}, "tls"},
	} {
		stanza := config(server.URL + practice.Base)
		stanza.TLS = c.tls
		r := fetchOne(t, open(t, stanza), record.Allergies, "9990000018")
		if e := sources.AsError(r.Err); c.code == "" && e != nil || c.code != "" && (e == nil || e.Code != c.code && e.Code != "connection-lost") {
			t.Errorf("%s: %v", c.what, r.Err)
		}
	}
	stanza := config(server.URL)
	stanza.TLS = gpconnect.TLS{CertFile: filepath.Join(dir, "missing"), KeyFile: key}
	if _, err := stanza.Open(t.Context(), env()); sources.AsError(err) == nil || sources.AsError(err).Code != "tls-certificate" {
		t.Error(err)
	}
}

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key}
}

func (a *authority) file(t *testing.T, dir, name string) string {
	t.Helper()
	return write(t, filepath.Join(dir, name), "CERTIFICATE", a.cert.Raw)
}

func (a *authority) issue(t *testing.T, dir, name string) (cert, key string) {
	t.Helper()
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &own.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(own)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Join(dir, name+".pem"), "CERTIFICATE", der), write(t, filepath.Join(dir, name+"-key.pem"), "PRIVATE KEY", private)
}

func write(t *testing.T, name, kind string, der []byte) string {
	t.Helper()
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
