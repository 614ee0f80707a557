package lists

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// InputError: what was given is not acceptable, and nothing changed. Its text is for the
// user and never repeats what was given.
type InputError struct {
	// Field is which of the inputs, such as "title".
	Field string
	text  string
}

// Error is one plain sentence.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

// Bounds of what people may keep.
const (
	// MaxTitle and MaxDescription are in characters.
	MaxTitle       = 120
	MaxDescription = 1000
	// MaxPeople is how many people a list has at most, MaxAtOnce how many come or go at
	// a time.
	MaxPeople = 1000
	MaxAtOnce = 50
	// MaxLists is how many lists somebody owns at most that are not put away, MaxOwned
	// together with those that are.
	MaxLists = 200
	MaxOwned = 2000
	// MaxShares is of a list, MaxMembers of a team, MaxTeams of who leads them, MaxColumns
	// of a list.
	MaxShares  = 50
	MaxMembers = 100
	MaxTeams   = 50
	MaxColumns = 20
)

// Bounds of codes and names, in bytes.
const (
	maxCode = 128
	maxName = 512
)

// words makes a user's text one line and refuses what is too short or too long, and
// characters that could make a reader read something else (controls, reversed text).
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
		if unicode.IsPrint(r) && r != ' ' { // invisible ones are no title
			shown++
		}
	}
	switch {
	case shown < least:
		return "", &InputError{field, "The " + field + " is missing"}
	case utf8.RuneCountInString(text) > most:
		return "", &InputError{field, fmt.Sprintf("The %s may have %d characters at most", field, most)}
	}
	return text, nil
}

// storable reports whether an id or code is one that rows can have. What is not cannot
// match any, and is not worth asking a database that refuses NUL.
func storable(code string) bool {
	return len(code) <= maxCode && printable(code) && !strings.ContainsFunc(code, unicode.IsSpace)
}

// printable reports whether rows can have it as an issuer, subject or name, which may have
// spaces.
func printable(name string) bool {
	return name != "" && len(name) <= maxName && utf8.ValidString(name) && !strings.ContainsFunc(name, misleads)
}

// misleads reports whether a character does something to the text around it.
func misleads(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// people checks the patients of one call and leaves out those named twice.
func people(patients []string) ([]string, error) {
	if len(patients) > MaxAtOnce {
		return nil, &InputError{"patients", fmt.Sprintf("At most %d people at a time", MaxAtOnce)}
	}
	seen := make(map[string]bool, len(patients))
	var out []string
	for _, p := range patients {
		if !storable(p) {
			return nil, &InputError{"patients", "There is nobody of this id"}
		}
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, &InputError{"patients", "Say who is meant"}
	}
	return out, nil
}
