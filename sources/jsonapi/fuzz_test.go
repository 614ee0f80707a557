package jsonapi

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzNext: a next page is at the base's own origin and below its path, whatever the system
// says: nothing else is asked with our credentials.
func FuzzNext(f *testing.F) {
	for _, s := range []string{
		"?page=2", "https://api.example/v1/x?page=2", "//evil.example/v1/x", "https://api.example@evil.example/v1", "/v1/../admin", "/v1/%2e%2e/admin", "https://api.example:443/v1", "https://API.example/v1/", `\\evil.example\v1`,
		"/v10", "javascript:1", "https://api.example/v1/..;/x", "\thttps://evil.example", "/v1/a%2f..%2f..%2fadmin",
	} {
		f.Add("https://api.example/v1/people?page=1", s)
	}
	base, err := url.Parse("https://api.example/v1")
	if err != nil {
		f.Fatal(err)
	}
	c := &Client{base: base}
	f.Fuzz(func(t *testing.T, at, next string) {
		address, ok := c.Next(at, next)
		if !ok {
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || !strings.EqualFold(u.Host, "api.example") || u.User != nil || u.Fragment != "" {
			t.Fatalf("%q leads from %q to %q", next, at, address)
		}
		if clean := u.JoinPath().Path; clean != "/v1" && !strings.HasPrefix(clean, "/v1/") {
			t.Fatalf("%q leads from %q to %q, which is %q", next, at, address, clean)
		}
	})
}
