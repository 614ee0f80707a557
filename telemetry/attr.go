package telemetry

import (
	"regexp"
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// Attr is one thing that a span says: a word or a number.
type Attr struct{ kv attribute.KeyValue }

// Number is a count.
func Number(key string, n int) Attr { return Attr{attribute.Int("patchwork."+key, n)} }

// Word is the id of a source, the name of a section, a status. Anything that is no such word is
// "other": a text that came from a caller or a system would have slipped in.
func Word(key, value string) Attr { return Attr{attribute.String("patchwork."+key, Plain(value))} }

// wordForm is that of ids and names of the configuration, the schema and the code.
var wordForm = regexp.MustCompile(`\A[A-Za-z_][A-Za-z0-9_.:-]{0,79}\z`)

// Plain is a word as it may stand in a span or a label: itself, "" for none, or "other".
func Plain(value string) string {
	if value == "" || wordForm.MatchString(value) && !numbered(value) {
		return value
	}
	return "other"
}

// numbered reports whether there are so many digits together that they may be a person's number
// or a date: 8 and more, whatever separates them.
func numbered(value string) bool {
	run := 0
	for _, c := range value {
		switch {
		case c >= '0' && c <= '9':
			if run++; run >= 8 {
				return true
			}
		case !strings.ContainsRune("-_.:", c):
			run = 0
		}
	}
	return false
}
