package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// hashed is a secret as the tables have it.
func hashed(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// codeFor has the user approve and gives the code.
func (h *hostile) codeFor(b *browser, app *smart.Client, change func(url.Values)) string {
	h.t.Helper()
	q := h.authorize(app, change)
	decision := map[string]any{"decision": "approve"}
	if strings.Contains(q.Get("scope"), "patient") {
		decision["patient"] = h.everything
	}
	code := b.approve(q, decision).Query().Get("code")
	if code == "" {
		h.t.Fatal("no code")
	}
	return h.given(code)
}

// exchange is the form that redeems a code of a public app.
func exchange(app *smart.Client, code string) url.Values {
	return url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": app.RedirectURIs[:1], "client_id": {app.ID}, "code_verifier": {verifier},
	}
}

// tokensFor goes all the way.
func (h *hostile) tokensFor(b *browser, app *smart.Client, change func(url.Values)) reply {
	h.t.Helper()
	status, tokens := h.redeem(app, h.codeFor(b, app, change))
	if status != http.StatusOK || tokens.text("access_token") == "" {
		h.t.Fatalf("no token: %d %v", status, tokens)
	}
	for _, name := range []string{"access_token", "refresh_token", "id_token"} {
		h.given(tokens.text(name))
	}
	return tokens
}

// aged lets a code or token have expired.
func (h *hostile) aged(kind, token string) {
	h.t.Helper()
	key := hashed(token[strings.LastIndex(token, ".")+1:])
	var text string
	db := h.server.db.Write.DB
	if err := db.QueryRowContext(context.Background(), `SELECT request FROM smart_token WHERE kind = $1 AND key_hash = $2`, kind, key).Scan(&text); err != nil {
		h.t.Fatal(err)
	}
	var request map[string]any
	if err := json.Unmarshal([]byte(text), &request); err != nil {
		h.t.Fatal(err)
	}
	ends, _ := object(request).at("session.expires_at").(map[string]any)
	if len(ends) == 0 {
		h.t.Fatal("the token has no expiry")
	}
	for kind := range ends {
		ends[kind] = time.Now().Add(-time.Second).UTC()
	}
	h.exec(`UPDATE smart_token SET expires = $1, request = $2 WHERE kind = $3 AND key_hash = $4`,
		time.Now().Add(-time.Second).UnixMicro(), textOfJSON(h.t, request), kind, key)
}

// works reports whether a token opens the person at both surfaces.
func (h *hostile) works(token string) bool {
	h.t.Helper()
	status, _ := h.get("/fhir/Patient/"+h.everything, token)
	graph := h.send(nil, "POST", "/graphql", withHeader(bearer(token), "Content-Type", "application/json"), `{"query":"{ __typename }"}`)
	if (status == http.StatusOK) != (graph.status == http.StatusOK) {
		h.t.Errorf("FHIR says %d, the graph %d", status, graph.status)
	}
	return status == http.StatusOK
}

// withHeader adds one to others.
func withHeader(header map[string]string, name, value string) map[string]string {
	out := maps.Clone(header)
	out[name] = value
	return out
}

// redeeming brings codes back wrongly. Each code is a new one, and what was wrong with it
// must not have become right when it is brought again.
func (h *hostile) redeeming() {
	app, _ := h.app(chart())
	other, _ := h.app(chart())
	c := chart()
	c.Method = smart.Secret
	secretive, secret := h.app(c)
	b := h.browser().signIn(auth.RoleGP)
	grant := func(code, status string) want {
		return want{status: map[string]int{"400": 400, "401": 401}[status], code: code}
	}
	bad := grant("invalid_grant", "400")
	for what, x := range map[string]struct {
		change func(url.Values)
		want
	}{
		"another app":                 {set("client_id", other.ID), bad},
		"another redirect URI":        {set("redirect_uri", "https://app.example/other"), bad},
		"a redirect URI with a slash": {set("redirect_uri", callback+"/"), bad},
		"no redirect URI":             {set("redirect_uri"), bad},
		"a wrong verifier":            {set("code_verifier", strings.Repeat("w", 43)), bad},
		"the challenge as verifier":   {set("code_verifier", challenge()), bad},
		"no verifier":                 {set("code_verifier"), bad},
		"an empty verifier":           {set("code_verifier", ""), bad},
		"a short verifier":            {set("code_verifier", "v"), bad},
		"a long verifier":             {set("code_verifier", strings.Repeat("v", 129)), bad},
		"two verifiers":               {set("code_verifier", verifier, verifier), grant("invalid_request", "400")},
		"two codes":                   {set("code", "a", "b"), grant("invalid_request", "400")},
		"no code":                     {set("code"), bad},
		"a code that was cut":         {func(q url.Values) { q.Set("code", q.Get("code")[:len(q.Get("code"))-1]) }, bad},
		"a code of another signature": {func(q url.Values) { q.Set("code", strings.Split(q.Get("code"), ".")[0]+"."+auth.NewSecret()) }, bad},
		"a signature of another code": {func(q url.Values) { q.Set("code", auth.NewSecret()+"."+strings.Split(q.Get("code"), ".")[1]) }, bad},
		"a guess":                     {set("code", auth.NewSecret()+"."+auth.NewSecret()), bad},
		"no client":                   {set("client_id"), grant("invalid_client", "401")},
		"an unknown client":           {set("client_id", "nobody"), grant("invalid_client", "401")},
		"a client with a secret":      {set("client_id", secretive.ID), grant("invalid_client", "401")},
		"as a refresh token":          {both(set("grant_type", "refresh_token"), func(q url.Values) { q["refresh_token"] = q["code"] }), bad},
		"grant type password":         {set("grant_type", "password"), grant("unsupported_grant_type", "400")},
		"grant type implicit":         {set("grant_type", "implicit"), grant("unsupported_grant_type", "400")},
		"grant type device":           {set("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), grant("unsupported_grant_type", "400")},
		"grant type jwt-bearer":       {set("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), grant("unsupported_grant_type", "400")},
		"grant type token exchange":   {set("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), grant("unsupported_grant_type", "400")},
		"grant type CODE":             {set("grant_type", "Authorization_Code"), grant("unsupported_grant_type", "400")},
		"two grant types in one":      {set("grant_type", "authorization_code client_credentials"), grant("unsupported_grant_type", "400")},
		"two grant types":             {set("grant_type", "authorization_code", "client_credentials"), grant("invalid_request", "400")},
		"no grant type":               {set("grant_type"), grant("invalid_request", "400")},
	} {
		form := exchange(app, h.codeFor(b, app, nil))
		x.change(form)
		h.refused(what, h.form("/smart/token", form, nil), x.want)
	}
	h.redeemingOf(b, app, secretive, secret)
	h.redeemingByKey(b, app)
	h.redeemingTwice(b, app)
	h.redeemingLate(b, app)
	form := exchange(app, h.codeFor(b, app, nil))
	malformed := grant("invalid_request", "400")
	h.refused("in the address", h.send(nil, "POST", "/smart/token?"+form.Encode(), map[string]string{"Content-Type": formType}, ""), malformed)
	h.refused("as JSON", h.send(nil, "POST", "/smart/token", map[string]string{"Content-Type": "application/json"}, textOfJSON(h.t, form)), malformed)
	h.refused("as a form of another type", h.send(nil, "POST", "/smart/token", map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, form.Encode()), malformed)
	h.refused("a large form", h.form("/smart/token", with(form, url.Values{"x": {strings.Repeat("x", 33<<10)}}), nil), malformed)
	h.refused("by GET", h.send(nil, "GET", "/smart/token?"+form.Encode(), nil, ""), want{status: 405, code: "invalid_request"})
	a := h.form("/smart/token", form, nil)
	if a.status != http.StatusOK || a.json().text("access_token") == "" || a.json().text("token_type") != "Bearer" || a.json()["expires_in"] == nil ||
		a.header.Get("Cache-Control") != "no-store" || a.header.Get("Pragma") != "no-cache" || a.header.Get("Content-Type") != "application/json" {
		h.t.Errorf("the right way, after all this: %d %v %v", a.status, a.json(), a.header)
	}
}

// redeemingOf is what a client with a secret must prove besides.
func (h *hostile) redeemingOf(b *browser, app, secretive *smart.Client, secret string) {
	code := h.codeFor(b, secretive, nil)
	form := exchange(secretive, code)
	form.Del("client_id")
	wrong := want{status: 401, code: "invalid_client"}
	h.refused("no secret", h.form("/smart/token", with(form, url.Values{"client_id": {secretive.ID}}), nil), wrong)
	h.refused("a wrong secret", h.form("/smart/token", form, basic(secretive.ID, secret+"x")), wrong)
	h.refused("an empty secret", h.form("/smart/token", form, basic(secretive.ID, "")), wrong)
	h.refused("a secret in the form", h.form("/smart/token", with(form, url.Values{"client_id": {secretive.ID}, "client_secret": {secret}}), nil), wrong)
	h.refused("a secret in both", h.form("/smart/token", with(form, url.Values{"client_secret": {secret}}), basic(secretive.ID, secret)), wrong)
	h.refused("another client's id beside it", h.form("/smart/token", with(form, url.Values{"client_id": {app.ID}}), basic(secretive.ID, secret)), wrong)
	h.refused("a public client with a secret", h.form("/smart/token", exchange(app, code), basic(app.ID, secret)), wrong)
	h.refused("a token for a secret", h.form("/smart/token", form, bearer(secret)), wrong)
	if a := h.form("/smart/token", form, basic(secretive.ID, secret)); a.status != http.StatusOK || a.json().text("access_token") == "" {
		h.t.Errorf("with the secret: %d %s", a.status, a.body)
	}
}

// redeemingByKey is what a client with a key of its own must prove besides.
func (h *hostile) redeemingByKey(b *browser, app *smart.Client) {
	es, rs, foreign := newKey(h.t, "es"), newRSAKey("rs"), newKey(h.t, "es")
	c := chart()
	c.Method, c.JWKS = smart.Key, keySet(h.t, es, rs)
	client, _ := h.app(c)
	for _, k := range []signingKey{es, rs} {
		form := exchange(client, h.codeFor(b, client, nil))
		unproven := want{status: 401, code: "invalid_client"}
		h.refused("no assertion", h.form("/smart/token", form, nil), unproven)
		h.refused("another key", h.form("/smart/token", with(form, h.assertion(client.ID, foreign)), nil), unproven)
		h.refused("another client's assertion", h.form("/smart/token", with(form, h.assertion(app.ID, k)), nil), unproven)
		h.refused("a secret", h.form("/smart/token", form, basic(client.ID, "secret")), unproven)
		proof := h.assertion(client.ID, k)
		a := h.form("/smart/token", with(form, proof), nil)
		tokens := reply(a.json())
		if a.status != http.StatusOK || tokens.text("refresh_token") == "" || tokens.text("id_token") == "" {
			h.t.Errorf("%s: %d %s", k.alg(), a.status, a.body)
		}
		again := refresh(client, tokens.text("refresh_token"))
		h.refused("a refresh without an assertion", h.form("/smart/token", again, nil), unproven)
		h.refused("a refresh with an assertion that was used", h.form("/smart/token", with(again, proof), nil), unproven)
		if a := h.form("/smart/token", with(again, h.assertion(client.ID, k)), nil); a.status != http.StatusOK {
			h.t.Errorf("a refresh with %s: %d %s", k.alg(), a.status, a.body)
		}
	}
}

// redeemingTwice: whoever brings a code again ends what it gave (RFC 6749 §4.1.2); a wrong
// verifier ends the code.
func (h *hostile) redeemingTwice(b *browser, app *smart.Client) {
	bad := want{status: 400, code: "invalid_grant"}
	code := h.codeFor(b, app, nil)
	status, tokens := h.redeem(app, code)
	if status != http.StatusOK || !h.works(tokens.text("access_token")) {
		h.t.Fatalf("no token: %d", status)
	}
	h.refused("a code again", h.form("/smart/token", exchange(app, code), nil), bad)
	h.unwelcome("the token of a code that was brought again", tokens.text("access_token"))
	h.refused("its refresh token", h.form("/smart/token", refresh(app, tokens.text("refresh_token")), nil), bad)
	for what, change := range map[string]func(url.Values){"a wrong verifier": set("code_verifier", strings.Repeat("w", 43)), "no verifier": set("code_verifier")} {
		form := exchange(app, h.codeFor(b, app, nil))
		right := with(form, nil)
		change(form)
		h.refused(what, h.form("/smart/token", form, nil), bad)
		h.refused(what+", then the right one", h.form("/smart/token", right, nil), bad)
	}
}

// redeemingLate: a code lives a minute, no longer than its sign-in, and no longer than its
// app and its user are welcome.
func (h *hostile) redeemingLate(b *browser, app *smart.Client) {
	bad := want{status: 400, code: "invalid_grant"}
	code := h.codeFor(b, app, nil)
	h.aged("code", code)
	h.refused("an old code", h.form("/smart/token", exchange(app, code), nil), bad)
	out := h.browser().signIn(auth.RoleGP)
	code = h.codeFor(out, app, nil)
	if a := h.send(out.Client, "POST", "/auth/logout", h.own(""), ""); a.status != http.StatusOK {
		h.t.Errorf("sign-out: %d", a.status)
	}
	h.refused("after the sign-out", h.form("/smart/token", exchange(app, code), nil), bad)
	off, _ := h.app(chart())
	code = h.codeFor(b, off, nil)
	h.switched(true, "CLIENT", off.ID)
	h.refused("of an app that is off", h.form("/smart/token", exchange(off, code), nil), want{status: 401, code: "invalid_client"})
	nurse := h.browser().signIn(auth.RolePracticeNurse)
	code = h.codeFor(nurse, app, set("scope", "openid user/*.rs"))
	h.switched(true, "ROLE", string(auth.RolePracticeNurse))
	h.refused("of a role that is off", h.form("/smart/token", exchange(app, code), nil), bad)
	h.switched(false, "ROLE", string(auth.RolePracticeNurse))
}
