package hl7v2

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority makes certificates.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	raw  []byte
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{t, cert, key, raw}
}

// issue writes a certificate and its key into files.
func (a *authority) issue(use x509.ExtKeyUsage) (certFile, keyFile string) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{use}}
	raw, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.t.Fatal(err)
	}
	return write(a.t, "CERTIFICATE", raw), write(a.t, "PRIVATE KEY", secret)
}

func write(t *testing.T, kind string, raw []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Over TLS only senders with a certificate of the configured authority are let in; a plain
// connection, and one that says nothing, get nowhere, and the feed goes on.
func TestTLS(t *testing.T) {
	t.Parallel()
	ours, others := newAuthority(t), newAuthority(t)
	c := stanza(t)
	c.Frame = 300 * time.Millisecond
	c.TLS = &TLS{ClientCAFile: write(t, "CERTIFICATE", ours.raw)}
	c.TLS.CertFile, c.TLS.KeyFile = ours.issue(x509.ExtKeyUsageServerAuth)
	s := open(t, c)
	roots := x509.NewCertPool()
	roots.AddCert(ours.cert)
	try := func(certificates ...tls.Certificate) string {
		conn, err := tls.Dial("tcp", s.Addr().String(), &tls.Config{RootCAs: roots, Certificates: certificates})
		if err != nil {
			return "refused"
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		x := &sender{t: t, conn: conn, answers: bufio.NewReader(conn)}
		if _, err := conn.Write([]byte("\x0B" + x.message(admit) + "\x1C\r")); err != nil {
			return "refused"
		}
		if _, err := x.answers.ReadString(0x1C); err != nil {
			return "refused"
		}
		return "taken"
	}
	pair := func(a *authority) tls.Certificate {
		p, err := tls.LoadX509KeyPair(a.issue(x509.ExtKeyUsageClientAuth))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	silent, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for name, want := range map[string]string{"ours": "taken", "others": "refused", "none": "refused"} {
		var got string
		switch name {
		case "ours":
			got = try(pair(ours))
		case "others":
			got = try(pair(others))
		default:
			got = try()
		}
		if got != want {
			t.Errorf("a sender with a certificate of %s is %s", name, got)
		}
	}
	plain, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	_, _ = plain.Write([]byte("\x0B" + (&sender{}).message(admit) + "\x1C\r"))
	_ = plain.SetReadDeadline(time.Now().Add(10 * time.Second))
	var answer [512]byte
	if n, _ := plain.Read(answer[:]); n > 0 && answer[0] == 0x0B {
		t.Error("a plain connection was answered")
	}
	_ = silent.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := silent.Read(answer[:]); err == nil {
		t.Error("a silent connection was answered")
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Config)
		path   string
	}{
		"nowhere":                 {func(c *Config) { c.Listen = "" }, "listen"},
		"open to the network":     {func(c *Config) { c.Listen = "0.0.0.0:2575" }, "tls"},
		"open to the network too": {func(c *Config) { c.Listen = ":2575" }, "tls"},
		"no store":                {func(c *Config) { c.Store = "" }, "store"},
		"nobody's ids":            {func(c *Config) { c.PatientID.Authorities = nil }, "patient_id.authorities"},
		"before now":              {func(c *Config) { c.Retention = -1 }, "retention"},
		"too much":                {func(c *Config) { c.MaxMessageMB = 1000 }, "max_message_mb"},
		"trusted":                 {func(c *Config) { c.TrustNHSNumbers = "yes" }, "trust_nhs_numbers"},
		"a charset":               {func(c *Config) { c.Charset = "UTF-16" }, "charset"},
		"a section":               {func(c *Config) { c.Complete = []string{"results", "medications"} }, "complete.1"},
		"what is used, ignored":   {func(c *Config) { c.Ignore = []string{"ORM", "ADT"} }, "ignore.1"},
		"a code to nothing":       {func(c *Config) { c.Codes = map[string]CodeTable{"L": {Map: map[string]Code{"K": {}}}} }, "codes.L.map.K"},
		"a system that is none":   {func(c *Config) { c.Codes = map[string]CodeTable{"L": {System: "x"}} }, "codes.L.system"},
		"a certificate alone":     {func(c *Config) { c.TLS = &TLS{CertFile: "x"} }, "tls.key_file"},
	} {
		s := stanza(t)
		c.change(s)
		problems := s.Validate()
		if len(problems) != 1 || problems[0].Path != c.path || problems[0].Text == "" {
			t.Errorf("%s: %v", name, problems)
		}
	}
	// The store of another source is not taken.
	c := stanza(t)
	open(t, c)
	e := env(t, os.Stderr)
	e.ID = "another"
	if s, err := c.Open(t.Context(), e); err == nil {
		_ = s.Close()
		t.Error("two sources share a store")
	}
}
