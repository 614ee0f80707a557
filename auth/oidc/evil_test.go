package oidc_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

const (
	clientID     = "patchwork"
	clientSecret = "a secret of 32 characters & more"
	base         = "https://care.example/auth/at/riverside"
	subject      = "5f2c1c1e-user"
)

// pair is a key and what the provider publishes of it.
type pair struct {
	kid, use string
	private  any
	public   any
}

func rsaPair(kid, use string) pair {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return pair{kid, use, key, &key.PublicKey}
}

func ecPair(kid string) pair {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return pair{kid, "sig", key, &key.PublicKey}
}

// The keys of all providers, made once: RSA keys take their time.
var (
	signing = sync.OnceValue(func() pair { return rsaPair("s1", "sig") })
	rotated = sync.OnceValue(func() pair { return rsaPair("s2", "sig") })
	private = sync.OnceValue(func() pair { return rsaPair("enc1", "enc") })
	strange = sync.OnceValue(func() pair { return rsaPair("x1", "sig") })
	curved  = sync.OnceValue(func() pair { return ecPair("e1") })
)

// evil is an OpenID provider over real HTTP that does everything right, but for what a test
// bends. Its hooks are set before it is asked, or between.
type evil struct {
	t   *testing.T
	url string

	mu        sync.Mutex
	clock     time.Time
	published []pair
	asked     map[string]int // by path
	codes     map[string]url.Values
	refreshes map[string]url.Values // by refresh token: the sign-in it continues
	access    string
	clientKey any // public; nil: by secret
	assertion map[string]any

	metadata func(map[string]any)
	claims   func(map[string]any)
	sign     func(claims map[string]any) string
	token    func(http.ResponseWriter, map[string]any) bool // true: it has answered
	info     func(http.ResponseWriter, map[string]any) bool
	path     map[string]http.HandlerFunc // instead of the good one
}

func newEvil(t *testing.T) *evil {
	e := &evil{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), asked: map[string]int{}, codes: map[string]url.Values{},
		refreshes: map[string]url.Values{}, path: map[string]http.HandlerFunc{}, published: []pair{signing(), private(), curved()}}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	e.url = server.URL
	return e
}

func (e *evil) now() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.clock
}

func (e *evil) pass(d time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.clock = e.clock.Add(d)
}

func (e *evil) times(path string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.asked[path]
}

func (e *evil) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked[r.URL.Path]++
	if instead := e.path[r.URL.Path]; instead != nil {
		instead(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		e.serveMetadata(w)
	case "/jwks":
		e.serveKeys(w)
	case "/token":
		e.serveToken(w, r)
	case "/userinfo":
		e.serveUserInfo(w, r)
	default:
		http.NotFound(w, r)
	}
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (e *evil) serveMetadata(w http.ResponseWriter) {
	m := map[string]any{
		"issuer": e.url, "authorization_endpoint": e.url + "/authorize?realm=staff", "token_endpoint": e.url + "/token", "jwks_uri": e.url + "/jwks",
		"userinfo_endpoint": e.url + "/userinfo", "end_session_endpoint": e.url + "/end?realm=staff", "code_challenge_methods_supported": []string{"S256"},
		"id_token_signing_alg_values_supported": []string{"RS256", "ES256"}, "grant_types_supported": []string{"authorization_code", "refresh_token"},
		"backchannel_logout_supported": true, "claims_supported": []string{"sub"},
	}
	if e.metadata != nil {
		e.metadata(m)
	}
	reply(w, http.StatusOK, m)
}

func (e *evil) serveKeys(w http.ResponseWriter) {
	keys := []any{map[string]any{"kty": "OKP", "crv": "X448", "x": "AAAA", "kid": "unknown"}, map[string]any{"kty": "oct", "k": "AAAA", "kid": "oct"}}
	for _, p := range e.published {
		keys = append(keys, jose.JSONWebKey{Key: p.public, KeyID: p.kid, Use: p.use})
	}
	reply(w, http.StatusOK, map[string]any{"keys": keys})
}

// authorize is the browser at the provider: it gives a code for a request.
func (e *evil) authorize(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	code := rand.Text()
	e.codes[code] = u.Query()
	return url.Values{"code": {code}, "state": {u.Query().Get("state")}, "iss": {e.url}}
}

func (e *evil) serveToken(w http.ResponseWriter, r *http.Request) {
	if !e.isClient(r) {
		reply(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client", "error_description": "SECRET-DESCRIPTION"})
		return
	}
	request, ok := e.granted(r)
	if !ok {
		reply(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "SECRET-DESCRIPTION"})
		return
	}
	e.access = rand.Text()
	refresh := rand.Text()
	e.refreshes[refresh] = request
	now := e.clock.Unix()
	hash := sha256.Sum256([]byte(e.access))
	claims := map[string]any{"iss": e.url, "sub": subject, "aud": clientID, "exp": now + 300, "iat": now, "auth_time": now, "nonce": request.Get("nonce"),
		"at_hash": base64.RawURLEncoding.EncodeToString(hash[:16]), "sid": "session-1", "name": "Sam Sample", "groups": []string{"Doctors"}, "level": 3, "share": 0.5, "none": nil}
	if e.claims != nil {
		e.claims(claims)
	}
	body := map[string]any{"access_token": e.access, "token_type": "Bearer", "refresh_token": refresh, "id_token": e.signed(claims)}
	if e.token == nil || !e.token(w, body) {
		reply(w, http.StatusOK, body)
	}
}

func (e *evil) signed(claims map[string]any) string {
	if e.sign != nil {
		return e.sign(claims)
	}
	return sign(e.t, signing(), jose.RS256, claims, nil)
}

// granted judges as a good provider does: the code once, its PKCE, its address.
func (e *evil) granted(r *http.Request) (url.Values, bool) {
	if r.FormValue("grant_type") == "refresh_token" {
		request, ok := e.refreshes[r.FormValue("refresh_token")]
		delete(e.refreshes, r.FormValue("refresh_token"))
		return request, ok
	}
	request, ok := e.codes[r.FormValue("code")]
	delete(e.codes, r.FormValue("code"))
	verifier := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	return request, ok && request.Get("code_challenge_method") == "S256" && request.Get("redirect_uri") == r.FormValue("redirect_uri") &&
		request.Get("code_challenge") == base64.RawURLEncoding.EncodeToString(verifier[:])
}

func (e *evil) isClient(r *http.Request) bool {
	if e.clientKey != nil {
		parsed, err := jose.ParseSignedCompact(r.FormValue("client_assertion"), []jose.SignatureAlgorithm{jose.RS256, jose.RS512, jose.PS256, jose.ES256})
		if err != nil || r.FormValue("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
			return false
		}
		payload, err := parsed.Verify(e.clientKey)
		e.assertion = map[string]any{"kid": parsed.Signatures[0].Header.KeyID, "alg": parsed.Signatures[0].Header.Algorithm}
		return err == nil && json.Unmarshal(payload, &e.assertion) == nil
	}
	id, secret, ok := r.BasicAuth()
	if !ok {
		return r.FormValue("client_id") == clientID && r.FormValue("client_secret") == clientSecret
	}
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	return id == clientID && secret == clientSecret && !r.Form.Has("client_secret")
}

func (e *evil) serveUserInfo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+e.access {
		reply(w, http.StatusUnauthorized, map[string]any{})
		return
	}
	said := map[string]any{"sub": subject, "name": "Another Name", "gmc": "1234567"}
	if e.info == nil || !e.info(w, said) {
		reply(w, http.StatusOK, said)
	}
}

// sign makes a real JWT; extra are more headers, and `kid` another kid.
func sign(t *testing.T, key pair, alg jose.SignatureAlgorithm, claims map[string]any, extra map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Error(err)
	}
	return signBytes(t, key, alg, payload, extra)
}

func signBytes(t *testing.T, key pair, alg jose.SignatureAlgorithm, payload []byte, extra map[string]any) string {
	options := new(jose.SignerOptions).WithType("JWT")
	headers := maps.Clone(extra)
	kid, ok := headers["kid"].(string)
	if !ok {
		kid = key.kid
	}
	delete(headers, "kid")
	for name, value := range headers {
		options.WithHeader(jose.HeaderKey(name), value)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key.private, KeyID: kid}}, options)
	if err != nil {
		t.Error(err)
		return ""
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		t.Error(err)
		return ""
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		t.Error(err)
	}
	return text
}

// way is all that this package does, for a provider that is opened.
type way interface {
	auth.Provider
	auth.Redirector
	auth.Rechecker
	auth.Leaver
	auth.Ender
}

func (e *evil) config() *oidc.Config {
	return &oidc.Config{Issuer: e.url, ClientID: clientID, ClientSecret: clientSecret, Timeout: 2 * time.Second}
}

func (e *evil) open(t testing.TB, c *oidc.Config) way {
	t.Helper()
	for _, problem := range c.Validate() {
		t.Fatal(problem)
	}
	opened, err := c.Open(context.Background(), auth.Env{ID: "riverside", Name: "Riverside", Base: base, Log: slog.New(slog.DiscardHandler), Now: e.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened.(way)
}

// signIn goes the whole way; bend changes what the browser brings back.
func (e *evil) signIn(t *testing.T, p way, ask auth.Ask, bend func(url.Values)) (auth.Proof, error) {
	t.Helper()
	if ask.State == "" {
		ask.State = rand.Text()
	}
	away, err := p.Begin(context.Background(), ask)
	if err != nil {
		return auth.Proof{}, err
	}
	form := e.authorize(t, away.URL)
	if bend != nil {
		bend(form)
	}
	return p.Finish(context.Background(), auth.Return{Kept: away.Kept, Form: form})
}
