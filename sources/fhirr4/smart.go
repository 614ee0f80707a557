package fhirr4

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// backend gets tokens by SMART Backend Services: a JWT signed with our key for an
// access token (SMART App Launch 2.0, Backend Services; RFC 7523).
type backend struct {
	source   *source
	key      crypto.Signer
	tokenURL string

	// turn lets one caller at a time get a token; the others wait for it or their
	// context. It also guards token and until.
	turn  chan struct{}
	token string
	until time.Time
}

func newBackend(s *source) (*backend, error) {
	text, err := secret("key", s.Auth.Key, s.Auth.KeyFile, s.Auth.KeyEnv)
	if err != nil {
		return nil, err
	}
	key := parseKey([]byte(text))
	if key == nil {
		return nil, &sources.Error{Kind: sources.Refused, Code: "bad-key", Reason: "auth.key must be a PEM private key: RSA of 2048 bits or more, or EC P-384"}
	}
	return &backend{source: s, key: key, tokenURL: s.Auth.TokenURL, turn: make(chan struct{}, 1)}, nil
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
		if k.N.BitLen() >= 2048 {
			return k
		}
	case *ecdsa.PrivateKey:
		if k.Curve == elliptic.P384() {
			return k
		}
	}
	return nil
}

func (b *backend) header(ctx context.Context) (string, error) {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return "", httpfault.ByTransport(ctx, ctx.Err())
	}
	if b.token != "" && b.source.env.Now().Before(b.until) {
		return b.token, nil
	}
	if err := b.renew(ctx); err != nil {
		return "", err
	}
	return b.token, nil
}

func (b *backend) forget(header string) {
	select {
	case b.turn <- struct{}{}:
		if b.token == header {
			b.token = ""
		}
		<-b.turn
	default: // it is being renewed already
	}
}

// discover reads where tokens are given.
func (b *backend) discover(ctx context.Context) error {
	var found struct {
		TokenEndpoint string `json:"token_endpoint"`
	}
	req := request{method: http.MethodGet, url: b.source.URL + "/.well-known/smart-configuration", anonymous: true}
	if err := b.ask(ctx, req, &found); err != nil {
		return err
	}
	u, err := url.Parse(found.TokenEndpoint)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != b.source.base.Scheme) {
		return httpfault.Malformed("no-token-endpoint", "It does not say where to get a token")
	}
	b.tokenURL = found.TokenEndpoint
	return nil
}

// ask makes one call without credentials and decodes its small answer.
func (b *backend) ask(ctx context.Context, req request, into any) error {
	return b.source.env.Call(ctx, func(ctx context.Context) error {
		return b.source.exchange(ctx, req, "", func(body []byte) error {
			if err := json.Unmarshal(body, into); err != nil {
				return httpfault.NotJSON(nil) // its text quotes the answer
			}
			return nil
		})
	})
}

func (b *backend) renew(ctx context.Context) error {
	if b.tokenURL == "" {
		if err := b.discover(ctx); err != nil {
			return err
		}
	}
	assertion, err := b.assertion()
	if err != nil {
		return &sources.Error{Kind: sources.Refused, Code: "signing", Reason: "A login could not be signed", Cause: err}
	}
	scopes := strings.Join(b.source.Auth.Scopes, " ")
	if scopes == "" {
		scopes = "system/*.read"
	}
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {scopes}, "client_assertion": {assertion},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
	var given struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   int    `json:"expires_in"`
	}
	err = b.ask(ctx, request{method: http.MethodPost, url: b.tokenURL, form: []byte(form.Encode()), anonymous: true}, &given)
	if e := sources.AsError(err); e != nil {
		if e.Code == "http-400" { // RFC 6749 §5.2: the client or its grant is not accepted
			e = &sources.Error{Kind: sources.Refused, Code: "token-refused", Reason: "It does not accept our login"}
		}
		return e
	}
	if given.AccessToken == "" || !strings.EqualFold(given.TokenType, "bearer") {
		return httpfault.Malformed("no-token", "It gave no token")
	}
	life := time.Duration(min(max(given.ExpiresIn, 60), 3600)) * time.Second
	b.token, b.until = "Bearer "+given.AccessToken, b.source.env.Now().Add(life*9/10)
	return nil
}

// assertion is the signed JWT: five minutes at most, used once.
func (b *backend) assertion() (string, error) {
	alg := "RS384"
	if _, ok := b.key.(*ecdsa.PrivateKey); ok {
		alg = "ES384"
	}
	now := b.source.env.Now()
	head := map[string]any{"alg": alg, "typ": "JWT"}
	if b.source.Auth.KeyID != "" {
		head["kid"] = b.source.Auth.KeyID
	}
	claims := map[string]any{"iss": b.source.Auth.ClientID, "sub": b.source.Auth.ClientID, "aud": b.tokenURL,
		"iat": now.Unix(), "exp": now.Add(4 * time.Minute).Unix(), "jti": rand.Text()}
	signed := segment(head) + "." + segment(claims)
	sum := sha512.Sum384([]byte(signed))
	signature, err := b.sign(sum[:])
	if err != nil {
		return "", err
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

func segment(v any) string {
	text, _ := json.Marshal(v) // strings and numbers only
	return base64.RawURLEncoding.EncodeToString(text)
}

func (b *backend) sign(sum []byte) ([]byte, error) {
	if key, ok := b.key.(*ecdsa.PrivateKey); ok {
		r, s, err := ecdsa.Sign(rand.Reader, key, sum)
		if err != nil {
			return nil, err
		}
		out := make([]byte, 96) // RFC 7518 §3.4: R and S, 48 octets each
		r.FillBytes(out[:48])
		s.FillBytes(out[48:])
		return out, nil
	}
	return b.key.Sign(rand.Reader, sum, crypto.SHA384)
}
