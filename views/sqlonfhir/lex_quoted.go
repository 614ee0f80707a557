package sqlonfhir

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// escapes are what FHIRPath's strings write behind a backslash, but for \u.
var escapes = map[byte]byte{'\'': '\'', '"': '"', '`': '`', '\\': '\\', '/': '/', 'r': '\r', 'n': '\n', 't': '\t', 'f': '\f'}

// quoted reads what stands between the quote text begins with and the next of its kind.
func quoted(text string) (string, int, error) {
	var value strings.Builder
	for at := 1; at < len(text); at++ {
		switch c := text[at]; c {
		case text[0]:
			return value.String(), at + 1, nil
		case '\\':
			at++
			if at >= len(text) {
				return "", 0, fmt.Errorf("a string without an end")
			}
			if text[at] == 'u' {
				if at+5 > len(text) {
					return "", 0, fmt.Errorf("a string without an end")
				}
				code, err := strconv.ParseUint(text[at+1:at+5], 16, 16)
				if err != nil || !utf8.ValidRune(rune(code)) {
					return "", 0, fmt.Errorf("not an escape: \\u")
				}
				value.WriteRune(rune(code))
				at += 4
				continue
			}
			escaped, ok := escapes[text[at]]
			if !ok {
				return "", 0, fmt.Errorf("not an escape: %q", text[at])
			}
			value.WriteByte(escaped)
		default:
			value.WriteByte(c)
		}
	}
	return "", 0, fmt.Errorf("a string without an end")
}
