package pds

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// tokens gets access tokens as an application: a JWT signed with our key (RFC 7523,
// private_key_jwt with RS512, as the national platform demands) for a token of some
// minutes, which is used until shortly before it ends.
type tokens struct {
	source *source
	key    *rsa.PrivateKey
	url    string

	// turn lets one caller at a time get a token; the others wait for it or their
	// context. It also guards token and until.
	turn  chan struct{}
	token string
	until time.Time
}

func newTokens(s *source) (*tokens, error) {
	text, err := secret("key", s.Auth.Key, s.Auth.KeyFile, s.Auth.KeyEnv)
	if err != nil {
		return nil, err
	}
	key := parseKey([]byte(text))
	if key == nil {
		return nil, &sources.Error{Kind: sources.Refused, Code: "bad-key", Reason: "auth.key must be a PEM private key: RSA of 2048 bits or more"}
	}
	t := &tokens{source: s, key: key, url: s.Auth.TokenURL, turn: make(chan struct{}, 1)}
	if t.url == "" {
		t.url = s.base.Scheme + "://" + s.base.Host + "/oauth2/token"
	}
	return t, nil
}

// parseKey reads PKCS #8 or PKCS #1; nil if it is none that we may sign with.
func parseKey(text []byte) *rsa.PrivateKey {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		any, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return nil
		}
		key, _ = any.(*rsa.PrivateKey)
	}
	if key == nil || key.N.BitLen() < 2048 {
		return nil
	}
	return key
}

func (t *tokens) header(ctx context.Context) (string, error) {
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return "", httpfault.ByTransport(ctx, ctx.Err())
	}
	if t.token != "" && t.source.env.Now().Before(t.until) {
		return t.token, nil
	}
	if err := t.renew(ctx); err != nil {
		return "", err
	}
	return t.token, nil
}

// forget drops the token if it is still the one that was refused: another caller may
// have renewed it meanwhile.
func (t *tokens) forget(header string) {
	t.turn <- struct{}{}
	if t.token == header {
		t.token = ""
	}
	<-t.turn
}

func (t *tokens) renew(ctx context.Context) error {
	assertion, err := t.assertion()
	if err != nil {
		return &sources.Error{Kind: sources.Refused, Code: "signing", Reason: "A login could not be signed", Cause: err}
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_assertion": {assertion},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
	var given struct {
		AccessToken string          `json:"access_token"`
		TokenType   string          `json:"token_type"`
		ExpiresIn   json.RawMessage `json:"expires_in"` // a number, or one in quotes
	}
	err = t.source.env.Call(ctx, func(ctx context.Context) error {
		got, err := t.source.exchange(ctx, request{method: http.MethodPost, url: t.url, form: form.Encode()})
		switch {
		case err != nil:
			return err
		case got.status == http.StatusBadRequest || got.status == http.StatusUnauthorized || got.status == http.StatusForbidden:
			return &sources.Error{Kind: sources.Refused, Code: "token-refused", Reason: "It does not accept our login"}
		}
		if err := got.failure(); err != nil {
			return err
		}
		if json.Unmarshal(got.body, &given) != nil { // its text quotes the answer
			return httpfault.NotJSON(nil)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if given.AccessToken == "" || !strings.EqualFold(given.TokenType, "bearer") || !isToken(given.AccessToken) {
		return httpfault.Malformed("no-token", "It gave no token")
	}
	seconds, _ := strconv.Atoi(strings.Trim(string(given.ExpiresIn), `"`))
	life := time.Duration(min(max(seconds, 60), 3600)) * time.Second
	t.token, t.until = "Bearer "+given.AccessToken, t.source.env.Now().Add(life*9/10)
	return nil
}

// isToken reports whether a token can stand in a header: RFC 6750 §2.1.
func isToken(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) < 0
}

// assertion is the signed JWT: five minutes at most, used once.
func (t *tokens) assertion() (string, error) {
	now := t.source.env.Now()
	id := t.source.Auth.ClientID
	signed := segment(map[string]any{"alg": "RS512", "typ": "JWT", "kid": t.source.Auth.KeyID}) + "." +
		segment(map[string]any{"iss": id, "sub": id, "aud": t.url, "jti": newUUID(), "exp": now.Add(4 * time.Minute).Unix()})
	sum := sha512.Sum512([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, t.key, crypto.SHA512, sum[:])
	if err != nil {
		return "", err
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

func segment(v any) string {
	text, _ := json.Marshal(v) // strings and numbers only
	return base64.RawURLEncoding.EncodeToString(text)
}
