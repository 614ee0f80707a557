package oidc

import (
	"net/url"
	"testing"
)

// FuzzConfiguration: of what a provider says of itself no address is asked that is not
// encrypted or carries a user.
func FuzzConfiguration(f *testing.F) {
	f.Add([]byte(`{"issuer":"https://idp.example","authorization_endpoint":"https://idp.example/a","token_endpoint":"https://idp.example/t","jwks_uri":"https://idp.example/k"}`))
	f.Add([]byte(`{"issuer":"https://idp.example","Issuer":"https://evil.example","authorization_endpoint":"http://127.0.0.1/a","token_endpoint":"https://u:p@idp.example/","jwks_uri":"file:///etc/passwd"}`))
	f.Add([]byte(`{"issuer":"https://idp.example","issuer":"https://evil.example"}`))
	f.Add([]byte(`{"id_token_signing_alg_values_supported":["none",null,1],"backchannel_logout_supported":"yes"}`))
	f.Add([]byte("[]"))
	p := &provider{Config: Config{Issuer: "https://idp.example"}}
	f.Fuzz(func(t *testing.T, text []byte) {
		m := new(metadata)
		if !decode(text, m) || p.sameIssuer(m) != nil || p.goodEndpoints(m) != nil {
			return
		}
		for _, address := range []string{m.Authorize, m.Token, m.Keys} {
			u, err := url.Parse(address)
			if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
				t.Fatalf("%q is asked", address)
			}
		}
		if m.EndSession != "" {
			if u, err := url.Parse(m.EndSession); err != nil || u.Scheme != "https" || u.User != nil {
				t.Fatalf("%q is a way out", m.EndSession)
			}
		}
		if m.Issuer != p.Issuer {
			t.Fatalf("%q passes for another", m.Issuer)
		}
	})
}

// FuzzPublishedKeys: no key is kept that signs for nobody, or whose checking takes long.
func FuzzPublishedKeys(f *testing.F) {
	f.Add([]byte(`{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}`))
	f.Add([]byte(`{"keys":[{"kty":"oct","k":"AAAA"},{"kty":"RSA","n":"AQAB","e":"AQAB"},null,1]}`))
	f.Add([]byte(`{"keys":[],"keys":[{}]}`))
	f.Add([]byte(`{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"enc"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		keys, err := keysIn(text)
		if (err == nil) != (len(keys) > 0) || len(keys) > mostKeys {
			t.Fatalf("%d keys, %v", len(keys), err)
		}
		for _, k := range keys {
			if !k.IsPublic() || !k.Valid() || k.Use != "" && k.Use != "sig" {
				t.Fatalf("%+v", k)
			}
		}
	})
}

// FuzzClaims: claims that are taken have the types that a mapping can rely on.
func FuzzClaims(f *testing.F) {
	f.Add([]byte(`{"a":[1,"b",{"c":null}],"d":1e400}`))
	f.Add([]byte(`{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}}}}}}}`))
	f.Add([]byte(`{"a":1,"a":2}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		claims, ok := decodeObject(text)
		if ok && !plainClaims(claims) {
			t.Fatalf("%v", claims)
		}
	})
}

func plainClaims(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, inner := range v {
			if !plainClaims(inner) {
				return false
			}
		}
	case []any:
		for _, inner := range v {
			if !plainClaims(inner) {
				return false
			}
		}
	case string, bool, int64, float64:
	default:
		return false
	}
	return true
}
