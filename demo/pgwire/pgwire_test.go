package pgwire

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

const tables = `
CREATE TABLE person (pas_id TEXT PRIMARY KEY, name TEXT, born TEXT, visits INTEGER, weight REAL, seen DATE);
INSERT INTO person VALUES ('P1','Siân O''Neill','1950-02-03',3,61.5,'2024-01-02'),
 ('P2','Łukasz "Luke" Żak',NULL,NULL,NULL,NULL), ('P3','王小明; DROP TABLE person --','1999-12-31',0,-2,'2024-01-03');
CREATE TABLE contact (id INTEGER PRIMARY KEY, pas_id TEXT, note TEXT);
INSERT INTO contact (pas_id, note) VALUES ('P1','one'),('P1','two'),('P1','three'),('P1','four'),('P2','five');
CREATE TABLE untidy (n INTEGER); INSERT INTO untidy VALUES ('not a number');`

func sqlite(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "pas.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec(tables); err != nil {
		t.Fatal(err)
	}
	return db
}

func start(t testing.TB, gate Gate) *Server {
	t.Helper()
	s, err := Start(t.Context(), sqlite(t), gate)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// open connects as a connector would: pgx through database/sql.
func open(t testing.TB, s *Server, mode string) *sql.DB {
	t.Helper()
	config, err := pgx.ParseConfig("postgres://reader:secret@" + s.Addr() + "/pas?sslmode=prefer&connect_timeout=5" + mode)
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDB(*config)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// modes are the ways pgx can run a query.
var modes = map[string]string{
	"default":        "",
	"simple":         "&default_query_exec_mode=simple_protocol",
	"exec":           "&default_query_exec_mode=exec",
	"describe":       "&default_query_exec_mode=describe_exec",
	"cache describe": "&default_query_exec_mode=cache_describe",
}

func everyMode(t *testing.T, gate Gate, test func(*testing.T, *sql.DB)) {
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t, start(t, gate), mode))
		})
	}
}

// lines reads a whole result as text, one line a row.
func lines(db *sql.DB, ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []string
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, strings.TrimSpace(fmt.Sprintln(row...)))
	}
	return out, rows.Err()
}

func TestQueries(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, query string
		args        []any
		want        []string
	}{
		{"text with quotes and unicode", `SELECT name FROM person WHERE name = $1`, []any{`Siân O'Neill`}, []string{`Siân O'Neill`}},
		{"a parameter is no SQL", `SELECT pas_id FROM person WHERE name = $1`, []any{`王小明; DROP TABLE person --`}, []string{"P3"}},
		{"nulls", `SELECT born, visits, weight, seen FROM person WHERE pas_id = $1`, []any{"P2"}, []string{"<nil> <nil> <nil> <nil>"}},
		{"types", `SELECT visits, weight, born, seen FROM person WHERE pas_id = 'P1'`, nil, []string{"3 61.5 1950-02-03 2024-01-02"}},
		{"a list", `SELECT pas_id FROM person WHERE pas_id IN ($1, $2, $3) ORDER BY pas_id DESC`, []any{"P1", "P3", "none"}, []string{"P3", "P1"}},
		{"a schema, a cast and a comment", "SELECT p.pas_id::varchar(10) AS id -- ;\n FROM public.person p WHERE p.pas_id = $1::text", []any{"P1"}, []string{"P1"}},
		{"a limit", `SELECT note FROM contact WHERE pas_id = $1 ORDER BY id LIMIT $2`, []any{"P1", 2}, []string{"one", "two"}},
		{"counting", `SELECT count(*), max(visits), 1.5e1 FROM person`, nil, []string{"3 3 15"}},
		{"with", `WITH x AS (SELECT note FROM contact WHERE pas_id = $1) SELECT note FROM x WHERE note ILIKE 'T%' ORDER BY 1`, []any{"P1"}, []string{"three", "two"}},
		{"nobody", `SELECT name FROM person WHERE pas_id = $1`, []any{"P9"}, nil},
		{"repeated parameter", `SELECT $1 || $1`, []any{"é"}, []string{"éé"}},
		{"show", `SHOW client_encoding`, nil, []string{"UTF8"}},
		{"null parameter", `SELECT coalesce($1, 'none')`, []any{nil}, []string{"none"}},
	}
	everyMode(t, nil, func(t *testing.T, db *sql.DB) {
		for _, c := range cases {
			for range 2 { // the second time from the driver's cache
				got, err := lines(db, t.Context(), c.query, c.args...)
				if err != nil || !slices.Equal(got, c.want) {
					t.Errorf("%s: got %q, %v; want %q", c.name, got, err, c.want)
				}
			}
		}
		if err := db.PingContext(t.Context()); err != nil {
			t.Error(err)
		}
		tx, err := db.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
	})
}

func TestArraysOfText(t *testing.T) {
	t.Parallel()
	want := []string{"P1", "P3"}
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t, start(t, nil), mode)
			got, err := lines(db, t.Context(), `SELECT pas_id FROM person WHERE pas_id = ANY($1) ORDER BY 1`, []string{"P1", `a,"b\`, "P3", ""})
			if name == "simple" { // there the driver writes the array into the text
				return
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestReadOnlyAndErrors(t *testing.T) {
	t.Parallel()
	cases := []struct{ query, state string }{
		{`INSERT INTO person (pas_id) VALUES ('X')`, "25006"},
		{`DELETE FROM person`, "25006"},
		{`WITH x AS (SELECT 1) DELETE FROM person`, "25006"},
		{`PRAGMA journal_mode = DELETE`, "25006"},
		{`ATTACH 'x' AS y`, "25006"},
		{`SELECT * FROM nowhere`, "42P01"},
		{`SELECT absent FROM person`, "42703"},
		{`SELECT FROM WHERE`, "42601"},
		{`SELECT 'unfinished`, "42601"},
		{`SELECT * FROM person WHERE pas_id = $0`, ""},
	}
	everyMode(t, nil, func(t *testing.T, db *sql.DB) {
		for _, c := range cases {
			if _, err := lines(db, t.Context(), c.query); err == nil || !strings.Contains(err.Error(), c.state) {
				t.Errorf("%s: %v, want %s", c.query, err, c.state)
			}
		}
		got, err := lines(db, t.Context(), `SELECT count(*) FROM person`)
		if err != nil || got[0] != "3" {
			t.Errorf("afterwards: %q, %v", got, err)
		}
	})
}

func TestAFailedTransactionStaysFailed(t *testing.T) {
	t.Parallel()
	everyMode(t, nil, func(t *testing.T, db *sql.DB) {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`SELECT * FROM nowhere`); err == nil {
			t.Error("no such table was no error")
		}
		if _, err := tx.Exec(`SELECT 1`); err == nil || !strings.Contains(err.Error(), "25P02") {
			t.Errorf("after a failure: %v", err)
		}
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	})
}

// A number column that holds text would be read as another number in binary.
func TestTextInANumberColumn(t *testing.T) {
	t.Parallel()
	everyMode(t, nil, func(t *testing.T, db *sql.DB) {
		got, err := lines(db, t.Context(), `SELECT n FROM untidy`)
		if err == nil && got[0] != "not a number" {
			t.Errorf("got %q", got)
		}
	})
}

const endless = `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c`

func TestCancel(t *testing.T) {
	t.Parallel()
	everyMode(t, nil, func(t *testing.T, db *sql.DB) {
		if err := db.PingContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		_, err := lines(db, ctx, endless)
		if err == nil {
			t.Error("an endless query ended")
		}
		deadline, _ := ctx.Deadline()
		if late := time.Since(deadline); late > 100*time.Millisecond {
			t.Errorf("cancelled %v late", late)
		}
	})
}
