package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
)

// Target is where a database is made of a backup again.
type Target struct {
	// DSN is the database's; nothing may be in it.
	DSN string
	// Key is the ledger's key, Witness the ledger's witness, "" for none: it has to agree with
	// the backup as far as that goes.
	Key     *audit.Key
	Witness string
	// Settle does what belongs to a restored database before anybody can use it: Settle of this
	// package, and the event that says so.
	Settle func(ctx context.Context, db *migrations.DB) error
}

// NotEmptyError: there is something where a database is to be restored.
type NotEmptyError struct{ What string }

// Error says what.
func (e *NotEmptyError) Error() string {
	return e.What + ": a backup is restored into an empty database only"
}

// Restore makes the database of a backup that Read gave. On SQLite the database appears under
// its name when it is whole, verified and settled; on PostgreSQL the data come in one
// transaction, and a Restore that fails after it leaves a database to be dropped.
func Restore(ctx context.Context, folder string, m *Manifest, t Target) error {
	newest, err := migrations.Newest()
	if err != nil {
		return err
	}
	if m.Step > newest {
		return fmt.Errorf("the backup is of a newer Patchwork: its database is at step %d and this program knows %d", m.Step, newest)
	}
	file := filepath.Join(folder, m.File)
	path, sqlite := strings.CutPrefix(t.DSN, "sqlite:")
	if sqlite != (m.Dialect == migrations.SQLite) {
		return fmt.Errorf("the backup is of %s and the configured database is not", m.Dialect)
	}
	if sqlite {
		return restoreSQLite(ctx, file, path, m, t)
	}
	return restorePostgres(ctx, file, m, t)
}

func restoreSQLite(ctx context.Context, file, path string, m *Manifest, t Target) error {
	for _, name := range []string{path, path + "-wal"} {
		if info, err := os.Stat(name); err == nil && info.Size() > 0 {
			return &NotEmptyError{name + " is there"}
		}
	}
	beside, err := os.MkdirTemp(filepath.Dir(path), ".restore-*")
	if err != nil {
		return fmt.Errorf("the database cannot be made: %w", err)
	}
	defer func() { _ = os.RemoveAll(beside) }()
	made := filepath.Join(beside, sqliteFile)
	if err := copyFile(file, made); err != nil {
		return fmt.Errorf("the database cannot be made: %w", err)
	}
	db, err := migrations.Open(ctx, "sqlite:"+made)
	if err != nil {
		return err
	}
	if err := errors.Join(finish(ctx, db, m, t), db.Close()); err != nil {
		return err
	}
	if err := sync(made); err != nil {
		return err
	}
	// Link does not replace what another program has put there meanwhile.
	if info, err := os.Stat(path); err == nil && info.Size() == 0 {
		_ = os.Remove(path)
	}
	if err := os.Link(made, path); err != nil {
		return fmt.Errorf("the database cannot be given its name: %w", err)
	}
	return sync(filepath.Dir(path))
}

func copyFile(from, to string) error {
	in, err := os.Open(from) //nolint:gosec // the operator's own path
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // beside the operator's own path
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func restorePostgres(ctx context.Context, file string, m *Manifest, t Target) (err error) {
	db, err := migrations.Open(ctx, t.DSN)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tables, err := db.Tables(ctx)
	if err != nil {
		return err
	}
	if len(tables) > 0 {
		return &NotEmptyError{fmt.Sprintf("the database has %d tables", len(tables))}
	}
	var schema string
	if err := db.Write.DB.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&schema); err != nil || schema != m.Schema {
		return errors.Join(fmt.Errorf("the backup is of the schema %q: let the database have it, as the first of its search_path", m.Schema), err)
	}
	err = client(ctx, t.DSN, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password",
		"--schema="+m.Schema, "--dbname="+database(t.DSN), file)
	if err != nil {
		return err
	}
	return finish(ctx, db, m, t)
}

// database is the name of the database: pg_restore does not take it from its environment.
func database(dsn string) string {
	env, _ := migrations.ClientEnvironment(dsn) // read before
	for _, v := range env {
		if name, ok := strings.CutPrefix(v, "PGDATABASE="); ok {
			return name
		}
	}
	return ""
}

// finish holds the database against the manifest and the evidence, and settles it.
func finish(ctx context.Context, db *migrations.DB, m *Manifest, t Target) error {
	step, err := db.Step(ctx)
	if err != nil {
		return err
	}
	at, err := audit.MomentOf(ctx, db.Read.DB)
	if err != nil {
		return err
	}
	if step != m.Step || at != m.Ledger {
		return fmt.Errorf("what was restored is not the backup's moment: it ends at event %d and step %d, the backup at event %d and step %d",
			at.Events, step, m.Ledger.Events, m.Step)
	}
	if err := Agrees(ctx, db, t.Key, t.Witness); err != nil {
		return err
	}
	return t.Settle(ctx, db)
}

// Agrees verifies the ledger of a restored database, against its witness too as far as the
// ledger goes: that the witness goes further is what a restore is.
func Agrees(ctx context.Context, db *migrations.DB, key *audit.Key, witness string) error {
	report, err := audit.Verify(ctx, db.Read, audit.Evidence{Key: key})
	if err != nil {
		return err
	}
	if known, err := audit.Witnessed(witness); err != nil || known == 0 {
		return err
	}
	_, err = audit.Verify(ctx, db.Read, audit.Evidence{Key: key, Witness: witness})
	var broken *audit.BrokenError
	if errors.As(err, &broken) && broken.Seq > report.Events {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the backup and the witness %s contradict each other: %w", witness, err)
	}
	return nil
}
