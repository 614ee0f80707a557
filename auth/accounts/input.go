package accounts

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// InputError: what was given is not acceptable, and nothing changed. Its text is for the
// user and never repeats what was given.
type InputError struct {
	// Field is which of the inputs, such as "reason".
	Field string
	text  string
}

// Error is one plain sentence.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

// Bounds: of a reason in characters, of a name or id in bytes (an issuer and a subject).
const (
	minReason = 5
	maxReason = 500
	maxName   = 1024
)

// Reason makes a reason one line of 5 to 500 characters. An *InputError refuses what is
// shorter or longer, and characters that could make a reviewer read something else (controls,
// reversed text).
func Reason(text string) (string, error) {
	if !utf8.ValidString(text) || strings.ContainsFunc(strings.Join(strings.Fields(text), " "), misleads) {
		return "", &InputError{"reason", "The reason has control characters, or some that cannot be read: write plain text"}
	}
	text = strings.Join(strings.Fields(text), " ")
	shown := 0
	for _, r := range text {
		if unicode.IsPrint(r) { // invisible ones do not make a short text long
			shown++
		}
	}
	switch {
	case shown < minReason:
		return "", &InputError{"reason", fmt.Sprintf("The reason needs at least %d characters: say in a few words why", minReason)}
	case utf8.RuneCountInString(text) > maxReason:
		return "", &InputError{"reason", fmt.Sprintf("The reason may have %d characters at most", maxReason)}
	}
	return text, nil
}

// storable reports whether rows can have it. What is not cannot match any, and is not worth
// asking a database that refuses NUL.
func storable(name string) bool {
	return name != "" && len(name) <= maxName && utf8.ValidString(name) && !strings.ContainsFunc(name, misleads)
}

// misleads reports whether a character does something to the text around it.
func misleads(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}
