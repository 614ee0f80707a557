package hl7v2

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"github.com/patchworkcare/patchwork/sources"
)

// TLS is how connections are made secret.
type TLS struct {
	// CertFile and KeyFile are the listener's certificate and key, PEM.
	CertFile string `yaml:"cert_file"`
	KeyFile  string `yaml:"key_file"`
	// ClientCAFile has the authorities of senders' certificates; with it whoever has none
	// of theirs is refused.
	ClientCAFile string `yaml:"client_ca_file"`
}

func (t *TLS) problems() []sources.Problem {
	if t == nil {
		return nil
	}
	var all []sources.Problem
	if t.CertFile == "" {
		all = append(all, sources.Problem{Path: "tls.cert_file", Text: "name the listener's certificate"})
	}
	if t.KeyFile == "" {
		all = append(all, sources.Problem{Path: "tls.key_file", Text: "name the file of the certificate's key"})
	}
	return all
}

// config reads the files; nil is plain TCP. A certificate that is renewed on disk is
// taken at the next connection.
func (t *TLS) config() (*tls.Config, error) {
	if t == nil {
		return nil, nil
	}
	if _, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile); err != nil {
		return nil, fmt.Errorf("the listener's certificate cannot be used: %w", err)
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		pair, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
		return &pair, err
	}}
	if t.ClientCAFile == "" {
		return c, nil
	}
	text, err := os.ReadFile(t.ClientCAFile)
	if err != nil {
		return nil, fmt.Errorf("the authorities of senders cannot be read: %w", err)
	}
	c.ClientCAs, c.ClientAuth = x509.NewCertPool(), tls.RequireAndVerifyClientCert
	if !c.ClientCAs.AppendCertsFromPEM(text) {
		return nil, errors.New("the authorities of senders: there is no certificate in the file")
	}
	return c, nil
}
