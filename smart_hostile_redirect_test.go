package main

import (
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// redirecting sends the answer elsewhere: nothing but the registered bytes is an address,
// whether the user has signed in or not, and whatever else is wrong with the request.
func (h *hostile) redirecting() {
	c := smart.Client{
		Name: "Spellings", Method: smart.Public, Trusted: true, Scopes: []string{"openid", "user/*.rs"},
		RedirectURIs: []string{callback, "https://app.example/with?query=1", "http://127.0.0.1:9999/callback"},
	}
	app, _ := h.app(c)
	b := h.browser().signIn(auth.RoleGP)
	uris := []string{
		"", " ", "/callback", "//app.example/callback", "app.example/callback", "https://evil.example/callback",
		callback + "/", callback + "?", callback + "#", callback + "?x=1", callback + "#x", callback + "/../callback", callback + "%2f", callback + " ", " " + callback, callback + "\x00",
		"https://app.example/./callback", "https://app.example//callback", "https://app.example/Callback", "https://app.example/%63allback", "https://app.example/callback/../../evil",
		"https://APP.example/callback", "HTTPS://app.example/callback", "http://app.example/callback", "https://app.example:443/callback", "https://app.example:8443/callback", "https://app.example./callback",
		"https://user@app.example/callback", "https://app.example@evil.example/callback", "https://app.example%40evil.example/callback", "https://evil.example\\@app.example/callback",
		"https://app.example.evil.example/callback", "https://evilapp.example/callback", "https://evil.example/?https://app.example/callback", "https://evil.example#https://app.example/callback",
		"https://app.example\r\nLocation: https://evil.example/callback", "https://аpp.example/callback", "javascript:alert(1)//https://app.example/callback", "data:text/html,x",
		"https://app.example/with", "https://app.example/with?query=1&code=x", "https://app.example/with?query=2", "https://app.example/with?",
		"http://127.0.0.1:1/callback", "http://localhost:9999/callback", "http://127.0.0.1:9999/callback2", "http://[::1]:9999/callback", "https://127.0.0.1:9999/callback", "http://127.0.0.1/callback", "http://2130706433:9999/callback",
		strings.Repeat("https://app.example/callback", 100), "https://app.example/callback,https://evil.example/", "urn:ietf:wg:oauth:2.0:oob", "custom-scheme://callback", "*", "https://*.example/callback",
	}
	for i, uri := range uris {
		w := want{status: http.StatusBadRequest, code: "invalid_request"}
		q := h.authorize(app, both(set("redirect_uri", uri), set("scope", "openid user/*.rs")))
		h.refused("GET "+uri, h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, ""), w)
		if i%3 == 0 { // what else is wrong must not be told there either
			q.Del("state")
			h.refused("spoilt "+uri, h.send(nil, "POST", "/smart/authorize", map[string]string{"Content-Type": formType}, q.Encode()), w)
		}
	}
	for _, uri := range c.RedirectURIs {
		q := h.authorize(app, both(set("redirect_uri", uri), set("scope", "openid user/*.rs")))
		a := h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, "")
		if to := location(h.t, a.header); to.Query().Get("code") == "" || !strings.HasPrefix(to.String(), strings.Split(uri, "?")[0]+"?") || strings.Contains(uri, "query") && to.Query().Get("query") != "1" {
			h.t.Errorf("%s: %d %v", uri, a.status, to)
		}
	}
}
