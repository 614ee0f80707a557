package backup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
)

const sqliteFile = "patchwork.db"

// takeSQLite copies the database in one read transaction, which holds up no writer, takes out
// what is not to come back, and holds the copy's ledger against its hashes and signatures: a
// backup that cannot be restored is found today.
func takeSQLite(ctx context.Context, s Source, dir string, m *Manifest) (err error) {
	m.File = sqliteFile
	file := filepath.Join(dir, sqliteFile)
	if err := writeNew(file, nil); err != nil { // SQLite would make it for everybody
		return fmt.Errorf("the backup cannot be written: %w", err)
	}
	if _, err := s.DB.Write.DB.ExecContext(ctx, `VACUUM INTO $1`, file); err != nil {
		return fmt.Errorf("the database cannot be copied: %w", err)
	}
	db, err := migrations.Open(ctx, "sqlite:"+file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }() // the log is folded into the file
	if err := empty(ctx, db); err != nil {
		return err
	}
	if m.Step, err = db.Step(ctx); err != nil {
		return err
	}
	if m.Ledger, err = audit.MomentOf(ctx, db.Read.DB); err != nil {
		return err
	}
	_, err = audit.Verify(ctx, db.Read, audit.Evidence{Key: s.Key})
	return err
}

// empty takes out what is not to come back, so that not even the free pages of the file hold
// it. A table that this database does not have yet is left out.
func empty(ctx context.Context, db *migrations.DB) error {
	there, err := db.Tables(ctx)
	if err != nil {
		return err
	}
	if _, err := db.Write.DB.ExecContext(ctx, `PRAGMA secure_delete = ON`); err != nil {
		return fmt.Errorf("the backup cannot be written: %w", err)
	}
	for _, table := range there {
		if _, ends := ended[table]; !ends {
			continue
		}
		if _, err := db.Write.DB.ExecContext(ctx, `DELETE FROM `+table); err != nil { //nolint:gosec // a name of ours
			return fmt.Errorf("the backup cannot be written: %w", err)
		}
	}
	return nil
}
