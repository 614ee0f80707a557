package oidc

import (
	"context"
	"crypto/x509"
	"errors"
	"os"

	"github.com/patchworkcare/patchwork/auth"
)

// provider is an OpenID provider. Safe for concurrent use.
type provider struct {
	Config
	env      auth.Env
	wire     *wire
	us       *credentials
	metadata *lazy[*metadata]
	keys     *lazy[keySet]
	end      context.CancelFunc
}

var (
	_ auth.Connector  = (*Config)(nil)
	_ auth.Redirector = (*provider)(nil)
	_ auth.Rechecker  = (*provider)(nil)
	_ auth.Leaver     = (*provider)(nil)
	_ auth.Ender      = (*provider)(nil)
)

// Open reads the files of the stanza; see auth.Connector. The provider itself is not asked.
func (c *Config) Open(_ context.Context, env auth.Env) (auth.Provider, error) {
	roots, err := readRoots(c.CAFile)
	if err != nil {
		return nil, err
	}
	us, err := c.credentials(env.Now)
	if err != nil {
		return nil, err
	}
	open, end := context.WithCancel(context.Background())
	p := &provider{Config: c.withDefaults(), env: env, us: us, end: end}
	p.wire = newWire(roots, p.Timeout, nil)
	p.metadata = newLazy(open, env.Now, p.fetchMetadata)
	p.keys = newLazy(open, env.Now, p.fetchKeys)
	return p, nil
}

// Close ends what is under way.
func (p *provider) Close() error {
	p.end()
	p.wire.client.CloseIdleConnections()
	return nil
}

// readRoots reads a file of certificates; nil stands for the system's.
func readRoots(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("oidc: ca_file cannot be read")
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, errors.New("oidc: ca_file holds no certificate in PEM")
	}
	return roots, nil
}

func invalid(cause string) error     { return auth.Refuse(auth.RefusedInvalid, cause) }
func unavailable(cause string) error { return auth.Refuse(auth.RefusedUnavailable, cause) }
