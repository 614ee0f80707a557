package sqlonfhir

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenQuoted // a name in backquotes, which is never a keyword
	tokenString
	tokenNumber
	tokenDate
	tokenVariable
	tokenSign
)

type token struct {
	kind tokenKind
	text string
	at   int
}

// signs are the operators that are not words; the longer ones first.
var signs = []string{"<=", ">=", "!=", "!~", ".", "(", ")", "[", "]", "{", "}", ",", "+", "-", "*", "/", "&", "|", "=", "~", "<", ">"}

// lex cuts an expression into tokens.
func lex(text string) ([]token, error) {
	if len(text) > maxExpression {
		return nil, fmt.Errorf("the expression is longer than %d bytes", maxExpression)
	}
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("the expression is not UTF-8")
	}
	var tokens []token
	for at := 0; at < len(text); {
		if strings.IndexByte(" \t\r\n", text[at]) >= 0 {
			at++
			continue
		}
		t, length, err := lexOne(text[at:])
		if err != nil {
			return nil, fmt.Errorf("%w (at %d)", err, at)
		}
		t.at = at
		tokens = append(tokens, t)
		at += length
	}
	return append(tokens, token{kind: tokenEnd, at: len(text)}), nil
}

func lexOne(text string) (token, int, error) {
	switch c := text[0]; {
	case isLetter(c):
		n := run(text, isWord)
		return token{kind: tokenName, text: text[:n]}, n, nil
	case c == '$':
		n := 1 + run(text[1:], isWord)
		return token{kind: tokenName, text: text[:n]}, n, nil
	case isDigit(c):
		n := run(text, isDigit)
		if n+1 < len(text) && text[n] == '.' && isDigit(text[n+1]) {
			n += 1 + run(text[n+1:], isDigit)
		}
		return token{kind: tokenNumber, text: text[:n]}, n, nil
	case c == '\'':
		value, n, err := quoted(text)
		return token{kind: tokenString, text: value}, n, err
	case c == '`':
		value, n, err := quoted(text)
		return token{kind: tokenQuoted, text: value}, n, err
	case c == '%':
		return lexVariable(text)
	case c == '@':
		n := 1 + run(text[1:], isDateByte)
		if _, ok := parseTemporal(strings.TrimPrefix(text[1:n], "T")); !ok {
			return token{}, 0, fmt.Errorf("not a date or time")
		}
		return token{kind: tokenDate, text: text[1:n]}, n, nil
	}
	for _, sign := range signs {
		if strings.HasPrefix(text, sign) {
			return token{kind: tokenSign, text: sign}, len(sign), nil
		}
	}
	r, _ := utf8.DecodeRuneInString(text)
	return token{}, 0, fmt.Errorf("unexpected %q", r)
}

func lexVariable(text string) (token, int, error) {
	if len(text) > 1 && (text[1] == '`' || text[1] == '\'') {
		value, n, err := quoted(text[1:])
		return token{kind: tokenVariable, text: value}, n + 1, err
	}
	n := 1 + run(text[1:], isWord)
	if n == 1 {
		return token{}, 0, fmt.Errorf("%% without a name")
	}
	return token{kind: tokenVariable, text: text[1:n]}, n, nil
}

func run(text string, is func(byte) bool) int {
	n := 0
	for n < len(text) && is(text[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isWord(c byte) bool   { return isLetter(c) || isDigit(c) }

func isDateByte(c byte) bool {
	return isDigit(c) || c == '-' || c == ':' || c == '.' || c == '+' || c == 'T' || c == 'Z'
}
