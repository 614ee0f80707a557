package pgwire

import "strings"

// token is one piece of SQL text. Joined, the tokens of a text are the text.
type token struct {
	kind byte // ' ' space or comment, 'a' word, '"' quoted name, 's' string, '$' parameter, '0' number, or the sign itself
	text string
}

// is reports whether t is the given word, in any case.
func (t token) is(word string) bool { return t.kind == 'a' && strings.EqualFold(t.text, word) }

// name is the identifier a token stands for, "" when it stands for none.
func (t token) name() string {
	switch t.kind {
	case 'a':
		return t.text
	case '"':
		return strings.ReplaceAll(strings.Trim(t.text, `"`), `""`, `"`)
	}
	return ""
}

// tokens splits SQL so that nothing inside a string, a quoted name or a comment
// is ever taken for SQL.
func tokens(text string) []token {
	var out []token
	for text != "" {
		kind, n := nextToken(text)
		out = append(out, token{kind, text[:n]})
		text = text[n:]
	}
	return out
}

func nextToken(s string) (kind byte, n int) {
	switch c := s[0]; {
	case isSpace(c):
		return ' ', span(s, isSpace)
	case strings.HasPrefix(s, "--"):
		if i := strings.IndexByte(s, '\n'); i >= 0 {
			return ' ', i + 1
		}
		return ' ', len(s)
	case strings.HasPrefix(s, "/*"):
		return ' ', comment(s)
	case c == '\'':
		return 's', quoted(s)
	case c == '"':
		return '"', quoted(s)
	case c == '$' && len(s) > 1 && isDigit(s[1]):
		return '$', 1 + span(s[1:], isDigit)
	case isDigit(c):
		return '0', span(s, func(c byte) bool { return isDigit(c) || isLetter(c) || c == '.' })
	case isLetter(c):
		return 'a', span(s, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '$' })
	case strings.HasPrefix(s, "::"):
		return ':', 2
	default:
		return c, 1
	}
}

func isSpace(c byte) bool  { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c == '_' || c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z' }

func span(s string, of func(byte) bool) int {
	n := 0
	for n < len(s) && of(s[n]) {
		n++
	}
	return n
}

// quoted is the length of a string or name, in which a doubled quote stands for
// one. An unfinished one reaches to the end, and SQLite refuses it.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			continue
		}
		if i+1 < len(s) && s[i+1] == s[0] {
			i++
			continue
		}
		return i + 1
	}
	return len(s)
}

// comment is the length of a block comment; PostgreSQL's nest.
func comment(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}
