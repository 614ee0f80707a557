package jsonscan

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Text takes the waiting string; nil if the value is something else. It lies in the
// document, or if it had escapes in a buffer of the scanner: valid until Reset, so
// whoever keeps it longer copies it.
func (s *Scanner) Text() []byte {
	if !s.waiting {
		return nil
	}
	if s.space() != '"' {
		s.mismatch()
		return nil
	}
	s.waiting = false
	return s.take()
}

// Number takes the waiting number as its own digits ("7.10" stays "7.10"); nil if
// the value is something else.
func (s *Scanner) Number() []byte {
	if !s.waiting {
		return nil
	}
	if c := s.space(); c != '-' && c-'0' > 9 {
		s.mismatch()
		return nil
	}
	s.waiting = false
	from := s.pos
	end := numberEnd(s.data, from)
	if end < 0 {
		s.fail(ErrSyntax)
		return nil
	}
	s.pos = end
	return s.data[from:end]
}

// Bool takes the waiting true or false; false if the value is something else.
func (s *Scanner) Bool() bool {
	if !s.waiting {
		return false
	}
	c := s.space()
	if c != 't' && c != 'f' {
		s.mismatch()
		return false
	}
	s.Skip()
	return s.err == nil && c == 't'
}

// Peek is the first byte of the waiting value, which tells its type: { [ " t f n -
// or a digit; 0 if there is none.
func (s *Scanner) Peek() byte {
	if !s.waiting {
		return 0
	}
	return s.space()
}

// mismatch skips a value of another type than was asked for.
func (s *Scanner) mismatch() {
	if s.pos < len(s.data) && s.data[s.pos] != 'n' {
		s.odd++
	}
	s.Skip()
}

// take reads the string whose opening quote is at pos.
func (s *Scanner) take() []byte {
	from := s.pos + 1
	end, escaped := stringEnd(s.data, from)
	if end < 0 {
		s.fail(ErrSyntax)
		return nil
	}
	s.pos = end
	raw := s.data[from : end-1 : end-1]
	if !escaped {
		return raw
	}
	return s.unescape(raw)
}

// unescape decodes the escapes of raw, whose form stringEnd has checked. Each string
// gets its own place in the scratch buffer, so that all stay valid until Reset.
func (s *Scanner) unescape(raw []byte) []byte {
	if cap(s.scratch)-len(s.scratch) < len(raw) {
		s.scratch = make([]byte, 0, max(4096, 2*len(raw)))
	}
	from := len(s.scratch)
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c != '\\' {
			s.scratch = append(s.scratch, c)
			continue
		}
		i++
		switch c = raw[i]; c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r := hex4(raw, i+1)
			i += 4
			if utf16.IsSurrogate(r) {
				if i+6 >= len(raw) || raw[i+1] != '\\' || raw[i+2] != 'u' {
					s.fail(ErrUTF8)
					return nil
				}
				if r = utf16.DecodeRune(r, hex4(raw, i+3)); r == utf8.RuneError {
					s.fail(ErrUTF8)
					return nil
				}
				i += 6
			}
			s.scratch = utf8.AppendRune(s.scratch, r)
			continue
		}
		s.scratch = append(s.scratch, c)
	}
	return s.scratch[from:len(s.scratch):len(s.scratch)]
}
