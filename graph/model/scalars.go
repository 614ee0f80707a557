package model

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// AnySection stands for the interface Section, which is only ever a type condition.
type AnySection any

// MarshalText writes a string; "" is null, because a source that does not say has not
// said "".
func MarshalText(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalText reads a string.
func UnmarshalText(v any) (string, error) { return graphql.UnmarshalString(v) }

// MarshalID writes an id; "" is null.
func MarshalID(s string) graphql.Marshaler { return MarshalText(s) }

// UnmarshalID reads an id.
func UnmarshalID(v any) (string, error) { return graphql.UnmarshalID(v) }

// MarshalInstant writes a moment as RFC 3339 in UTC; the zero time is null.
func MarshalInstant(t time.Time) graphql.Marshaler {
	if t.IsZero() {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339Nano)))
	})
}

// UnmarshalInstant reads RFC 3339.
func UnmarshalInstant(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, fmt.Errorf("a moment must be a string, not %T", v)
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("a moment must be RFC 3339, such as 2026-01-31T09:00:00Z")
	}
	return t, nil
}
