package main

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// begin sends a request that must be approved and gives its handle.
func (h *hostile) begin(b *browser, q url.Values) string {
	h.t.Helper()
	a := h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, "")
	to := location(h.t, a.header)
	if a.status != http.StatusSeeOther || !strings.HasSuffix(to.Path, "/approve") || to.Query().Get("tx") == "" {
		h.t.Fatalf("nothing waits to be approved: %d %v %s", a.status, to, a.body)
	}
	return h.given(to.Query().Get("tx"))
}

// own are the headers that the viewer's page sends with a decision.
func (h *hostile) own(handle string) map[string]string {
	return map[string]string{
		"Content-Type": "application/json", "Origin": h.http.URL, auth.RequestHeader: "viewer", "X-Patchwork-Transaction": handle,
	}
}

// decide sends a decision as the viewer's page does.
func (h *hostile) decide(b *browser, handle string, decision any) answer {
	h.t.Helper()
	return h.send(b.Client, "POST", "/smart/transaction", h.own(handle), textOfJSON(h.t, decision))
}

func (h *hostile) transactionOf(b *browser, handle string) object {
	h.t.Helper()
	a := h.send(b.Client, "GET", "/smart/transaction", map[string]string{"X-Patchwork-Transaction": handle}, "")
	if a.status != http.StatusOK {
		h.t.Errorf("a request that waits: %d %s", a.status, a.body)
	}
	return a.json()
}

// codeOf is the code in the address that the page is to go to; "" for none.
func codeOf(t testing.TB, a answer) string {
	t.Helper()
	u, err := url.Parse(a.json().text("location"))
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("code")
}

// sessionOf is the public id of a browser's session.
func (h *hostile) sessionOf(b *browser) string {
	h.t.Helper()
	var facts struct{ ID string }
	a := h.send(b.Client, "GET", "/auth/session", nil, "")
	if err := json.Unmarshal([]byte(a.body), &facts); err != nil || facts.ID == "" {
		h.t.Fatalf("no session: %d %s", a.status, a.body)
	}
	return facts.ID
}

// approving tampers with the page on which a user approves an app.
func (h *hostile) approving() {
	app, _ := h.app(chart())
	b, nobody := h.browser().signIn(auth.RoleGP), h.browser()
	approve := map[string]any{"decision": "approve", "patient": h.everything}
	tx := h.begin(b, h.authorize(app, nil))
	for what, x := range map[string]struct {
		body   any
		status int
		code   string
	}{
		"no decision":              {map[string]any{"patient": h.everything}, 400, "decision"},
		"another decision":         {map[string]any{"decision": "APPROVE", "patient": h.everything}, 400, "decision"},
		"a decision of yes":        {map[string]any{"decision": "yes"}, 400, "decision"},
		"a decision that is a set": {map[string]any{"decision": []string{"approve"}}, 400, "not-json"},
		"a list":                   {[]string{"approve"}, 400, "not-json"},
		"no patient":               {map[string]any{"decision": "approve"}, 409, "patient"},
		"nobody as patient":        {map[string]any{"decision": "approve", "patient": "nobody"}, 409, "patient"},
		"a number as patient":      {map[string]any{"decision": "approve", "patient": h.Scenario("everything").NHSNumber}, 409, "patient"},
		"a reference as patient":   {map[string]any{"decision": "approve", "patient": "Patient/" + h.everything}, 409, "patient"},
		"two patients":             {map[string]any{"decision": "approve", "patient": []string{h.everything}}, 400, "not-json"},
		"a large decision":         {map[string]any{"decision": "approve", "scopes": []string{strings.Repeat("x", 65<<10)}}, 400, "not-json"},
	} {
		h.refused(what, h.decide(b, tx, x.body), want{status: x.status, code: x.code})
	}
	h.refused("no JSON", h.send(b.Client, "POST", "/smart/transaction", h.own(tx), "decision=approve"), want{status: 400, code: "not-json"})
	h.refused("nobody signed in", h.decide(nobody, tx, approve), want{status: 401, code: "not-signed-in"})
	h.refused("another method", h.send(b.Client, "PUT", "/smart/transaction", h.own(tx), textOfJSON(h.t, approve)), want{status: 405, code: "method"})
	analyst := h.browser().signIn(auth.RoleAnalyst)
	h.refused("a patient whom they may not open", h.decide(analyst, tx, approve), want{status: 409, code: "patient"})
	locked := h.browser().signIn(auth.RoleReceptionist)
	if a := h.send(locked.Client, "POST", "/auth/lock", h.own(""), ""); a.status != http.StatusNoContent {
		h.t.Errorf("lock: %d", a.status)
	}
	h.refused("a locked session", h.decide(locked, tx, approve), want{status: 401, code: "not-signed-in"})
	// After all this the right decision is still taken, once.
	if a := h.decide(b, tx, approve); a.status != http.StatusOK || codeOf(h.t, a) == "" {
		h.t.Errorf("the right decision: %d %s", a.status, a.body)
	}
	gone := want{status: 404, code: "gone"}
	h.refused("a second decision", h.decide(b, tx, approve), gone)
	h.refused("a refusal after it", h.decide(b, tx, map[string]any{"decision": "refuse"}), gone)
	for what, handle := range map[string]string{"no handle": "", "a guess": auth.NewSecret(), "a long handle": strings.Repeat("x", 257), "a handle of SQL": "' OR ''='"} {
		h.refused(what+" is decided", h.decide(b, handle, approve), gone)
		h.refused(what+" is read", h.send(b.Client, "GET", "/smart/transaction", map[string]string{"X-Patchwork-Transaction": handle}, ""), gone)
	}
	h.refused("a handle in the address", h.send(b.Client, "GET", "/smart/transaction?tx="+h.begin(b, h.authorize(app, nil)), nil, ""), gone)
	h.approvingLate(app, b, approve)
	h.widening(app, b)
}

// approvingLate decides when the request is over, or its app.
func (h *hostile) approvingLate(app *smart.Client, b *browser, approve map[string]any) {
	tx := h.begin(b, h.authorize(app, nil))
	h.exec(`UPDATE smart_transaction SET expires = 1 WHERE hash = $1`, hashed(tx))
	h.refused("an old request", h.decide(b, tx, approve), want{status: 404, code: "gone"})
	off, _ := h.app(chart())
	tx = h.begin(b, h.authorize(off, nil))
	h.switched(true, "CLIENT", off.ID)
	h.refused("an app that is off", h.decide(b, tx, approve), want{status: 404, code: "gone"})
	tx = h.begin(b, h.authorize(app, nil))
	a := h.decide(b, tx, map[string]any{"decision": "refuse", "patient": h.everything})
	if u, _ := url.Parse(a.json().text("location")); a.status != http.StatusOK || u.Query().Get("error") != "access_denied" || u.Query().Has("code") || len(h.events(a.id)) != 1 {
		h.t.Errorf("a user who refuses: %d %s", a.status, a.body)
	}
	tx = h.begin(b, h.authorize(app, nil))
	a = h.decide(b, tx, map[string]any{"decision": "approve", "patient": h.everything, "scopes": []string{}})
	if u, _ := url.Parse(a.json().text("location")); a.status != http.StatusOK || u.Query().Get("error") != "access_denied" || u.Query().Has("code") || len(h.events(a.id)) == 0 {
		h.t.Errorf("a user who leaves no scope: %d %s", a.status, a.body)
	}
	// One that needs no patient must not be given one.
	tx = h.begin(b, h.authorize(app, set("scope", "openid user/*.rs")))
	h.refused("a patient whom nobody asked for", h.decide(b, tx, approve), want{status: 409, code: "patient"})
}

// widening sends more scopes than were asked for: they are not granted.
func (h *hostile) widening(app *smart.Client, b *browser) {
	for what, scopes := range map[string][]string{
		"more of the app's own":       {"patient/Observation.rs", "user/*.rs", "online_access"},
		"the same in another context": {"patient/Observation.rs", "user/Observation.rs"},
		"a wider one":                 {"patient/*.cruds"},
		"one of nobody":               {"patient/Observation.rs", "system/*.rs", "patchwork/graph", "patchwork/launch"},
		"without a query":             {"patient/Observation.rs", "patient/Condition.rs"},
	} {
		tx := h.begin(b, h.authorize(app, set("scope", "launch/patient patient/Observation.rs")))
		a := h.decide(b, tx, map[string]any{"decision": "approve", "patient": h.everything, "scopes": scopes})
		h.count.refused.Add(1)
		status, reply := h.redeem(app, codeOf(h.t, a))
		if status != http.StatusOK || reply.text("scope") != "patient/Observation.rs" || reply["refresh_token"] != nil {
			h.t.Errorf("%s: %d %v", what, status, reply)
		}
	}
}

// forging decides from another site's page: what the browser sends by itself is not enough.
func (h *hostile) forging() {
	app, _ := h.app(chart())
	b := h.browser().signIn(auth.RoleGP)
	tx := h.begin(b, h.authorize(app, nil))
	body := textOfJSON(h.t, map[string]any{"decision": "approve", "patient": h.everything})
	crossed := want{status: 403, code: "cross-site"}
	for what, change := range map[string]map[string]string{
		"no header":                  {auth.RequestHeader: ""},
		"a foreign origin":           {"Origin": "https://evil.example"},
		"the app's origin":           {"Origin": "https://app.example"},
		"no origin":                  {"Origin": ""},
		"the origin null":            {"Origin": "null"},
		"our name on another port":   {"Origin": "http://127.0.0.1:1"},
		"our name within another":    {"Origin": h.http.URL + ".evil.example"},
		"our origin with a path":     {"Origin": h.http.URL + "/"},
		"another scheme":             {"Origin": "ftp" + strings.TrimPrefix(h.http.URL, "http")},
		"neither origin nor header":  {"Origin": "", auth.RequestHeader: ""},
		"a form's type, no header":   {"Content-Type": "text/plain", auth.RequestHeader: ""},
		"two origins in one":         {"Origin": h.http.URL + " " + "https://evil.example"},
		"foreign, and a plain type":  {"Origin": "https://evil.example", "Content-Type": "text/plain"},
		"foreign, by a simple POST":  {"Origin": "https://evil.example", "Content-Type": formType, auth.RequestHeader: ""},
		"our host in capitals, path": {"Origin": strings.ToUpper(h.http.URL) + "/x"},
	} {
		header := h.own(tx)
		maps.Copy(header, change)
		for name, value := range change {
			if value == "" {
				delete(header, name)
			}
		}
		h.refused(what, h.send(b.Client, "POST", "/smart/transaction", header, body), crossed)
		h.refused(what+" refuses", h.send(b.Client, "POST", "/smart/transaction", header, `{"decision":"refuse"}`), crossed)
	}
	header := h.own(tx)
	delete(header, "X-Patchwork-Transaction") // the one header that no other site can send
	h.refused("no handle", h.send(b.Client, "POST", "/smart/transaction", header, body), want{status: 404, code: "gone"})
	if a := h.send(b.Client, "OPTIONS", "/smart/transaction", map[string]string{
		"Origin": "https://app.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-patchwork-transaction",
	}, ""); a.header.Get("Access-Control-Allow-Origin") != "" || a.status < 400 {
		h.t.Errorf("a preflight is answered: %d %v", a.status, a.header)
	}
	// Our own page can, after all this.
	if a := h.send(b.Client, "POST", "/smart/transaction", h.own(tx), body); codeOf(h.t, a) == "" {
		h.t.Errorf("our own page: %d %s", a.status, a.body)
	}
}
