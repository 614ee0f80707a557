package migrations

import (
	"context"
	"fmt"
	"strings"
)

// At gives the step that the database is at, 0 for one that has had none, and the newest step
// that this program knows. It changes nothing: a server with another number brings the
// database up to date when it starts, or refuses it (Apply).
func At(ctx context.Context, db *DB) (at, known int, err error) {
	if known, err = Known(); err != nil {
		return 0, 0, err
	}
	err = db.Read.DB.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM schema_step`).Scan(&at)
	switch {
	case err == nil:
		return at, known, nil
	case missingTable(err):
		return 0, known, nil
	}
	return 0, known, fmt.Errorf("the database's version cannot be read: %w", plain(err))
}

// Known is the newest step that this program knows.
func Known() (int, error) {
	steps, err := load(stepFiles)
	return len(steps), err
}

// missingTable reports whether a statement failed because there is no such table.
func missingTable(err error) bool {
	return strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "42P01")
}
