package check_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
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

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/sources/csvfile"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/rest"
)

// secured serves h by a certificate for the address, signed by itself.
func secured(t *testing.T, h http.Handler, until time.Time, ip net.IP) (url, file string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "system"}, NotBefore: time.Now().Add(-48 * time.Hour),
		NotAfter: until, IPAddresses: []net.IP{ip}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(h)
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	file = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return s.URL, file
}

// stanza reads a connector's stanza as patchwork.yaml has it.
func stanza(t *testing.T, c sources.Connector, text string) sources.Connector {
	t.Helper()
	if err := yaml.Load([]byte(text), c, yaml.WithKnownFields()); err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Validate() {
		t.Fatalf("%s: %s", p.Path, p.Text)
	}
	return c
}

// Each certificate that cannot be trusted is told by what is wrong with it, whatever the
// connector makes of it.
func TestCertificates(t *testing.T) {
	t.Parallel()
	here, elsewhere := net.IPv4(127, 0, 0, 1), net.IPv4(192, 0, 2, 1)
	for name, c := range map[string]struct {
		until time.Time
		ip    net.IP
		want  string
	}{
		"expired":            {time.Now().Add(-time.Hour), here, "tls-expired"},
		"for another name":   {time.Now().Add(48 * time.Hour), elsewhere, "tls-name"},
		"of nobody we trust": {time.Now().Add(48 * time.Hour), here, "tls-authority"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, _ := secured(t, clean(), c.until, c.ip)
			for _, connector := range []sources.Connector{
				&fhirr4.Config{URL: url, Sections: off()},
				stanza(t, new(csvfile.Config), "location: "+url+"\npeople: {file: people.csv, columns: {subject: id}}\n"),
				stanza(t, new(rest.Config), restStanza(url, "")),
			} {
				r := checked(t, connector, settings, check.Options{People: []string{patientID}, Wait: patience})
				if got := r.Found(check.Fail); !slices.Equal(got, []string{c.want}) {
					t.Errorf("%T: found %v, not %s", connector, got, c.want)
				}
			}
		})
	}
}

func restStanza(url, ca string) string {
	text := "url: " + url + "\nauth: {kind: none}\nprobe: {path: /metadata}\nsections: {alerts: {path: '/alerts/{id}', rows: '.alerts[]'}}\n"
	if ca != "" {
		text += "tls: {ca_file: " + ca + "}\n"
	}
	return text
}

// A certificate that ends soon is named before it does.
func TestCertificateEndsSoon(t *testing.T) {
	t.Parallel()
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"alerts": []}`)
	})
	for days, want := range map[int]bool{7: true, 29: true, 31: false, 3650: false} {
		url, ca := secured(t, api, time.Now().AddDate(0, 0, days), net.IPv4(127, 0, 0, 1))
		r, err := check.Run(t.Context(), stanza(t, new(rest.Config), restStanza(url, ca)), settings, sources.Env{}, check.Options{People: []string{patientID}})
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(r.Found(check.Warn), "tls-expires-soon"); got != want || r.Failed() {
			t.Errorf("in %d days: warned %v, failed %v", days, r.Found(check.Warn), r.Found(check.Fail))
		}
	}
}

// What speaks no TLS where it is expected.
func TestNoTLS(t *testing.T) {
	t.Parallel()
	url := strings.Replace(clean().start(t), "http:", "https:", 1)
	if got := probe(t, url, settings, patience).Found(check.Fail); !slices.Equal(got, []string{"tls-failed"}) {
		t.Errorf("found %v", got)
	}
}
