package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxText bounds what is read of one field, in bytes: names are shorter, and what
	// somebody else's system sends is bounded here for all that follows.
	maxText = 128
	// maxValues bounds how many values of one kind are compared.
	maxValues = 8
)

// letters are those that decomposition leaves as they are and people type otherwise.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ð", "d", "þ", "th", "đ", "d", "ł", "l", "ı", "i", "ħ", "h")

// words gives the words of a text in lower case and without accents. An apostrophe joins
// (o'neil is oneil); whatever else is neither letter nor digit parts. A hyphen parts too,
// unless it is told to join.
func words(s string, hyphenJoins bool) []string {
	var out []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
	}
	for _, r := range folded(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case apostrophe(r) || hyphenJoins && hyphen(r):
		default:
			end()
		}
	}
	end()
	return out
}

// joined is a text with nothing but its letters and digits, folded.
func joined(s string) string { return strings.Join(words(s, false), "") }

// folded is a text in lower case, without accents, cut to its bound.
func folded(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	if ascii(s) {
		return strings.ToLower(s)
	}
	s = strings.ToLower(strings.ToValidUTF8(s, " "))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(letters.Replace(s)))
	return letters.Replace(s)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', 'ʻ', 'ʼ', '´', '′':
		return true
	}
	return false
}

func hyphen(r rune) bool { return unicode.Is(unicode.Pd, r) }

// digitsOf keeps the digits of a text.
func digitsOf(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
