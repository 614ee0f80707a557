package main

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// opening sends launches that an EPR has signed, wrongly.
func (h *hostile) opening() {
	k, rs, foreign := newKey(h.t, "k"), newRSAKey("rs"), newKey(h.t, "k")
	app, _ := h.app(chart())
	epr, _ := h.app(h.epr(app, keySet(h.t, k, rs), false))
	h.app(h.epr(app, keySet(h.t, foreign), false))
	reader, _ := h.app(service(keySet(h.t, k)))
	post := func(jwt ...string) answer {
		h.t.Helper()
		return h.form("/smart/open", url.Values{"launch_jwt": jwt}, nil)
	}
	claims := func(c tampered) map[string]any {
		return c.on(tampered{"launch": h.launchBody(app)}.on(h.claims(epr.ID, "/smart/open")))
	}
	unproven, bad := want{status: 401, code: "invalid_client"}, want{status: 400, code: "invalid_request"}
	in := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }
	for what, x := range map[string]struct {
		key            signingKey
		header, claims tampered
		want
	}{
		"another client's key": {foreign, nil, nil, unproven},
		"alg none":             {k, tampered{"alg": "none"}, nil, unproven},
		"alg HS256":            {k, tampered{"alg": "HS256"}, nil, unproven},
		"alg RS256":            {rs, tampered{"alg": "RS256"}, nil, unproven},
		"no kid":               {k, tampered{"kid": nil}, nil, unproven},
		"no typ":               {k, tampered{"typ": nil}, nil, unproven},
		"a foreign jku":        {k, tampered{"jku": "https://evil.example/jwks"}, nil, unproven},
		"aud of the token":     {k, nil, tampered{"aud": h.http.URL + "/smart/token"}, unproven},
		"aud of the mint":      {k, nil, tampered{"aud": h.http.URL + "/smart/launch"}, unproven},
		"another server's aud": {k, nil, tampered{"aud": "https://other.example/smart/open"}, unproven},
		"no aud":               {k, nil, tampered{"aud": nil}, unproven},
		"no exp":               {k, nil, tampered{"exp": nil}, unproven},
		"exp in an hour":       {k, nil, tampered{"exp": in(time.Hour)}, unproven},
		"exp of a minute ago":  {k, nil, tampered{"exp": in(-time.Minute)}, unproven},
		"iat in the future":    {k, nil, tampered{"iat": in(time.Hour)}, unproven},
		"no jti":               {k, nil, tampered{"jti": nil}, unproven},
		"another issuer":       {k, nil, tampered{"iss": reader.ID}, unproven},
		"an unknown issuer":    {k, nil, tampered{"iss": "nobody", "sub": "nobody"}, unproven},
		"no launch":            {k, nil, tampered{"launch": nil}, bad},
		"a launch as text":     {k, nil, tampered{"launch": "launch"}, bad},
		"an empty launch":      {k, nil, tampered{"launch": map[string]any{}}, bad},
		"a service that reads": {k, nil, tampered{"iss": reader.ID, "sub": reader.ID}, want{status: 403, code: "access_denied"}},
		"another app":          {k, nil, tampered{"launch": tampered{"client_id": viewerID}.on(h.launchBody(app))}, want{status: 403, code: "access_denied"}},
		"another birth date":   {k, nil, tampered{"launch": inside(h.launchBody(app), "patient", tampered{"birthDate": "1948-03-13"}).on(h.launchBody(app))}, want{status: 409, code: "patient_mismatch"}},
		"a bad check digit":    {k, nil, tampered{"launch": inside(h.launchBody(app), "patient", tampered{"value": "9435000011"}).on(h.launchBody(app))}, bad},
		"an unknown number":    {k, nil, tampered{"launch": inside(h.launchBody(app), "patient", tampered{"value": "9990009007"}).on(h.launchBody(app))}, want{status: 404, code: "patient_unknown"}},
	} {
		h.refused(what, post(x.key.sign(h.t, x.header.on(x.key.header()), claims(x.claims))), x.want)
	}
	for _, k := range []signingKey{k, rs} {
		jwt := k.sign(h.t, k.header(), claims(nil))
		h.refused("by GET", h.send(nil, "GET", "/smart/open?launch_jwt="+jwt, nil, ""), bad)
		h.refused("in the address of a POST", h.send(nil, "POST", "/smart/open?launch_jwt="+jwt, map[string]string{"Content-Type": formType}, ""), bad)
		h.refused("twice", post(jwt, jwt), bad)
		h.refused("as JSON", h.send(nil, "POST", "/smart/open", map[string]string{"Content-Type": "application/json"}, `{"launch_jwt":"`+jwt+`"}`), bad)
		h.refused("as an assertion", h.form("/smart/token", with(asserted(jwt), credentialsGrant), nil), unproven)
		a := post(jwt)
		to := location(h.t, a.header)
		if a.status != http.StatusSeeOther || !strings.HasPrefix(to.String(), app.LaunchURL+"?") || to.Query().Get("iss") != h.http.URL+"/fhir" || to.Query().Get("launch") == "" || h.personal(to.String()) != "" {
			h.t.Fatalf("%s: %d %v %s", k.alg(), a.status, to, a.body)
		}
		h.refused("again", post(jwt), unproven)
		b := h.browser().signIn(auth.RoleGP)
		if code := b.approve(h.launched(app, to.Query().Get("launch")), map[string]any{"decision": "approve"}).Query().Get("code"); code == "" {
			h.t.Errorf("%s: no code", k.alg())
		}
	}
	h.refused("an empty one", post(""), unproven)
	h.refused("none", h.form("/smart/open", url.Values{}, nil), bad)
	h.refused("a large one", post(strings.Repeat("x", 33<<10)), bad)
	h.refused("a PUT", h.send(nil, "PUT", "/smart/open", nil, ""), want{status: 405, code: "invalid_request"})
	h.switched(true, "CLIENT", epr.ID)
	h.refused("a system that is off", post(k.sign(h.t, k.header(), claims(nil))), unproven)
}

// prefilling opens the search with what nobody signed: only where that is allowed, and only
// to fill it in.
func (h *hostile) prefilling() {
	k := newKey(h.t, "k")
	app, _ := h.app(chart())
	strict, _ := h.app(h.epr(app, keySet(h.t, k), false))
	c := h.epr(app, keySet(h.t, k), false)
	c.Launching.Prefill = true
	lax, _ := h.app(c)
	off, _ := h.app(c)
	h.switched(true, "CLIENT", off.ID)
	p := h.Scenario("everything")
	right := url.Values{"epr": {lax.ID}, "nhs_number": {p.NHSNumber}, "birth_date": {p.BirthDate}}
	bad, denied := want{status: 400, code: "invalid_request"}, want{status: 403, code: "access_denied"}
	for what, x := range map[string]struct {
		change func(url.Values)
		want
	}{
		"not allowed":         {set("epr", strict.ID), denied},
		"an app":              {set("epr", app.ID), denied},
		"the viewer":          {set("epr", viewerID), denied},
		"nobody":              {set("epr", "nobody"), denied},
		"an EPR that is off":  {set("epr", off.ID), denied},
		"no EPR":              {set("epr"), bad},
		"two EPRs":            {set("epr", lax.ID, lax.ID), bad},
		"no number":           {set("nhs_number"), bad},
		"two numbers":         {set("nhs_number", p.NHSNumber, p.NHSNumber), bad},
		"a bad check digit":   {set("nhs_number", "9435000011"), bad},
		"markup":              {set("nhs_number", "<script>alert(1)</script>"), bad},
		"no birth date":       {set("birth_date"), bad},
		"another birth date":  {set("birth_date", "12/03/1948"), bad},
		"a date with markup":  {set("birth_date", p.BirthDate+"<b>"), bad},
		"a date with a query": {set("birth_date", p.BirthDate+"&x=y"), bad},
	} {
		form := with(right, nil)
		x.change(form)
		h.refused(what+" by POST", h.form("/smart/open", form, nil), x.want)
		h.refused(what+" by GET", h.send(nil, "GET", "/smart/open?"+form.Encode(), nil, ""), x.want)
	}
	a := h.form("/smart/open", right, nil)
	to := location(h.t, a.header)
	handle := to.Query().Get("prefill")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(to.String(), h.http.URL+"/launch?prefill=") || h.personal(to.String()) != "" {
		h.t.Fatalf("a search: %d %v", a.status, to)
	}
	read := func(b *browser, handle string) answer {
		return h.send(b.Client, "GET", "/smart/prefill", map[string]string{"X-Patchwork-Transaction": handle}, "")
	}
	b, gone := h.browser().signIn(auth.RoleGP), want{status: 404, code: "gone"}
	h.refused("nobody signed in", read(h.browser(), handle), want{status: 401, code: "not-signed-in"})
	locked := h.browser().signIn(auth.RoleReceptionist)
	if a := h.send(locked.Client, "POST", "/auth/lock", h.own(""), ""); a.status != http.StatusNoContent {
		h.t.Errorf("lock: %d", a.status)
	}
	h.refused("a locked session", read(locked, h.given(handle)), want{status: 401, code: "not-signed-in"})
	h.refused("a token", h.send(nil, "GET", "/smart/prefill", withHeader(bearer(h.tokens[auth.RoleGP]), "X-Patchwork-Transaction", handle), ""), want{status: 401, code: "not-signed-in"})
	h.refused("by POST", h.send(b.Client, "POST", "/smart/prefill", h.own(handle), "{}"), want{status: 405, code: "method"})
	h.refused("the handle in the address", h.send(b.Client, "GET", "/smart/prefill?prefill="+handle, nil, ""), gone)
	h.refused("a guess", read(b, auth.NewSecret()), gone)
	h.refused("as a request that waits", h.send(b.Client, "GET", "/smart/transaction", map[string]string{"X-Patchwork-Transaction": handle}, ""), gone)
	h.refused("a request that waits as a search", read(b, h.begin(b, h.authorize(app, nil))), gone)
	sealed := h.sealedOf(handle)
	for _, secret := range []string{p.NHSNumber, p.BirthDate, base64.StdEncoding.EncodeToString([]byte(p.NHSNumber))} {
		if strings.Contains(sealed, secret) {
			h.t.Error("the database has the number")
		}
	}
	if a := read(b, handle); a.status != http.StatusOK || a.json().text("nhsNumber") != p.NHSNumber || a.json().text("birthDate") != p.BirthDate {
		h.t.Errorf("the search: %d %s", a.status, a.body)
	}
	h.refused("again", read(b, handle), gone)
	handle = location(h.t, h.form("/smart/open", right, nil).header).Query().Get("prefill")
	h.exec(`UPDATE smart_transaction SET expires = 1 WHERE hash = $1`, hashed("prefill\n"+handle))
	h.refused("an old one", read(b, handle), gone)
}

// sealedOf is a search as the database has it.
func (h *hostile) sealedOf(handle string) (text string) {
	h.t.Helper()
	if err := h.server.db.Read.DB.QueryRow(`SELECT request FROM smart_transaction WHERE hash = $1`, hashed("prefill\n"+handle)).Scan(&text); err != nil {
		h.t.Fatal(err)
	}
	return text
}
