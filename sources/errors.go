package sources

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Kind sorts what can go wrong with a source. The zero Kind is Unavailable.
type Kind uint8

// The kinds of failure.
const (
	// Unavailable: not reachable, connection lost, server error, breaker open.
	Unavailable Kind = iota
	// Timeout: no answer within the deadline.
	Timeout
	// Refused: it answered that we may not (401, 403, consent) or not now (429).
	Refused
	// Malformed: what it sent cannot be understood, is too large or goes in circles.
	Malformed
	// WrongPatient: what it sent is about somebody else.
	WrongPatient
)

// Error is why a source gave no complete answer. It never holds a name, number or
// birth date: Code and Reason are fixed texts of the connector, and Cause is only
// logged after its own text was made safe.
type Error struct {
	Kind Kind
	// Code is machine-readable: "connection-refused", "http-503", "not-json" …
	Code string
	// Reason is one plain sentence for the reader.
	Reason string
	// About names what of the system it is about, as the stanza does: a resource type, for
	// example. "" for the system as a whole. Never anything of a person.
	About string
	// Cause is for errors.Is and errors.As; its text is not shown and not logged,
	// because texts of other libraries quote URLs and values.
	Cause error
	// RetryAfter is how long the source asked to be left alone (HTTP Retry-After);
	// 0 if it did not. System honours it up to a minute.
	RetryAfter time.Duration
	// Since is when the source stopped answering; zero if not known. Connectors leave
	// it alone.
	Since time.Time

	// unasked marks an error of System's own for which the source was not asked: it
	// says nothing new about the source and is not remembered.
	unasked bool
}

// Error gives the reason and the code.
func (e *Error) Error() string { return fmt.Sprintf("%s (%s)", e.Reason, e.Code) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// String names the kind as metrics and logs do: "unavailable", "timeout",
// "refused", "malformed" or "wrong-patient".
func (k Kind) String() string {
	switch k {
	case Timeout:
		return "timeout"
	case Refused:
		return "refused"
	case Malformed:
		return "malformed"
	case WrongPatient:
		return "wrong-patient"
	}
	return "unavailable"
}

// AsError finds the *Error in err, or makes one: context errors become Timeout,
// everything else Unavailable with a text that quotes nothing.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) && e != nil {
		return e
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return &Error{Kind: Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: err}
	}
	return &Error{Kind: Unavailable, Code: "failed", Reason: "It could not be read", Cause: err}
}
