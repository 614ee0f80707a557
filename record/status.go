package record

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Status says what one source answered for one section of one person: the
// completeness contract. The zero value is UNKNOWN, which counts as not answered.
type Status string

// The statuses of the completeness contract.
const (
	// Answered: it answered and had entries.
	Answered Status = "ANSWERED"
	// AssertedNone: it holds a clinician's statement that there are none.
	AssertedNone Status = "ASSERTED_NONE"
	// Empty: it answered and had nothing recorded.
	Empty Status = "EMPTY"
	// Pending: asked, still within its own deadline.
	Pending Status = "PENDING"
	// TimedOut: no answer within the source's own deadline.
	TimedOut Status = "TIMED_OUT"
	// Unavailable: refused, error, malformed answer or breaker open.
	Unavailable Status = "UNAVAILABLE"
	// Partial: it answered, and said or we know that something is missing.
	Partial Status = "PARTIAL"
	// Withheld: policy, the patient's objection or the source holds it back.
	Withheld Status = "WITHHELD"
	// Mismatched: what came back was about another person; dropped and alerted.
	Mismatched Status = "MISMATCHED"
	// NotRegistered: the person is not known there.
	NotRegistered Status = "NOT_REGISTERED"
	// NotOffered: the source does not offer this section.
	NotOffered Status = "NOT_OFFERED"
	// Unknown is the name of the zero Status on the wire.
	Unknown Status = "UNKNOWN"
)

// Complete reports whether a source with this status has told everything it
// holds, so that its silence may count towards "none". A source where the person
// is not registered, or that does not offer the section, has nothing to tell.
func (s Status) Complete() bool {
	switch s {
	case Answered, AssertedNone, Empty, NotRegistered, NotOffered:
		return true
	}
	return false
}

// MarshalGQL writes the status as a GraphQL enum value; the zero value is UNKNOWN.
func (s Status) MarshalGQL(w io.Writer) {
	if s == "" {
		s = Unknown
	}
	marshalEnum(w, string(s))
}

// UnmarshalGQL reads a GraphQL enum value.
func (s *Status) UnmarshalGQL(v any) error { return unmarshalEnum((*string)(s), v) }

func marshalEnum(w io.Writer, s string) { _, _ = io.WriteString(w, strconv.Quote(s)) }

func unmarshalEnum(to *string, v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("an enum value must be a name, not %T", v)
	}
	if s == "" {
		return errors.New("an enum value must not be empty")
	}
	*to = s
	return nil
}
