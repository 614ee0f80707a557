package main

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

// launching takes launches wrongly: none is of use twice, later, to another app or user.
func (h *hostile) launching() {
	k := newKey(h.t, "epr")
	c := chart()
	c.Trusted = true
	app, _ := h.app(c)
	other, _ := h.app(c)
	untrusted, _ := h.app(chart())
	rights := h.epr(app, keySet(h.t, k), false)
	rights.Launching.Apps = []string{app.ID, untrusted.ID}
	epr, _ := h.app(rights)
	token := h.serviceToken(epr.ID, k, "patchwork/launch")
	body := h.launchBody(app)
	gp, nurse := h.browser().signIn(auth.RoleGP), h.browser().signIn(auth.RoleReceptionist)
	ask := func(b *browser, q url.Values) answer {
		h.t.Helper()
		return h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, "")
	}
	bad := want{http.StatusSeeOther, "invalid_request", callback, false}
	denied := want{http.StatusSeeOther, "access_denied", callback, false}

	// Untrusted, with a sign-in: the token is pinned, and the app is told what the EPR has said.
	id := h.launch(token, tampered{"encounter": "visit-7", "intent": "reconcile", "need_patient_banner": false, "fhirContext": []any{map[string]any{"reference": "ImagingStudy/1"}}}.on(body))
	to := location(h.t, ask(gp, h.launched(app, id)).header)
	if status, tokens := h.redeem(app, to.Query().Get("code")); status != http.StatusOK || tokens.text("patient") != h.everything || tokens.text("tenant") != h.gpODS() ||
		tokens.text("encounter") != "visit-7" || tokens.text("intent") != "reconcile" || tokens["need_patient_banner"] != false || object(tokens).text("fhirContext.0.reference") != "ImagingStudy/1" {
		h.t.Errorf("a launch: %v %d %v", to, status, tokens)
	} else {
		h.pinned("a launch", tokens.text("access_token"))
		told := h.form("/smart/introspect", url.Values{"token": {tokens.text("access_token")}}, bearer(tokens.text("access_token"))).json()
		for _, name := range []string{"patient", "tenant", "encounter", "intent", "need_patient_banner", "fhirContext", "smart_style_url"} {
			if tokens[name] == nil || !reflect.DeepEqual(told[name], tokens[name]) {
				h.t.Errorf("introspection says of %s: %v, the token: %v", name, told[name], tokens[name])
			}
		}
	}
	h.refused("a launch again", ask(gp, h.launched(app, id)), bad)
	h.refused("a launch again, by another", ask(nurse, h.launched(app, id)), bad)

	for what, guess := range map[string]string{
		"a guess": auth.NewSecret(), "a long guess": strings.Repeat("x", 257), "an EPR's name": epr.ID, "SQL": "' OR ''='", "a hash": string(hashed("x")), "an NHS number": "9434765919", "an id": h.everything,
	} {
		h.refused(what, ask(gp, h.launched(app, guess)), bad)
	}
	id = h.launch(token, body)
	h.exec(`UPDATE smart_launch SET expires = 1 WHERE hash = $1`, hashed(id))
	h.refused("an old launch", ask(gp, h.launched(app, id)), bad)

	id = h.launch(token, body)
	h.refused("another app's launch", ask(gp, h.launched(other, id)), denied)
	h.refused("a launch that another app has tried", ask(gp, h.launched(app, id)), bad)

	id = h.launch(token, body)
	h.refused("a launch of a request that is spoilt", ask(gp, with(h.launched(app, id), url.Values{"aud": {"https://other.example/fhir"}})), bad)
	tx := h.begin(h.browser(), h.launched(app, id)) // nobody has signed in, in a browser without a cookie
	h.refused("approval by nobody", h.decide(h.browser(), tx, map[string]any{"decision": "approve"}), want{status: 401, code: "not-signed-in"})
	h.otherUser(nurse, tx)
	if a := h.decide(gp, tx, map[string]any{"decision": "approve"}); codeOf(h.t, a) == "" {
		h.t.Errorf("the right user: %d %s", a.status, a.body)
	}
	h.refused("the same again", h.decide(gp, tx, map[string]any{"decision": "approve"}), want{status: 404, code: "gone"})

	tx = h.begin(nurse, h.launched(untrusted, h.launch(token, tampered{"client_id": untrusted.ID}.on(body))))
	h.otherUser(nurse, tx)
	h.refused("no prompt, another user", ask(nurse, with(h.launched(app, h.launch(token, body)), url.Values{"prompt": {"none"}})), want{http.StatusSeeOther, "interaction_required", callback, false})
	h.launchingBeyond(app, epr, token)
	h.launchingUnasked(app, token)
	h.trusting(app, other, untrusted)
}

// launchingUnasked: of somebody who was not known when the launch was made, policy is asked
// when they come.
func (h *hostile) launchingUnasked(app *smart.Client, token string) {
	const counts, password = "counts", "a password of nobody else"
	if err := h.server.users.Add(context.Background(), local.User{
		Username: counts, Name: "Robin Tally", Role: auth.RoleAnalyst, Organisation: record.Organisation{ODS: h.gpODS(), Name: "Practices"},
	}, password); err != nil {
		h.t.Fatal(err)
	}
	body := inside(h.launchBody(app), "user", tampered{"subject": counts}).on(h.launchBody(app))
	h.refused("a user who may not open the person", h.mint(token, body), want{status: 403, code: "access_denied"})
	h.switched(true, "USER", h.accountID(counts))
	id := h.launch(token, body)
	h.switched(false, "USER", h.accountID(counts))
	b := h.browser()
	if a := h.send(b.Client, "POST", "/auth/login", h.own(""), `{"login":"local","username":"`+counts+`","password":"`+password+`"}`); a.status != http.StatusOK {
		h.t.Fatalf("signing in: %d %s", a.status, a.body)
	}
	h.refused("a user who may not open the person, and comes", h.send(b.Client, "GET", "/smart/authorize?"+h.launched(app, id).Encode(), nil, ""),
		want{http.StatusSeeOther, "access_denied", callback, false})
}

// otherUser is a hard stop, whose event says so.
func (h *hostile) otherUser(b *browser, tx string) {
	h.t.Helper()
	read := h.send(b.Client, "GET", "/smart/transaction", map[string]string{"X-Patchwork-Transaction": tx}, "")
	if events := h.events(read.id); read.status != http.StatusOK || read.json().text("standing") != "other-user" || len(events) != 1 || events[0].Actor.Role == "" {
		h.t.Errorf("another user: %d %s, events %+v", read.status, read.body, events)
	}
	h.refused("another user", h.decide(b, tx, map[string]any{"decision": "approve"}), want{status: 403, code: "other-user"})
	h.refused("another user, with the patient", h.decide(b, tx, map[string]any{"decision": "approve", "patient": h.everything}), want{status: 403, code: "other-user"})
}

// pinned wants a token to open its patient and nobody else.
func (h *hostile) pinned(what, token string) {
	h.t.Helper()
	if status, person := h.get("/fhir/Patient/"+h.everything, token); status != http.StatusOK || person.text("id") != h.everything {
		h.t.Errorf("%s: the patient: %d", what, status)
	}
	other := h.patientID("conflict")
	if status, person := h.get("/fhir/Patient/"+other, token); status < 400 || h.personal(textOfJSON(h.t, person)) != "" {
		h.t.Errorf("%s: another patient: %d %v", what, status, person)
	}
	h.count.refused.Add(1)
	p := h.Scenario("conflict")
	header := withHeader(bearer(token), "Content-Type", "application/json")
	for query, variables := range map[string]map[string]any{
		`query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id person { name { text } } } }`:                         {"n": p.NHSNumber},
		`query($f: String!, $b: Date!) { searchPatients(familyName: $f, birthDate: $b) { hits { id nhsNumber birthDate } } }`: {"f": p.FamilyName, "b": p.BirthDate},
		`query($i: ID!, $o: ID!) { patient(id: $i) { id } other: patient(id: $o) { id person { name { text } } } }`:           {"i": h.everything, "o": other},
	} {
		a := h.send(nil, "POST", "/graphql", header, textOfJSON(h.t, map[string]any{"query": query, "variables": variables}))
		h.count.refused.Add(1)
		if strings.Contains(a.body, p.NHSNumber) || strings.Contains(a.body, p.FamilyName) || a.status >= 500 {
			h.t.Errorf("%s: another patient by %s: %d %s", what, query, a.status, a.body)
		}
	}
}

// launchingBeyond opens what is no longer to be opened.
func (h *hostile) launchingBeyond(app, epr *smart.Client, token string) {
	denied := want{http.StatusSeeOther, "access_denied", callback, false}
	gp := h.browser().signIn(auth.RoleGP)
	body := h.launchBody(app)
	// A user without a position there.
	somebody := inside(body, "user", tampered{"subject": h.usernames()[auth.RoleHospitalNurse]}).on(body)
	nurse := h.browser().signIn(auth.RoleHospitalNurse)
	h.refused("no position there", h.send(nurse.Client, "GET", "/smart/authorize?"+h.launched(app, h.launch(token, somebody)).Encode(), nil, ""), denied)
	id, waits := h.launch(token, body), h.begin(h.browser(), h.launched(app, h.launch(token, body)))
	h.switched(true, "CLIENT", epr.ID)
	h.refused("a system that is off since", h.send(gp.Client, "GET", "/smart/authorize?"+h.launched(app, id).Encode(), nil, ""), denied)
	h.refused("a system that is off while it waits", h.decide(gp, waits, map[string]any{"decision": "approve"}), want{status: 404, code: "gone"})
	h.switched(false, "CLIENT", epr.ID)
}

// trusting: where the EPR answers for its users nobody signs in, and no cookie is needed;
// what is given is of this patient alone.
func (h *hostile) trusting(app, other, untrusted *smart.Client) {
	k := newRSAKey("epr")
	rights := h.epr(app, keySet(h.t, k), true)
	rights.Launching.Apps = append(rights.Launching.Apps, untrusted.ID)
	epr, _ := h.app(rights)
	token := h.serviceToken(epr.ID, k, "patchwork/launch")
	body := h.launchBody(app)
	a := h.send(nil, "GET", "/smart/authorize?"+h.launched(app, h.launch(token, body)).Encode(), nil, "")
	code := location(h.t, a.header).Query().Get("code")
	status, tokens := h.redeem(app, code)
	if a.status != http.StatusSeeOther || len(a.header["Set-Cookie"]) > 0 || status != http.StatusOK || tokens.text("patient") != h.everything {
		h.t.Fatalf("a trusted launch: %d %v %d %v", a.status, a.header["Location"], status, tokens)
	}
	h.pinned("a trusted launch", tokens.text("access_token"))
	// The app is not trusted: the user is asked, without a sign-in; the wrong ones are stopped.
	tx := h.begin(h.browser(), h.launched(untrusted, h.launch(token, tampered{"client_id": untrusted.ID}.on(body))))
	h.refused("a patient of the page's own", h.decide(h.browser(), tx, map[string]any{"decision": "approve", "patient": h.everything}), want{status: 409, code: "patient"})
	header := h.own(tx)
	header["Origin"] = "https://evil.example"
	h.refused("another site's page", h.send(nil, "POST", "/smart/transaction", header, `{"decision":"approve"}`), want{status: 403, code: "cross-site"})
	if a := h.decide(h.browser(), tx, map[string]any{"decision": "approve"}); codeOf(h.t, a) == "" {
		h.t.Errorf("approval of a trusted launch: %d %s", a.status, a.body)
	}
	denied := want{http.StatusSeeOther, "access_denied", callback, false}
	h.refused("another app", h.send(nil, "GET", "/smart/authorize?"+h.launched(other, h.launch(token, body)).Encode(), nil, ""), denied)
	h.offMeanwhile(app)
}

// offMeanwhile: somebody who is switched off between the launch and the app's request is
// not answered for. Nobody else works at the organisation, so that nobody else is stopped.
func (h *hostile) offMeanwhile(app *smart.Client) {
	k := newKey(h.t, "epr")
	rights := h.epr(app, keySet(h.t, k), true)
	rights.Launching.Organisations = []string{"YZ951"}
	epr, _ := h.app(rights)
	token := h.serviceToken(epr.ID, k, "patchwork/launch")
	body := inside(h.launchBody(app), "user", tampered{"subject": h.usernames()[auth.RoleCareHomeNurse]}).on(h.launchBody(app))
	body["organization"] = "YZ951"
	for kind, what := range map[string]string{"USER": h.accountID(h.usernames()[auth.RoleCareHomeNurse]), "ROLE": string(auth.RoleCareHomeNurse), "ORGANISATION": "YZ951"} {
		id := h.launch(token, body)
		h.switched(true, kind, what)
		h.refused("a trusted user who is off, "+kind, h.send(nil, "GET", "/smart/authorize?"+h.launched(app, id).Encode(), nil, ""), want{http.StatusSeeOther, "access_denied", callback, false})
		h.switched(false, kind, what)
	}
	a := h.send(nil, "GET", "/smart/authorize?"+h.launched(app, h.launch(token, body)).Encode(), nil, "")
	if location(h.t, a.header).Query().Get("code") == "" {
		h.t.Errorf("on again: %d %v", a.status, a.header["Location"])
	}
}
