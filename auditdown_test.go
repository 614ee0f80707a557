package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// While the ledger refuses or waits, and everything else in the database could be
// written, no surface shows anything and nothing changes, whoever asks for what; then it
// goes on by itself (hazards H-08, H-15).
func TestWithoutItsLedgerNoSurfaceAnswers(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := startDown(t, fresh(t))
			d.refusing(t, true)
			if err := d.server.reviews.CatchUp(t.Context()); err != nil { // with what was done before
				t.Fatal(err)
			}
			before := d.state(t)
			for i, s := range d.surfaces() {
				d.isRefused(t, &s)
				if status := d.readiness(t); status != http.StatusServiceUnavailable && i > 0 {
					t.Errorf("%s: /readyz: %d", s.what, status)
				}
			}
			if after := d.state(t); after != before {
				t.Errorf("something changed: %s, was %s", after, before)
			}
			d.refusing(t, false)
			d.goesOn(t)

			unlock := d.locked(t)
			for _, s := range d.surfaces()[:3] {
				d.isRefused(t, &s)
			}
			if status := d.readiness(t); status != http.StatusServiceUnavailable {
				t.Errorf("locked: /readyz: %d", status)
			}
			unlock()
			d.goesOn(t)
			if log := d.log.String(); strings.Contains(log, d.person.NHSNumber) || strings.Contains(log, d.person.FamilyName) {
				t.Error("the log names the patient")
			}
		})
	}
}

// down is a region whose ledger can be taken away.
type down struct {
	*region
	person    demo.Patient
	id        string
	objection string
	list      string
	users     map[auth.Role]DemoUser
}

// startDown opens the person, and lets users be ready for what needs something before.
func startDown(t *testing.T, dsn string) *down {
	t.Helper()
	d := &down{users: map[auth.Role]DemoUser{}, region: startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
		c.State = dsn
		c.Audit.Key, c.Audit.Witness = t.TempDir()+"/key", t.TempDir()+"/witness"
	})}
	users, err := d.server.seedUsers(t.Context(), d.Region, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		d.users[u.Role] = u
	}
	d.person = d.Scenario("everything")
	d.id = d.record(t, auth.RoleGP, d.person.NHSNumber).text("id")
	d.objection = d.ask(t, auth.RoleGP, `mutation($p: ID!) { recordObjection(patient: $p, objection: {organisation: "YZ999", reason: "before"}) { id } }`,
		map[string]any{"p": d.id}).text("data.recordObjection.id")
	d.list = d.keepList(t, auth.RoleGP, "Before", d.person.NHSNumber)
	return d
}

// surface is one way in which something could leave or change; the answer is 503, or
// says nothing but that the audit cannot be written.
type surface struct {
	what string
	role auth.Role
	path string
	body any
}

func (d *down) surfaces() []surface {
	p := map[string]any{"p": d.id}
	op := func(what string, role auth.Role, query string, variables map[string]any) surface {
		return surface{what: what, role: role, path: "/graphql", body: map[string]any{"query": query, "variables": variables}}
	}
	login := func(what, password string) surface {
		return surface{what: what, path: "/auth/login", body: map[string]any{"username": "gp", "password": password}}
	}
	return []surface{
		op("a record", auth.RoleGP, "query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id nhsNumber demographics { entries { name { text } } } } }", map[string]any{"n": d.person.NHSNumber}),
		op("a patient by id", auth.RoleReceptionist, `query($p: ID!) { patient(id: $p) { nhsNumber person { name { text } } } }`, p),
		op("a list", auth.RoleHospitalNurse, `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { patient { id person { name { text } } } } }`, map[string]any{"n": []string{d.person.NHSNumber}}),
		op("an explanation", auth.RoleGP, `query($p: ID!) { explain(patient: $p, resource: "allergies") { shown } }`, p),
		op("the end of no glass", auth.RoleHospitalNurse, `mutation($p: ID!) { endBreakGlass(patient: $p) { relationships { kind evidence } } }`, p),
		op("policy versions", auth.RoleAdministrator, `{ policyVersions { version by reason } }`, nil),
		op("a search", auth.RoleGP, `query($f: String!, $b: Date!) { searchPatients(familyName: $f, birthDate: $b) { hits { nhsNumber } } }`, map[string]any{"f": d.person.FamilyName, "b": d.person.BirthDate}),
		op("a refusal", auth.RoleAnalyst, `query($p: ID!) { patient(id: $p) { id } }`, p),
		op("objections", auth.RoleGP, `query($p: ID!) { objections(patient: $p) { id reason } }`, p),
		op("who has looked", auth.RolePrivacyOfficer, `query($p: ID!) { whoHasLooked(patient: $p) { looks { sentence } } }`, p),
		op("reviews", auth.RolePrivacyOfficer, `{ reviews { items { id } } }`, nil),
		op("policies", auth.RoleAdministrator, `{ policies { version policies { id } } }`, nil),
		op("accounts", auth.RoleAdministrator, `{ accounts { items { id name } } }`, nil),
		op("sessions", auth.RoleAdministrator, `{ sessions { items { id name } } }`, nil),
		op("organisations", auth.RoleAdministrator, `{ organisations { ods } }`, nil),
		op("a switch", auth.RoleAdministrator, `mutation { switchOff(kind: ROLE, what: "gp", reason: "without a ledger") { what } }`, nil),
		op("the end of sessions", auth.RoleAdministrator, `mutation { endSessions(account: "local:gp", reason: "without a ledger") }`, nil),
		op("a login tried", auth.RoleAdministrator, `mutation { testLogin(id: "local") { ok } }`, nil),
		op("a claim", auth.RoleHospitalDoctor, `mutation($p: ID!) { claimRelationship(patient: $p, reason: "walk-in", explanation: "without a ledger") { relationships { kind } } }`, p),
		op("a broken glass", auth.RoleParamedic, `mutation($p: ID!) { breakGlass(patient: $p, reason: "emergency-treatment", explanation: "without a ledger behind it") { breakGlass { id } } }`, p),
		op("lists", auth.RoleSocialWorker, `{ lists { title } }`, nil),
		op("a list's people", auth.RoleGP, `query($l: ID!) { list(id: $l) { title people { people { patient { id person { name { text } } } } } } }`, map[string]any{"l": d.list}),
		op("a new list", auth.RoleHospitalDoctor, `mutation { createList(title: "without a ledger") { title } }`, nil),
		op("an addition", auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": d.list, "n": []string{d.Scenario("restricted").NHSNumber}}),
		op("a removal", auth.RoleGP, `mutation($l: ID!, $p: ID!) { removeFromList(id: $l, patients: [$p]) { version } }`, map[string]any{"l": d.list, "p": d.id}),
		op("a share", auth.RoleGP, `mutation($l: ID!) { shareList(id: $l, with: {kind: ROLE, id: "practice-nurse"}, may: READ) { version } }`, map[string]any{"l": d.list}),
		op("a list put away", auth.RoleGP, `mutation($l: ID!) { archiveList(id: $l) { version } }`, map[string]any{"l": d.list}),
		op("a team", auth.RoleGP, `mutation { createTeam(name: "without a ledger") { name } }`, nil),
		op("what was pasted", auth.RoleGP, `query($t: String!) { understandNumbers(text: $t) { numbers { patient { id person { name { text } } } } } }`, map[string]any{"t": d.person.NHSNumber}),
		op("an objection", auth.RoleGP, `mutation($p: ID!) { recordObjection(patient: $p, objection: {reason: "without a ledger"}) { id } }`, p),
		op("a withdrawal", auth.RoleGP, `mutation($o: ID!) { withdrawObjection(id: $o, reason: "without a ledger") { id } }`, map[string]any{"o": d.objection}),
		op("a policy", auth.RoleAdministrator, `mutation { removePolicy(id: "receptionists-not-why", version: 1, reason: "without a ledger") { version } }`, nil),
		op("policies of before", auth.RoleAdministrator, `mutation { restorePolicies(from: 1, version: 1, reason: "without a ledger") { version } }`, nil),
		{what: "a confirmation", role: auth.RoleParamedic, path: "/auth/confirm", body: map[string]any{"password": d.users[auth.RoleParamedic].Password}},
		login("a sign-in", d.users[auth.RoleGP].Password), login("a wrong password", "wrong"),
	}
}

// isRefused asks, and wants a refusal that holds nothing.
func (d *down) isRefused(t *testing.T, s *surface) {
	t.Helper()
	body, err := json.Marshal(s.body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.http.URL+s.path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if s.role != "" {
		req.Header.Set("Authorization", "Bearer "+d.tokens[s.role])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusServiceUnavailable {
		// An answer that says nothing but that the audit cannot be written.
		var a struct {
			Errors []struct{ Extensions struct{ Code string } }
			Data   map[string]any
		}
		refused := resp.StatusCode == http.StatusOK && json.Unmarshal(answer.Bytes(), &a) == nil && len(a.Errors) == 1 && a.Errors[0].Extensions.Code == "AUDIT_UNAVAILABLE"
		for _, v := range a.Data {
			refused = refused && v == nil
		}
		if !refused {
			t.Errorf("%s: %d %.300s", s.what, resp.StatusCode, answer.Bytes())
		}
	}
	for _, of := range []string{d.person.FamilyName, d.person.NHSNumber, d.id, "AllergyIntolerance", `"shown"`} {
		if strings.Contains(answer.String(), of) {
			t.Errorf("%s: something left: %.300s", s.what, answer.Bytes())
		}
	}
	if len(resp.Cookies()) > 0 {
		t.Errorf("%s: a cookie was given", s.what)
	}
}

// refusing makes the ledger's table, and no other, refuse what is written.
func (d *down) refusing(t *testing.T, on bool) {
	t.Helper()
	for _, query := range map[string]map[bool][]string{
		migrations.SQLite: {
			true:  {`CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END`},
			false: {`DROP TRIGGER full`},
		},
		migrations.Postgres: {
			true: {`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END; $$`,
				`CREATE TRIGGER full_disk BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION full_disk()`},
			false: {`DROP TRIGGER full_disk ON audit_event`},
		},
	}[d.server.db.Dialect][on] {
		if _, err := d.server.db.Write.DB.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}

// locked holds the ledger as another program could, until it is let go.
func (d *down) locked(t *testing.T) (unlock func()) {
	t.Helper()
	other, err := migrations.Open(t.Context(), d.server.config.State)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := other.Write.DB.BeginTx(context.WithoutCancel(t.Context()), nil) // SQLite: takes the write lock
	if err != nil {
		t.Fatal(err)
	}
	if other.Dialect == migrations.Postgres {
		if _, err := tx.ExecContext(t.Context(), `LOCK TABLE audit_event IN EXCLUSIVE MODE`); err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		_ = tx.Rollback()
		_ = other.Close()
	}
}

// state counts all that surfaces could change.
func (d *down) state(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, what := range []string{"relationship", "relationship_break", "relationship_objection WHERE ended IS NULL", "policy_version", "audit_event", "review_item", "auth_off", "auth_session", "list", "list_item", "list_share", "list_change", "list_team"} {
		var n int
		if err := d.server.db.Read.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+what).Scan(&n); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%d in %s, ", n, what)
	}
	return text.String()
}

// goesOn wants the server ready within 5 s of the ledger's return, the gap in the ledger,
// and everybody answered as before.
func (d *down) goesOn(t *testing.T) {
	t.Helper()
	back := time.Now()
	for d.readiness(t) != http.StatusOK {
		if time.Since(back) > 5*time.Second {
			t.Fatal("the ledger has not recovered within 5 s")
		}
	}
	d.record(t, auth.RoleGP, d.person.NHSNumber)
	events, err := d.server.ledger.Events(t.Context(), audit.Filter{Limit: audit.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	gaps := 0
	for _, e := range events {
		if e.Action == audit.ActionRestored {
			gaps++
		}
		if strings.Contains(e.Reason, "without a ledger") {
			t.Errorf("the ledger has what did not happen: %+v", e)
		}
	}
	if gaps == 0 {
		t.Error("the ledger does not say that it was away")
	}
}
