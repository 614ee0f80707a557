package smart_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha512" // SHA-384
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

const (
	tokenURL   = "https://patchwork.example/smart/token"
	jwtBearer  = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	formMedia  = "application/x-www-form-urlencoded"
	introspect = "https://patchwork.example/smart/introspect"
)

// Keys that tests sign with: made once, as RSA takes long.
var (
	rsaKey    = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(2048) })
	otherRSA  = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(2048) })
	weakRSA   = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(1024) })
	ecKey     = sync.OnceValue(func() *ecdsa.PrivateKey { return newEC(elliptic.P384()) })
	smallEC   = sync.OnceValue(func() *ecdsa.PrivateKey { return newEC(elliptic.P256()) })
	publicSet = sync.OnceValue(func() string {
		text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
			{Key: rsaKey().Public(), KeyID: "r"}, {Key: ecKey().Public(), KeyID: "e"},
			{Key: rsaKey().Public(), KeyID: "enc", Use: "enc"}, {Key: rsaKey().Public(), KeyID: "rs256", Algorithm: "RS256", Use: "sig"},
			{Key: rsaKey().Public(), KeyID: "sig", Algorithm: "RS384", Use: "sig"},
		}})
		if err != nil {
			panic(err)
		}
		return string(text)
	})
)

func newRSA(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

func newEC(curve elliptic.Curve) *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// service is a backend service.
func service() smart.Client {
	return smart.Client{
		Name: "Registry", Method: smart.Key, JWKS: publicSet(), Scopes: []string{"system/Patient.rs"},
		Position: &auth.Position{Role: auth.RoleAnalyst, Organisation: record.Organisation{ODS: "QXX", Name: "Region"}},
	}
}

// desk is an endpoint that asks who its client is, over HTTP: /who answers with the id,
// /token is fosite's, for client_credentials.
type desk struct {
	*house
	*httptest.Server
	auth     *smart.Authentication
	provider fosite.OAuth2Provider
	client   *smart.Client
}

func openDesk(t testing.TB, db *migrations.DB) *desk {
	t.Helper()
	h := build(t, db)
	d := &desk{house: h, auth: &smart.Authentication{
		Store: h.Store, Audiences: []string{tokenURL, introspect},
		Fetcher: smart.NewFetcher(smart.FetchConfig{AllowPrivate: true, Now: h.clock.now}),
	}}
	config := &fosite.Config{
		GlobalSecret: []byte(strings.Repeat("s", 32)), ScopeStrategy: scope.Permits, AccessTokenLifespan: 5 * time.Minute,
		ClientAuthenticationStrategy: d.auth.Authenticate,
	}
	d.provider = compose.Compose(config, h.Store, &compose.CommonStrategy{CoreStrategy: compose.NewOAuth2HMACStrategy(config)}, compose.OAuth2ClientCredentialsGrantFactory)
	d.client, _ = h.approved(service())
	d.Server = httptest.NewServer(http.HandlerFunc(d.answer))
	t.Cleanup(d.Close)
	return d
}

func (d *desk) answer(w http.ResponseWriter, r *http.Request) {
	ctx := auth.WithCaller(r.Context(), auth.Caller{Address: r.Header.Get("X-Test-Address")})
	if r.URL.Path == "/token" {
		request, err := d.provider.NewAccessRequest(ctx, r, &smart.Session{})
		if err == nil {
			var response fosite.AccessResponder
			if response, err = d.provider.NewAccessResponse(ctx, request); err == nil {
				d.provider.WriteAccessResponse(ctx, w, request, response)
				return
			}
		}
		d.provider.WriteAccessError(ctx, w, request, err)
		return
	}
	_ = r.ParseForm()
	client, err := d.auth.Authenticate(ctx, r, r.PostForm)
	if err != nil {
		d.provider.WriteAccessError(ctx, w, fosite.NewAccessRequest(&smart.Session{}), err)
		return
	}
	_, _ = io.WriteString(w, client.GetID())
}

// said is what the desk answered.
type said struct {
	status      int
	body        string
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// post sends a form; change may be nil.
func (d *desk) post(path string, form url.Values, change func(*http.Request)) said {
	d.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, d.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Content-Type", formMedia)
	if change != nil {
		change(req)
	}
	resp, err := d.Client().Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	s := said{status: resp.StatusCode, body: string(body)}
	_ = json.Unmarshal(body, &s)
	return s
}

// asserted is an assertion in the making: what a test changes of an honest one.
type asserted struct {
	header, claims map[string]any
	// rawHeader and rawClaims stand instead, if set.
	rawHeader, rawClaims string
	sign                 func(input []byte) []byte
	// after changes the whole token, form the form and request the request.
	after   func(string) string
	form    func(url.Values)
	request func(*http.Request)
}

// honest is an assertion that has to be taken.
func (d *desk) honest(jti string) *asserted {
	now := d.clock.now()
	return &asserted{
		header: map[string]any{"alg": "RS384", "kid": "r", "typ": "JWT"},
		claims: map[string]any{
			"iss": d.client.ID, "sub": d.client.ID, "aud": tokenURL, "jti": jti,
			"exp": now.Add(5 * time.Minute).Unix(), "iat": now.Unix(),
		},
		sign: rs384(rsaKey()),
	}
}

func rs384(key *rsa.PrivateKey) func([]byte) []byte { return rsaSigner(key, crypto.SHA384) }

func rsaSigner(key *rsa.PrivateKey, hash crypto.Hash) func([]byte) []byte {
	return func(input []byte) []byte {
		h := hash.New()
		h.Write(input)
		sig, err := rsa.SignPKCS1v15(rand.Reader, key, hash, h.Sum(nil))
		if err != nil {
			panic(err)
		}
		return sig
	}
}

func ecSigner(key *ecdsa.PrivateKey, hash crypto.Hash) func([]byte) []byte {
	return func(input []byte) []byte {
		h := hash.New()
		h.Write(input)
		r, s, err := ecdsa.Sign(rand.Reader, key, h.Sum(nil))
		if err != nil {
			panic(err)
		}
		size := (key.Params().BitSize + 7) / 8
		return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
	}
}

// es384 makes it one by the other key.
func (a *asserted) es384() {
	a.header["alg"], a.header["kid"], a.sign = "ES384", "e", ecSigner(ecKey(), crypto.SHA384)
}

func (a *asserted) token() string {
	part := func(raw string, v map[string]any) string {
		if raw == "" {
			text, err := json.Marshal(v)
			if err != nil {
				panic(err)
			}
			raw = string(text)
		}
		return base64.RawURLEncoding.EncodeToString([]byte(raw))
	}
	input := part(a.rawHeader, a.header) + "." + part(a.rawClaims, a.claims)
	token := input + "." + base64.RawURLEncoding.EncodeToString(a.sign([]byte(input)))
	if a.after != nil {
		token = a.after(token)
	}
	return token
}

// send posts it.
func (d *desk) send(path string, a *asserted) said {
	d.t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {"system/Patient.rs"}, "client_assertion_type": {jwtBearer}, "client_assertion": {a.token()}}
	if a.form != nil {
		a.form(form)
	}
	return d.post(path, form, a.request)
}
