package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// elsewhere gives a DSN to restore a database to: a file that is not there, or an empty
// database of the same PostgreSQL whose schema has the same name.
func elsewhere(t *testing.T, dsn string) string {
	t.Helper()
	if strings.HasPrefix(dsn, "sqlite:") {
		return "sqlite:" + filepath.Join(t.TempDir(), "restored.db")
	}
	admin, err := sql.Open("pgx", os.Getenv(dbtest.Variable))
	if err != nil {
		t.Fatal(err)
	}
	name := "restored_" + strings.ToLower(rand.Text())
	if _, err := admin.Exec(`CREATE DATABASE ` + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec(`DROP DATABASE ` + name + ` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	made, err := sql.Open("pgx", u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	if _, err := made.Exec(`CREATE SCHEMA ` + u.Query().Get("search_path")); err != nil {
		t.Fatal(err)
	}
	return u.String()
}

// restoredConfig is a copy of a configuration with another database, beside it.
func restoredConfig(t *testing.T, file, from, to string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	config, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), from, to, 1) + "smart: {secret_file: " + config.secretFile() + "}\n"
	copied := filepath.Join(filepath.Dir(file), "restored.yaml")
	if err := os.WriteFile(copied, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return copied
}

// A backup is taken while a server reads and writes as fast as it can. What was acknowledged
// before it began is in it, its ledger is whole, and what is restored of it serves: with new
// sign-ins only.
func TestABackupUnderLoadIsRestoredAndServes(t *testing.T) {
	t.Parallel()
	binary := buildPatchwork(t)
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: 20, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := region.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			m := newMortal(t, binary, region, dsn)
			m.start(t)
			l := m.load(t, 0)
			<-l.busy
			before := m.notes.acknowledgedSoFar()
			folder := filepath.Join(t.TempDir(), "backup")
			code, out, errs := command("backup", "--config", m.file, folder)
			if code != 0 || !strings.Contains(out, "SHA-256") {
				t.Fatalf("%d %s %s", code, out, errs)
			}
			after := m.notes.acknowledgedSoFar()
			l.killing.Store(true)
			l.wait()
			m.stop(t)
			if len(after) <= len(before) {
				t.Error("nobody was served meanwhile")
			}
			onlyForTheOwner(t, folder)

			to := elsewhere(t, dsn)
			again := restoredConfig(t, m.file, dsn, to)
			code, out, errs = command("restore", "--config", again, "--reason", "the disk was lost", folder)
			if code != 0 || !strings.Contains(out, "UNDONE") || !strings.Contains(out, "events that are gone") {
				t.Fatalf("%d %s %s", code, out, errs)
			}
			r := &mortal{binary: binary, file: again, db: dbtest.Open(t, to), users: m.users, people: m.people, notes: m.notes, env: m.env}
			t.Cleanup(r.kill)
			r.hasEventsOf(t, before)
			r.start(t)
			r.refusesOldSignIns(t)
			token := r.signIn(t, auth.RoleGP)
			r.users = map[auth.Role]DemoUser{auth.RoleGP: {Token: token}}
			answer := r.ask(t, operation(t, "full-record"), map[string]any{"nhsNumber": m.people[0].NHSNumber})
			if answer.text("data.patientByNHSNumber.id") != m.people[0].ID {
				t.Errorf("the restored server answers %v", answer)
			}
			r.stop(t)
			if code, out, errs := command("audit", "verify", "--config", again); code != 0 {
				t.Errorf("%d %s %s", code, out, errs)
			}
			t.Logf("%d answers before, %d while it was taken", len(before), len(after)-len(before))
		})
	}
}

// acknowledgedSoFar are the requests of which an answer began to arrive.
func (n *notes) acknowledgedSoFar() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var all []string
	for request := range n.begun {
		all = append(all, request)
	}
	for _, c := range n.changes {
		if c.acknowledged {
			all = append(all, c.mark)
		}
	}
	return all
}

func onlyForTheOwner(t *testing.T, folder string) {
	t.Helper()
	for _, name := range []string{"", "manifest"} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q can be read by others: %v %v", name, info, err)
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "patchwork.*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database can be read by others: %v %v", info, err)
	}
}

func (m *mortal) kill() {
	if m.process != nil {
		_ = m.process.Process.Kill()
		<-m.ended
	}
}

func (m *mortal) hasEventsOf(t *testing.T, requests []string) {
	t.Helper()
	ledger := ledgerOf(t, m.db)
	for _, r := range requests {
		if len(ledger[r]) == 0 {
			t.Errorf("%s was acknowledged before the backup and is not in it", r)
		}
	}
	if len(requests) == 0 || len(ledger) < len(requests) {
		t.Errorf("%d requests, %d in the ledger", len(requests), len(ledger))
	}
}

// refusesOldSignIns: whoever was signed in when the backup was taken is not any more.
func (m *mortal) refusesOldSignIns(t *testing.T) {
	t.Helper()
	for role, u := range m.users {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, m.url+"/auth/session", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+u.Token)
		if status, _ := send(t, req); status != http.StatusUnauthorized {
			t.Errorf("the sign-in of %s before the restore: %d", role, status)
		}
	}
}

// signIn signs a user in by password and gives a token.
func (m *mortal) signIn(t *testing.T, role auth.Role) string {
	t.Helper()
	u := m.users[role]
	body, err := json.Marshal(map[string]string{"username": u.Username, "password": u.Password})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.url+"/auth/login", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = http.Header{"Content-Type": {"application/json"}, "Origin": {m.url}, "X-Patchwork-Request": {"1"}}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	for _, c := range resp.Cookies() {
		if c.Value != "" {
			return c.Value
		}
	}
	t.Fatalf("signing in: %d", resp.StatusCode)
	return ""
}
