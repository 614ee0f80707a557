package main

import (
	"net/http"
	"net/url"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// prompting asks without a user who could be asked, and asks for a user who must sign in
// anew: OpenID Connect Core §3.1.2.1.
func (h *hostile) prompting() {
	c := chart()
	c.Trusted = true
	trusted, _ := h.app(c)
	c.Trusted = false
	app, _ := h.app(c)
	nobody, b := h.browser(), h.browser().signIn(auth.RoleGP)
	user, patient := set("scope", "openid user/*.rs"), set("scope", "openid launch/patient patient/*.rs")
	for _, x := range []struct {
		what   string
		b      *browser
		change func(url.Values)
		app    string
		code   string
	}{
		{"nobody is there", nobody, user, trusted.ID, "login_required"},
		{"nobody is there, of an app that asks", nobody, user, app.ID, "login_required"},
		{"a patient must be chosen", b, patient, trusted.ID, "interaction_required"},
		{"the app must be approved", b, user, app.ID, "interaction_required"},
		{"none and login", b, both(user, set("prompt", "none login")), trusted.ID, "login_required"},
		{"none and consent", b, both(user, set("prompt", "none consent")), trusted.ID, "interaction_required"},
	} {
		q := h.authorize(trusted, both(both(set("prompt", "none"), set("client_id", x.app)), x.change))
		h.refused(x.what, h.send(x.b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, ""), want{http.StatusSeeOther, x.code, callback, false})
	}
	// Who has signed in a while ago is not asked: unless the app wants it.
	for what, change := range map[string]func(url.Values){
		"prompt=login": set("prompt", "login"), "max_age=0": set("max_age", "0"), "prompt=login with max_age": both(set("prompt", "login"), set("max_age", "10000")),
	} {
		tx := h.begin(b, h.authorize(trusted, both(user, change)))
		if standing := h.transactionOf(b, tx).text("standing"); standing != "sign-in" {
			h.t.Errorf("%s: standing %s", what, standing)
		}
		h.refused(what, h.decide(b, tx, map[string]any{"decision": "approve"}), want{status: http.StatusUnauthorized, code: "not-signed-in"})
		h.refused(what+" and none", h.send(b.Client, "GET", "/smart/authorize?"+h.authorize(trusted, both(both(user, change), func(q url.Values) {
			q.Set("prompt", "none")
			q.Set("max_age", "0")
		})).Encode(), nil, ""), want{http.StatusSeeOther, "login_required", callback, false})
		again := h.browser().signIn(auth.RoleGP)
		if a := h.decide(again, tx, map[string]any{"decision": "approve"}); a.status != http.StatusOK || codeOf(h.t, a) == "" {
			h.t.Errorf("%s: after signing in anew: %d %s", what, a.status, a.body)
		}
	}
	q := h.authorize(trusted, both(user, set("max_age", "10000")))
	if a := h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, ""); location(h.t, a.header).Query().Get("code") == "" {
		h.t.Errorf("somebody who has signed in %v ago is asked again: %d", time.Minute, a.status)
	}
}
