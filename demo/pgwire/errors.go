package pgwire

import (
	"context"
	"errors"
	"strings"
)

// sqlError is what the client is told: an SQLSTATE (PostgreSQL, appendix A) and
// a text. fatal ends the connection after it.
type sqlError struct {
	code, text string
	fatal      bool
}

func (e *sqlError) Error() string { return e.code + ": " + e.text }

// errDrop ends a connection without another word to the client.
var errDrop = errors.New("connection dropped")

func refusal(code, text string) *sqlError { return &sqlError{code: code, text: text} }

// asSQLError gives an error of SQLite the SQLSTATE PostgreSQL would give it.
func asSQLError(ctx context.Context, err error) *sqlError {
	var known *sqlError
	if errors.As(err, &known) {
		return known
	}
	text := err.Error()
	switch {
	case ctx.Err() != nil:
		return refusal("57014", "canceling statement due to user request")
	case strings.Contains(text, "no such table"):
		return refusal("42P01", text)
	case strings.Contains(text, "no such column"):
		return refusal("42703", text)
	case strings.Contains(text, "no such function"):
		return refusal("42883", text)
	case strings.Contains(text, "syntax error"), strings.Contains(text, "incomplete input"),
		strings.Contains(text, "unrecognized token"):
		return refusal("42601", text)
	case strings.Contains(text, "missing named argument"), strings.Contains(text, "missing argument"):
		return refusal("08P01", text)
	}
	return refusal("XX000", text)
}

func (o *output) fail(e *sqlError) {
	severity := "ERROR"
	if e.fatal {
		severity = "FATAL"
	}
	o.begin('E')
	for _, f := range []struct {
		kind  byte
		value string
	}{{'S', severity}, {'V', severity}, {'C', e.code}, {'M', e.text}} {
		o.byte(f.kind)
		o.string(f.value)
	}
	o.byte(0)
	o.end()
}
