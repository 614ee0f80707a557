package relationship

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
)

// InputError: what was given is not acceptable, and nothing changed. Its text is for
// the user and never repeats what was given.
type InputError struct {
	// Field is which of the inputs, such as "reason".
	Field string
	text  string
}

// Error is one plain sentence.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

// Bounds of texts, in characters, and of codes and names, in bytes.
const (
	minClaim    = 10
	minBreak    = 20
	maxText     = 500
	maxEvidence = 200
	maxCode     = 128
	maxName     = 512
)

// words makes a user's text one line and refuses what is too short or too long, and
// characters that could make the reviewer read something else (controls, reversed
// text). Line breaks become spaces: nobody is turned away in an emergency for a line
// break (hazard H-05).
func words(field, text string, least, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", &InputError{field, "The " + field + " has characters that cannot be read"}
	}
	text = strings.Join(strings.Fields(text), " ")
	shown := 0
	for _, r := range text {
		if misleads(r) {
			return "", &InputError{field, "The " + field + " has control characters: write plain text"}
		}
		if unicode.IsPrint(r) { // invisible ones do not make a short text long
			shown++
		}
	}
	switch {
	case shown < least:
		return "", &InputError{field, fmt.Sprintf("The %s needs at least %d characters: say in a few words why", field, least)}
	case utf8.RuneCountInString(text) > most:
		return "", &InputError{field, fmt.Sprintf("The %s may have %d characters at most", field, most)}
	}
	return text, nil
}

// checkCode refuses an id or code that is missing (unless it may be), too long, or has
// spaces or characters that do not show.
func checkCode(field, code string, optional bool) error {
	switch {
	case code == "" && optional:
		return nil
	case code == "":
		return &InputError{field, "The " + field + " is missing"}
	case !storable(code):
		return &InputError{field, "The " + field + " is not one that can be"}
	}
	return nil
}

// storable reports whether an id or code is one that rows can have. What is not cannot
// match any, and is not worth asking a database that refuses NUL.
func storable(code string) bool {
	return len(code) <= maxCode && printable(code) && !strings.ContainsFunc(code, unicode.IsSpace)
}

// printable reports whether rows can have it as an issuer or subject, which may have
// spaces (LDAP names do).
func printable(name string) bool {
	return name != "" && len(name) <= maxName && utf8.ValidString(name) && !strings.ContainsFunc(name, misleads)
}

// misleads reports whether a character does something to the text around it.
func misleads(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// checkSection refuses a section that is no heading of the record; "" is every one.
func checkSection(name string) error {
	if name == "" {
		return nil
	}
	if _, ok := record.SectionNamed(name); !ok {
		return &InputError{"section", "There is no section of this name"}
	}
	return nil
}
