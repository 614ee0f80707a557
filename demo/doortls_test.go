package demo

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"testing"
)

// trusting is a client that trusts the region's authority and nobody else.
func trusting(t *testing.T, s *System) *http.Client {
	t.Helper()
	text, err := os.ReadFile(s.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// Each fault of TLS is met by who trusts the authority and shook hands before, and by nobody
// once it is healed.
func TestFaultsOfTLS(t *testing.T) {
	t.Parallel()
	r := started(t, Options{GPConnect: true, HomeCare: true, OpenEHR: true, TLS: true})
	for _, id := range []string{"gp-connect", "home-care", "community"} {
		s := r.System(id)
		client := trusting(t, s)
		if _, _, err := raw(t, s.URL, client); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		for _, fault := range TLSFaultNames() {
			set(t, s, `{"fault":"`+fault+`"}`, 200)
			if res, _, err := raw(t, s.URL, client); err == nil {
				t.Errorf("%s %s: %d", id, fault, res.StatusCode)
			} else {
				t.Logf("%s %s: %v", id, fault, err)
			}
			heal(t, s)
			if _, _, err := raw(t, s.URL, client); err != nil {
				t.Errorf("%s, healed of %s: %v", id, fault, err)
			}
		}
	}
	set(t, r.System("gp"), `{"fault":"tls-expired"}`, 422)
}
