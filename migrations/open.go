package migrations

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
)

// The dialects, as DB.Dialect names them.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// DB is Patchwork's own database. The zero DB is not usable; Open makes one.
type DB struct {
	// Write is for changes. On SQLite it is a single connection whose transactions
	// take the write lock when they begin: inside one, use only the transaction.
	Write *bun.DB
	// Read is for reading; on SQLite it refuses changes.
	Read *bun.DB
	// Dialect is SQLite or Postgres.
	Dialect string

	postgres *pgx.ConnConfig // how a connection of its own is made; nil on SQLite
}

// Open connects to the database that dsn names: "sqlite:PATH" (the file is made,
// readable by its owner only, if it is missing) or "postgres://…". A commit is on
// disk when it returns. It changes no table: Apply does. Errors are one plain
// sentence without user name or password.
func Open(ctx context.Context, dsn string) (*DB, error) {
	var db *DB
	var err error
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		db, err = openSQLite(strings.TrimPrefix(dsn, "sqlite:"))
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		db, err = openPostgres(dsn)
	default:
		return nil, errors.New(`the database must be written as "sqlite:PATH" or "postgres://USER@HOST/NAME"`)
	}
	if err != nil {
		return nil, err
	}
	for _, pool := range []*bun.DB{db.Write, db.Read} {
		if err := pool.PingContext(ctx); err != nil {
			_ = db.Close()
			return nil, fmt.Errorf("the database cannot be opened: %w", plain(err))
		}
	}
	return db, nil
}

// Close lets go of both pools. On SQLite it also folds the write-ahead log into
// the file.
func (db *DB) Close() error {
	return errors.Join(db.Read.Close(), db.Write.Close())
}
