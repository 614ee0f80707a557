package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"text/template"
	"time"
)

//go:embed steps/*.sql
var stepFiles embed.FS

// lockKey keeps two starting servers from stepping at once on PostgreSQL; any fixed number.
const lockKey = 7283902151

// Apply runs the steps that the database has not had yet, each with its note in
// schema_step as one transaction: killed at any moment it leaves whole steps, and
// the next start goes on. A database that a newer Patchwork has stepped further is taken as
// it is if those steps say that this program may go on beside them, else refused. Errors are
// one plain sentence.
func Apply(ctx context.Context, db *DB) error {
	steps, err := load(stepFiles)
	if err != nil {
		return err
	}
	return apply(ctx, db, steps)
}

func apply(ctx context.Context, db *DB, steps []step) error {
	for tries := 0; ; {
		more, err := applyNext(ctx, db, steps)
		switch {
		case held(err) && tries < mostTries:
			tries++ // whoever held the table is let through, and those who queued behind us
			if !waited(ctx, tryEvery) {
				return err
			}
		case err != nil || !more:
			return err
		default:
			tries = 0
		}
	}
}

// applyNext runs the first step that is missing and reports whether there may be another.
func applyNext(ctx context.Context, db *DB, steps []step) (more bool, err error) {
	tx, err := db.Write.DB.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("the database cannot be brought up to date: %w", plain(err))
	}
	defer func() { _ = tx.Rollback() }()
	done, err := applied(ctx, tx, db.Dialect)
	if err != nil {
		return false, fmt.Errorf("the database cannot be brought up to date: %w", plain(err))
	}
	if done > len(steps) {
		return false, beside(ctx, tx, done, len(steps))
	}
	if done == len(steps) {
		return false, nil
	}
	if db.Dialect == Postgres {
		if _, err := tx.ExecContext(ctx, `SET LOCAL lock_timeout = '`+lockWithin+`'`); err != nil {
			return false, fmt.Errorf("the database cannot be brought up to date: %w", plain(err))
		}
	}
	next := steps[done]
	text, err := next.render(db.Dialect)
	if err != nil {
		return false, err
	}
	if _, err = tx.ExecContext(ctx, text); err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO schema_step (number, name, applied) VALUES ($1, $2, $3)`,
			int64(next.number), next.name, time.Now().UnixMicro())
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO schema_beside (number, beside) VALUES ($1, $2)`, int64(next.number), int64(next.beside))
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return false, fmt.Errorf("the database's step %s failed and changed nothing: %w", next.name, plain(err))
	}
	return true, nil
}

// applied gives the number of the last step the database has had.
func applied(ctx context.Context, tx *sql.Tx, dialect string) (int, error) {
	if dialect == Postgres {
		if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(lockKey)); err != nil {
			return 0, err
		}
	}
	for _, table := range []string{
		`CREATE TABLE IF NOT EXISTS schema_step (number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied BIGINT NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS schema_beside (number BIGINT PRIMARY KEY, beside BIGINT NOT NULL)`,
	} {
		if _, err := tx.ExecContext(ctx, table); err != nil {
			return 0, err
		}
	}
	var last int
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM schema_step`).Scan(&last)
	return last, err
}

// step is one numbered change of the tables.
type step struct {
	number int
	name   string
	text   string
	// beside is the step that a program must know to go on beside this one.
	beside int
}

// load reads steps/NNNN_name.sql in order and refuses gaps.
func load(files fs.FS) ([]step, error) {
	names, err := fs.Glob(files, "steps/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	steps := make([]step, 0, len(names))
	for i, path := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(path, "steps/"), ".sql")
		digits, _, _ := strings.Cut(name, "_")
		if n, err := strconv.Atoi(digits); err != nil || n != i+1 {
			return nil, fmt.Errorf("migrations: %s is not step %04d", path, i+1)
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, err
		}
		least, err := besideOf(i+1, string(text))
		if err != nil {
			return nil, fmt.Errorf("migrations: %s: %w", path, err)
		}
		steps = append(steps, step{number: i + 1, name: name, text: string(text), beside: least})
	}
	return steps, nil
}

// dialect is what a step's text may ask for: {{.Bytes}}, {{if .SQLite}} …
type dialect struct {
	SQLite, Postgres bool
	// Bytes is the type of a byte string.
	Bytes string
}

// render writes the step for one dialect.
func (s step) render(name string) (string, error) {
	d := dialect{SQLite: name == SQLite, Postgres: name == Postgres, Bytes: "BLOB"}
	if d.Postgres {
		d.Bytes = "BYTEA"
	}
	t, err := template.New(s.name).Option("missingkey=error").Parse(s.text)
	if err != nil {
		return "", fmt.Errorf("migrations: step %s: %w", s.name, err)
	}
	var b strings.Builder
	if err := t.Execute(&b, d); err != nil {
		return "", fmt.Errorf("migrations: step %s: %w", s.name, err)
	}
	return b.String(), nil
}
