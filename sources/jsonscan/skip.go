package jsonscan

import (
	"encoding/binary"
	"math/bits"
)

// Skip passes over the waiting value, checking its structure.
func (s *Scanner) Skip() {
	if !s.waiting {
		return
	}
	s.waiting = false
	end, err := skip(s.data, s.pos, MaxDepth-s.depth)
	if err != nil {
		s.fail(err)
		return
	}
	s.pos = end
}

// Raw passes over the waiting value and returns its bytes.
func (s *Scanner) Raw() []byte {
	s.space()
	from := s.pos
	s.Skip()
	if s.err != nil {
		return nil
	}
	return s.data[from:s.pos]
}

// Again makes the value that Raw has just passed over wait once more, to be read after
// all.
func (s *Scanner) Again(raw []byte) {
	if s.err == nil {
		s.pos -= len(raw)
		s.waiting = true
	}
}

// skip returns the index after the value that begins at or after i. It keeps the
// kinds of the open containers as bits of one word: 1 is an object.
func skip(d []byte, i, room int) (int, error) {
	var kinds uint64
	depth := 0
value:
	i = space(d, i)
	if i >= len(d) {
		return 0, ErrSyntax
	}
	switch c := d[i]; c {
	case '"':
		if i, _ = stringEnd(d, i+1); i < 0 {
			return 0, ErrSyntax
		}
	case '{', '[':
		if depth == room {
			return 0, ErrDepth
		}
		depth++
		kinds <<= 1
		if c == '{' {
			kinds |= 1
		}
		if i = space(d, i+1); i >= len(d) {
			return 0, ErrSyntax
		}
		if d[i] == c+2 { // ']' is '[' + 2 and '}' is '{' + 2
			break
		}
		if c == '{' {
			goto name
		}
		goto value
	case 't', 'f', 'n':
		if i = literalEnd(d, i); i < 0 {
			return 0, ErrSyntax
		}
	default:
		if i = numberEnd(d, i); i < 0 {
			return 0, ErrSyntax
		}
	}
after:
	if depth == 0 {
		return i, nil
	}
	if i = space(d, i); i >= len(d) {
		return 0, ErrSyntax
	}
	switch c := d[i]; {
	case c == ',':
		i++
		if kinds&1 == 1 {
			goto name
		}
		goto value
	case c == '}' && kinds&1 == 1, c == ']' && kinds&1 == 0:
		i++
		depth--
		kinds >>= 1
		goto after
	}
	return 0, ErrSyntax
name:
	if i = space(d, i); i >= len(d) || d[i] != '"' {
		return 0, ErrSyntax
	}
	if i, _ = stringEnd(d, i+1); i < 0 {
		return 0, ErrSyntax
	}
	if i = space(d, i); i >= len(d) || d[i] != ':' {
		return 0, ErrSyntax
	}
	i++
	goto value
}

// space returns the index of the first byte from i on that is not white space.
func space(d []byte, i int) int {
	if i < len(d) && d[i] > ' ' { // nearly always, in a compact document
		return i
	}
	for i < len(d) && (d[i] == ' ' || d[i] == '\n' || d[i] == '\t' || d[i] == '\r') {
		i++
	}
	return i
}

const (
	ones    = 0x0101010101010101
	highs   = 0x8080808080808080
	quotes  = ones * '"'
	slashes = ones * '\\'
	blanks  = ones * ' '
)

// stringEnd returns the index after the closing quote of the string whose content
// begins at i, and whether it has escapes; -1 if it does not end, holds a control
// character or a bad escape. It looks at eight bytes at a time: the lowest bit of
// marks is exact, whatever borrows do above it.
func stringEnd(d []byte, i int) (end int, escaped bool) {
	for {
		for i+8 <= len(d) {
			x := binary.LittleEndian.Uint64(d[i:])
			q, b := x^quotes, x^slashes
			marks := ((q-ones)&^q | (b-ones)&^b | (x-blanks)&^x) & highs
			if marks != 0 {
				i += bits.TrailingZeros64(marks) >> 3
				break
			}
			i += 8
		}
		if i >= len(d) {
			return -1, escaped
		}
		switch c := d[i]; {
		case c == '"':
			return i + 1, escaped
		case c == '\\':
			escaped = true
			if i = escapeEnd(d, i+1); i < 0 {
				return -1, escaped
			}
		case c < ' ':
			return -1, escaped
		default: // only in the last seven bytes
			i++
		}
	}
}

func escapeEnd(d []byte, i int) int {
	if i >= len(d) {
		return -1
	}
	switch d[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		if hex4(d, i+1) >= 0 {
			return i + 5
		}
	}
	return -1
}

// hex4 reads four hexadecimal digits at i; -1 if they are not there.
func hex4(d []byte, i int) rune {
	if i+4 > len(d) {
		return -1
	}
	var r rune
	for _, c := range d[i : i+4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

func literalEnd(d []byte, i int) int {
	word := "null"
	switch d[i] {
	case 't':
		word = "true"
	case 'f':
		word = "false"
	}
	if i+len(word) > len(d) || string(d[i:i+len(word)]) != word {
		return -1
	}
	return i + len(word)
}

// numberEnd returns the index after the number at i; -1 if it breaks RFC 8259 §6.
func numberEnd(d []byte, i int) int {
	if i < len(d) && d[i] == '-' {
		i++
	}
	from := i
	if i = digits(d, i); i == from || (d[from] == '0' && i > from+1) {
		return -1
	}
	if i < len(d) && d[i] == '.' {
		from = i + 1
		if i = digits(d, from); i == from {
			return -1
		}
	}
	if i < len(d) && d[i]|0x20 == 'e' {
		i++
		if i < len(d) && (d[i] == '+' || d[i] == '-') {
			i++
		}
		from = i
		if i = digits(d, i); i == from {
			return -1
		}
	}
	return i
}

func digits(d []byte, i int) int {
	for i < len(d) && d[i]-'0' <= 9 {
		i++
	}
	return i
}
