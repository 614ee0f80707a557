package main

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// races is how often each race is run: 8 times, or as often as PATCHWORK_SMART_RACES says.
func races() int {
	if n, err := strconv.Atoi(os.Getenv("PATCHWORK_SMART_RACES")); err == nil && n > 0 {
		return n
	}
	return 8
}

// runners is how many ask at once.
const runners = 32

// racing brings what may be used once from many places at once: exactly one gets it, every
// other is refused, and the server goes on.
func (h *hostile) racing() {
	app, _ := h.app(chart())
	key := newKey(h.t, "race")
	client := service(keySet(h.t, key))
	worker, _ := h.app(client)
	b := h.browser().signIn(auth.RoleGP)
	launch := h.launches(key)
	for i := range races() {
		form := exchange(app, h.codeFor(b, app, set("scope", "openid user/*.rs online_access")))
		tokens := h.race("a code", func() answer { return h.form("/smart/token", form, nil) }, 400, "invalid_grant")
		if tokens == nil {
			continue
		}
		// Whoever brings it once more, after the race, ends what it gave (RFC 6749 §4.1.2).
		h.refused("a code after the race", h.form("/smart/token", form, nil), want{status: 400, code: "invalid_grant"})
		h.unwelcome("the token of a code that was raced for", tokens.text("access_token"))
		if i%4 != 0 {
			continue
		}
		fresh := h.tokensFor(b, app, set("scope", "openid user/*.rs online_access"))
		h.race("a refresh token", func() answer { return h.form("/smart/token", refresh(app, fresh.text("refresh_token")), nil) }, 400, "invalid_grant")
		assertion := with(h.assertion(worker.ID, key), url.Values{"grant_type": {"client_credentials"}, "scope": {"system/*.rs"}})
		h.race("an assertion", func() answer { return h.form("/smart/token", assertion, nil) }, 401, "invalid_client")
		h.raceApproval(b, app)
		h.raceLaunch(launch())
	}
	if status, _ := h.get("/healthz", ""); status != http.StatusOK {
		h.t.Errorf("the server is gone: %d", status)
	}
}

// race has everybody ask at once and gives what the one got.
func (h *hostile) race(what string, ask func() answer, status int, code string) object {
	h.t.Helper()
	answers := make([]answer, runners)
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range answers {
		all.Go(func() {
			<-start
			answers[i] = ask()
		})
	}
	close(start)
	all.Wait()
	var won []object
	for _, a := range answers {
		if a.status == http.StatusOK {
			won = append(won, a.json())
			continue
		}
		h.refused(what+" raced for", a, want{status: status, code: code})
	}
	if len(won) != 1 {
		h.t.Errorf("%s: %d of %d got something", what, len(won), runners)
		return nil
	}
	return won[0]
}

// raceApproval decides one request many times at once.
func (h *hostile) raceApproval(b *browser, app *smart.Client) {
	tx := h.begin(b, h.authorize(app, set("scope", "openid user/*.rs")))
	body := textOfJSON(h.t, map[string]any{"decision": "approve"})
	if won := h.race("an approval", func() answer { return h.send(b.Client, "POST", "/smart/transaction", h.own(tx), body) }, 404, "gone"); won.text("location") == "" {
		h.t.Errorf("an approval: %v", won)
	}
}

// launches makes requests with launches whose EPR answers for its users.
func (h *hostile) launches(key signingKey) func() url.Values {
	c := chart()
	c.Trusted = true
	app, _ := h.app(c)
	epr, _ := h.app(h.epr(app, keySet(h.t, key), true))
	return func() url.Values {
		return h.launched(app, h.launch(h.serviceToken(epr.ID, key, "patchwork/launch"), h.launchBody(app)))
	}
}

// raceLaunch takes one launch many times at once.
func (h *hostile) raceLaunch(q url.Values) {
	h.t.Helper()
	answers := make([]answer, runners)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = h.send(nil, "GET", "/smart/authorize?"+q.Encode(), nil, "") })
	}
	all.Wait()
	won := 0
	for _, a := range answers {
		if location(h.t, a.header).Query().Get("code") != "" {
			won++
			continue
		}
		h.refused("a launch raced for", a, want{http.StatusSeeOther, "invalid_request", callback, false})
	}
	if won != 1 {
		h.t.Errorf("a launch: %d of %d got something", won, runners)
	}
}
