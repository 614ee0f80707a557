package jsonapi

import (
	"encoding/json"
	"net/url"
	"reflect"
	"testing"

	"github.com/patchworkcare/patchwork/sources"
)

// A document is read as it stands, or not at all.
func TestParse(t *testing.T) {
	t.Parallel()
	got, err := Parse([]byte(`{"a":[1.50,"x",null,true,{"b":{}}],"c":-0,"d":12345678901234567890}`))
	want := map[string]any{"a": []any{json.Number("1.50"), "x", nil, true, map[string]any{"b": map[string]any{}}}, "c": json.Number("-0"), "d": json.Number("12345678901234567890")}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"", " ", "{", "[1", `{"a":1,"a":2}`, `{"a" 1}`, "[1,]", "01", "NaN", "nul", "tru", `"\ud800"`, "\"\xff\"", "1 2", `{"a":x}`, "'a'", "[1 2]", "}"} {
		if v, err := Parse([]byte(text)); err == nil || v != nil || sources.AsError(err).Kind != sources.Malformed {
			t.Errorf("%q is %v, %v", text, v, err)
		}
	}
}

// Only what lies at and below the base is ever asked.
func TestNext(t *testing.T) {
	t.Parallel()
	c := &Client{base: &url.URL{Scheme: "https", Host: "api.example.org:8443", Path: "/v1"}}
	const at = "https://api.example.org:8443/v1/items?page=1"
	for next, want := range map[string]string{
		"?page=2":                                  "https://api.example.org:8443/v1/items?page=2",
		"/v1/other":                                "https://api.example.org:8443/v1/other",
		"https://API.example.org:8443/v1/x#y":      "https://API.example.org:8443/v1/x",
		"//api.example.org:8443/v1/x":              "https://api.example.org:8443/v1/x",
		"http://api.example.org:8443/v1/x":         "",
		"https://api.example.org/v1/x":             "",
		"https://api.example.org:8443.evil.org/v1": "",
		"https://evil.org/v1/x":                    "",
		"//evil.org/v1/x":                          "",
		"https://a:b@api.example.org:8443/v1/x":    "",
		"/v2/x":                                    "",
		"/v1/../admin":                             "",
		"/v1x":                                     "",
		"/v1/%2e%2e/admin":                         "",
		"file:///etc/passwd":                       "",
		"javascript:alert(1)":                      "",
		":":                                        "",
	} {
		if got, ok := c.Next(at, next); got != want || ok != (want != "") {
			t.Errorf("%s leads to %q", next, got)
		}
	}
}
