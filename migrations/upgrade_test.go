package migrations_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// oldest is the first step from which a database is brought up to date in the test below: from
// every one that there was.
const oldest = 1

// filled is a row for some tables of every kind, as a server at that step wrote it: by the
// first step that has the table.
var filled = []struct {
	step             int
	table, statement string
}{
	{1, "audit_event", `INSERT INTO audit_event (seq, at, patient, subject, request_id, previous, body) VALUES (1, 1, 'p', 's', 'r', '%[1]s', '{"action":"read"}')`},
	{2, "auth_session", `INSERT INTO auth_session (secret_hash, id, issuer, subject, facts, created, last_seen, expires) VALUES ('hash', 'i', 'local', 's', '{}', 1, 1, 2)`},
	{3, "patient", `INSERT INTO patient (id, birth_date, created) VALUES ('p', '1970-01-01', 1)`},
	{3, "patient_registration", `INSERT INTO patient_registration (patient_id, source, state, code, reason, checked) VALUES ('p', 'gp', 'known', '', '', 1)`},
	{5, "relationship_objection", `INSERT INTO relationship_objection (id, patient, source, section, organisation, absolute, reason, recorded_by, since) VALUES ('o', 'p', '', '', '', TRUE, 'r', 'b', 1)`},
	{6, "policy_version", `INSERT INTO policy_version (version, at, issuer, subject, name, reason, document) VALUES (1, 1, 'i', 's', 'n', 'r', '{}')`},
	{8, "auth_off", `INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ('user', 'i s', 1, 'm', 'r')`},
	{9, "smart_grant", `INSERT INTO smart_grant (id, client, subject, session, created, revoked) VALUES ('g', 'c', 's', '', 1, TRUE)`},
	{12, "list_item", `INSERT INTO list_item (list, patient, place, version, added, added_by, grounds) VALUES ('l', 'p', 1, 1, 1, 'u', '')`},
	{16, "source_switch", `INSERT INTO source_switch (source, off, at, maker, reason) VALUES ('gp', TRUE, 1, 'm', 'r')`},
	{17, "source_stage", `INSERT INTO source_stage (source, section, organisation, stage, at, maker, reason) VALUES ('gp', '', '', 'shadow', 1, 'm', 'r')`},
	{19, "view_run", `INSERT INTO view_run (id, view, version, list, issuer, subject, role, ods, session, state, problem, page, place, people, left_out, rows_made, waiting, created, ended, expires, worker, lease)
		VALUES ('run', 'v', 1, 'l', 'i', 's', 'gp', 'o', '', 'done', '', 0, '', 0, 0, 0, 0, 1, 2, 3, '', 0)`},
	{19, "view_rows", `INSERT INTO view_rows (run, page, body) VALUES ('run', 0, 'sealed')`},
}

// A database of every earlier release is brought up to date in place: all that was in it is
// there, column by column, and what was added has its default. The program before refuses it
// from then on, or goes on beside it, and changes nothing.
func TestADatabaseOfAnEarlierReleaseIsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	newest, err := migrations.Newest()
	if err != nil {
		t.Fatal(err)
	}
	for from := oldest; from < newest; from++ {
		for dialect, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
			t.Run(fmt.Sprintf("%s from step %d", dialect, from), func(t *testing.T) {
				t.Parallel()
				db, err := migrations.Open(t.Context(), fresh(t))
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = db.Close() })
				if err := migrations.ApplyUpTo(t.Context(), db, from); err != nil {
					t.Fatal(err)
				}
				before := map[string]map[string]string{}
				for _, f := range filled {
					if f.step > from {
						continue
					}
					statement := f.statement
					if strings.Contains(statement, "%[1]s") {
						statement = fmt.Sprintf(statement, strings.Repeat("0", 32))
					}
					if _, err := db.Write.DB.ExecContext(t.Context(), statement); err != nil {
						t.Fatalf("%s: %v", f.table, err)
					}
				}
				for _, f := range filled {
					if f.step <= from {
						before[f.table] = oneRow(t, db, f.table)
					}
				}
				if err := migrations.Apply(t.Context(), db); err != nil {
					t.Fatal(err)
				}
				for table, old := range before {
					now := oneRow(t, db, table)
					for column, value := range old {
						if got, there := now[column]; !there || got != value {
							t.Errorf("%s.%s was %q and is %q", table, column, value, got)
						}
					}
				}
				if at, err := db.Step(t.Context()); err != nil || at != newest {
					t.Errorf("step %d, %v", at, err)
				}
				// The program before: whatever it says, nothing changes.
				_ = migrations.ApplyUpTo(t.Context(), db, from)
				if at, err := db.Step(t.Context()); err != nil || at != newest {
					t.Errorf("after the program before: step %d, %v", at, err)
				}
			})
		}
	}
}

// oneRow is the only row of a table, by column.
func oneRow(t *testing.T, db *migrations.DB, table string) map[string]string {
	t.Helper()
	found, err := db.Read.DB.QueryContext(t.Context(), `SELECT * FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	row, values := map[string]string{}, make([]any, len(columns))
	for n := 0; found.Next(); n++ {
		into := make([]any, len(columns))
		for i := range into {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil || n > 0 {
			t.Fatalf("%s: row %d, %v", table, n, err)
		}
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	for i, column := range columns {
		row[column] = fmt.Sprint(values[i])
	}
	return row
}
