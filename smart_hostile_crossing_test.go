package main

import (
	"net/http"

	"github.com/patchworkcare/patchwork/auth"
)

// crossingTokens shows tokens from pages: each may show its own app's, and the server's own
// pages any. From another page nothing is run, nothing can be read, and the ledger has it,
// although the browser was told before that the page may ask.
func (h *hostile) crossingTokens() {
	b := h.browser().signIn(auth.RoleGP)
	scope := set("scope", "openid user/*.rs")
	tokens := map[string]string{"pages": h.tokensFor(b, h.pages, scope).text("access_token"), "elsewhere": h.tokensFor(b, h.elsewhere, scope).text("access_token"), "a sign-in": h.tokens[auth.RoleGP]}
	own := map[string]string{"https://pages.example": "pages", "https://pages.example:8443": "pages", "http://localhost:3456": "pages", "https://elsewhere.example": "elsewhere"}
	surfaces := []struct{ method, path, body string }{
		{"POST", "/graphql", `{"query":"{ __typename }"}`}, {"GET", "/fhir/Patient/" + h.everything, ""}, {"POST", "/documents", `{}`},
	}
	for token, text := range tokens {
		for _, at := range surfaces {
			for origin, app := range own {
				header := withHeader(withHeader(bearer(text), "Content-Type", "application/json"), "Origin", origin)
				if a := h.send(nil, "OPTIONS", at.path, map[string]string{"Origin": origin, "Access-Control-Request-Method": at.method}, ""); a.status != http.StatusNoContent {
					h.t.Errorf("%s asks before %s: %d", origin, at.path, a.status)
				}
				a := h.send(nil, at.method, at.path, header, at.body)
				what := token + " shown at " + at.path + " by " + origin
				switch {
				case app == token && (a.status == http.StatusForbidden || a.header.Get("Access-Control-Allow-Origin") != origin):
					h.t.Errorf("%s: %d %v", what, a.status, a.header)
				case app == token:
				case token == "a sign-in": // which is no app's
					h.unread(what, a, http.StatusForbidden)
				default:
					h.unread(what, a, http.StatusForbidden)
					h.refused(what, a, want{status: http.StatusForbidden, code: "foreign-origin"})
				}
			}
			for what, origin := range map[string]string{"our own page": h.http.URL, "no page": ""} {
				header := withHeader(bearer(text), "Content-Type", "application/json")
				if origin != "" {
					header = withHeader(header, "Origin", origin)
				}
				if a := h.send(nil, at.method, at.path, header, at.body); a.status == http.StatusForbidden && errorOf(a) == "foreign-origin" {
					h.t.Errorf("%s shown at %s by %s: %s", token, at.path, what, a.body)
				}
			}
		}
	}
	again := h.send(nil, "POST", "/smart/again", withHeader(bearer(tokens["pages"]), "Origin", "https://elsewhere.example"), `{}`)
	h.unread("another window", again, http.StatusForbidden)
	h.refused("another window", again, want{status: http.StatusForbidden, code: "access_denied"})
	hub := h.send(nil, "GET", "/smart/cast/somebodys", withHeader(bearer(tokens["pages"]), "Origin", "https://elsewhere.example"), "")
	h.unread("what is on a screen", hub, http.StatusForbidden)
}
