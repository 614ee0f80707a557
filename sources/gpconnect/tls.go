package gpconnect

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// newClient makes the HTTP client of one source: mutual TLS where it is configured, no
// proxy from the environment, no redirect followed, no compression behind our back.
func newClient(c TLS) (*http.Client, error) {
	trust, err := c.load()
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSClientConfig:        trust,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    5 * time.Second,
			MaxIdleConns:           64,
			MaxIdleConnsPerHost:    64,
			IdleConnTimeout:        60 * time.Second,
			DisableCompression:     true,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}, nil
}

// load reads the files. No error quotes them.
func (c TLS) load() (*tls.Config, error) {
	trust := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CertFile != "" {
		pair, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
		if err != nil {
			return nil, unusable("tls-certificate", "Our certificate or its key cannot be read", err)
		}
		trust.Certificates = []tls.Certificate{pair}
	}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, unusable("tls-authorities", "The certificates of the trusted authorities cannot be read", err)
		}
		trust.RootCAs = x509.NewCertPool()
		if !trust.RootCAs.AppendCertsFromPEM(pem) {
			return nil, unusable("tls-authorities", "The file of trusted authorities holds no certificate", nil)
		}
	}
	return trust, nil
}

func unusable(code, reason string, cause error) *sources.Error {
	return &sources.Error{Kind: sources.Unavailable, Code: code, Reason: reason, Cause: cause}
}
