package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// refresh is the form by which a public app gets a new token.
func refresh(app *smart.Client, token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {app.ID}}
}

// refreshing brings refresh tokens back wrongly; what was right before stays right.
func (h *hostile) refreshing() {
	app, _ := h.app(chart())
	other, _ := h.app(chart())
	b := h.browser().signIn(auth.RoleGP)
	bad := want{status: 400, code: "invalid_grant"}
	tokens := h.tokensFor(b, app, nil)
	token := tokens.text("refresh_token")
	for what, x := range map[string]struct {
		change func(url.Values)
		want
	}{
		"another app":         {set("client_id", other.ID), bad},
		"no token":            {set("refresh_token"), bad},
		"a guess":             {set("refresh_token", auth.NewSecret()+"."+auth.NewSecret()), bad},
		"a cut token":         {set("refresh_token", token[:len(token)-1]), bad},
		"the access token":    {set("refresh_token", tokens.text("access_token")), bad},
		"two tokens":          {set("refresh_token", token, token), want{status: 400, code: "invalid_request"}},
		"no client":           {set("client_id"), want{status: 401, code: "invalid_client"}},
		"an unknown client":   {set("client_id", "nobody"), want{status: 401, code: "invalid_client"}},
		"another context":     {set("scope", "user/*.rs"), want{status: 400, code: "invalid_scope"}},
		"more of it":          {set("scope", "patient/*.cruds"), want{status: 400, code: "invalid_scope"}},
		"one more":            {set("scope", "patient/*.rs offline_access"), want{status: 400, code: "invalid_scope"}},
		"the graph":           {set("scope", "patchwork/graph"), want{status: 400, code: "invalid_scope"}},
		"nonsense":            {set("scope", "nonsense"), want{status: 400, code: "invalid_scope"}},
		"a part and nonsense": {set("scope", "patient/*.rs nonsense"), want{status: 400, code: "invalid_scope"}},
		"services' scopes":    {set("scope", "system/*.rs"), want{status: 400, code: "invalid_scope"}},
		"writing in v1":       {set("scope", "patient/*.write"), want{status: 400, code: "invalid_scope"}},
	} {
		form := refresh(app, token)
		x.change(form)
		h.refused(what, h.form("/smart/token", form, nil), x.want)
	}
	if !h.works(tokens.text("access_token")) {
		h.t.Error("what was tried has ended the access token")
	}
	h.narrowing(app, token)
	h.reusing(b, app)
	h.refreshingLate(b, app)
}

// narrowing: a smaller scope is honoured, of the access token only.
func (h *hostile) narrowing(app *smart.Client, token string) {
	for _, step := range []struct{ scope, want string }{
		{"patient/Observation.rs", "patient/Observation.rs"}, {"patient/*.read", "patient/*.read"}, {"patient/Patient.r openid", "patient/Patient.r openid"},
		{"", "openid fhirUser launch/patient patient/*.rs online_access"},
	} {
		form := refresh(app, token)
		if step.scope != "" {
			form.Set("scope", step.scope)
		}
		status, tokens := h.post("/smart/token", form, nil)
		if status != http.StatusOK || tokens.text("scope") != step.want || tokens.text("patient") != h.everything {
			h.t.Fatalf("narrowed to %q: %d %v", step.scope, status, tokens)
		}
		token = tokens.text("refresh_token")
		_, found := h.get("/fhir/Condition?patient="+h.everything, tokens.text("access_token"))
		conditions := slices.ContainsFunc(found.list("entry"), func(e object) bool { return e.text("resource.resourceType") == "Condition" })
		if conditions == (strings.Contains(step.scope, "Observation") || strings.Contains(step.scope, "Patient")) {
			h.t.Errorf("a token of %q reads conditions: %v", step.scope, conditions)
		}
	}
}

// reusing: a refresh token that comes twice was stolen, from one or the other.
func (h *hostile) reusing(b *browser, app *smart.Client) {
	bad := want{status: 400, code: "invalid_grant"}
	first := h.tokensFor(b, app, nil)
	status, second := h.post("/smart/token", refresh(app, first.text("refresh_token")), nil)
	if status != http.StatusOK {
		h.t.Fatalf("refresh: %d", status)
	}
	h.unwelcome("the access token before", first.text("access_token"))
	if !h.works(second.text("access_token")) {
		h.t.Error("the new token is of no use")
	}
	h.refused("a refresh token again", h.form("/smart/token", refresh(app, first.text("refresh_token")), nil), bad)
	h.unwelcome("the family's access token", second.text("access_token"))
	h.refused("the family's refresh token", h.form("/smart/token", refresh(app, second.text("refresh_token")), nil), bad)
}

// refreshingLate: none outlives its sign-in, its app, its user.
func (h *hostile) refreshingLate(b *browser, app *smart.Client) {
	bad := want{status: 400, code: "invalid_grant"}
	tokens := h.tokensFor(b, app, nil)
	h.aged("refresh", tokens.text("refresh_token"))
	h.refused("an old refresh token", h.form("/smart/token", refresh(app, tokens.text("refresh_token")), nil), bad)
	for what, end := range map[string]func(*browser){
		"after the sign-out": func(b *browser) { h.send(b.Client, "POST", "/auth/logout", h.own(""), "") },
		"of a role that is off": func(*browser) {
			h.switched(true, "ROLE", string(auth.RolePharmacist))
		},
	} {
		pharmacist := h.browser().signIn(auth.RolePharmacist)
		tokens := h.tokensFor(pharmacist, app, set("scope", "openid user/*.rs online_access"))
		end(pharmacist)
		h.refused(what, h.form("/smart/token", refresh(app, tokens.text("refresh_token")), nil), bad)
		h.refused(what+", again", h.form("/smart/token", refresh(app, tokens.text("refresh_token")), nil), bad)
		if strings.Contains(what, "role") {
			h.switched(false, "ROLE", string(auth.RolePharmacist))
			h.refused("when the role is on again", h.form("/smart/token", refresh(app, tokens.text("refresh_token")), nil), bad)
		}
	}
	off, _ := h.app(chart())
	tokens = h.tokensFor(b, off, nil)
	h.switched(true, "CLIENT", off.ID)
	h.refused("of an app that is off", h.form("/smart/token", refresh(off, tokens.text("refresh_token")), nil), want{status: 401, code: "invalid_client"})
	h.withoutTheUser()
	without := h.tokensFor(b, app, set("scope", "openid launch/patient patient/*.rs"))
	if without["refresh_token"] != nil {
		h.t.Error("a refresh token that nobody asked for")
	}
}

// withoutTheUser: offline access outlives the sign-in, and not the user.
func (h *hostile) withoutTheUser() {
	c := chart()
	c.Scopes = append(c.Scopes, "offline_access")
	app, _ := h.app(c)
	worker := h.browser().signIn(auth.RoleMentalHealthClinician)
	tokens := h.tokensFor(worker, app, set("scope", "openid user/*.rs offline_access"))
	h.send(worker.Client, "POST", "/auth/logout", h.own(""), "")
	h.unwelcome("offline access, after the sign-out", tokens.text("access_token"))
	status, second := h.post("/smart/token", refresh(app, tokens.text("refresh_token")), nil)
	if status != http.StatusOK || !h.read(second.text("access_token")) {
		h.t.Fatalf("offline access: %d %v", status, second)
	}
	h.switched(true, "USER", h.accountID(h.usernames()[auth.RoleMentalHealthClinician]))
	h.unwelcome("offline access of a user who is off", second.text("access_token"))
	h.refused("offline access of a user who is off", h.form("/smart/token", refresh(app, second.text("refresh_token")), nil), want{status: 400, code: "invalid_grant"})
	h.switched(false, "USER", h.accountID(h.usernames()[auth.RoleMentalHealthClinician]))
	h.refused("offline access, when they are on again", h.form("/smart/token", refresh(app, second.text("refresh_token")), nil), want{status: 400, code: "invalid_grant"})
}

// read reports whether a token opens anything.
func (h *hostile) read(token string) bool {
	h.t.Helper()
	status, _ := h.get("/fhir/Patient/"+h.everything, token)
	return status == http.StatusOK
}
