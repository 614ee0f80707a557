package saml

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"

	"github.com/patchworkcare/patchwork/auth"
)

// provider is one login; see auth.Redirector, Leaver, Ender and Documented.
type provider struct {
	config Config
	env    auth.Env
	key    *rsa.PrivateKey
	own    *x509.Certificate
	next   *x509.Certificate // nil if none comes next
	source *source
}

// Open reads the stanza's files. It does not ask the provider: its metadata is read when
// it is first needed.
func (c *Config) Open(_ context.Context, env auth.Env) (auth.Provider, error) {
	p := &provider{config: c.withDefaults(env.Base), env: env}
	var err error
	if p.key, err = readKey(c.KeyFile); err != nil {
		return nil, fmt.Errorf("key_file: %w", err)
	}
	if p.own, err = readCertificate(c.CertificateFile); err != nil {
		return nil, fmt.Errorf("certificate_file: %w", err)
	}
	if !p.key.PublicKey.Equal(p.own.PublicKey) {
		return nil, errors.New("certificate_file: is not the certificate of the key in key_file")
	}
	if c.NextCertificateFile != "" {
		if p.next, err = readCertificate(c.NextCertificateFile); err != nil {
			return nil, fmt.Errorf("next_certificate_file: %w", err)
		}
	}
	if p.source, err = openSource(&p.config, env); err != nil {
		return nil, err
	}
	return p, nil
}

// Close gives back idle connections.
func (p *provider) Close() error {
	p.source.close()
	return nil
}

// acs is where responses come, slo where requests to sign out do.
func (p *provider) acs() string { return p.env.Base + "/return" }
func (p *provider) slo() string { return p.env.Base + "/logout" }

func readBlock(file string) (*pem.Block, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	for {
		block, rest := pem.Decode(b)
		switch {
		case block == nil:
			return nil, errors.New("is not a PEM file")
		case block.Type != "EC PARAMETERS":
			return block, nil
		}
		b = rest
	}
}

// readKey takes PKCS #8 and PKCS #1, without a passphrase.
func readKey(file string) (*rsa.PrivateKey, error) {
	block, err := readBlock(file)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		any8, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return nil, errors.New("holds no private key that can be read (PKCS #8 or #1, without a passphrase)")
		}
		ok := false
		if key, ok = any8.(*rsa.PrivateKey); !ok {
			return nil, errors.New("must be an RSA key: assertions are encrypted to it")
		}
	}
	if key.N.BitLen() < 2048 {
		return nil, errors.New("has fewer than 2048 bits")
	}
	return key, nil
}

func readCertificate(file string) (*x509.Certificate, error) {
	block, err := readBlock(file)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, errors.New("holds no certificate that can be read")
	}
	if !strong(certificate) {
		return nil, errors.New("has a key that is too weak: RSA of 2048 bits or more is needed")
	}
	return certificate, nil
}
