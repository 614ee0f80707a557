package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// replicasRate names the variable with how many pages a second are viewed (make replicas).
const replicasRate = "PATCHWORK_REPLICAS"

// Three servers on one PostgreSQL while pages are viewed: a policy, a switch and a session that
// are taken away at one hold at all; one is killed, all are started anew one by one, and the
// database is killed.
func TestReplicas(t *testing.T) {
	exhausts(t)                                                     // it runs the program as it is built, and wants the machine for itself
	rate, pause, within := 12, 1500*time.Millisecond, 3*time.Second // beside the rest of the suite nobody can promise the goals
	if n, err := strconv.Atoi(os.Getenv(replicasRate)); err == nil {
		rate, pause, within = n, 10*time.Second, time.Second
	}
	r := startReplicas(t, buildPatchwork(t), 3)
	row := func(what, goal, format string, a ...any) {
		t.Logf("| %-38s | %-34s | %s", what, goal, fmt.Sprintf(format, a...))
	}
	v := r.load(rate)
	begun := time.Now()
	time.Sleep(pause) //nolint:forbidigo // the load is what is measured
	all, failed := v.since(begun, time.Now())
	r.none(t, "before anything happens", failed)
	row("page views, three servers", fmt.Sprintf("%d a second, none fails", rate), "%d, %d failed", all, len(failed))

	for what, took := range r.takenAway(t) {
		if took > within {
			t.Errorf("%s held everywhere only after %v", what, took)
		}
		row(what+" taken away at one", "refused by all within 1 s", "%v", took.Round(time.Millisecond))
	}

	at := time.Now()
	r.kill(t, 1)
	time.Sleep(pause) //nolint:forbidigo // as above
	all, failed = v.since(at.Add(-time.Second), time.Now())
	for _, s := range failed {
		if s.server != "server-2" {
			t.Errorf("one was killed, and another failed: %s of %s: %d %s", s.id, s.server, s.status, s.trouble)
		}
	}
	if len(failed) > 0 && window(failed) > within {
		t.Errorf("after one was killed, views failed for %v", window(failed))
	}
	row("one of three killed", "fails on its connections, ≤ 1 s", "%d of %d, all its own, over %v", len(failed), all, window(failed).Round(time.Millisecond))
	r.begin(t, 1)
	r.allReady(t)

	r.newer(t)
	at = time.Now()
	for i := range r.servers {
		r.servers[i].stop(t)
		r.begin(t, i)
		r.allReady(t)
	}
	time.Sleep(time.Second) //nolint:forbidigo // as above
	all, failed = v.since(at, time.Now())
	r.none(t, "while all were started anew", failed)
	row("all started anew, newer schema", "0 failed", "%d of %d", len(failed), all)

	down, up, back := r.outage(t, v, pause)
	_, failed = v.since(down, up)
	refused := slices.DeleteFunc(slices.Clone(failed), func(s viewed) bool { return s.status != 503 })
	all, _ = v.since(down.Add(100*time.Millisecond), up.Add(-500*time.Millisecond))
	row("the database killed", "503, nothing unaudited", "%d views, %d failed, %d of them with 503", all, len(failed), len(refused))
	if len(refused) != len(failed) {
		for _, s := range failed {
			if s.status != 503 {
				t.Errorf("without a database: %d %s", s.status, s.trouble)
			}
		}
	}
	if back > 5*within {
		t.Errorf("views failed for %v after the database was back", back)
	}
	row("the database is back", "the last view fails within 5 s", "%v", back.Round(time.Millisecond))
	at = time.Now()
	time.Sleep(pause) //nolint:forbidigo // as above
	_, failed = v.since(at, time.Now())
	r.none(t, "after the database was back", failed)

	shown := v.end()
	r.audited(t, shown)
	row("all in all", "every view shown is in the ledger", "%d views", len(shown))
	for i := range r.servers {
		r.servers[i].stop(t)
		r.servers[i].verifies(t)
	}
}

// none wants nothing to have failed.
func (r *replicas) none(t *testing.T, when string, failed []viewed) {
	t.Helper()
	for i, s := range failed {
		if i < 5 {
			t.Errorf("%s: a view failed at %s: %d %s", when, s.server, s.status, s.trouble)
		}
	}
	if len(failed) > 5 {
		t.Errorf("%s: %d views failed", when, len(failed))
	}
}

// takenAway takes things away at one server and gives how long each still held at some.
func (r *replicas) takenAway(t *testing.T) map[string]time.Duration {
	m := r.servers[0]
	admin := func(query string, variables map[string]any) object {
		answer, s := r.ask(m.url, "replicas-administrator", m.users[auth.RoleAdministrator].Token, query, variables)
		if s.trouble != "" {
			t.Fatalf("%s: %d %s", query, s.status, s.trouble)
		}
		return answer
	}
	person := map[string]any{"nhsNumber": m.people[0].NHSNumber}
	opens := func(role auth.Role) func(address string) bool {
		return func(address string) bool {
			answer, s := r.ask(address, "replicas-probe-1234", m.users[role].Token, `query($nhsNumber: NHSNumber!) { patientByNHSNumber(nhsNumber: $nhsNumber) { id } }`, person)
			return s.trouble == "" && answer.text("data.patientByNHSNumber.id") != ""
		}
	}
	took := map[string]time.Duration{}
	version, _ := admin(`{ policies { version } }`, nil).at("data.policies.version").(float64)
	took["a policy"] = r.holds(t, opens(auth.RolePharmacist), func() {
		admin(`mutation($p: PolicyInput!, $v: Int!, $r: String!) { putPolicy(policy: $p, version: $v, reason: $r) { version } }`,
			map[string]any{"v": int(version), "r": "pharmacists open nobody now", "p": map[string]any{
				"id": "pharmacists-open-nobody", "description": "Pharmacists open nobody.", "effect": "deny", "roles": []string{"pharmacist"},
				"actions": []string{"read", "search", "list"}, "resources": []string{"patient:read", "patient:search", "patient:list"},
			}})
	})
	took["a session"] = r.holds(t, opens(auth.RoleParamedic), func() {
		_, s := r.ask(m.url, "replicas-sign-out-1", m.users[auth.RoleParamedic].Token, `{ __typename }`, nil)
		if s.trouble != "" {
			t.Fatal(s.trouble)
		}
		r.signOut(t, m.url, m.users[auth.RoleParamedic].Token)
	})
	return took
}

// holds does something, and gives how long after its answer it was still not so at some server.
func (r *replicas) holds(t *testing.T, open func(address string) bool, do func()) time.Duration {
	t.Helper()
	for _, m := range r.servers {
		if !open(m.url) {
			t.Fatal("it is not open to begin with")
		}
	}
	do()
	done := time.Now()
	var group sync.WaitGroup
	last := make([]time.Time, len(r.servers))
	for i, m := range r.servers {
		group.Go(func() {
			for shut := 0; shut < 20 && time.Since(done) < 20*time.Second; {
				begun := time.Now()
				if open(m.url) {
					last[i], shut = begun, 0
				} else {
					shut++
				}
			}
		})
	}
	group.Wait()
	var longest time.Duration
	for _, at := range last {
		if !at.IsZero() {
			longest = max(longest, at.Sub(done))
		}
	}
	return longest
}

// kill kills one server as it stands.
func (r *replicas) kill(t *testing.T, i int) {
	t.Helper()
	m := r.servers[i]
	if err := m.process.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-m.ended
	m.process = nil
}

// outage kills the database for a while: when it was gone, when it was begun again, and how
// long after it answered the last view failed.
func (r *replicas) outage(t *testing.T, v *pageViews, pause time.Duration) (down, up time.Time, back time.Duration) {
	t.Helper()
	for _, m := range r.servers {
		m.quiet.Store(true)
		defer m.quiet.Store(false)
	}
	r.database.kill(t)
	down = time.Now()
	time.Sleep(pause) //nolint:forbidigo // as above
	up = time.Now()
	r.database.start(t)
	started := time.Now()
	until(t, "views are shown again", func() bool {
		all, failed := v.since(time.Now().Add(-time.Second), time.Now())
		return time.Since(started) > time.Second && all > 0 && len(failed) == 0
	})
	r.allReady(t)
	if _, failed := v.since(started, time.Now()); len(failed) > 0 {
		back = failed[len(failed)-1].begun.Sub(started)
	}
	return down, up, back
}

// newer adds a column to every table and notes it as the step of a newer program that this one
// may go on beside: what is started from now on is an old program with a new schema.
func (r *replicas) newer(t *testing.T) {
	t.Helper()
	db := r.servers[0].db.Write.DB
	rows, err := db.QueryContext(t.Context(), `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`)
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	_ = rows.Close()
	for _, name := range tables {
		if _, err := db.ExecContext(t.Context(), `ALTER TABLE `+strconv.Quote(name)+` ADD COLUMN of_a_newer_program TEXT NOT NULL DEFAULT ''`); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range []string{
		`INSERT INTO schema_step (number, name, applied) SELECT MAX(number) + 1, 'newer', 0 FROM schema_step`,
		`INSERT INTO schema_beside (number, beside) SELECT MAX(number), MAX(number) - 1 FROM schema_step`,
	} {
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
}

// audited wants an event for every view that was shown.
func (r *replicas) audited(t *testing.T, shown []viewed) {
	t.Helper()
	rows, err := r.servers[0].db.Read.DB.QueryContext(context.Background(), `SELECT DISTINCT request_id FROM audit_event`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	known := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		known[id] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, s := range shown {
		if s.trouble == "" && !known[s.id] {
			t.Errorf("%s was shown and is not in the ledger", s.id)
		}
	}
}

// signOut ends a session as a browser does.
func (r *replicas) signOut(t *testing.T, address, secret string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/auth/logout", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", address)
	req.Header.Set(auth.RequestHeader, "test")
	req.AddCookie(&http.Cookie{Name: "patchwork", Value: secret})
	if status, text := send(t, req); status != http.StatusOK {
		t.Fatalf("signing out: %d %s", status, text)
	}
}
