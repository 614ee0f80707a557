package sqlview

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/patchworkcare/patchwork/sources"
)

const (
	// maxMessage bounds one row as it comes over the wire.
	maxMessage = 16 << 20
	// farewell is how long pgx may spend on a connection that was given up: telling
	// the server to cancel the query, and draining what is in flight. Its own bound of
	// fifteen seconds would leave goroutines behind a database that hangs.
	farewell = 200 * time.Millisecond
)

// openPostgres speaks the simple protocol, so that it works through pgbouncer too:
// no statement is prepared that another connection would not know.
func openPostgres(dsn string, maxConns int) (*sql.DB, func(), error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, nil, badDSN()
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	config.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		f := pgproto3.NewFrontend(r, w)
		f.SetMaxBodyLen(maxMessage)
		return f
	}
	var conns sync.WaitGroup
	config.DialFunc = bounded(config.DialFunc, &conns)
	db := sql.OpenDB(ordinary{stdlib.GetConnector(*config)})
	db.SetMaxOpenConns(maxConns)
	return db, conns.Wait, nil
}

// ordinary marks the contexts of ordinary connections. A dial without the mark is
// pgx's own, to cancel a query.
type ordinary struct{ driver.Connector }

type ordinaryDial struct{}

func (o ordinary) Connect(ctx context.Context) (driver.Conn, error) {
	return o.Connector.Connect(context.WithValue(ctx, ordinaryDial{}, true))
}

// bounded makes every future deadline of a connection farewell at most. pgx sets one
// only to say goodbye: while a query runs, the context's end sets a past one.
func bounded(dial pgconn.DialFunc, conns *sync.WaitGroup) pgconn.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		cancelling := ctx.Value(ordinaryDial{}) == nil
		if cancelling {
			var done context.CancelFunc
			ctx, done = context.WithTimeout(ctx, farewell)
			defer done()
		}
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		conns.Add(1)
		b := &boundedConn{Conn: c, cancelling: cancelling, closed: sync.OnceFunc(conns.Done)}
		return b, b.SetDeadline(time.Time{})
	}
}

type boundedConn struct {
	net.Conn
	cancelling bool
	closed     func()
}

// SetDeadline is the one pgx calls.
func (c *boundedConn) SetDeadline(t time.Time) error {
	latest := time.Now().Add(farewell)
	if t.IsZero() && c.cancelling || t.After(latest) {
		t = latest
	}
	return c.Conn.SetDeadline(t)
}

func (c *boundedConn) Close() error {
	defer c.closed()
	return c.Conn.Close()
}

// postgresFault sorts by SQLSTATE: the text would quote values.
func postgresFault(err error) *sources.Error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return sqlState(pg.Code)
	}
	var long *pgproto3.ExceededMaxBodyLenErr
	if errors.As(err, &long) {
		return &sources.Error{Kind: sources.Malformed, Code: "row-too-long", Reason: "It sent a row that is too long"}
	}
	return nil
}

func sqlState(code string) *sources.Error {
	e := &sources.Error{Kind: sources.Unavailable, Code: "sqlstate-" + safeCode(code), Reason: "The database reported an error"}
	switch {
	case code == "28P01":
		e.Kind, e.Reason = sources.Refused, "The database refused the password: it is wrong, or there is no such user"
	case strings.HasPrefix(code, "28"):
		e.Kind, e.Reason = sources.Refused, "The database does not let this user in: there is no such user, or its pg_hba.conf does not allow it from here"
	case code == "42501":
		e.Kind, e.Reason = sources.Refused, "The database does not let us read this"
	case code == "53300":
		e.Kind, e.Code, e.Reason = sources.Refused, "too-many-connections", "The database has too many connections"
	case code == "57014", code == "25P03", code == "55P03":
		e.Kind, e.Code, e.Reason = sources.Timeout, "query-cancelled", "The database gave up on the query"
	case strings.HasPrefix(code, "57P"):
		e.Code, e.Reason = "shutting-down", "The database is shutting down or starting"
	case strings.HasPrefix(code, "42"), code == "25006", code == "0A000":
		return badQuery()
	case strings.HasPrefix(code, "22"):
		e.Kind, e.Code, e.Reason = sources.Malformed, "bad-data", "The query does not fit the database's values"
	case code == "3D000":
		e.Kind, e.Reason = sources.Refused, "There is no database of the dsn's name on this server"
	case code == "3F000":
		e.Kind, e.Reason = sources.Refused, "There is no schema of that name in this database"
	}
	return e
}

// safeCode keeps a code from carrying anything else.
func safeCode(code string) string {
	if len(code) != 5 {
		return "unknown"
	}
	for i := range len(code) {
		if c := code[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return "unknown"
		}
	}
	return code
}
