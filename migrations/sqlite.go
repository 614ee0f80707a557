package migrations

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
)

// synchronous=FULL: NORMAL survives a killed process but loses acknowledged commits
// in a power cut. _txlock=immediate: without it a transaction that reads and then
// writes fails when another one wrote in between.
const sqliteSettings = "_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=on&_timezone=UTC"

func openSQLite(path string) (*DB, error) {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return nil, errors.New(`the database needs a file: write "sqlite:PATH"`)
	}
	if err := touch(path); err != nil {
		return nil, err
	}
	uri := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + sqliteSettings
	write, err := openPrepared(uri)
	if err != nil {
		return nil, err
	}
	read, err := openPrepared(uri + "&_query_only=on")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	write.SetMaxOpenConns(1)
	write.SetMaxIdleConns(1)
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &DB{
		Write:   bun.NewDB(write, sqlitedialect.New()),
		Read:    bun.NewDB(read, sqlitedialect.New()),
		Dialect: SQLite,
	}, nil
}

func openPrepared(uri string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(uri)
	if err != nil {
		return nil, fmt.Errorf("the database cannot be opened: %w", plain(err))
	}
	return sql.OpenDB(prepared{c}), nil
}

// touch makes the file if it is missing, for its owner only, and finds out early
// and in plain words that it cannot be written.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the operator's configuration
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the database %s cannot be made: its folder does not exist", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the database %s cannot be opened: this account may not read and write it", path)
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("the database %s cannot be opened: %w", path, err)
}
