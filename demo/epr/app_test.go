package epr_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/demo/epr"
)

// The tests are an app of the EPR. Its signatures are made and read by go-jose, so that
// the EPR's own do not only agree with themselves.

const (
	confidential = "a-confidential-app"
	public       = "a-public-app"
	back         = "http://127.0.0.1:9/return"
)

var (
	alice = epr.Patient{ID: "H0000001", NHSNumber: "9000000009", FamilyName: "ASHDOWN", GivenName: "Alice", Title: "Ms", BirthDate: "1950-02-28", Gender: "female", Encounter: "E1"}
	bilal = epr.Patient{ID: "H0000002", NHSNumber: "9000000017", FamilyName: "BEGUMSHAH", GivenName: "Bilal", BirthDate: "1971-12-31"}
	leila = epr.Clinician{ID: "dr-1", Name: "Dr Leila Haddad", IDP: "infirmary", Subject: "subject-of-leila", GMC: "7654321", Claims: map[string]any{"groups": []string{"Doctors"}}}
	grace = epr.Clinician{ID: "rn-2", Name: "Grace Mensah", IDP: "local", Email: "grace@infirmary.example"}
)

// keysOfApp are made once: RSA keys are slow to make.
var keysOfApp = func() map[string]crypto.Signer {
	es, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		panic(err)
	}
	rs, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return map[string]crypto.Signer{"ES384": es, "RS384": rs}
}()

// keysOfEPR likewise.
var keysOfEPR = func() *epr.Keys {
	k, err := epr.MakeKeys()
	if err != nil {
		panic(err)
	}
	return k
}()

func appJWKS() []byte {
	set := jose.JSONWebKeySet{}
	for alg, key := range keysOfApp {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: key.Public(), KeyID: "app-" + alg, Algorithm: alg})
	}
	text, err := json.Marshal(set)
	if err != nil {
		panic(err)
	}
	return text
}

func start(t *testing.T, change func(*epr.Options)) *epr.EPR {
	t.Helper()
	keys := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(appJWKS()) }))
	t.Cleanup(keys.Close)
	o := epr.Options{
		Name: "Westmarch University Hospitals", Organisation: "RZH", Patchwork: "http://127.0.0.1:9", Keys: keysOfEPR,
		Clinicians: []epr.Clinician{leila, grace}, Patients: []epr.Patient{alice, bilal},
		Clients: []epr.Client{{ID: confidential, RedirectURIs: []string{back}, JWKSURL: keys.URL}, {ID: public, RedirectURIs: []string{back}}},
	}
	if change != nil {
		change(&o)
	}
	e, err := epr.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return e
}

// answer is what a server said.
type answer struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

var client = &http.Client{
	Timeout:       20 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func send(t *testing.T, method, address, body string, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: resp.StatusCode, header: resp.Header, text: string(text)}
	_ = json.Unmarshal(text, &a.json) // nil if it is no JSON
	return a
}

func get(t *testing.T, address string, headers ...string) answer {
	t.Helper()
	return send(t, http.MethodGet, address, "", headers...)
}

func post(t *testing.T, address string, form url.Values) answer {
	t.Helper()
	return send(t, http.MethodPost, address, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

const verifier = "a-verifier-of-at-least-forty-three-characters-it-is"

// ask is a correct authorization request about a launch of leila and bilal.
func ask(t *testing.T, e *epr.EPR, clientID string) url.Values {
	t.Helper()
	address, err := e.SMARTLaunch("http://127.0.0.1:9/launch?kept=1", leila.ID, bilal.ID)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(address)
	if err != nil || at.Query().Get("kept") != "1" || at.Query().Get("iss") != e.FHIR {
		t.Fatalf("the launch is at %q (%v)", address, err)
	}
	challenge := sha256.Sum256([]byte(verifier))
	return url.Values{
		"response_type": {"code"}, "client_id": {clientID}, "redirect_uri": {back}, "aud": {e.FHIR}, "launch": {at.Query().Get("launch")},
		"scope": {"openid fhirUser launch patient/Patient.r patient/Observation.rs"}, "state": {"a-state"}, "nonce": {"a-nonce"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])}, "code_challenge_method": {"S256"},
	}
}

// returned is where an authorization request leads.
func returned(t *testing.T, e *epr.EPR, form url.Values) url.Values {
	t.Helper()
	a := get(t, e.URL+"/authorize?"+form.Encode())
	at, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.status != http.StatusFound || !strings.HasPrefix(a.header.Get("Location"), back+"?") {
		t.Fatalf("authorize gives %d to %q: %s", a.status, a.header.Get("Location"), a.text)
	}
	return at.Query()
}

// assertion is signed by the app; a nil change leaves a claim out.
func assertion(t *testing.T, e *epr.EPR, alg string, header map[string]any, changes map[string]any) string {
	t.Helper()
	claims := map[string]any{
		"iss": confidential, "sub": confidential, "aud": e.URL + "/token", "jti": rand.Text(),
		"iat": time.Now().Unix(), "exp": time.Now().Add(4 * time.Minute).Unix(),
	}
	for name, value := range changes {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	o := (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "app-"+alg)
	for name, value := range header {
		o = o.WithHeader(jose.HeaderKey(name), value)
	}
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg), Key: keysOfApp[alg]}, o)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := s.Sign(text)
	if err != nil {
		t.Fatal(err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return compact
}

func codeForm(code string) url.Values {
	return url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}, "code_verifier": {verifier}}
}

// tokens is the whole way of the public app, up to the token response.
func tokens(t *testing.T, e *epr.EPR) answer {
	t.Helper()
	form := codeForm(returned(t, e, ask(t, e, public)).Get("code"))
	form.Set("client_id", public)
	return post(t, e.URL+"/token", form)
}

// claims verifies a token by a published key set.
func claims(t *testing.T, jwks []byte, token any) map[string]any {
	t.Helper()
	text, _ := token.(string)
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(jwks, &set); err != nil {
		t.Fatal(err)
	}
	signed, err := jose.ParseSignedCompact(text, []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.ES384})
	if err != nil {
		t.Fatalf("the token cannot be read: %v", err)
	}
	keys := set.Key(signed.Signatures[0].Header.KeyID)
	if len(keys) != 1 || keys[0].Algorithm != signed.Signatures[0].Header.Algorithm {
		t.Fatalf("%d keys are for the token", len(keys))
	}
	payload, err := signed.Verify(keys[0])
	if err != nil {
		t.Fatalf("the token's signature: %v", err)
	}
	var all map[string]any
	if err := json.Unmarshal(payload, &all); err != nil {
		t.Fatal(err)
	}
	return all
}
