package oidc_test

import (
	"bytes"
	"compress/flate"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// unsigned is a token with any header, and any signature.
func unsigned(header, claims any, signature string) string {
	h, _ := json.Marshal(header)
	c, _ := json.Marshal(claims)
	return base64.RawURLEncoding.EncodeToString(h) + "." + base64.RawURLEncoding.EncodeToString(c) + "." + signature
}

func with(name string, value any) func(*evil) {
	return func(e *evil) { e.claims = func(c map[string]any) { c[name] = value } }
}

func without(name string) func(*evil) {
	return func(e *evil) { e.claims = func(c map[string]any) { delete(c, name) } }
}

// off sets a time so many seconds from now.
func off(name string, seconds int64) func(*evil) {
	return func(e *evil) { e.claims = func(c map[string]any) { c[name] = e.clock.Unix() + seconds } }
}

func made(by func(e *evil, c map[string]any) string) func(*evil) {
	return func(e *evil) { e.sign = func(c map[string]any) string { return by(e, c) } }
}

func headers(key func() pair, alg jose.SignatureAlgorithm, extra map[string]any) func(*evil) {
	return made(func(e *evil, c map[string]any) string { return sign(e.t, key(), alg, c, extra) })
}

// hmac signs by a secret, as who confuses a public key with one would check.
func hmac(secret []byte) func(*evil) {
	return made(func(e *evil, c map[string]any) string {
		return sign(e.t, pair{kid: signing().kid, private: secret}, jose.HS256, c, nil)
	})
}

func publicPEM() []byte {
	der, _ := x509.MarshalPKIXPublicKey(signing().public)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

func TestForgedTokens(t *testing.T) {
	t.Parallel()
	var all []hostile
	for _, alg := range []any{"none", "None", "NONE", "nOnE", "", "rs256", "HS256", "RSA-OAEP", nil, 1} {
		for _, signature := range []string{"", "AAAA"} {
			all = append(all, hostile{name: fmt.Sprintf("alg %v %s", alg, signature), cause: "the ID token", bend: made(func(_ *evil, c map[string]any) string {
				return unsigned(map[string]any{"alg": alg, "typ": "JWT", "kid": "s1"}, c, signature)
			})})
		}
	}
	nested := made(func(e *evil, c map[string]any) string {
		inner := sign(e.t, signing(), jose.RS256, c, nil)
		return signBytes(e.t, signing(), jose.RS256, []byte(inner), map[string]any{"cty": "JWT"})
	})
	jwk := jose.JSONWebKey{Key: strange().public, KeyID: "x1", Algorithm: "RS256"}
	all = append(all, []hostile{
		{name: "HS256 by the public key, PEM", cause: "algorithm", bend: hmac(publicPEM())},
		{name: "HS256 by the public key, DER", cause: "algorithm", bend: hmac(x509.MarshalPKCS1PublicKey(signing().public.(*rsa.PublicKey)))},
		{name: "HS256 by the client secret", cause: "algorithm", bend: hmac([]byte(clientSecret))},
		{name: "signed by another key under a known kid", cause: "signature is wrong", bend: headers(strange, jose.RS256, map[string]any{"kid": "s1"})},
		{name: "unknown kid", cause: "does not publish", bend: headers(strange, jose.RS256, nil)},
		{name: "a good key under an unknown kid", cause: "does not publish", bend: headers(signing, jose.RS256, map[string]any{"kid": "../s1"})},
		{name: "no kid, where two keys can be meant", cause: "does not publish", bend: func(e *evil) {
			e.published = append(e.published, rotated())
			made(func(e *evil, c map[string]any) string {
				return sign(e.t, pair{private: signing().private}, jose.RS256, c, nil)
			})(e)
		}},
		{name: "a key for encryption", cause: "does not publish", bend: headers(private, jose.RS256, nil)},
		{name: "an RSA key's kid, an EC signature", cause: "does not publish", bend: headers(curved, jose.ES256, map[string]any{"kid": "s1"})},
		{name: "its own key in the header (jwk)", cause: "does not publish", bend: headers(strange, jose.RS256, map[string]any{"jwk": jwk})},
		{name: "its own key in the header, a known kid", cause: "signature is wrong", bend: headers(strange, jose.RS256, map[string]any{"jwk": jwk, "kid": "s1"})},
		{name: "a key elsewhere (jku)", cause: "does not publish", bend: func(e *evil) { headers(strange, jose.RS256, map[string]any{"jku": e.url + "/elsewhere"})(e) }},
		{name: "a certificate elsewhere (x5u)", cause: "does not publish", bend: func(e *evil) { headers(strange, jose.RS256, map[string]any{"x5u": e.url + "/elsewhere"})(e) }},
		{name: "a critical extension", cause: "ID token", bend: headers(signing, jose.RS256, map[string]any{"crit": []string{"exp"}, "exp": 1})},
		{name: "an unencoded payload", cause: "ID token", bend: headers(signing, jose.RS256, map[string]any{"crit": []string{"b64"}, "b64": true})},
		{name: "typ of an access token", cause: "another type", bend: headers(signing, jose.RS256, map[string]any{"typ": "at+jwt"})},
		{name: "typ of a logout token", cause: "another type", bend: headers(signing, jose.RS256, map[string]any{"typ": "logout+jwt"})},
		{name: "typ is no string", cause: "another type", bend: headers(signing, jose.RS256, map[string]any{"typ": 1})},
		{name: "a JWT in a JWT", cause: "ID token", bend: nested},
		{name: "encrypted, compressed (JWE)", cause: "no signed JWT", bend: made(encrypted)},
		{name: "a bomb that says it is compressed", cause: "ID token", bend: made(func(e *evil, _ map[string]any) string {
			return signBytes(e.t, signing(), jose.RS256, deflated(4<<20), map[string]any{"zip": "DEF"})
		})},
		{name: "not allowed here, although good", cause: "algorithm", bend: headers(signing, jose.RS256, nil), conf: func(c *oidc.Config) { c.SigningAlgs = []string{"ES256"} }},
		{name: "claims changed after signing", cause: "signature is wrong", bend: made(func(e *evil, c map[string]any) string {
			parts := strings.Split(sign(e.t, signing(), jose.RS256, c, nil), ".")
			c["sub"] = "somebody-else"
			return parts[0] + "." + strings.Split(unsigned(nil, c, ""), ".")[1] + "." + parts[2]
		})},
		{name: "garbage after it", cause: "signature is wrong", bend: appended("AAAA")},
		{name: "a part more", cause: "no signed JWT", bend: appended(".AAAA")},
		{name: "white space in it", cause: "no signed JWT", bend: appended("\n")},
		{name: "padding in it", cause: "no signed JWT", bend: appended("==")},
		{name: "markup for a token", cause: "no signed JWT", bend: made(func(*evil, map[string]any) string { return "<script>alert(1)</script>" })},
		{name: "100 KiB", cause: "longer than 64 KiB", bend: with("more", strings.Repeat("x", 100<<10))},
		{name: "the JSON serialisation", cause: "no signed JWT", bend: made(func(e *evil, c map[string]any) string {
			parts := strings.Split(sign(e.t, signing(), jose.RS256, c, nil), ".")
			return `{"protected":"` + parts[0] + `","payload":"` + parts[1] + `","signature":"` + parts[2] + `"}`
		})},
		{name: "a claim twice", cause: "a claim twice", bend: payload(func(c string) string { return `{"sub":"admin",` + c[1:] })},
		{name: "a claim twice, deep down", cause: "a claim twice", bend: payload(func(c string) string { return `{"more":{"a":1,"a":2},` + c[1:] })},
		{name: "claims nested too deep", cause: "ID token", bend: payload(func(c string) string {
			return `{"more":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `,` + c[1:]
		})},
		{name: "claims in a list", cause: "ID token", bend: payload(func(c string) string { return "[" + c + "]" })},
		{name: "claims that are null", cause: "ID token", bend: payload(func(string) string { return "null" })},
		{name: "no claims", cause: "ID token", bend: payload(func(string) string { return "" })},
		{name: "two objects", cause: "ID token", bend: payload(func(c string) string { return c + c })},
		{name: "text that is not UTF-8", cause: "ID token", bend: payload(func(c string) string { return "{\"more\":\"\xff\"," + c[1:] })},
	}...)
	runHostile(t, all)
}

func TestTokensOfSomethingElse(t *testing.T) {
	t.Parallel()
	again := auth.Ask{Again: true}
	runHostile(t, []hostile{
		{name: "another audience", cause: "audience is another", bend: with("aud", "other")},
		{name: "an audience that only begins so", cause: "audience is another", bend: with("aud", clientID+"-2")},
		{name: "no audience", cause: "audience is another", bend: without("aud")},
		{name: "an audience of nobody", cause: "audience is another", bend: with("aud", []string{})},
		{name: "audiences that are no strings", cause: "claim of the wrong type", bend: with("aud", []any{1, clientID})},
		{name: "an audience that is an object", cause: "claim of the wrong type", bend: with("aud", map[string]any{clientID: true})},
		{name: "several audiences without azp", cause: "azp", bend: with("aud", []string{clientID, "other"})},
		{name: "several audiences, another azp", cause: "azp", bend: func(e *evil) {
			e.claims = func(c map[string]any) { c["aud"], c["azp"] = []string{clientID, "other"}, "other" }
		}},
		{name: "one audience, another azp", cause: "azp", bend: with("azp", "other")},
		{name: "azp that is no string", cause: "azp", bend: with("azp", []string{clientID})},
		{name: "issuer with a slash more", cause: "issuer", bend: func(e *evil) { with("iss", e.url+"/")(e) }},
		{name: "issuer in capitals", cause: "issuer", bend: func(e *evil) { with("iss", strings.ToUpper(e.url))(e) }},
		{name: "another issuer", cause: "issuer", bend: with("iss", "https://other.example")},
		{name: "no issuer", cause: "issuer", bend: without("iss")},
		{name: "several issuers", cause: "claim of the wrong type", bend: func(e *evil) { with("iss", []string{e.url})(e) }},
		{name: "expired", cause: "has expired", bend: off("exp", -61)},
		{name: "never expires", cause: "never expires", bend: without("exp")},
		{name: "exp as a string", cause: "exp is no time", bend: with("exp", "4102444800")},
		{name: "exp beyond all bounds", cause: "exp is no time", bend: with("exp", 1e300)},
		{name: "exp before all time", cause: "exp is no time", bend: with("exp", -1)},
		{name: "issued in the future", cause: "issued in the future", bend: off("iat", 120)},
		{name: "issued nobody knows when", cause: "when it was issued", bend: without("iat")},
		{name: "iat as a bool", cause: "claim of the wrong type", bend: with("iat", true)},
		{name: "not valid yet", cause: "not valid yet", bend: off("nbf", 120)},
		{name: "nbf as a string", cause: "nbf is no time", bend: with("nbf", "1")},
		{name: "no nonce", cause: "nonce", bend: without("nonce")},
		{name: "empty nonce", cause: "nonce", bend: with("nonce", "")},
		{name: "another nonce", cause: "nonce", bend: with("nonce", "another")},
		{name: "nonce that is a list", cause: "claim of the wrong type", bend: with("nonce", []string{"a"})},
		{name: "no subject", cause: "no subject", bend: without("sub")},
		{name: "subject null", cause: "no subject", bend: with("sub", nil)},
		{name: "empty subject", cause: "subject is empty", bend: with("sub", "")},
		{name: "subject a number", cause: "claim of the wrong type", bend: with("sub", 12345)},
		{name: "subject of 256 bytes", cause: "subject is empty, too long", bend: with("sub", strings.Repeat("a", 256))},
		{name: "subject with a line break", cause: "not printable", bend: with("sub", "a\nb")},
		{name: "subject with a null character", cause: "not printable", bend: with("sub", "a\x00b")},
		{name: "subject with a zero-width space", cause: "not printable", bend: with("sub", "a\u200bb")},
		{name: "subject written backwards", cause: "not printable", bend: with("sub", "a\u202eb")},
		{name: "subject half read", cause: "not printable", bend: payload(func(c string) string { return strings.Replace(c, subject, `a\ud800`, 1) })},
		{name: "of another access token", cause: "at_hash", bend: with("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")},
		{name: "at_hash empty", cause: "at_hash", bend: with("at_hash", "")},
		{name: "at_hash a number", cause: "claim of the wrong type", bend: with("at_hash", 1)},
		{name: "session id a number", cause: "sid is no string", bend: with("sid", 1)},
		{name: "session id with a line break", cause: "session id", bend: with("sid", "a\nb")},
		{name: "again: no auth_time", cause: "does not say when the user proved", bend: without("auth_time"), ask: again},
		{name: "again: an hour ago", cause: "before the ask", bend: off("auth_time", -3600), ask: again},
		{name: "again: auth_time as a string", cause: "auth_time is no time", bend: with("auth_time", "1767000000"), ask: again},
		{name: "auth_time in the future", cause: "auth_time is in the future", bend: off("auth_time", 120)},
	})
}

// TestATokenOfAnotherSignIn: neither an earlier one of the same browser nor one under way
// elsewhere will do.
func TestATokenOfAnotherSignIn(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	var first string
	e.token = func(_ http.ResponseWriter, body map[string]any) bool {
		if first == "" {
			first = body["id_token"].(string)
		}
		body["id_token"] = first
		return false
	}
	e.claims = func(c map[string]any) { delete(c, "at_hash") }
	if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
		t.Fatal(err)
	}
	_, err := e.signIn(t, p, auth.Ask{}, nil)
	isRefusal(t, err, "", "nonce")
}

func deflated(size int) []byte {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	_, _ = w.Write(bytes.Repeat([]byte(" "), size))
	_ = w.Close()
	return packed.Bytes()
}

// encrypted is a JWE to a key that the provider publishes, compressed.
func encrypted(e *evil, c map[string]any) string {
	to, err := jose.NewEncrypter(jose.A128GCM, jose.Recipient{Algorithm: jose.RSA_OAEP, Key: private().public, KeyID: "enc1"}, &jose.EncrypterOptions{Compression: jose.DEFLATE})
	if err != nil {
		e.t.Error(err)
		return ""
	}
	sealed, err := to.Encrypt([]byte(sign(e.t, signing(), jose.RS256, c, nil)))
	if err != nil {
		e.t.Error(err)
		return ""
	}
	text, _ := sealed.CompactSerialize()
	return text
}

func appended(what string) func(*evil) {
	return made(func(e *evil, c map[string]any) string { return sign(e.t, signing(), jose.RS256, c, nil) + what })
}

// payload changes the text of the claims before it is signed.
func payload(change func(string) string) func(*evil) {
	return made(func(e *evil, c map[string]any) string {
		text, _ := json.Marshal(c)
		return signBytes(e.t, signing(), jose.RS256, []byte(change(string(text))), nil)
	})
}
