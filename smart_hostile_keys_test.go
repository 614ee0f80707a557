package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"crypto"

	"github.com/go-jose/go-jose/v3"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

// signingKey is a client's own.
type signingKey struct {
	kid     string
	private crypto.Signer
}

// rsaKey is made once: making one is slow.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func newKey(t testing.TB, kid string) signingKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return signingKey{kid, key}
}

func newRSAKey(kid string) signingKey { return signingKey{kid, rsaKey()} }

// public is the key as a client publishes it: without `use` and without `alg`.
func (k signingKey) public() jose.JSONWebKey {
	return jose.JSONWebKey{Key: k.private.Public(), KeyID: k.kid}
}

// keySet is the text of a JWKS.
func keySet(t testing.TB, keys ...signingKey) string {
	t.Helper()
	var set jose.JSONWebKeySet
	for _, k := range keys {
		set.Keys = append(set.Keys, k.public())
	}
	text, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// alg is the one that SMART knows for the key.
func (k signingKey) alg() string {
	if _, ok := k.private.(*rsa.PrivateKey); ok {
		return "RS384"
	}
	return "ES384"
}

// header of an assertion that is in order.
func (k signingKey) header() map[string]any {
	return map[string]any{"alg": k.alg(), "typ": "JWT", "kid": k.kid}
}

// sign makes a JWT of any header: no library would make some of these.
func (k signingKey) sign(t testing.TB, header, claims map[string]any) string {
	t.Helper()
	return k.signText(t, header, textOfJSON(t, claims))
}

func (k signingKey) signText(t testing.TB, header map[string]any, claims string) string {
	t.Helper()
	text := base64.RawURLEncoding.EncodeToString([]byte(textOfJSON(t, header))) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	alg, _ := header["alg"].(string)
	signature, err := k.signature(alg, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// signature signs as alg says; HS256 takes the public key for the secret, as the attack on
// careless verifiers does.
func (k signingKey) signature(alg string, text []byte) ([]byte, error) {
	switch alg {
	case "none":
		return nil, nil
	case "HS256":
		public, err := k.public().MarshalJSON()
		mac := hmac.New(sha256.New, public)
		mac.Write(text)
		return mac.Sum(nil), err
	}
	hash, sum := crypto.SHA384, sha512.Sum384(text)
	digest := sum[:]
	if strings.HasSuffix(alg, "256") {
		short := sha256.Sum256(text)
		hash, digest = crypto.SHA256, short[:]
	}
	if own, ok := k.private.(*ecdsa.PrivateKey); ok {
		r, s, err := ecdsa.Sign(rand.Reader, own, digest)
		if err != nil {
			return nil, err
		}
		return append(r.FillBytes(make([]byte, 48)), s.FillBytes(make([]byte, 48))...), nil
	}
	own := k.private.(*rsa.PrivateKey)
	if strings.HasPrefix(alg, "PS") {
		return rsa.SignPSS(rand.Reader, own, hash, digest, nil)
	}
	return rsa.SignPKCS1v15(rand.Reader, own, hash, digest)
}

func textOfJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// claims of an assertion that is in order, for an address here.
func (h *hostile) claims(client, path string) map[string]any {
	now := time.Now()
	return map[string]any{
		"iss": client, "sub": client, "aud": h.http.URL + path, "jti": auth.NewSecret(),
		"iat": now.Unix(), "exp": now.Add(4 * time.Minute).Unix(),
	}
}

// assertion is one that is in order, as the form has it.
func (h *hostile) assertion(client string, k signingKey) url.Values {
	return asserted(h.given(k.sign(h.t, k.header(), h.claims(client, "/smart/token"))))
}

// asserted is the form of an assertion.
func asserted(jwt string) url.Values {
	return url.Values{"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "client_assertion": {jwt}}
}

// with adds to a form.
func with(form url.Values, more url.Values) url.Values {
	out := maps.Clone(form)
	maps.Copy(out, more)
	return out
}

// service is a backend service that reads as the hospital's doctors do.
func service(jwks string) smart.Client {
	return smart.Client{
		Name: "Nightly reports", Method: smart.Key, JWKS: jwks, Scopes: []string{"system/*.rs"},
		Position: &auth.Position{Role: auth.RoleHospitalDoctor, Organisation: record.Organisation{ODS: "YZ902", Name: "Hospital"}, CareSetting: "acute"},
	}
}

// epr is a system that opens an app; trust says that it answers for its users.
func (h *hostile) epr(app *smart.Client, jwks string, trust bool) smart.Client {
	return smart.Client{
		Name: "Riverside EPR", Method: smart.Key, JWKS: jwks, Scopes: []string{"patchwork/launch"},
		Launching: &smart.Launching{Apps: []string{app.ID}, Organisations: []string{h.gpODS()}, Logins: []string{"local"}, Trust: trust},
	}
}

// gpODS is the organisation of the demo's GP.
func (h *hostile) gpODS() string { return h.System("gp").Organisation }

// serviceToken gets a token by client_credentials.
func (h *hostile) serviceToken(client string, k signingKey, scopes string) string {
	h.t.Helper()
	status, reply := h.post("/smart/token", with(h.assertion(client, k), url.Values{"grant_type": {"client_credentials"}, "scope": {scopes}}), nil)
	if status != http.StatusOK || reply.text("access_token") == "" {
		h.t.Fatalf("no token for a service: %d %v", status, reply)
	}
	return h.given(reply.text("access_token"))
}

// basic proves a client by its secret.
func basic(id, secret string) map[string]string {
	return map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))}
}

// bearer shows a token.
func bearer(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token}
}
