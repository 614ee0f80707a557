package main

import (
	"net/http"

	"github.com/patchworkcare/patchwork/auth"
)

// overreaching uses an app's token for what is not an app's: its user's sign-in, and what
// other apps may do.
func (h *hostile) overreaching() {
	c := chart()
	c.Scopes = append(c.Scopes, "patchwork/graph") // also one that may do whatever its user may in the graph
	app, _ := h.app(c)
	other, _ := h.app(chart())
	b := h.browser().signIn(auth.RoleGP)
	kept := h.tokensFor(b, other, nil).text("access_token")
	for scopes, decide := range map[string]bool{"launch/patient patient/Observation.rs": true, "patchwork/graph": false} {
		decision := map[string]any{"decision": "approve"}
		if decide {
			decision["patient"] = h.everything
		}
		code := b.approve(h.authorize(app, set("scope", scopes)), decision).Query().Get("code")
		_, tokens := h.redeem(app, code)
		header := withHeader(bearer(tokens.text("access_token")), "Content-Type", "application/json")
		no := want{status: http.StatusForbidden, code: "not-for-apps"}
		for _, x := range []struct{ method, path, body string }{
			{"GET", "/auth/sessions", ""}, {"POST", "/auth/sessions/end", `{"all":true}`}, {"POST", "/auth/logout", "{}"}, {"POST", "/auth/lock", "{}"}, {"POST", "/auth/role", `{"position":0}`},
			{"POST", "/auth/login", `{"username":"gp","password":"x"}`}, {"GET", "/auth/confirm", ""}, {"GET", "/smart/grants", ""}, {"POST", "/smart/grants", `{"id":"x"}`},
		} {
			h.refused(x.method+" "+x.path+" with "+scopes, h.send(nil, x.method, x.path, header, x.body), no)
		}
		// Whose it is it may know, and the user may confirm through it who they are.
		if status, facts := h.get("/auth/session", tokens.text("access_token")); status != http.StatusOK || facts.text("subject") != h.usernames()[auth.RoleGP] {
			h.t.Errorf("the facts: %d %v", status, facts)
		}
		before := h.send(b.Client, "GET", "/auth/session", nil, "").json().text("confirmed")
		a := h.send(nil, "POST", "/auth/confirm", header, `{"password":"`+h.passwords[auth.RoleGP]+`"}`)
		if after := h.send(b.Client, "GET", "/auth/session", nil, "").json().text("confirmed"); a.status != http.StatusNoContent || after <= before {
			h.t.Errorf("confirmed: %d %s, %s after %s", a.status, a.body, after, before)
		}
	}
	if !h.works(kept) {
		h.t.Error("what was tried has ended another app's token")
	}
	h.ofOthers(b)
}

// ofOthers ends what somebody else has granted, or another site's page does.
func (h *hostile) ofOthers(b *browser) {
	nurse := h.browser().signIn(auth.RoleHospitalDoctor)
	app, _ := h.app(chart())
	tokens := h.tokensFor(nurse, app, set("scope", "openid user/*.rs online_access"))
	list := h.send(nurse.Client, "GET", "/smart/grants", nil, "").json().list("grants")
	if len(list) == 0 {
		h.t.Fatal("no grant")
	}
	id := `{"id":"` + list[0].text("id") + `"}`
	gone := want{status: 404, code: "gone"}
	h.refused("another's grant", h.send(b.Client, "POST", "/smart/grants", h.own(""), id), gone)
	h.refused("a guess", h.send(b.Client, "POST", "/smart/grants", h.own(""), `{"id":"' OR ''='"}`), gone)
	h.refused("no JSON", h.send(b.Client, "POST", "/smart/grants", h.own(""), "x"), want{status: 400, code: "not-json"})
	h.refused("nobody", h.send(nil, "POST", "/smart/grants", h.own(""), id), want{status: 401, code: "not-signed-in"})
	h.refused("another method", h.send(nurse.Client, "DELETE", "/smart/grants", h.own(""), id), want{status: 405, code: "method"})
	foreign := withHeader(h.own(""), "Origin", "https://app.example")
	h.refused("another site's page", h.send(nurse.Client, "POST", "/smart/grants", foreign, id), want{status: 403, code: "cross-site", silent: true})
	if status, _ := h.get("/fhir/Patient/"+h.everything, tokens.text("access_token")); status != http.StatusOK {
		h.t.Errorf("what was tried has ended the grant: %d", status)
	}
	if a := h.send(nurse.Client, "POST", "/smart/grants", h.own(""), id); a.status != http.StatusNoContent {
		h.t.Errorf("one's own: %d %s", a.status, a.body)
	}
	h.unwelcome("the token of a grant that its user has ended", tokens.text("access_token"))
}
