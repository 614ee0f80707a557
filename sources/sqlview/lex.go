package sqlview

import "strings"

// The kinds of token that matter here.
const (
	space = iota
	comment
	word
	quotes
	named      // :ids
	positional // $1 or ?
	semicolon
	other
	broken // text says what is wrong
)

type token struct {
	kind int
	text string
}

// lex cuts SQL into tokens, so that a colon in a text, a comment or a cast is never
// taken for a parameter. Only what the dialects differ in is told apart.
func lex(d dialect, s string) []token {
	var out []token
	for s != "" {
		t := next(d, s)
		out = append(out, t)
		if t.kind == broken {
			return out
		}
		s = s[len(t.text):]
	}
	return out
}

func next(d dialect, s string) token {
	two := s[:min(2, len(s))]
	switch c := s[0]; {
	case c <= ' ':
		return run(space, s, func(c byte) bool { return c <= ' ' })
	case two == "--" && (!d.mysql || len(s) == 2 || s[2] <= ' '), c == '#' && d.mysql:
		return run(comment, s, func(c byte) bool { return c != '\n' })
	case two == "/*":
		return blockComment(d, s)
	case c == '\'' || c == '"' || c == '`':
		return quoted(s, 0, c, d.mysql && c != '`')
	case (c == 'e' || c == 'E') && d.numbered && len(s) > 1 && s[1] == '\'':
		return quoted(s, 1, '\'', true)
	case (c == 'q' || c == 'Q') && d.oracle && len(s) > 2 && s[1] == '\'':
		return oracleText(s)
	case c == '[' && d.brackets:
		return quoted(s, 0, ']', false)
	case c == '$' && d.numbered:
		return dollar(s)
	case two == "::" || two == ":=":
		return token{other, two}
	case c == ':' && d.oracle && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
		return token{positional, s[:2]}
	case c == ':' && len(s) > 1 && letter(s[1]):
		return token{named, s[:1+len(run(word, s[1:], inWord).text)]}
	case c == '?' && !d.numbered:
		return token{positional, s[:1]}
	case (c == '@' || c == '$') && d.brackets:
		return token{positional, s[:1]}
	case letter(c):
		return run(word, s, inWord)
	case c == ';':
		return token{semicolon, s[:1]}
	}
	return token{other, s[:1]}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func inWord(c byte) bool { return letter(c) || c >= '0' && c <= '9' }

// run is the longest beginning of s whose bytes are all of one sort.
func run(kind int, s string, of func(byte) bool) token {
	n := 1
	for n < len(s) && of(s[n]) {
		n++
	}
	return token{kind, s[:n]}
}

// quoted reads to the closing mark; a doubled mark stands for itself.
func quoted(s string, open int, mark byte, backslash bool) token {
	for i := open + 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && backslash:
			i++
		case s[i] != mark:
		case i+1 < len(s) && s[i+1] == mark && mark != ']':
			i++
		default:
			return token{quotes, s[:i+1]}
		}
	}
	return token{broken, "has a quotation mark that is never closed"}
}

// blockComment reads to its end; PostgreSQL's and SQL Server's nest, and MySQL's may hold SQL that runs.
func blockComment(d dialect, s string) token {
	if d.mysql && (strings.HasPrefix(s, "/*!") || strings.HasPrefix(s, "/*M!")) {
		return token{broken, "has a comment that MySQL would run"}
	}
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch {
		case s[i:i+2] == "/*" && (depth == 0 || d.nests):
			depth++
			i++
		case s[i:i+2] == "*/":
			depth--
			i++
			if depth == 0 {
				return token{comment, s[:i+1]}
			}
		}
	}
	return token{broken, "has a comment that is never closed"}
}

// oracleText reads Oracle's q'[text]', whose marks are the writer's choice.
func oracleText(s string) token {
	mark := s[2]
	if pair := map[byte]byte{'[': ']', '{': '}', '(': ')', '<': '>'}[mark]; pair != 0 {
		mark = pair
	}
	if end := strings.Index(s[3:], string([]byte{mark, '\''})); end >= 0 {
		return token{quotes, s[:3+end+2]}
	}
	return token{broken, "has a quotation mark that is never closed"}
}

// dollar reads PostgreSQL's $tag$ text $tag$, or a positional parameter.
func dollar(s string) token {
	end := strings.IndexByte(s[1:], '$')
	if len(s) > 1 && s[1] >= '0' && s[1] <= '9' {
		return token{positional, s[:2]}
	}
	if end < 0 {
		return token{other, s[:1]}
	}
	tag := s[:end+2]
	for i := 1; i < len(tag)-1; i++ {
		if !inWord(tag[i]) {
			return token{other, s[:1]}
		}
	}
	close := strings.Index(s[len(tag):], tag)
	if close < 0 {
		return token{broken, "has a text in dollar signs that is never closed"}
	}
	return token{quotes, s[:2*len(tag)+close]}
}
