package smartlogin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

const (
	clientID     = "patchwork-app"
	clientSecret = "a SECRET of 32 characters & more"
	subject      = "SECRET-subject"
	launchToken  = "SECRET-launch"
	patientID    = "SECRET-pat.1"
	nhsNumber    = "9434765919"
	birthDate    = "1956-03-12"
	family       = "SECRETFAMILY"
)

// secrets are what no page, log or ledger may hold of a launch that is refused.
var secrets = []string{"SECRET", nhsNumber, "943 476 5919", birthDate, "127.0.0.1", "<script", "eyJ"}

// pair is a key and its kid.
type pair struct {
	kid     string
	private any
	public  any
}

func rsaPair(kid string) pair {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return pair{kid, key, &key.PublicKey}
}

func ecPair(kid string) pair {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return pair{kid, key, &key.PublicKey}
}

// Keys of all EPRs and of ours, made once: RSA keys take their time.
var (
	signing = sync.OnceValue(func() pair { return rsaPair("e1") })
	strange = sync.OnceValue(func() pair { return rsaPair("x1") })
	ours    = sync.OnceValue(func() pair { return ecPair("p1") })
	oursRSA = sync.OnceValue(func() pair { return rsaPair("p2") })
)

// evil is an EPR with a SMART server over real HTTP that does everything right, but for what
// a test bends. Its hooks are set before it is asked.
type evil struct {
	t        *testing.T
	url      string
	iss      string // FHIR base
	issuer   string // of ID tokens
	mu       sync.Mutex
	accepted int // connections
	clock    time.Time
	asked    map[string]int // by path
	codes    map[string]url.Values
	jtis     map[string]bool
	access   string
	client   any // public key; nil: by secret, or public
	alg      jose.SignatureAlgorithm

	config       func(map[string]any)
	openid       func(map[string]any)
	claims       func(map[string]any)
	sign         func(map[string]any) string
	token        func(map[string]any)
	patient      func(map[string]any)
	practitioner func(map[string]any)
	path         map[string]http.HandlerFunc // instead of the good one
}

func newEvil(t *testing.T) *evil {
	e := &evil{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), asked: map[string]int{}, codes: map[string]url.Values{},
		jtis: map[string]bool{}, path: map[string]http.HandlerFunc{}}
	server := httptest.NewUnstartedServer(e)
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.accepted++
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	e.url, e.iss, e.issuer = server.URL, server.URL+"/fhir", server.URL+"/fhir"
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

func (e *evil) connections() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.accepted
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
	case smartConfig:
		reply(w, http.StatusOK, bent(map[string]any{
			"issuer": e.issuer, "authorization_endpoint": e.url + "/authorize?tenant=a", "token_endpoint": e.url + "/token", "jwks_uri": e.url + "/jwks",
			"code_challenge_methods_supported": []string{"S256"}, "capabilities": []string{"launch-ehr", "sso-openid-connect"},
		}, e.config))
	case openIDConfig:
		reply(w, http.StatusOK, bent(map[string]any{"issuer": e.issuer, "jwks_uri": e.url + "/jwks"}, e.openid))
	case "/jwks":
		reply(w, http.StatusOK, map[string]any{"keys": []any{jose.JSONWebKey{Key: signing().public, KeyID: "e1"}}})
	case "/authorize":
		e.authorize(w, r)
	case "/token":
		e.serveToken(w, r)
	case "/fhir/Patient/" + patientID:
		e.served(w, r, goodPatient(), e.patient)
	case "/fhir/Practitioner/77":
		e.served(w, r, map[string]any{"resourceType": "Practitioner", "id": "77", "text": map[string]any{"div": strings.Repeat("x", 9000)},
			"identifier": []any{map[string]any{"system": "https://fhir.hl7.org.uk/Id/gmc-number", "value": "7654321"}}}, e.practitioner)
	default:
		http.NotFound(w, r)
	}
}

const (
	smartConfig  = "/fhir/.well-known/smart-configuration"
	openIDConfig = "/fhir/.well-known/openid-configuration"
)

func bent(m map[string]any, bend func(map[string]any)) map[string]any {
	if bend != nil {
		bend(m)
	}
	return m
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func goodPatient() map[string]any {
	return map[string]any{
		"resourceType": "Patient", "id": patientID, "birthDate": birthDate, "gender": "female",
		"identifier": []any{
			map[string]any{"system": "https://epr.example/hospital-number", "value": "SECRET-hospital-number"},
			map[string]any{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhsNumber, "use": "official", "extension": []any{verification("01")}},
		},
		"name": []any{map[string]any{"use": "old", "family": "SECRETOLD"}, map[string]any{"use": "official", "family": family, "given": []string{"SECRETGIVEN"}}},
	}
}

func verification(code string) map[string]any {
	return map[string]any{"url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
		"valueCodeableConcept": map[string]any{"coding": []any{map[string]any{"code": code}}}}
}

// served gives a resource to who has the access token.
func (e *evil) served(w http.ResponseWriter, r *http.Request, resource map[string]any, bend func(map[string]any)) {
	if r.Header.Get("Authorization") != "Bearer "+e.access || r.Header.Get("Accept") != "application/fhir+json" {
		reply(w, http.StatusUnauthorized, map[string]any{})
		return
	}
	reply(w, http.StatusOK, bent(resource, bend))
}

// authorize is the EPR's own sign-in, which knows its user already.
func (e *evil) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != clientID || q.Get("aud") != e.iss || !strings.Contains(q.Get("redirect_uri"), "/auth/epr/river/return") || q.Get("tenant") != "a" {
		reply(w, http.StatusBadRequest, map[string]any{"error": "SECRET"})
		return
	}
	back := url.Values{"state": {q.Get("state")}, "iss": {e.issuer}}
	if q.Get("launch") == launchToken {
		code := rand.Text()
		e.codes[code] = q
		back.Set("code", code)
	} else {
		back.Set("error", "invalid_request")
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (e *evil) serveToken(w http.ResponseWriter, r *http.Request) {
	if !e.isClient(r) {
		reply(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client", "error_description": "SECRET"})
		return
	}
	request, ok := e.codes[r.FormValue("code")]
	delete(e.codes, r.FormValue("code"))
	verifier := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || request.Get("code_challenge_method") != "S256" || request.Get("redirect_uri") != r.FormValue("redirect_uri") ||
		request.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(verifier[:]) {
		reply(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "SECRET"})
		return
	}
	e.access = "SECRET-" + rand.Text()
	now := e.clock.Unix()
	claims := bent(map[string]any{"iss": e.issuer, "sub": subject, "aud": clientID, "exp": now + 300, "iat": now, "auth_time": now, "nonce": request.Get("nonce"),
		"sid": "session-1", "name": "Sam SECRETNAME", "groups": []string{"Doctors"}, "fhirUser": e.iss + "/Practitioner/77"}, e.claims)
	body := map[string]any{"access_token": e.access, "refresh_token": "SECRET-refresh", "token_type": "Bearer", "expires_in": 300, "scope": "launch openid fhirUser patient/Patient.r",
		"patient": patientID, "encounter": "SECRET-enc", "intent": "reconcile", "need_patient_banner": false, "id_token": e.signed(claims)}
	reply(w, http.StatusOK, bent(body, e.token))
}

func (e *evil) signed(claims map[string]any) string {
	if e.sign != nil {
		return e.sign(claims)
	}
	return sign(e.t, signing(), jose.RS256, claims, nil)
}

// isClient judges as SMART has it: an assertion once, of five minutes at most, for this
// endpoint, under the registered kid.
func (e *evil) isClient(r *http.Request) bool {
	if e.client == nil {
		if id, secret, ok := r.BasicAuth(); ok {
			id, _ = url.QueryUnescape(id)
			secret, _ = url.QueryUnescape(secret)
			return id == clientID && secret == clientSecret
		}
		return r.FormValue("client_id") == clientID && !r.Form.Has("client_secret") && !r.Form.Has("client_assertion")
	}
	parsed, err := jose.ParseSignedCompact(r.FormValue("client_assertion"), []jose.SignatureAlgorithm{e.alg})
	if err != nil || r.FormValue("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
		return false
	}
	payload, err := parsed.Verify(e.client)
	var a struct {
		Iss, Sub, Aud, Jti string
		Exp, Iat           int64
	}
	if err != nil || json.Unmarshal(payload, &a) != nil || parsed.Signatures[0].Header.KeyID == "" || parsed.Signatures[0].Header.ExtraHeaders["typ"] != "JWT" {
		return false
	}
	fresh := a.Jti != "" && !e.jtis[a.Jti]
	e.jtis[a.Jti] = true
	return fresh && a.Iss == clientID && a.Sub == clientID && a.Aud == e.url+"/token" && a.Exp > e.clock.Unix() && a.Exp <= e.clock.Unix()+300
}

// sign makes a real JWT; extra are more headers, and `kid` another kid.
func sign(t *testing.T, key pair, alg jose.SignatureAlgorithm, claims map[string]any, extra map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Error(err)
	}
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

// keyFile writes a private key as an operator would.
func keyFile(t *testing.T, p pair) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(p.private)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (e *evil) stanza() *smartlogin.Config {
	return &smartlogin.Config{Iss: e.iss, ClientID: clientID, ClientSecret: clientSecret, Private: true}
}

// asymmetric has the EPR know a key of ours.
func (e *evil) asymmetric(t *testing.T, c *smartlogin.Config, key pair, alg jose.SignatureAlgorithm) {
	e.client, e.alg = key.public, alg
	c.ClientSecret, c.PrivateKeyFile, c.KeyID = "", keyFile(t, key), key.kid
}
