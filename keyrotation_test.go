package main

import (
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// The server's secret and the ledger's key are replaced, twice, while a sign-in, tokens, a code
// that is not redeemed yet, a view's rows, a run under way and the chain of checkpoints live
// on. Nobody signs in again; only when the older secrets are taken away ends what they sealed.
func TestKeysAreReplacedWhileEverythingLivesOn(t *testing.T) {
	t.Parallel()
	r := startReloaded(t)
	a := &authorisation{r.region, t}
	app, _ := a.app(chart())
	person := r.ask(t, auth.RoleGP, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`, map[string]any{"n": r.Patients[0].NHSNumber}).text("data.patientByNHSNumber.id")
	browser := a.browser().signIn(auth.RoleGP)
	code := func() string {
		return browser.approve(a.authorize(app, nil), map[string]any{"decision": "approve", "patient": person}).Query().Get("code")
	}
	status, tokens := a.redeem(app, code())
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, tokens)
	}
	m := &mortal{url: r.http.URL, users: map[auth.Role]DemoUser{auth.RoleGP: {Token: r.tokens[auth.RoleGP]}}}
	list := m.listOf(t, r.Region)
	view := m.ask(t, `mutation($v: ViewInput!) { saveView(view: $v) { id } }`, map[string]any{"v": fiveColumns}).text("data.saveView.id")
	done := m.begin(t, view, list)
	rows := m.endOfRun(t, done)
	if len(rows) == 0 {
		t.Fatal("the view has no rows")
	}
	config := r.server.config
	kid := signingKid(t, r)

	for round := range 2 {
		waiting, running := code(), m.begin(t, view, list)
		for _, args := range [][]string{{"key", "secret"}, {"key", "secret", "--now"}, {"key", "audit"}} {
			if code, out, errs := command(append(args, "--config", r.file)...); code != 0 {
				t.Fatalf("%v: %d %s %s", args, code, out, errs)
			}
			what, err := r.reload(t.Context(), "a test")
			if err != nil || len(what.changed) != 1 {
				t.Fatalf("%v: %v %v", args, what, err)
			}
		}
		if status, _ := a.get("/fhir/Patient/"+person, tokens.text("access_token")); status != http.StatusOK {
			t.Errorf("round %d: a token from before: %d", round, status)
		}
		if a := r.ask(t, auth.RoleGP, everySection, map[string]any{"n": r.Patients[0].NHSNumber}); a["errors"] != nil {
			t.Errorf("round %d: the session: %v", round, a)
		}
		if status, more := a.redeem(app, waiting); status != http.StatusOK || more.text("id_token") == "" {
			t.Errorf("round %d: a code from before: %d %v", round, status, more)
		}
		status, tokens = a.post("/smart/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {tokens.text("refresh_token")}, "client_id": {app.ID}}, nil)
		if status != http.StatusOK {
			t.Fatalf("round %d: a refresh token from before: %d %v", round, status, tokens)
		}
		if now := m.endOfRun(t, done); !slices.Equal(now, rows) {
			t.Errorf("round %d: %d rows of the run before, %d now", round, len(rows), len(now))
		}
		if now := m.endOfRun(t, running); !slices.Equal(now, rows) {
			t.Errorf("round %d: %d rows, %d of the run under way", round, len(rows), len(now))
		}
		if now := signingKid(t, r); now != kid {
			t.Errorf("round %d: another key signs ID tokens: %s, %s", round, kid, now)
		}
	}
	notary := r.front.server().proof.notary
	if err := r.front.server().ledger.Record(t.Context(), audit.Event{Action: "a test"}); err != nil {
		t.Fatal(err)
	}
	if err := notary.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	key, err := audit.ReadKey(config.Audit.Key)
	if err != nil || key.Public != notary.Public() {
		t.Errorf("the notary signs with another key: %v", err)
	}
	if code, out, errs := command("audit", "verify", "--config", r.file); code != 0 || !strings.Contains(out, key.Public) {
		t.Errorf("%d %s %s", code, out, errs)
	}

	// What nobody keeps ends, and the server goes on.
	if err := os.Remove(config.secretFile() + ".older"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.reload(t.Context(), "a test"); err == nil || !strings.Contains(err.Error(), "sealed with another one") {
		t.Errorf("the secret that sealed the signing keys is gone: %v", err)
	}
	if status, _ := a.get("/fhir/Patient/"+person, tokens.text("access_token")); status != http.StatusOK {
		t.Errorf("what serves does not go on: %d", status)
	}
}

// signingKid is the first key of those that are published.
func signingKid(t *testing.T, r *reloaded) string {
	t.Helper()
	set, err := r.front.server().smart.Keys.Public(t.Context())
	if err != nil || len(set.Keys) != 1 {
		t.Fatalf("%d keys, %v", len(set.Keys), err)
	}
	return set.Keys[0].KeyID
}

// A file of the ledger's key that does not believe the one before would make the ledger look
// forged: it is refused, and the one before signs on.
func TestAnUnknownLedgersKeyIsRefused(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 2)
	other := startSealed(t)
	r := &reloader{front: newFront(s.server), file: s.file, log: s.server.log}
	text, err := os.ReadFile(other.config.Audit.Key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.config.Audit.Key, text, 0o600); err != nil {
		t.Fatal(err)
	}
	before := s.server.proof.notary.Public()
	if _, err := r.reload(t.Context(), "a test"); err == nil || !strings.Contains(err.Error(), "does not have the public key that signed until now") {
		t.Errorf("%v", err)
	}
	if s.server.proof.notary.Public() != before || r.front.server() != s.server {
		t.Error("the other key signs")
	}
	if e := s.last(t); e.Action != audit.ActionReload || e.Decision != audit.Deny {
		t.Errorf("%+v", e)
	}
}
