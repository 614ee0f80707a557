package migrations

import (
	"context"
	"errors"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// plain turns a driver's error into one sentence an operator can act on; what it
// does not know it leaves as it is. Addresses and passwords never show.
func plain(err error) error {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		if text := sqliteText(lite.Code()); text != "" {
			return &said{text, err}
		}
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if text := postgresText(pg.Code); text != "" {
			return &said{text, err}
		}
		return &said{"PostgreSQL answered with error " + pg.Code, err}
	}
	var netErr net.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &said{"it did not answer in time", err}
	case errors.As(err, &netErr):
		return &said{"the database server cannot be reached", err}
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return &said{"the database server cannot be reached", err}
	}
	return err
}

// said is a sentence for people over an error for errors.Is and errors.As.
type said struct {
	text  string
	cause error
}

func (s *said) Error() string { return s.text }
func (s *said) Unwrap() error { return s.cause }

// sqliteText explains a result code; the low byte is the primary code.
// https://sqlite.org/rescode.html
func sqliteText(code int) string {
	switch code & 0xff {
	case 5, 6:
		return "it is locked: another program is holding it"
	case 3, 8:
		return "this account may not write it"
	case 10:
		return "the disk could not be read or written"
	case 11:
		return "the file is damaged: restore it from a backup"
	case 13:
		return "the disk is full"
	case 14:
		return "the file cannot be opened: does its folder exist, and may this account write to it?"
	case 26:
		return "the file is not a database"
	}
	return ""
}

// postgresText explains an SQLSTATE. PostgreSQL manual, appendix A.
func postgresText(state string) string {
	switch state {
	case "28000", "28P01":
		return "the database server refused the user name or password"
	case "3D000":
		return "the database server has no database of this name"
	case "42501", "25006":
		return "this account may not change the tables"
	case "53100":
		return "the database server's disk is full"
	case "53300":
		return "the database server has no connection left"
	case "55P03", "40P01":
		return "it is locked: another program is holding it"
	case "57P01", "57P02", "57P03":
		return "the database server is starting or stopping"
	}
	return ""
}
