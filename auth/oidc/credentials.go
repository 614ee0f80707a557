package oidc

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// assertionLife is how long a proof that it is us is good for.
const assertionLife = time.Minute

// credentials prove to the provider that it is us: by a secret, or by a key.
type credentials struct {
	id     string
	secret string
	signer jose.Signer // nil: by the secret
	// public: there is nothing to prove it by; PKCE alone binds the code (RFC 6749 §2.1).
	public bool
	key    jose.JSONWebKey // public half of the signer's
	now    func() time.Time
}

// credentials reads the stanza's secret or key.
func (c *Config) credentials(now func() time.Time) (*credentials, error) {
	us := &credentials{id: c.ClientID, secret: c.ClientSecret, now: now}
	if c.ClientSecretFile != "" {
		text, err := os.ReadFile(c.ClientSecretFile)
		if us.secret = strings.TrimSpace(string(text)); err != nil || us.secret == "" {
			return nil, errors.New("oidc: client_secret_file cannot be read, or is empty")
		}
	}
	if c.PrivateKeyFile == "" {
		return us, nil
	}
	text, err := os.ReadFile(c.PrivateKeyFile)
	if err != nil {
		return nil, errors.New("oidc: private_key_file cannot be read")
	}
	us.signer, us.key, err = c.signerOf(text)
	return us, err
}

// signerOf gives what signs, and what others check it by.
func (c *Config) signerOf(text []byte) (jose.Signer, jose.JSONWebKey, error) {
	none := jose.JSONWebKey{}
	key := parseKey(text)
	if key == nil {
		return nil, none, errors.New("oidc: private_key_file must be a private key in PEM: RSA of 2048 bits or more, EC P-256, P-384 or P-521, or Ed25519")
	}
	alg := c.Alg
	if alg == "" {
		alg = c.usualAlg(key.Public())
	}
	if !fits(key.Public(), alg) {
		return nil, none, errors.New("oidc: private_key_file is not a key of the kind that alg needs")
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg),
		Key: jose.JSONWebKey{Key: key, KeyID: c.KeyID}}, new(jose.SignerOptions).WithType("JWT"))
	if err != nil {
		return nil, none, errors.New("oidc: private_key_file cannot be used to sign")
	}
	return signer, jose.JSONWebKey{Key: key.Public(), KeyID: c.KeyID, Algorithm: alg, Use: "sig"}, nil
}

func (c *Config) usualAlg(key crypto.PublicKey) string {
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		return curveAlg(k.Curve)
	case ed25519.PublicKey:
		return "EdDSA"
	}
	if c.rsaAlg != "" {
		return c.rsaAlg
	}
	return "RS256"
}

// parseKey reads PKCS #8, PKCS #1 or SEC 1; nil if it is none that we may sign with.
func parseKey(text []byte) crypto.Signer {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil
	}
	var key any
	if k, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		key = k
	} else if k, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		key = k
	} else if k, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		key = k
	}
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() >= leastRSA {
			return k
		}
	case *ecdsa.PrivateKey:
		return k
	case ed25519.PrivateKey:
		return k
	}
	return nil
}

// sign puts the proof on a request to the token endpoint, by a way that the provider says it
// takes (OIDC Core §9; RFC 6749 §2.3.1; client_secret_basic is the default).
func (us *credentials) sign(header http.Header, form url.Values, m *metadata) error {
	form.Set("client_id", us.id)
	switch {
	case us.public:
	case us.signer != nil:
		assertion, err := us.assertion(m.Token)
		if err != nil {
			return errors.New("oidc: the private key could not sign")
		}
		form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		form.Set("client_assertion", assertion)
	case slices.Contains(m.TokenAuth, "client_secret_post") && !slices.Contains(m.TokenAuth, "client_secret_basic"):
		form.Set("client_secret", us.secret)
	default:
		form.Del("client_id") // one way only (RFC 6749 §2.3)
		r := http.Request{Header: header}
		r.SetBasicAuth(url.QueryEscape(us.id), url.QueryEscape(us.secret))
	}
	return nil
}

// assertion is OIDC Core §9 and RFC 7523 §3.
func (us *credentials) assertion(endpoint string) (string, error) {
	now := us.now()
	return jwt.Signed(us.signer).Claims(map[string]any{
		"iss": us.id, "sub": us.id, "aud": endpoint, "jti": rand.Text(),
		"iat": now.Unix(), "exp": now.Add(assertionLife).Unix(),
	}).Serialize()
}
