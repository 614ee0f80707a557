package er7

import (
	"bytes"
	"strings"
)

// Limits bound a message. Zero values are the defaults given with each field.
type Limits struct {
	// Bytes is how large a message may be; default 4 MiB.
	Bytes int
	// Segments is how many segments it may have; default 10,000.
	Segments int
	// Charset is what is meant where MSH-18 says nothing.
	Charset string
}

// Message is one message.
type Message struct {
	// Segments are in the order of the message; the first is MSH.
	Segments []Segment
	// Charset is the set that its bytes were in.
	Charset string

	d delimiters
}

// delimiters are as MSH-1 and MSH-2 have them; a byte of 0 is not used.
type delimiters struct {
	field, component, repetition, escape, sub byte
	charset                                   string
}

// Parse reads a message. The error is an *Error.
func Parse(raw []byte, l Limits) (*Message, error) {
	switch {
	case l.Bytes == 0 && len(raw) > defaultBytes, l.Bytes > 0 && len(raw) > l.Bytes:
		return nil, ErrTooLarge
	case wide(raw):
		return nil, ErrUTF16
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	raw = bytes.TrimLeft(raw, "\r\n \t")
	if !bytes.HasPrefix(raw, []byte("MSH")) {
		if bytes.HasPrefix(raw, []byte("FHS")) || bytes.HasPrefix(raw, []byte("BHS")) {
			return nil, ErrBatch
		}
		return nil, ErrNotHL7
	}
	d, err := delimitersOf(raw)
	if err != nil {
		return nil, err
	}
	head := Segment{line: string(firstLine(raw)), d: &d}
	text, charset, err := decode(raw, head.Field(18).First().Component(1).Text(), l.Charset)
	if err != nil {
		return nil, err
	}
	m := &Message{Charset: charset, d: d}
	m.d.charset = charset
	return m, m.split(text, or(l.Segments, defaultSegments))
}

const (
	defaultBytes    = 4 << 20
	defaultSegments = 10_000
)

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

func firstLine(raw []byte) []byte {
	if i := bytes.IndexAny(raw, "\r\n"); i >= 0 {
		return raw[:i]
	}
	return raw
}

// delimitersOf reads MSH-1 and MSH-2.
func delimitersOf(raw []byte) (d delimiters, err error) {
	if len(raw) < 5 || !delimits(raw[3]) {
		return d, ErrDelimiters
	}
	d.field = raw[3]
	encoding := firstLine(raw[4:])
	if i := bytes.IndexByte(encoding, d.field); i >= 0 {
		encoding = encoding[:i]
	}
	if len(encoding) == 0 || len(encoding) > 5 { // the fifth is the mark of truncation of v2.7
		return d, ErrDelimiters
	}
	places := []*byte{&d.component, &d.repetition, &d.escape, &d.sub}
	for i, c := range encoding {
		if !delimits(c) || c == d.field || bytes.IndexByte(encoding, c) != i {
			return d, ErrDelimiters
		}
		if i < len(places) {
			*places[i] = c
		}
	}
	return d, nil
}

// delimits reports whether a byte can be a delimiter: letters, digits, quotes and what
// text is made of cannot.
func delimits(c byte) bool {
	return c > ' ' && c < 0x7F && c != '"' && c != '.' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}

// split takes the text apart at CR, CRLF or LF. A line feed that no segment follows is
// text, which some senders leave in notes.
func (m *Message) split(text string, most int) error {
	for len(text) > 0 {
		end := m.lineEnd(text)
		line := text[:end]
		text = strings.TrimPrefix(strings.TrimPrefix(text[end:], "\r"), "\n")
		if strings.Trim(line, " \t\n") == "" {
			continue
		}
		if !m.begins(line) {
			return ErrSegment
		}
		if len(m.Segments) == most {
			return ErrSegments
		}
		m.Segments = append(m.Segments, Segment{Name: line[:3], line: line, d: &m.d})
	}
	return nil
}

// lineEnd is where the segment at the beginning of text ends.
func (m *Message) lineEnd(text string) int {
	at := 0
	for {
		i := strings.IndexAny(text[at:], "\r\n")
		if i < 0 {
			return len(text)
		}
		at += i
		rest := strings.TrimLeft(text[at:], "\n")
		if text[at] == '\r' || rest == "" || m.begins(rest) {
			return at
		}
		at++
	}
}

// begins reports whether text begins with a segment.
func (m *Message) begins(text string) bool {
	if len(text) < 3 || text[0] < 'A' || text[0] > 'Z' {
		return false
	}
	for _, c := range []byte(text[1:3]) {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return len(text) == 3 || text[3] == m.d.field || text[3] == '\r' || text[3] == '\n'
}

// First is the first segment of the name; the zero Segment, which has only absent
// fields, if there is none.
func (m *Message) First(name string) Segment {
	for _, s := range m.Segments {
		if s.Name == name {
			return s
		}
	}
	return Segment{}
}

// Header is MSH.
func (m *Message) Header() Segment { return m.First("MSH") }
