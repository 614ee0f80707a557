package jsonapi

import (
	"crypto/tls"
	"crypto/x509"
	"net/url"
	"os"

	"github.com/patchworkcare/patchwork/sources"
)

// TLS is how the connection is secured, beside what the machine trusts by itself.
type TLS struct {
	// CertificateFile and KeyFile are our own certificate and its key, PEM, where the API
	// asks for one (mutual TLS).
	CertificateFile string `yaml:"certificate_file"`
	KeyFile         string `yaml:"key_file"`
	// CAFile are the only authorities whose certificate for the API is taken, PEM.
	CAFile string `yaml:"ca_file"`
	// ServerName is the name in the API's certificate, where it is not the address's.
	ServerName string `yaml:"server_name"`
}

func (t *TLS) problems(base *url.URL) (all []sources.Problem) {
	if (t.CertificateFile == "") != (t.KeyFile == "") {
		all = append(all, sources.Problem{Path: "tls.certificate_file", Text: "goes with key_file: give both or none"})
	}
	if *t != (TLS{}) && base != nil && base.Scheme == "http" {
		all = append(all, sources.Problem{Path: "tls", Text: "needs an address that begins with https://"})
	}
	return all
}

// config reads the files.
func (t *TLS) config() (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: t.ServerName}
	fail := func(key string) error {
		return &sources.Error{Kind: sources.Refused, Code: "tls-file", Reason: "The file of tls." + key + " cannot be read or holds none"}
	}
	if t.CertificateFile != "" {
		own, err := tls.LoadX509KeyPair(t.CertificateFile, t.KeyFile)
		if err != nil { // its text may quote the key
			return nil, fail("certificate_file")
		}
		c.Certificates = []tls.Certificate{own}
	}
	if t.CAFile != "" {
		text, err := os.ReadFile(t.CAFile)
		c.RootCAs = x509.NewCertPool()
		if err != nil || !c.RootCAs.AppendCertsFromPEM(text) {
			return nil, fail("ca_file")
		}
	}
	return c, nil
}
