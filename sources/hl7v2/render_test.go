package hl7v2

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// render is the whole record of a person as text, without when it was received.
func render(t testing.TB, s *source, id string) string {
	t.Helper()
	var b strings.Builder
	for _, section := range offered() {
		r := read(t, s, section, id)
		r.AsOf = noon()
		b.WriteString(section.Name() + " " + sourcetest.Render(r))
	}
	return b.String()
}

func one[T record.Entry](t testing.TB, r sources.Result) T {
	t.Helper()
	if r.Err != nil || len(r.Entries) != 1 {
		t.Fatalf("%s", sourcetest.Render(r))
	}
	return r.Entries[0].(T)
}
