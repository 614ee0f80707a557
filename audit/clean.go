package audit

import (
	"strings"
	"unicode/utf8"
)

// clean makes a searched column storable on both databases: valid UTF-8 without
// NUL. JSON escapes do the same for the body. What it changes is replaced, not cut,
// so that two different values do not become one unseen.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return s
}
