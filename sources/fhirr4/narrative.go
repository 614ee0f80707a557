package fhirr4

import (
	"html"
	"strings"
)

// plain returns the words of XHTML: markup is dropped, paragraphs, list items and rows
// become lines, references become the characters they stand for. The words themselves
// stay as they are ("BP &lt;140" is "BP <140"; hazard H-10). What it returns is text for
// good: whoever shows it writes it as text.
func plain(xhtml string) string {
	var b strings.Builder
	for xhtml != "" {
		at := strings.IndexByte(xhtml, '<')
		if at < 0 {
			at = len(xhtml)
		}
		word(&b, xhtml[:at])
		if at == len(xhtml) {
			break
		}
		name, length := tag(xhtml[at:])
		if length == 0 { // not markup: a character that somebody did not escape
			b.WriteByte('<')
			xhtml = xhtml[at+1:]
			continue
		}
		xhtml = xhtml[at+length:]
		switch name {
		case "script", "style": // no words of anybody's
			end := strings.Index(strings.ToLower(xhtml), "</"+name)
			if end < 0 {
				end = len(xhtml)
			}
			xhtml = xhtml[end:]
		case "p", "/p", "div", "/div", "br", "li", "tr", "ul", "ol", "/ul", "/ol", "table", "/table", "h1", "h2", "h3", "h4", "h5", "h6",
			"/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "blockquote", "pre", "dt", "dd":
			b.WriteByte('\n')
		case "td", "th":
			b.WriteByte(' ')
		}
	}
	return tidy(b.String())
}

// word writes text between tags: white space of the source is only layout.
func word(b *strings.Builder, s string) {
	if s == "" {
		return
	}
	text := strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' || c == '\t' {
			return ' '
		}
		return c
	}, s)
	b.WriteString(html.UnescapeString(text))
}

// tag returns the lower-case name of the tag at the start of s ("p", "/p") and its
// length; a length of 0 means that there is none. Comments have the name "".
func tag(s string) (name string, length int) {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return "", end + 3
		}
		return "", len(s)
	}
	i := 1
	for i < len(s) && (s[i] == '/' && i == 1 || isLetter(s[i]) || i > 1 && s[i]-'0' <= 9) {
		i++
	}
	if name = strings.ToLower(s[1:i]); name == "" || name == "/" {
		return "", 0
	}
	quote := byte(0)
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return name, i + 1
		}
	}
	return "", 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// tidy takes white space away at both ends of lines, and empty lines.
func tidy(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
