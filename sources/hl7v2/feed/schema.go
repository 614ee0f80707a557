package feed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// version is the schema's; an older program refuses a newer file.
const version = 1

// schema: times are microseconds of Unix time, which never go back. Messages are applied
// in the order of when they came, which for one that was a dead letter is not the order
// in which they were put in. A message is known by its sender and control id. find leads from what people are looked up by to local ids.
const schema = `
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE message (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	received INTEGER NOT NULL,
	sender TEXT NOT NULL,
	control TEXT NOT NULL,
	digest BLOB NOT NULL,
	kind TEXT NOT NULL,
	person TEXT NOT NULL,
	identity INTEGER NOT NULL,
	body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_once ON message (sender, control);
CREATE INDEX message_of ON message (person, received, seq);
CREATE TABLE person (id TEXT PRIMARY KEY, nhs TEXT NOT NULL, birth TEXT NOT NULL, family TEXT NOT NULL, keys INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE find (key TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (key, person)) STRICT, WITHOUT ROWID;
CREATE TABLE merge (gone TEXT PRIMARY KEY, remains TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX merge_into ON merge (remains);
CREATE TABLE dead (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	received INTEGER NOT NULL,
	last INTEGER NOT NULL,
	times INTEGER NOT NULL DEFAULT 1,
	sender TEXT NOT NULL,
	control TEXT NOT NULL,
	digest BLOB NOT NULL,
	kind TEXT NOT NULL,
	code TEXT NOT NULL,
	reason TEXT NOT NULL,
	cut INTEGER NOT NULL,
	body BLOB NOT NULL,
	replayed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX dead_once ON dead (sender, control, digest);
CREATE INDEX dead_waits ON dead (id) WHERE replayed = 0;
CREATE TABLE dead_about (person TEXT NOT NULL, dead INTEGER NOT NULL, PRIMARY KEY (person, dead)) STRICT, WITHOUT ROWID;
`

// Options are how a store is opened.
type Options struct {
	// Dir is its folder; made if it is not there.
	Dir string
	// Owner is the source whose store it is: messages of one are never read by another.
	Owner string
	// DeadLetters is how many dead letters are kept that nobody has looked after; default
	// 10,000. What comes beyond them is refused.
	DeadLetters int
	Now         func() time.Time
}

// file is the database within the folder.
const file = "feed.db"

// openDatabase opens the file for writing or reading.
func openDatabase(dir string, write bool) (*sql.DB, error) {
	pragmas := []string{"busy_timeout(10000)", "trusted_schema(0)"}
	q := url.Values{"_pragma": pragmas}
	if write {
		q["_pragma"] = append(pragmas, "journal_mode(WAL)", "synchronous(FULL)", "wal_autocheckpoint(8000)", "cache_size(-32000)")
		q.Set("_txlock", "immediate")
	} else {
		q["_pragma"] = append(pragmas, "query_only(1)")
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.Join(dir, file)}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	if write {
		db.SetMaxOpenConns(1)
	}
	return db, nil
}

// prepare makes the folder and the tables, and notes since when there is a feed.
func prepare(ctx context.Context, dir string, db *sql.DB, now time.Time) error {
	var have int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	switch {
	case have > version:
		return errors.New("the feed's store was made by a newer version of Patchwork")
	case have == version:
		return nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	// Another process may have made it meanwhile.
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil || have == version {
		return err
	}
	for _, do := range []string{schema, "PRAGMA user_version = " + strconv.Itoa(version)} {
		if _, err := tx.ExecContext(ctx, do); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO about VALUES ('since', ?)", now.UnixMicro()); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return os.Chmod(filepath.Join(dir, file), 0o600)
}

// claim makes the folder, and writes down whose it is; that of another source is refused
// (hazard H-01).
func claim(dir, owner string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the feed's folder cannot be made: %w", err)
	}
	name := filepath.Join(dir, "source")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.WriteString(owner + "\n")
		return errors.Join(err, f.Sync(), f.Close())
	}
	if !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("the feed's folder cannot be used: %w", err)
	}
	had, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("the feed's folder cannot be read: %w", err)
	}
	if text := strings.TrimSpace(string(had)); text != owner && text != "" { // it may just be being written
		return errors.New("the feed's folder is that of another source: give each its own")
	}
	return nil
}
