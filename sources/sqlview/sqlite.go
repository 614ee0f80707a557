package sqlview

import (
	"database/sql"
	"errors"
	"net/url"
	"strconv"

	"modernc.org/sqlite" // registers the driver under the name "sqlite"

	"github.com/patchworkcare/patchwork/sources"
)

// openSQLite opens the file read-only; it is never made if it is not there.
func openSQLite(path string, maxConns int) (*sql.DB, func(), error) {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: url.Values{
		"mode": {"ro"}, "_pragma": {"query_only(1)", "busy_timeout(1000)", "trusted_schema(0)"},
	}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, nil, badDSN()
	}
	db.SetMaxOpenConns(maxConns)
	return db, func() {}, nil
}

// sqliteFault sorts by result code (https://www.sqlite.org/rescode.html).
func sqliteFault(err error) *sources.Error {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return nil
	}
	code := lite.Code() & 0xff
	e := &sources.Error{Kind: sources.Unavailable, Code: "sqlite-" + strconv.Itoa(code), Reason: "The database reported an error"}
	switch code {
	case 1, 8, 21, 25: // error, readonly, misuse, range
		return badQuery()
	case 3, 23: // perm, auth
		e.Kind, e.Reason = sources.Refused, "The database does not let us read this"
	case 5, 6: // busy, locked
		e.Code, e.Reason = "locked", "The database is locked"
	case 9: // interrupt
		e.Kind, e.Code, e.Reason = sources.Timeout, "timeout", "It did not answer in time"
	case 11, 26: // corrupt, notadb
		e.Kind, e.Code, e.Reason = sources.Malformed, "not-a-database", "Its file is no database, or damaged"
	case 14: // cantopen
		e.Code, e.Reason = "file-missing", "Its file cannot be opened"
	}
	return e
}
