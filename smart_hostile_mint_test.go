package main

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// launchBody is a launch that is in order: the GP has the person on the screen.
func (h *hostile) launchBody(app *smart.Client) map[string]any {
	p := h.Scenario("everything")
	return map[string]any{
		"client_id": app.ID, "organization": h.gpODS(),
		"patient": map[string]any{"system": smart.NHSNumberSystem, "value": p.NHSNumber, "birthDate": p.BirthDate},
		"user":    map[string]any{"idp": "local", "subject": h.usernames()[auth.RoleGP]},
	}
}

// inside changes a member of an object within.
func inside(body map[string]any, name string, c tampered) tampered {
	within, _ := body[name].(map[string]any)
	return tampered{name: c.on(within)}
}

// mint asks for a launch.
func (h *hostile) mint(token string, body any) answer {
	h.t.Helper()
	return h.send(nil, "POST", "/smart/launch", withHeader(bearer(token), "Content-Type", "application/json"), textOfJSON(h.t, body))
}

// launch is one that was minted.
func (h *hostile) launch(token string, body any) (id string) {
	h.t.Helper()
	a := h.mint(token, body)
	if a.status != http.StatusCreated || a.json().text("launch") == "" {
		h.t.Fatalf("no launch: %d %s", a.status, a.body)
	}
	return h.given(a.json().text("launch"))
}

// ehrScopes are those of an app that an EPR opens.
const ehrScopes = "openid fhirUser launch patient/*.rs online_access"

// launched is a request with a launch.
func (h *hostile) launched(app *smart.Client, id string) url.Values {
	return h.authorize(app, both(set("scope", ehrScopes), set("launch", id)))
}

// minting asks for launches that must not be made.
func (h *hostile) minting() {
	k := newKey(h.t, "epr")
	app, _ := h.app(chart())
	other, _ := h.app(chart())
	windowless := chart()
	windowless.LaunchURL = ""
	closed, _ := h.app(windowless)
	rights := h.epr(app, keySet(h.t, k), false)
	rights.Launching.Apps = append(rights.Launching.Apps, closed.ID, "nobody")
	epr, _ := h.app(rights)
	token := h.serviceToken(epr.ID, k, "patchwork/launch")
	body := h.launchBody(app)
	denied, bad := want{status: 403, code: "access_denied"}, want{status: 400, code: "invalid_request"}
	for what, x := range map[string]struct {
		tampered
		want
	}{
		"no app":                       {tampered{"client_id": nil}, bad},
		"another app":                  {tampered{"client_id": other.ID}, denied},
		"the viewer":                   {tampered{"client_id": viewerID}, denied},
		"an app that is not there":     {tampered{"client_id": "nobody"}, denied},
		"an app without a launch URL":  {tampered{"client_id": closed.ID}, denied},
		"no organisation":              {tampered{"organization": nil}, denied},
		"another organisation":         {tampered{"organization": "YZ950"}, denied},
		"no user":                      {tampered{"user": nil}, bad},
		"a user by neither":            {inside(body, "user", tampered{"subject": nil}), bad},
		"a user by both":               {inside(body, "user", tampered{"email": "a@b.example"}), bad},
		"no login":                     {inside(body, "user", tampered{"idp": nil}), bad},
		"another login":                {inside(body, "user", tampered{"idp": "riverside"}), denied},
		"no patient":                   {tampered{"patient": nil}, bad},
		"no number":                    {inside(body, "patient", tampered{"value": nil}), bad},
		"a bad check digit":            {inside(body, "patient", tampered{"value": "9435000011"}), bad},
		"letters":                      {inside(body, "patient", tampered{"value": "94350OOO17"}), bad},
		"all digits alike":             {inside(body, "patient", tampered{"value": "9999999999"}), bad},
		"another system":               {inside(body, "patient", tampered{"system": "https://hospital.example/mrn"}), bad},
		"no system":                    {inside(body, "patient", tampered{"system": nil}), bad},
		"our own id":                   {inside(body, "patient", tampered{"value": h.everything}), bad},
		"no birth date":                {inside(body, "patient", tampered{"birthDate": nil}), bad},
		"a birth date as people write": {inside(body, "patient", tampered{"birthDate": "12/03/1948"}), bad},
		"another birth date":           {inside(body, "patient", tampered{"birthDate": "1948-03-13"}), want{status: 409, code: "patient_mismatch"}},
		"somebody else's birth date":   {inside(body, "patient", tampered{"birthDate": h.Scenario("conflict").BirthDate}), want{status: 409, code: "patient_mismatch"}},
		"an unknown number":            {inside(body, "patient", tampered{"value": "9990009007"}), want{status: 404, code: "patient_unknown"}},
		"a long encounter":             {tampered{"encounter": strings.Repeat("x", 201)}, bad},
		"an intent with a line":        {tampered{"intent": "a\nb"}, bad},
		"much context":                 {tampered{"fhirContext": make([]map[string]any, 21)}, bad},
		"a patient in the context":     {tampered{"fhirContext": []any{map[string]any{"reference": "Patient/x"}}}, bad},
		"context of nothing":           {tampered{"fhirContext": []any{map[string]any{}}}, bad},
		"an app as a list":             {tampered{"client_id": []string{app.ID}}, bad},
		"a large launch":               {tampered{"x": strings.Repeat("x", 33<<10)}, bad},
	} {
		h.refused(what, h.mint(token, x.tampered.on(body)), x.want)
	}
	header := withHeader(bearer(token), "Content-Type", "application/json")
	text := textOfJSON(h.t, body)
	for what, raw := range map[string]string{"no JSON": "launch", "half of it": text[:len(text)/2], "two of them": text + text, "a list": "[" + text + "]", "nothing": "", "null": "null"} {
		h.refused(what, h.send(nil, "POST", "/smart/launch", header, raw), bad)
	}
	h.refused("a form", h.send(nil, "POST", "/smart/launch", withHeader(header, "Content-Type", formType), "x=y"), bad)
	for _, method := range []string{"GET", "PUT"} {
		h.refused(method, h.send(nil, method, "/smart/launch", header, ""), want{status: 405, code: "invalid_request"})
	}
	h.mintingAs(app, epr, k, token)
}

// mintingAs asks as whoever may not.
func (h *hostile) mintingAs(app, epr *smart.Client, k signingKey, token string) {
	body := h.launchBody(app)
	nobody := want{status: 401, code: "invalid_token"}
	header := map[string]string{"Content-Type": "application/json"}
	text := textOfJSON(h.t, body)
	for _, path := range []string{"/smart/launch", "/fhir/smart/launch"} {
		h.refused("no token at "+path, h.send(nil, "POST", path, header, text), nobody)
		h.refused("a wrong token at "+path, h.send(nil, "POST", path, withHeader(header, "Authorization", "Bearer "+token+"x"), text), want{status: 401, code: "invalid-token"})
	}
	b := h.browser().signIn(auth.RoleGP)
	h.refused("a cookie", h.send(b.Client, "POST", "/smart/launch", withHeader(withHeader(header, "Origin", h.http.URL), auth.RequestHeader, "viewer"), text), nobody)
	h.refused("a user's secret", h.send(nil, "POST", "/smart/launch", withHeader(header, "Authorization", "Bearer "+h.tokens[auth.RoleGP]), text), nobody)
	h.refused("a user's token", h.mint(h.tokensFor(b, app, nil).text("access_token"), body), nobody)
	h.refused("an administrator's", h.send(nil, "POST", "/smart/launch", withHeader(header, "Authorization", "Bearer "+h.tokens[auth.RoleAdministrator]), text), nobody)
	reader, _ := h.app(service(keySet(h.t, k)))
	h.refused("a service without the scope", h.mint(h.serviceToken(reader.ID, k, "system/*.rs"), body), nobody)
	c := service(keySet(h.t, k))
	c.Scopes, c.Position = []string{"patchwork/launch"}, nil
	rightless, _ := h.app(c)
	h.refused("a service that may open nothing", h.mint(h.serviceToken(rightless.ID, k, "patchwork/launch"), body), want{status: 403, code: "access_denied"})
	// The user is asked about at once, where they are known.
	user := func(role auth.Role) map[string]any {
		return inside(body, "user", tampered{"subject": h.usernames()[role]}).on(body)
	}
	hospital := h.epr(app, keySet(h.t, k), true)
	hospital.Launching.Organisations = []string{h.System("hospital").Organisation}
	theirs, _ := h.app(hospital)
	h.refused("a user who may not open the person", h.mint(h.serviceToken(theirs.ID, k, "patchwork/launch"),
		tampered{"organization": h.System("hospital").Organisation}.on(user(auth.RoleAnalyst))), want{status: 403, code: "access_denied"})
	for i := range 600 {
		h.exec(`INSERT INTO smart_launch (hash, epr, app, context, expires) VALUES ($1, $2, $3, $4, $5)`,
			hashed(string(rune(i))+epr.ID), epr.ID, app.ID, "{}", time.Now().Add(time.Minute).UnixMicro())
	}
	h.refused("six hundred a minute", h.mint(token, body), want{status: 429, code: "temporarily_unavailable"})
	h.exec(`DELETE FROM smart_launch WHERE epr = $1`, epr.ID)
	if a := h.mint(token, user(auth.RolePharmacist)); a.status != http.StatusCreated { // has no position there: is known to nobody, and must sign in
		h.t.Errorf("somebody of elsewhere: %d %s", a.status, a.body)
	}
	if id := h.launch(token, body); id == "" {
		h.t.Error("no launch")
	}
	h.switched(true, "CLIENT", app.ID)
	h.refused("an app that is off", h.mint(token, body), want{status: 403, code: "access_denied"})
	h.switched(false, "CLIENT", app.ID)
	h.aged("access", token)
	h.refused("an old token", h.mint(token, body), want{status: 401, code: "invalid-token"})
	token = h.serviceToken(epr.ID, k, "patchwork/launch")
	h.switched(true, "CLIENT", epr.ID)
	h.refused("a system that is off", h.mint(token, body), want{status: 401, code: "invalid-token"})
}
