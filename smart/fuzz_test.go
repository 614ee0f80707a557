package smart_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v3"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

// FuzzAssertion signs whatever header and claims it is given, or sets a signature beside
// them, and looks with another reader of JSON at what was taken. The key and the client's id
// are fixed, so that what one process found means the same to the next.
func FuzzAssertion(f *testing.F) {
	d := openDesk(f, dbtest.Open(f, dbtest.SQLite(f)))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P384(), []byte(strings.Repeat("k", 48)))
	if err != nil {
		f.Fatal(err)
	}
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "e"}}})
	if err != nil {
		f.Fatal(err)
	}
	c := service()
	c.ID, c.JWKS = "fuzz", string(set)
	if err := d.Built(f.Context(), c); err != nil {
		f.Fatal(err)
	}
	const now = 1_800_000_000
	d.clock.ahead.Store(int64(time.Until(time.Unix(now, 0))))
	header := `{"alg":"ES384","kid":"e","typ":"JWT"}`
	f.Add(header, `{"iss":"fuzz","sub":"fuzz","aud":"`+tokenURL+`","jti":"j","exp":1800000200,"iat":1800000000}`, []byte(nil))
	f.Add(header, `{"iss":"fuzz","sub":"fuzz","aud":["a","`+tokenURL+`"],"jti":"j","exp":1.8000002e9,"nbf":1}`, []byte("x"))
	f.Add(`{"alg":"none","typ":"JWT"}`, `{"iss":"fuzz","sub":"fuzz","exp":1800000200,"exp":1}`, []byte(nil))
	f.Add(`{"alg":"RS384","kid":"e","typ":"jwt","jku":null,"crit":["b64"],"b64":false}`, `[]`, []byte(nil))
	sign := ecSigner(key, crypto.SHA384)
	f.Fuzz(func(t *testing.T, header, claims string, signature []byte) {
		input := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
		signed := len(signature) == 0
		if signed {
			signature = sign([]byte(input))
		}
		token := input + "." + base64.RawURLEncoding.EncodeToString(signature)
		if _, err := d.db.Write.Exec(`DELETE FROM smart_assertion`); err != nil {
			t.Fatal(err)
		}
		client, _, err := d.auth.Verify(t.Context(), token, tokenURL)
		if err != nil {
			if client != nil {
				t.Fatal("refused, and given")
			}
			return
		}
		if !signed || client.ID != "fuzz" || !mayBeTaken(header, claims, d.clock.now()) {
			t.Fatalf("%q %q is taken", header, claims)
		}
		if _, _, err := d.auth.Verify(t.Context(), token, tokenURL); err == nil {
			t.Fatal("taken twice")
		}
	})
}

// mayBeTaken judges by encoding/json what it can: names there may differ in case.
func mayBeTaken(header, claims string, now time.Time) bool {
	var h, c map[string]any
	if json.Unmarshal([]byte(header), &h) != nil || json.Unmarshal([]byte(claims), &c) != nil {
		return false
	}
	typ, _ := h["typ"].(string)
	jti, _ := c["jti"].(string)
	exp, _ := c["exp"].(float64)
	list, _ := c["aud"].([]any)
	left := time.Unix(int64(exp), 0).Sub(now)
	return h["alg"] == "ES384" && h["kid"] == "e" && strings.EqualFold(typ, "JWT") && h["crit"] == nil && h["jku"] == nil &&
		c["iss"] == "fuzz" && c["sub"] == "fuzz" && strings.TrimSpace(jti) != "" && (c["aud"] == tokenURL || slices.Contains(list, any(tokenURL))) &&
		left > -32*time.Second && left < 332*time.Second
}

// FuzzKeySet: whatever a client publishes, no key that signs for nobody is read.
func FuzzKeySet(f *testing.F) {
	f.Add([]byte(publicSet()))
	f.Add([]byte(`{"keys":[{"kty":"oct","k":"AAAA","kid":"a"}]}`))
	f.Add([]byte(`{"keys":[{"kty":"RSA","n":"","e":""}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		keys, err := smart.ReadKeySet(text)
		for _, key := range keys {
			if err != nil || !key.IsPublic() || !key.Valid() {
				t.Fatal(err, key)
			}
		}
	})
}
