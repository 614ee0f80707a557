package smart

import (
	"net/url"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

// FuzzRedirectURI: an address that may be registered is the same to every reader, encrypted
// or on this machine, and gains a code without losing anything.
func FuzzRedirectURI(f *testing.F) {
	for _, s := range []string{
		"https://app.example/back", "https://app.example", "http://127.0.0.1:1234/", "http://localhost/x?y=z", "https://App.example/", "https://a.example/../b", "https://a.example/%2e%2e/b", "https://u@a.example/",
		"https://a.example/#x", "https://a.example\\@b.example/", "https:a.example", "https:///x", "javascript:alert(1)", "https://[::1]/", "https://a.example:443:80/", "https://a.example/\u202e", "https://a.example/%",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !goodURI(text) {
			return
		}
		u, err := url.Parse(text)
		if err != nil || u.String() != text || u.User != nil || u.Fragment != "" || strings.ContainsAny(text, "\\\r\n\t #*") || !u.IsAbs() {
			t.Fatalf("%q", text)
		}
		if u.Scheme != "https" && !(u.Scheme == "http" && auth.Loopback(u.Hostname())) {
			t.Fatalf("%q is not encrypted", text)
		}
		q := u.Query()
		q.Set("code", "c")
		u.RawQuery = q.Encode()
		if back, err := url.Parse(u.String()); err != nil || back.Host != u.Host || back.Query().Get("code") != "c" {
			t.Fatalf("%q does not come back", text)
		}
	})
}

// FuzzClientKeys: a key set that is taken has keys that are strong enough, and public ones.
func FuzzClientKeys(f *testing.F) {
	f.Add(`{"keys":[{"kty":"EC","crv":"P-384","x":"","y":""}]}`)
	f.Add(`{"keys":[{"kty":"oct","k":"AAAA"}]}`)
	f.Add(`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQ"}]}`)
	f.Add(`{"keys":null}`)
	f.Fuzz(func(t *testing.T, set string) {
		c := &Client{Name: "n", Method: Key, JWKS: set}
		if c.readKeys() != nil {
			return
		}
		for _, k := range c.keys.Keys {
			if !k.IsPublic() || !k.Valid() || !strong(k.Key) {
				t.Fatalf("%+v", k)
			}
		}
	})
}
