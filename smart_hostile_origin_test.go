package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// registerPages makes an app of three origins, one of another, one that was proposed and one that is off.
func (h *hostile) registerPages() {
	c := smart.Client{
		Name: "Pages", Method: smart.Public, Scopes: []string{"openid", "user/*.rs"},
		RedirectURIs: []string{"https://pages.example/callback", "https://pages.example:8443/callback", "http://localhost:3456/callback"},
	}
	h.pages, _ = h.app(c)
	c.Name, c.RedirectURIs = "Elsewhere", []string{"https://elsewhere.example/callback"}
	h.elsewhere, _ = h.app(c)
	c.Name, c.RedirectURIs = "Pages", []string{"https://proposed.example/callback"}
	if _, _, err := h.server.clients.Propose(h.admin(), c); err != nil {
		h.t.Fatal(err)
	}
	c.RedirectURIs = []string{"https://off.example/callback"}
	off, _ := h.app(c)
	h.switched(true, "CLIENT", off.ID)
}

// crossing reads from pages of other sites: those of registered apps may, with a token; no
// others, and none with a cookie.
func (h *hostile) crossing() {
	b := h.browser().signIn(auth.RoleGP)
	token := h.tokens[auth.RoleGP]
	paths := []string{"/graphql", "/fhir/Patient/" + h.everything, "/smart/token", "/smart/introspect", "/smart/revoke"}
	origins := []string{
		"https://evil.example", "null", "https://pages.example.evil.example", "https://evilpages.example", "http://pages.example", "https://pages.example:443", "https://pages.example:9443", "https://pages.example/",
		"https://PAGES.example", "https://x.pages.example", "http://localhost:1", "http://localhost:3456.evil.example", "https://proposed.example", "https://off.example", "https://pages.example, https://evil.example", "*",
	}
	for _, origin := range origins {
		for i, path := range paths {
			preflight := map[string]string{"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}
			h.unread(origin+" asks before "+path, h.send(nil, "OPTIONS", path, preflight, ""), http.StatusForbidden)
			if i < 2 {
				method, body := "POST", `{"query":"{ __typename }"}`
				if i == 1 {
					method, body = "GET", ""
				}
				header := map[string]string{"Origin": origin, "Content-Type": "application/json"}
				a := h.send(b.Client, method, path, withHeader(header, auth.RequestHeader, "x"), body) // with the cookie
				h.unread(origin+" with a cookie at "+path, a, a.status)
				if method == "POST" && a.status != http.StatusForbidden {
					h.t.Errorf("%s posts with a cookie: %d", origin, a.status)
				}
				a = h.send(nil, method, path, withHeader(header, "Authorization", "Bearer "+token), body)
				h.unread(origin+" with a token at "+path, a, a.status)
			}
		}
	}
	for _, origin := range []string{"https://pages.example", "https://pages.example:8443", "http://localhost:3456"} {
		for _, path := range paths {
			a := h.send(nil, "OPTIONS", path, map[string]string{"Origin": origin, "Access-Control-Request-Method": "POST"}, "")
			if a.status != http.StatusNoContent || a.header.Get("Access-Control-Allow-Origin") != origin || a.header.Get("Access-Control-Allow-Credentials") != "" || !strings.Contains(strings.Join(a.header["Vary"], ","), "Origin") {
				h.t.Errorf("%s at %s: %d %v", origin, path, a.status, a.header)
			}
		}
		a := h.form("/smart/token", url.Values{"grant_type": {"password"}, "client_id": {h.pages.ID}}, map[string]string{"Origin": origin})
		if a.header.Get("Access-Control-Allow-Origin") != origin { // an app must be able to read why
			h.t.Errorf("%s cannot read an error: %v", origin, a.header)
		}
	}
	// Where a cookie counts, no other site's page reads anything.
	for _, path := range []string{"/smart/authorize", "/smart/transaction", "/smart/prefill", "/smart/grants", "/smart/open", "/smart/launch", "/auth/session", "/auth/login"} {
		for _, method := range []string{"OPTIONS", "GET"} {
			h.unread(method+" "+path, h.send(b.Client, method, path, map[string]string{"Origin": "https://pages.example", "Access-Control-Request-Method": "POST"}, ""), 0)
		}
	}
}

// unread wants an answer that the browser keeps from the page that asked; status 0 is any
// but one of the server's own faults.
func (h *hostile) unread(what string, a answer, status int) {
	h.t.Helper()
	h.count.refused.Add(1)
	if status != 0 && a.status != status || a.status >= 500 {
		h.t.Errorf("%s: %d, not %d", what, a.status, status)
	}
	for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"} {
		if v := a.header.Get(name); v != "" {
			h.t.Errorf("%s: %s: %s", what, name, v)
		}
	}
}
