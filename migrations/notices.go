package migrations

import (
	"context"
	"crypto/md5" //nolint:gosec // a name, not a secret
	"encoding/hex"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// hearAgain is how long is waited before a broken connection is made anew.
	hearAgain = 500 * time.Millisecond
	// quietFor is how long nothing is heard before it is asked whether the connection still
	// stands, and answerWithin how long the answer may take.
	quietFor     = 10 * time.Second
	answerWithin = 3 * time.Second
)

// Changed is the notice that a table was changed, as the tables themselves say it (step 22).
func Changed(table string) string { return "table " + table }

// Hear calls heard with every notice of any server of this database, this one's too, until
// ctx ends. begin is called whenever it begins to hear, after a break too: what was said
// before is lost, so that whoever depends on it looks for itself. Notices make things sooner
// and carry nothing that must arrive. A file of SQLite has one server, and nobody to hear.
func (db *DB) Hear(ctx context.Context, begin func(), heard func(notice string)) {
	for ctx.Err() == nil && db.Dialect == Postgres {
		_ = db.hear(ctx, begin, heard) // whatever it was, it is tried again; who needs the database says that it is gone
		waited(ctx, hearAgain)
	}
}

func (db *DB) hear(ctx context.Context, begin func(), heard func(string)) error {
	conn, channel, err := db.own(ctx)
	if err != nil {
		return err
	}
	defer part(conn)
	if _, err := conn.Exec(ctx, `LISTEN `+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	begin()
	for {
		quiet, cancel := context.WithTimeout(ctx, quietFor)
		n, err := conn.WaitForNotification(quiet)
		cancel()
		switch {
		case err == nil:
			heard(n.Payload)
		case ctx.Err() != nil || !pgconn.Timeout(err) && !errors.Is(err, context.DeadlineExceeded):
			return err
		default:
			if err := alive(ctx, conn); err != nil {
				return err
			}
		}
	}
}

// Say sends a notice to all servers of this database, this one too; on SQLite to nobody. It has
// at most 7,999 bytes and names nobody: the database's log may have it.
func (db *DB) Say(ctx context.Context, notice string) error {
	if db.Dialect != Postgres {
		return nil
	}
	_, err := db.Write.DB.ExecContext(ctx, `SELECT pg_notify('patchwork_' || md5(current_schema()), $1)`, notice)
	return err
}

// own makes a connection beside the pools, with the name of this database's channel.
func (db *DB) own(ctx context.Context) (conn *pgx.Conn, channel string, err error) {
	if conn, err = pgx.ConnectConfig(ctx, db.postgres.Copy()); err != nil {
		return nil, "", err
	}
	var schema string
	if err := conn.QueryRow(ctx, `SELECT current_schema()`).Scan(&schema); err != nil {
		part(conn)
		return nil, "", err
	}
	sum := md5.Sum([]byte(schema)) //nolint:gosec // as above
	return conn, "patchwork_" + hex.EncodeToString(sum[:]), nil
}

// part ends a connection; a server that does not answer is not waited for.
func part(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = conn.Close(ctx)
}

// alive asks whether a connection still stands.
func alive(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	return conn.Ping(ctx)
}
