package claims

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bytes of a name, and of an identifier.
const (
	mostName       = 200
	mostIdentifier = 100
)

// shown makes a name fit to be shown and audited: white space is one space, and what
// cannot be seen (control, bidirectional and zero-width characters, fillers) is taken out, so
// that no two names look the same or reorder the text around them. Taken out, not refused: a
// provider's soft hyphen must not keep a nurse from her patients.
func shown(s string) string {
	if !utf8.ValidString(s) {
		return ""
	}
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case invisible(r):
			return -1
		}
		return r
	}, s)), " ")
	for len(s) > mostName {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimSpace(s)
}

// identifier is a trimmed professional identifier; "" if it is not one. Unlike a name it is
// not mended: another number would be somebody else.
func identifier(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > mostIdentifier || !utf8.ValidString(s) || strings.ContainsFunc(s, invisible) {
		return ""
	}
	return s
}

// invisible are the characters that leave no mark: not printable ones, and those that
// Unicode has nothing shown for (UAX #44, Default_Ignorable_Code_Point), with the blank of Braille.
func invisible(r rune) bool {
	return r == '\u2800' || !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

var careSettingForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// fold is the spelling by which ODS codes are compared: they are upper-case letters and
// digits. Only ASCII is folded, so that nothing but an ODS code becomes one.
func fold(ods string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, strings.TrimSpace(ods))
}
