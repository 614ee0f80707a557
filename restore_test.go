package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// open things of every kind that a restore must end, and what another server was told after
// the backup: its user was switched off.
var openThings = []string{
	`INSERT INTO relationship_break (id, patient, issuer, subject, reason_code, reason, started, until) VALUES ('glass', 'p', 'i', 's', 'c', 'r', 1, 9000000000000000)`,
	`INSERT INTO view_run (id, view, version, list, issuer, subject, role, ods, session, state, problem, page, place, people, left_out, rows_made, waiting, created, ended, expires, worker, lease, search)
	 VALUES ('run', 'v', 1, 'l', 'i', 's', 'gp', 'o', 'sealed', 'running', '', 0, '', 0, 0, 0, 0, 1, 0, 9000000000000000, 'w', 9000000000000000, 'sealed')`,
	`INSERT INTO view_run (id, view, version, list, issuer, subject, role, ods, session, state, problem, page, place, people, left_out, rows_made, waiting, created, ended, expires, worker, lease)
	 VALUES ('done', 'v', 1, 'l', 'i', 's', 'gp', 'o', '', 'done', '', 0, '', 1, 0, 1, 0, 1, 2, 9000000000000000, '', 0)`,
	`INSERT INTO view_rows (run, page, body, people) VALUES ('done', 0, 'sealed rows', '')`,
	`INSERT INTO view_schedule (id, view, version, list, issuer, subject, role, ods, app, session, every, hour, day, alert, until, created, used, paused, next, run, base, told, worker, lease)
	 VALUES ('s', 'v', 1, 'l', 'i', 's', 'gp', 'o', '', 'sealed', 'daily', 6, 0, 'none', 9000000000000000, 1, 9000000000000000, '', 1, '', '', '', '', 0)`,
	`INSERT INTO smart_token (kind, key_hash, grant_id, request, expires) VALUES ('refresh', 'hash', 'g', '{}', 9000000000000000)`,
}

// What is restored is the database of the backup's moment, row by row, but for what must not
// come back; the ledger says what it is, and that the witness knew more.
func TestARestoredDatabaseIsTheBackupsMoment(t *testing.T) {
	t.Parallel()
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: 10, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = region.Close(context.Background()) })
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			m := newMortal(t, "", region, dsn)
			do(t, m.db, openThings...)
			folder := filepath.Join(t.TempDir(), "backup")
			if code, out, errs := command("backup", "--config", m.file, folder); code != 0 {
				t.Fatalf("%d %s %s", code, out, errs)
			}
			want := rowsOfAll(t, m.db)
			do(t, m.db, `INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ('user', 'i s', 1, 'm', 'they left')`)
			grow(t, m.file, 4)

			to := elsewhere(t, dsn)
			code, out, errs := command("restore", "--config", restoredConfig(t, m.file, dsn, to), "--reason", "the disk was lost", folder)
			if code != 0 || !strings.Contains(out, "UNDONE") || !strings.Contains(out, "4 events that are gone") {
				t.Fatalf("%d %s %s", code, out, errs)
			}
			restored := dbtest.Open(t, to)
			sameButForWhatEnds(t, want, rowsOfAll(t, restored))
			event := lastEvent(t, restored)
			if event.Action != audit.ActionRestore || event.Reason != "the disk was lost" || !strings.Contains(event.Target, "a backup of ") ||
				!strings.Contains(event.Target, "the witness knows 4 events after it, which are not in it") {
				t.Errorf("the ledger says %+v", event)
			}
		})
	}
}

func do(t *testing.T, db *migrations.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.Write.DB.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%v in %.60s", err, s)
		}
	}
}

// grow starts a server and records events, so that the witness knows them.
func grow(t *testing.T, file string, n int) {
	t.Helper()
	s := &sealed{file: file}
	var err error
	if s.config, err = loadConfig(file); err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.record(t, n)
	s.stop(t)
}

// rowsOfAll are all rows of all tables, each as a text, sorted.
func rowsOfAll(t *testing.T, db *migrations.DB) map[string][]string {
	t.Helper()
	tables, err := db.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range tables {
		all[table] = []string{}
		found, err := db.Read.DB.QueryContext(t.Context(), `SELECT * FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := found.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for found.Next() {
			row := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range row {
				into[i] = &row[i]
			}
			if err := found.Scan(into...); err != nil {
				t.Fatal(err)
			}
			all[table] = append(all[table], fmt.Sprint(row))
		}
		if err := found.Err(); err != nil {
			t.Fatal(err)
		}
		_ = found.Close()
		slices.Sort(all[table])
	}
	return all
}

// sameButForWhatEnds compares, and looks at each table that is to differ.
func sameButForWhatEnds(t *testing.T, want, got map[string][]string) {
	t.Helper()
	filled := 0
	for table, rows := range want {
		now := got[table]
		text := strings.Join(now, "\n")
		switch table {
		case "auth_session", "smart_token", "view_rows":
			if len(rows) == 0 || len(now) != 0 {
				t.Errorf("%s: %d rows before, %d after", table, len(rows), len(now))
			}
		case "relationship_break":
			if len(now) != 1 || strings.Contains(text, "<nil>") {
				t.Errorf("the glass is not ended: %s", text)
			}
		case "view_run":
			if len(now) != 2 || strings.Contains(text, "running") || strings.Contains(text, "done gp") || strings.Contains(text, "sealed") || strings.Count(text, "expired") != 2 {
				t.Errorf("runs of views: %s", text)
			}
		case "view_schedule":
			if len(now) != 1 || !strings.Contains(text, "restored") {
				t.Errorf("the schedule goes on: %s", text)
			}
		case "audit_event":
			if len(now) != len(rows)+1 {
				t.Errorf("%d events, %d after", len(rows), len(now))
			}
			for _, r := range rows {
				if !slices.Contains(now, r) {
					t.Errorf("an event is another: %s", r)
				}
			}
		default:
			if !slices.Equal(rows, now) {
				t.Errorf("%s: %d rows before, %d after", table, len(rows), len(now))
			}
		}
		if len(rows) > 0 {
			filled++
		}
	}
	if len(got) != len(want) || filled < 15 {
		t.Errorf("%d tables, %d of them with rows, %d restored", len(want), filled, len(got))
	}
}

func lastEvent(t *testing.T, db *migrations.DB) (e audit.Event) {
	t.Helper()
	var body string
	if err := db.Read.DB.QueryRowContext(t.Context(), `SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1`).Scan(&body); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// Whatever does not belong together is refused in words, and nothing is made of it.
func TestWhatIsNotRestored(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 5)
	s.stop(t)
	folder := filepath.Join(s.dir, "backup")
	if code, out, errs := command("backup", "--config", s.file, folder); code != 0 {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	other := startSealed(t)
	other.record(t, 9)
	other.stop(t)
	key, secret := filepath.Join(s.dir, "p.db.audit-key"), filepath.Join(s.dir, "patchwork.secret")
	manifest, err := os.ReadFile(filepath.Join(folder, "manifest"))
	if err != nil {
		t.Fatal(err)
	}
	database, err := os.ReadFile(filepath.Join(folder, "patchwork.db"))
	if err != nil {
		t.Fatal(err)
	}
	signing, err := audit.ReadKey(key)
	if err != nil {
		t.Fatal(err)
	}
	resigned := func(old, new string) []byte {
		text, err := signing.OpenText(manifest)
		if err != nil || !strings.Contains(text, old) {
			t.Fatalf("%v in %s", err, text)
		}
		signed, err := signing.SignText(strings.Replace(text, old, new, 1))
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	const reason = "the disk was lost"
	for name, c := range map[string]struct {
		stanza           string // of the configuration restored to
		manifest, db     []byte
		reason, flag, to string
		code             int
		want             string
	}{
		"a reason of three letters":       {reason: "abc", code: 2, want: "The reason"},
		"neither folder nor other means":  {reason: reason, to: "none", code: 2, want: "name the folder"},
		"both":                            {reason: reason, flag: "--already", code: 2, want: "name the folder"},
		"a folder that is none":           {reason: reason, to: s.dir, code: 1, want: "is no backup"},
		"a database is there":             {reason: reason, stanza: "state: sqlite:" + s.dir + "/p.db\n", code: 2, want: "empty database only"},
		"another database system":         {reason: reason, stanza: "state: postgres://x@127.0.0.1:1/y\n", code: 1, want: "is of sqlite and the configured database is not"},
		"a byte of the manifest":          {reason: reason, manifest: []byte(strings.Replace(string(manifest), `"step": `, `"step": 1`, 1)), code: 1, want: "was changed, or is of another ledger"},
		"a byte of the database":          {reason: reason, db: append(append([]byte{}, database[:len(database)-1]...), database[len(database)-1]^1), code: 1, want: "is not what was written"},
		"a database that is cut":          {reason: reason, db: database[:len(database)/2], code: 1, want: "is not what was written"},
		"a newer Patchwork's":             {reason: reason, manifest: resigned(`"step": 2`, `"step": 92`), code: 1, want: "of a newer Patchwork"},
		"another moment than is said":     {reason: reason, manifest: resigned(`"events": `, `"events": 1`), code: 1, want: "is not the backup's moment"},
		"a file of elsewhere":             {reason: reason, manifest: resigned(`"patchwork.db"`, `"../p.db"`), code: 1, want: "a form that this program does not know"},
		"another ledger's key":            {reason: reason, stanza: "audit: {key: " + other.dir + "/p.db.audit-key}\n", code: 1, want: "was changed, or is of another ledger"},
		"the ledger's key is not there":   {reason: reason, stanza: "audit: {key: " + s.dir + "/none}\n", code: 1, want: "put the ledger's key back first"},
		"another server's secret":         {reason: reason, stanza: "audit: {key: " + key + "}\nsmart: {secret_file: " + other.dir + "/patchwork.secret}\n", code: 1, want: "put that back first"},
		"the server's secret is away":     {reason: reason, stanza: "audit: {key: " + key + "}\nsmart: {secret_file: " + s.dir + "/none}\n", code: 1, want: "put the server's secret back first"},
		"the witness says something else": {reason: reason, stanza: "audit: {key: " + key + ", witness: " + other.dir + "/p.db.witness}\nsmart: {secret_file: " + secret + "}\n", code: 1, want: "contradict each other"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			from := filepath.Join(dir, "backup")
			file := filepath.Join(dir, "patchwork.yaml")
			stanza := c.stanza
			if stanza == "" {
				stanza = "audit: {key: " + key + "}\nsmart: {secret_file: " + secret + "}\n"
			}
			if strings.HasPrefix(stanza, "state:") {
				stanza += "audit: {key: " + key + "}\nsmart: {secret_file: " + secret + "}\n"
			} else {
				stanza += "state: sqlite:" + dir + "/restored.db\n"
			}
			put := func(path string, text, otherwise []byte) {
				if text == nil {
					text = otherwise
				}
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Mkdir(from, 0o700); err != nil {
				t.Fatal(err)
			}
			put(filepath.Join(from, "manifest"), c.manifest, manifest)
			put(filepath.Join(from, "patchwork.db"), c.db, database)
			put(file, []byte(stanza+"sources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"), nil)
			args := []string{"restore", "--config", file, "--reason", c.reason}
			if c.flag != "" {
				args = append(args, c.flag)
			}
			switch c.to {
			case "":
				args = append(args, from)
			case "none":
			default:
				args = append(args, c.to)
			}
			code, _, errs := command(args...)
			if code != c.code || !strings.Contains(errs, c.want) {
				t.Errorf("exit %d %s, want %d and %q", code, errs, c.code, c.want)
			}
			left, err := os.ReadDir(dir)
			if err != nil || len(left) != 2 {
				t.Errorf("something was left: %v %v", left, err)
			}
		})
	}
	if code, _, errs := command("backup", "--config", s.file, folder); code != 2 || !strings.Contains(errs, "is there already") {
		t.Errorf("over another backup: %d %s", code, errs)
	}
}

// A backup that the program before made, of a database with a step less, comes back at the
// newest step with all of its events.
func TestABackupOfAnEarlierStep(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			file := filepath.Join(t.TempDir(), "patchwork.yaml")
			text := fmt.Sprintf("state: %q\naudit: {key: %[2]s/key, witness: %[2]s/witness}\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n", dsn, filepath.Dir(file))
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			grow(t, file, 5)
			newest, err := migrations.Newest()
			if err != nil {
				t.Fatal(err)
			}
			db := dbtest.Open(t, dsn)
			do(t, db, fmt.Sprintf(`DELETE FROM schema_step WHERE number = %d`, newest), fmt.Sprintf(`DELETE FROM schema_beside WHERE number = %d`, newest),
				`DROP TABLE usage_day`, `DROP TABLE usage_user`, `DROP TABLE usage_paint`)
			folder := filepath.Join(t.TempDir(), "backup")
			if code, out, errs := command("backup", "--config", file, folder); code != 0 || !strings.Contains(out, fmt.Sprintf("step %d of the database", newest-1)) {
				t.Fatalf("%d %s %s", code, out, errs)
			}
			want := rowsOfAll(t, db)["audit_event"]
			to := elsewhere(t, dsn)
			if code, out, errs := command("restore", "--config", restoredConfig(t, file, dsn, to), "--reason", "the disk was lost", folder); code != 0 {
				t.Fatalf("%d %s %s", code, out, errs)
			}
			restored := dbtest.Open(t, to)
			if step, err := restored.Step(t.Context()); err != nil || step != newest {
				t.Errorf("step %d, %v", step, err)
			}
			now := rowsOfAll(t, restored)
			if _, there := now["usage_day"]; !there || len(now["audit_event"]) != len(want)+1 {
				t.Errorf("%d events, of %d; usage_day: %v", len(now["audit_event"]), len(want), there)
			}
		})
	}
}

// A database that was put back by other means than ours is refused by the server, as a rolled
// back one, until it was settled.
func TestADatabaseThatOtherMeansRestored(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 5)
	s.stop(t)
	path := filepath.Join(s.dir, "p.db")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.record(t, 3)
	s.stop(t)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err == nil {
		t.Fatal("a rolled back database was opened")
	}
	s.server = nil
	if code, out, errs := command("restore", "--config", s.file, "--reason", "the array failed", "--already"); code != 0 || !strings.Contains(out, "3 events that are gone") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	events, err := s.server.ledger.Events(t.Context(), audit.Filter{})
	if err != nil || len(events) < 7 || events[5].Action != audit.ActionRestore || !strings.Contains(events[5].Target, "other means") {
		t.Errorf("%v %+v", err, events)
	}
	s.stop(t)
	if code, out, errs := command("audit", "verify", "--config", s.file); code != 0 {
		t.Errorf("%d %s %s", code, out, errs)
	}
}
