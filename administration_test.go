package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
)

// everyAdministration asks for everything of sign-in, each by itself.
var everyAdministration = []string{
	`{ organisations { ods name systems logins accounts sessions off { at } } }`,
	`{ logins { id type name organisations { ods } domains recheck accounts sessions lastSuccess lastRefusal lastCause off { at } } }`,
	`{ accounts { items { id issuer subject login name identifiers { kind value } positions { role organisation { ods } careSetting } } next } }`,
	`{ sessions { items { id name role organisation { ods } login device address created lastSeen locked current } next } }`,
	`{ roles { role words accounts sessions off { at } } }`,
	`{ switchedOff { kind what name at by reason } }`,
	`mutation { testLogin(id: "local") { name ok detail } }`,
	`mutation { switchOff(kind: ROLE, what: "analyst", reason: "Nobody needs it") { what } }`,
	`mutation { switchOn(kind: ROLE, what: "analyst", reason: "Somebody needs it") { what } }`,
	`mutation { endSession(id: "nobodys", reason: "It was left open") }`,
	`mutation { endSessions(account: "local:analyst", reason: "It was left open") }`,
}

func TestOnlyAdministratorsAdministerSignIn(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	for _, role := range last(auth.RoleAdministrator, slices.Sorted(maps.Keys(r.tokens))) { // who ends the sessions of others
		token := r.tokens[role]
		for _, query := range everyAdministration {
			status, body := r.post(t, token, query, nil)
			var a struct {
				Data   map[string]any
				Errors []struct{ Extensions struct{ Code string } }
			}
			if err := json.Unmarshal(body, &a); err != nil || status != http.StatusOK || len(a.Data) != 1 {
				t.Fatalf("%s: %s: %d %s", role, query, status, body)
			}
			for name, v := range a.Data {
				refused := v == nil && len(a.Errors) == 1 && a.Errors[0].Extensions.Code == resolvers.CodeForbidden
				if role == auth.RoleAdministrator && (v == nil || a.Errors != nil) || role != auth.RoleAdministrator && !refused {
					t.Errorf("%s: %s: %.300s", role, name, body)
				}
			}
		}
	}
	if status, body := r.post(t, "", everyAdministration[2], nil); status == http.StatusOK && !strings.Contains(string(body), "UNAUTHENTICATED") {
		t.Errorf("nobody: %s", body)
	}
}

// last puts one role behind the others.
func last(role auth.Role, roles []auth.Role) []auth.Role {
	return append(slices.DeleteFunc(roles, func(r auth.Role) bool { return r == role }), role)
}

func (r *region) administer(t *testing.T, query string) object {
	t.Helper()
	return r.ask(t, auth.RoleAdministrator, query, nil)
}

// isOut reports whether the token of a role is of no use any more.
func (r *region) isOut(t *testing.T, role auth.Role) bool {
	t.Helper()
	status, body := r.post(t, r.tokens[role], `{ me { role } }`, nil)
	if status != http.StatusOK && status != http.StatusUnauthorized {
		t.Fatalf("%d %s", status, body)
	}
	return status == http.StatusUnauthorized
}

// TestWhatIsSwitchedOffIsOutAtTheNextRequest (assurance.md §7).
func TestWhatIsSwitchedOffIsOutAtTheNextRequest(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	ods := r.administer(t, `{ accounts(search: "Bronwen") { items { positions { organisation { ods } } } } }`).text("data.accounts.items.0.positions.0.organisation.ods")
	for _, c := range []struct {
		role       auth.Role
		kind, what string
	}{
		{auth.RoleGP, "USER", "local:gp"}, {auth.RolePharmacist, "ROLE", "pharmacist"}, {auth.RoleCareHomeNurse, "ORGANISATION", ods},
	} {
		off := `mutation { switchOff(kind: ` + c.kind + `, what: "` + c.what + `", reason: "The card was stolen") { kind what name at by reason } }`
		now := r.administer(t, off).list("data.switchOff")
		if len(now) != 1 || now[0].text("kind") != c.kind || now[0].text("what") != c.what || now[0].text("by") != "Ola Fashanu" || now[0].text("name") == "" {
			t.Errorf("%s: %v", c.kind, now)
		}
		if !r.isOut(t, c.role) || r.isOut(t, auth.RoleHospitalDoctor) || r.isOut(t, auth.RoleAdministrator) {
			t.Errorf("%s: who is out is wrong", c.kind)
		}
		on := `mutation { switchOn(kind: ` + c.kind + `, what: "` + c.what + `", reason: "The card was found") { what } }`
		if left := r.administer(t, on); len(left.list("data.switchOn")) != 0 || r.isOut(t, c.role) {
			t.Errorf("%s, on again: %v", c.kind, left)
		}
	}
}

func TestSlipsOfTheFingerSwitchNothingOff(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	mine := r.administer(t, `{ accounts(role: "administrator") { items { id positions { organisation { ods } } } } }`)
	for name, arguments := range map[string]string{
		"oneself":                   `kind: USER, what: "` + mine.text("data.accounts.items.0.id") + `", reason: "It was stolen"`,
		"one's own organisation":    `kind: ORGANISATION, what: "` + mine.text("data.accounts.items.0.positions.0.organisation.ods") + `", reason: "It was stolen"`,
		"administrators":            `kind: ROLE, what: "administrator", reason: "It was stolen"`,
		"one's own login":           `kind: LOGIN, what: "local", reason: "It was stolen"`,
		"nobody":                    `kind: USER, what: "local:nobody", reason: "It was stolen"`,
		"an organisation of no one": `kind: ORGANISATION, what: "yz901", reason: "It was stolen"`,
		"a login that is not":       `kind: LOGIN, what: "Local", reason: "It was stolen"`,
		"a role that is not":        `kind: ROLE, what: "doctor", reason: "It was stolen"`,
		"no reason":                 `kind: ROLE, what: "gp", reason: "gone"`,
		"NUL":                       `kind: CLIENT, what: "a\u0000b", reason: "It was stolen"`,
	} {
		got := r.administer(t, `mutation { switchOff(`+arguments+`) { what } }`)
		if code := got.text("errors.0.extensions.code"); code != resolvers.CodeBadInput || got.text("errors.0.message") == "" {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, query := range []string{
		`{ accounts(first: 0) { next } }`, `{ accounts(first: 101) { next } }`, `{ accounts(after: "x") { next } }`, `{ accounts(role: "x") { next } }`,
		`{ accounts(search: "\u0000") { next } }`, `{ sessions(first: 0) { next } }`, `{ sessions(first: 101) { next } }`, `{ sessions(after: "\u0000") { next } }`,
		`{ sessions(login: "\u0000") { next } }`, `{ sessions(organisation: "\u0000") { next } }`, `{ sessions(account: "x") { next } }`, `{ sessions(account: "\u0000") { next } }`,
		`mutation { testLogin(id: "x") { ok } }`, `mutation { endSession(id: "a b", reason: "It was left open") }`, `mutation { endSession(id: "x", reason: "it") }`,
		`mutation { endSessions(account: "x", reason: "It was left open") }`, `mutation { endSessions(account: "local:gp", reason: "") }`,
	} {
		if got := r.administer(t, query); got.text("errors.0.extensions.code") != resolvers.CodeBadInput {
			t.Errorf("%s: %v", query, got)
		}
	}
	if left := r.administer(t, `{ switchedOff { what } }`); len(left.list("data.switchedOff")) != 0 {
		t.Errorf("%v", left)
	}
}

// TestSessionsAreSeenAndEnded: without what opens them.
func TestSessionsAreSeenAndEnded(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	_, body := r.post(t, r.tokens[auth.RoleAdministrator], everyAdministration[3], nil)
	for _, token := range r.tokens {
		if strings.Contains(string(body), token) {
			t.Fatal("a secret left")
		}
	}
	of := func(account string) []object {
		return r.administer(t, `{ sessions(account: "`+account+`") { items { id name role current } } }`).list("data.sessions.items")
	}
	gp := of("local:gp")
	if len(gp) != 1 || gp[0].text("role") != "gp" || gp[0]["current"] != false || of("local:administrator")[0]["current"] != true {
		t.Fatalf("%v", gp)
	}
	end := `mutation { endSession(id: "` + gp[0].text("id") + `", reason: "It was left open") }`
	if first, again := r.administer(t, end), r.administer(t, end); first.at("data.endSession") != true || again.at("data.endSession") != false {
		t.Errorf("%v %v", first, again)
	}
	if !r.isOut(t, auth.RoleGP) || len(of("local:gp")) != 0 || r.isOut(t, auth.RoleAnalyst) {
		t.Error("the wrong session ended")
	}
	r.administer(t, `mutation { endSessions(account: "local:analyst", reason: "They have left") }`)
	if !r.isOut(t, auth.RoleAnalyst) {
		t.Error("the session goes on")
	}
	seen, after := map[string]bool{}, ""
	for range 20 {
		page := r.administer(t, `{ sessions(first: 5`+after+`) { items { id } next } }`)
		for _, s := range page.list("data.sessions.items") {
			seen[s.text("id")] = true
		}
		if after = page.text("data.sessions.next"); after == "" {
			break
		}
		after = `, after: "` + after + `"`
	}
	if len(seen) != len(demoUsers())-2 || after != "" {
		t.Errorf("%d sessions", len(seen))
	}
}

// TestReadingAndSwitchingAreInTheLedger: each reading, and each change before it takes
// effect, with whose it was.
func TestReadingAndSwitchingAreInTheLedger(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	session := r.administer(t, `{ sessions(account: "local:gp") { items { id } } }`).text("data.sessions.items.0.id")
	for _, query := range everyAdministration {
		r.administer(t, strings.ReplaceAll(query, "nobodys", session))
	}
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range events {
		if e := &events[i]; e.Actor.Role == "administrator" && (e.Action == audit.ActionAccess || e.Action == audit.ActionAuditRead) {
			got = append(got, strings.TrimSuffix(e.Target+": "+e.Reason, ": "))
		}
	}
	want := []string{
		"sessions", "organisations", "logins", "accounts", "sessions", "roles", "switched off", "test login:local",
		"role:analyst: switch off: Nobody needs it", "switched off", "role:analyst: switch on: Somebody needs it", "switched off",
		"user:local gp: end session " + session + ": It was left open", "user:local analyst: end all sessions: It was left open",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// door is two logins, of which one cannot be reached.
type door struct{ asked context.Context }

func (d *door) Logins() []resolvers.Login {
	return []resolvers.Login{
		{
			ID: "riverside", Type: "oidc", Name: "Riverside Hospital", Organisations: []record.Organisation{{ODS: "RRV01", Name: "Riverside Trust"}},
			Domains: []string{"riverside.example"}, Recheck: 5 * time.Minute, LastSuccess: time.Unix(1, 0), LastRefusal: time.Unix(2, 0), LastCause: "the signature is wrong",
		},
		{ID: "local", Type: "local", Name: "Ours"},
	}
}

func (d *door) Test(ctx context.Context, id string) ([]auth.Step, error) {
	d.asked = ctx
	if id == "riverside" {
		return []auth.Step{{Name: "Find the provider", OK: true}, {Name: "Read its keys", Detail: "It does not answer"}}, nil
	}
	return nil, errors.New("there is none")
}

func TestLoginsAreShownAndTried(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	bare := r.administer(t, everyAdministration[1]).list("data.logins")
	if len(bare) != 1 || bare[0].text("id") != "local" || bare[0]["accounts"] != float64(len(demoUsers())) {
		t.Errorf("without a configuration: %v", bare)
	}
	resolver, d := r.server.resolver(), &door{}
	resolver.Logins = d
	executor, err := resolvers.NewExecutor(resolver, resolvers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.http.Config.Handler = r.server.auth.Middleware(executor)
	logins := r.administer(t, everyAdministration[1]).list("data.logins")
	if len(logins) != 2 || logins[0].text("id") != "riverside" || logins[0]["recheck"] != 300.0 || logins[0].text("lastCause") != "the signature is wrong" ||
		logins[0].text("organisations.0.ods") != "RRV01" || logins[1].text("name") != "Ours" || logins[1].text("recheck") != "" {
		t.Errorf("%v", logins)
	}
	steps := r.administer(t, `mutation { testLogin(id: "riverside") { name ok detail } }`).list("data.testLogin")
	if len(steps) != 2 || steps[0]["ok"] != true || steps[1]["ok"] != false || steps[1].text("detail") != "It does not answer" {
		t.Errorf("%v", steps)
	}
	if _, limited := d.asked.Deadline(); !limited {
		t.Error("it may take for ever")
	}
	off := r.administer(t, `mutation { switchOff(kind: ORGANISATION, what: "RRV01", reason: "They have left us") { name } }`)
	if off.text("data.switchOff.0.name") != "Riverside Trust" {
		t.Errorf("%v", off)
	}
	if o := r.administer(t, everyAdministration[0]).list("data.organisations"); !slices.ContainsFunc(o, func(o object) bool {
		return o.text("ods") == "RRV01" && o.text("logins.0") == "Riverside Hospital" && o.at("off") != nil
	}) {
		t.Errorf("%v", o)
	}
}
