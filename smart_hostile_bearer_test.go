package main

import (
	"net/http"

	"github.com/patchworkcare/patchwork/auth"
)

// unwelcome wants a token refused at every surface, at its next request.
func (h *hostile) unwelcome(what, token string) {
	h.t.Helper()
	h.shown(what, bearer(token), want{status: http.StatusUnauthorized, code: "invalid-token"})
}

// shown sends what is shown for a token to every surface.
func (h *hostile) shown(what string, header map[string]string, w want) {
	h.t.Helper()
	header = withHeader(header, "Content-Type", "application/json")
	h.refused(what+" at the graph", h.send(nil, "POST", "/graphql", header, `{"query":"{ __typename }"}`), w)
	h.refused(what+" at FHIR", h.send(nil, "GET", "/fhir/Patient/"+h.everything, header, ""), w)
}

// bearing shows tokens that are none, or are none any more.
func (h *hostile) bearing() {
	app, _ := h.app(chart())
	b := h.browser().signIn(auth.RoleGP)
	tokens := h.tokensFor(b, app, nil)
	token := tokens.text("access_token")
	if !h.works(token) {
		h.t.Fatal("the token is of no use")
	}
	refused := want{status: http.StatusUnauthorized, code: "invalid-token"}
	for what, shown := range map[string]string{
		"a guess": auth.NewSecret() + "." + auth.NewSecret(), "a cut token": token[:len(token)-1], "a longer token": token + "x", "two tokens in one": token + "," + token,
		"the refresh token": tokens.text("refresh_token"), "the ID token": tokens.text("id_token"), "a code": h.codeFor(b, app, nil), "a dot": ".", "the client": app.ID + "." + app.ID,
		"SQL": "'.' OR ''='", "an unsigned JWT": "eyJhbGciOiJub25lIn0.e30.",
	} {
		h.unwelcome(what, shown)
	}
	// These are no tokens of apps: nothing was asked of the authorization server.
	refused.silent = true
	for what, value := range map[string]string{"an empty token": "Bearer ", "Basic": "Basic " + token, "no scheme": token, "DPoP": "DPoP " + token} {
		h.shown(what, map[string]string{"Authorization": value}, refused)
	}
	if a := h.send(nil, "GET", "/fhir/Patient/"+h.everything+"?access_token="+token, nil, ""); a.status < 400 || h.personal(a.body) != "" {
		h.t.Errorf("a token in the address: %d", a.status)
	}
	if !h.works(token) {
		h.t.Error("what was tried has ended the token")
	}
	h.aged("access", token)
	h.unwelcome("an old token", token)
	h.ending()
}

// ending: a token is over with what it stands for.
func (h *hostile) ending() {
	paramedic := h.usernames()[auth.RoleParamedic]
	app, _ := h.app(chart())
	for what, end := range map[string]struct{ end, again func(b *browser) }{
		"after the sign-out": {func(b *browser) { h.send(b.Client, "POST", "/auth/logout", h.own(""), "") }, nil},
		"after the end of all": {func(b *browser) {
			h.send(b.Client, "POST", "/auth/sessions/end", h.own(""), `{"all":true}`)
		}, nil},
		"after the sign-in ran out": {func(b *browser) { h.exec(`UPDATE auth_session SET expires = 1 WHERE id = $1`, h.sessionOf(b)) }, nil},
		"after too long a pause":    {func(b *browser) { h.exec(`UPDATE auth_session SET last_seen = 1 WHERE id = $1`, h.sessionOf(b)) }, nil},
		"of a role that is off": {func(*browser) { h.switched(true, "ROLE", string(auth.RoleParamedic)) },
			func(*browser) { h.switched(false, "ROLE", string(auth.RoleParamedic)) }},
		"of an app that is off": {func(*browser) { h.switched(true, "CLIENT", app.ID) }, func(*browser) { h.switched(false, "CLIENT", app.ID) }},
		"of a user who is off": {func(*browser) { h.switched(true, "USER", h.accountID(paramedic)) },
			func(*browser) { h.switched(false, "USER", h.accountID(paramedic)) }},
		"after revocation": {nil, nil},
	} {
		b := h.browser().signIn(auth.RoleParamedic)
		tokens := h.tokensFor(b, app, set("scope", "openid user/*.rs online_access"))
		token := tokens.text("access_token")
		if status, _ := h.get("/fhir/Patient/"+h.everything, token); status != http.StatusOK {
			h.t.Errorf("%s: before: %d", what, status)
		}
		if end.end == nil {
			h.form("/smart/revoke", map[string][]string{"token": {token}, "client_id": {app.ID}}, nil)
		} else {
			end.end(b)
		}
		h.unwelcome(what, token)
		if end.again != nil {
			end.again(b)
		}
	}
	b := h.browser().signIn(auth.RoleParamedic)
	token := h.tokensFor(b, app, set("scope", "openid user/*.rs")).text("access_token")
	if a := h.send(b.Client, "POST", "/auth/lock", h.own(""), ""); a.status != http.StatusNoContent {
		h.t.Errorf("lock: %d", a.status)
	}
	h.shown("of a computer that is locked", bearer(token), want{status: http.StatusLocked, code: "session-locked", silent: true})
}

// accountID is an account's id by its user name.
func (h *hostile) accountID(username string) string {
	h.t.Helper()
	a := h.ask(h.test(), auth.RoleAdministrator, `query($s: String!) { accounts(search: $s) { items { id subject } } }`, map[string]any{"s": username})
	for _, item := range a.list("data.accounts.items") {
		if item.text("subject") == username {
			return item.text("id")
		}
	}
	h.t.Fatalf("no account of %s: %v", username, a)
	return ""
}
