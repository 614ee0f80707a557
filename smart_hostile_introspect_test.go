package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// introspecting asks about tokens wrongly, and about wrong ones: of those nothing is said,
// not even why (RFC 7662 §2.2).
func (h *hostile) introspecting() {
	k := newKey(h.t, "k")
	worker, _ := h.app(service(keySet(h.t, k)))
	app, _ := h.app(chart())
	c := chart()
	c.Method = smart.Secret
	secretive, secret := h.app(c)
	b := h.browser().signIn(auth.RoleGP)
	tokens := h.tokensFor(b, app, nil)
	token := tokens.text("access_token")
	about := func(token string) url.Values { return url.Values{"token": {token}} }
	unproven := want{status: 401, code: "invalid_client"}
	h.refused("nobody", h.form("/smart/introspect", about(token), nil), unproven)
	h.refused("a public client", h.form("/smart/introspect", with(about(token), url.Values{"client_id": {app.ID}}), nil), unproven)
	h.refused("a wrong secret", h.form("/smart/introspect", about(token), basic(secretive.ID, secret+"x")), unproven)
	h.refused("a secret in the form", h.form("/smart/introspect", with(about(token), url.Values{"client_id": {secretive.ID}, "client_secret": {secret}}), nil), unproven)
	h.refused("an unknown client", h.form("/smart/introspect", about(token), basic("nobody", secret)), unproven)
	h.refused("a wrong token of one's own", h.form("/smart/introspect", about(token), bearer(token+"x")), want{status: 401, code: "invalid_token"})
	h.refused("a user's secret", h.form("/smart/introspect", about(token), bearer(h.tokens[auth.RoleGP])), want{status: 401, code: "invalid_token"})
	h.refused("no token", h.form("/smart/introspect", url.Values{}, basic(secretive.ID, secret)), want{status: 400, code: "invalid_request"})
	h.refused("two tokens", h.form("/smart/introspect", url.Values{"token": {token, token}}, basic(secretive.ID, secret)), want{status: 400, code: "invalid_request"})
	h.refused("in the address", h.send(nil, "POST", "/smart/introspect?token="+token, withHeader(basic(secretive.ID, secret), "Content-Type", formType), ""), want{status: 400, code: "invalid_request"})
	h.refused("by GET", h.send(nil, "GET", "/smart/introspect?token="+token, basic(secretive.ID, secret), ""), want{status: 405, code: "invalid_request"})
	inactive := func(what, token string, more url.Values) {
		h.t.Helper()
		for who, a := range map[string]answer{
			"a client":  h.form("/smart/introspect", with(about(token), more), basic(secretive.ID, secret)),
			"a service": h.form("/smart/introspect", with(with(about(token), more), h.assertion(worker.ID, k)), nil),
		} {
			h.count.refused.Add(1)
			if a.status != http.StatusOK || strings.TrimSpace(a.body) != `{"active":false}` {
				h.t.Errorf("%s asks about %s: %d %s", who, what, a.status, a.body)
			}
		}
	}
	inactive("a guess", auth.NewSecret()+"."+auth.NewSecret(), nil)
	inactive("nonsense", "nonsense", url.Values{"token_type_hint": {"nonsense"}})
	inactive("a cut token", token[:len(token)-1], nil)
	inactive("an ID token", tokens.text("id_token"), nil)
	inactive("a session's secret", h.tokens[auth.RoleGP], nil)
	inactive("a code", h.codeFor(b, app, nil), nil)
	a := h.form("/smart/introspect", about(token), basic(secretive.ID, secret))
	if strings.TrimSpace(a.body) != `{"active":false}` {
		h.t.Errorf("another client's token: %s", a.body)
	}
	for who, a := range map[string]answer{
		"the service": h.form("/smart/introspect", with(about(token), h.assertion(worker.ID, k)), nil),
		"the app":     h.form("/smart/introspect", about(token), bearer(token)),
	} {
		if o := a.json(); o["active"] != true || o.text("client_id") != app.ID || o.text("patient") != h.everything || o.text("scope") == "" || o.text("sub") == "" || o.text("fhirUser") == "" {
			h.t.Errorf("%s asks: %s", who, a.body)
		}
	}
	for what, end := range map[string]func(b *browser, tokens reply){
		"after the sign-out": func(b *browser, _ reply) { h.send(b.Client, "POST", "/auth/logout", h.own(""), "") },
		"after revocation": func(_ *browser, tokens reply) {
			h.form("/smart/revoke", url.Values{"token": {tokens.text("refresh_token")}, "client_id": {app.ID}}, nil)
		},
		"too old": func(_ *browser, tokens reply) {
			h.aged("access", tokens.text("access_token"))
			h.aged("refresh", tokens.text("refresh_token"))
		},
	} {
		b := h.browser().signIn(auth.RoleGP)
		tokens := h.tokensFor(b, app, nil)
		end(b, tokens)
		inactive("a token "+what, tokens.text("access_token"), nil)
		inactive("a refresh token "+what, tokens.text("refresh_token"), url.Values{"token_type_hint": {"refresh_token"}})
	}
	h.guessing(token)
	h.switched(true, "CLIENT", app.ID)
	inactive("a token of an app that is off", token, nil)
}

// guessing secrets is held up, at one address and of one client.
func (h *hostile) guessing(token string) {
	c := chart()
	c.Method = smart.Secret
	guessed, secret := h.app(c)
	other, otherSecret := h.app(c)
	unproven, about := want{status: 401, code: "invalid_client"}, url.Values{"token": {token}}
	for range 12 {
		h.refused("a guess at a secret", h.form("/smart/introspect", about, basic(guessed.ID, auth.NewSecret())), unproven)
	}
	h.refused("the secret, after many guesses", h.form("/smart/introspect", about, basic(guessed.ID, secret)), unproven)
	if a := h.form("/smart/introspect", about, basic(other.ID, otherSecret)); a.status != http.StatusOK {
		h.t.Errorf("another client, after many guesses: %d %s", a.status, a.body)
	}
}

// revoking gives tokens back that are another's, or wrongly.
func (h *hostile) revoking() {
	app, _ := h.app(chart())
	other, _ := h.app(chart())
	c := chart()
	c.Method = smart.Secret
	secretive, secret := h.app(c)
	b := h.browser().signIn(auth.RoleGP)
	tokens := h.tokensFor(b, app, nil)
	token := tokens.text("access_token")
	form := func(client, token string) url.Values { return url.Values{"token": {token}, "client_id": {client}} }
	unproven, bad := want{status: 401, code: "invalid_client"}, want{status: 400, code: "invalid_request"}
	for _, of := range []string{token, tokens.text("refresh_token")} {
		h.refused("another's token", h.form("/smart/revoke", form(other.ID, of), nil), want{status: 400, code: "unauthorized_client"})
		h.refused("nobody", h.form("/smart/revoke", url.Values{"token": {of}}, nil), unproven)
		h.refused("an unknown client", h.form("/smart/revoke", form("nobody", of), nil), unproven)
		h.refused("a client with a secret, without it", h.form("/smart/revoke", form(secretive.ID, of), nil), unproven)
		h.refused("a wrong secret", h.form("/smart/revoke", url.Values{"token": {of}}, basic(secretive.ID, secret+"x")), unproven)
		h.refused("two tokens", h.form("/smart/revoke", url.Values{"token": {of, of}, "client_id": {app.ID}}, nil), bad)
		h.refused("in the address", h.send(nil, "POST", "/smart/revoke?token="+of, map[string]string{"Content-Type": formType}, "client_id="+app.ID), bad)
		h.refused("by GET", h.send(nil, "GET", "/smart/revoke?"+form(app.ID, of).Encode(), nil, ""), want{status: 405, code: "invalid_request"})
	}
	h.refused("no token", h.form("/smart/revoke", url.Values{"client_id": {app.ID}}, nil), bad)
	if !h.works(token) {
		h.t.Error("what was tried has ended the token")
	}
	for _, unknown := range []string{auth.NewSecret() + "." + auth.NewSecret(), "nonsense"} { // no error: RFC 7009 §2.2
		if a := h.form("/smart/revoke", form(app.ID, unknown), nil); a.status != http.StatusOK || a.body != "" {
			h.t.Errorf("a token that is not known: %d %s", a.status, a.body)
		}
	}
	if a := h.form("/smart/revoke", form(app.ID, tokens.text("refresh_token")), nil); a.status != http.StatusOK {
		h.t.Errorf("one's own: %d %s", a.status, a.body)
	}
	h.unwelcome("a token that was given back", token)
	h.refused("its refresh token", h.form("/smart/token", refresh(app, tokens.text("refresh_token")), nil), want{status: 400, code: "invalid_grant"})
	h.refused("as the redirect of a form", h.form("/smart/revoke", with(form(app.ID, ""), url.Values{"redirect_uri": {"https://evil.example"}}), nil), bad)
}
