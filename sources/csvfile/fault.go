package csvfile

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"net"
	"strconv"
	"syscall"

	"github.com/patchworkcare/patchwork/sources"
)

func malformed(code, reason string) *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: reason}
}

func unavailable(code, reason string) *sources.Error {
	return &sources.Error{Kind: sources.Unavailable, Code: code, Reason: reason}
}

func truncated() *sources.Error { return malformed("truncated", "Its file was cut off") }

// missing names a file as the stanza does: a name within the location, which is no
// personal data.
func missing(name string) *sources.Error {
	return unavailable("file-missing", "Its file "+strconv.Quote(name)+" is not there")
}

// explain says what an error of reading a file of the stanza means. The error itself is
// dropped: its text may hold paths, addresses and cells.
func explain(ctx context.Context, name string, err error) error {
	var known *sources.Error
	var row *csv.ParseError
	var network net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case ctx.Err() != nil:
		return sources.AsError(ctx.Err())
	case errors.As(err, &row):
		return badRow(row)
	case errors.Is(err, fs.ErrNotExist):
		return missing(name)
	case errors.Is(err, fs.ErrPermission):
		return &sources.Error{Kind: sources.Refused, Code: "permission-denied", Reason: "Its file " + strconv.Quote(name) + " may not be read by this account"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return truncated()
	case errors.Is(err, syscall.ECONNREFUSED):
		return unavailable("connection-refused", "The connection was refused")
	case errors.As(err, &network) && network.Timeout():
		return sources.AsError(context.DeadlineExceeded)
	case compressed(err):
		return malformed("bad-compression", "Its answer could not be unpacked")
	}
	return unavailable("read-failed", "Its file could not be read to the end")
}

func compressed(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt)
}

// badRow names the line, which is no personal data, and nothing of what is in it.
func badRow(e *csv.ParseError) *sources.Error {
	at := " in line " + strconv.Itoa(e.StartLine)
	if errors.Is(e.Err, csv.ErrFieldCount) {
		return malformed("ragged-row", "Its file has too few or too many columns"+at)
	}
	return malformed("bad-quotes", "Its file has quotation marks that do not fit"+at)
}
