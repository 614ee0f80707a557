package jsonscan

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// MaxDepth is how deep a document may nest. FHIR resources stay below 20; the cap
// keeps a hostile one from costing more than its bytes.
const MaxDepth = 64

// The ways a document can be wrong. The texts never quote it.
var (
	// ErrSyntax: it is not JSON, or it ends too early.
	ErrSyntax = errors.New("it is not valid JSON")
	// ErrUTF8: it is not UTF-8, or an escape names half of a surrogate pair.
	ErrUTF8 = errors.New("it is not valid UTF-8")
	// ErrDepth: it nests deeper than MaxDepth.
	ErrDepth = errors.New("it nests too deeply")
	// ErrDuplicate: an object that was read has two members of one name, so that two
	// readers could take two different values from it.
	ErrDuplicate = errors.New("a name occurs twice in one object")
)

// Scanner walks one document. The zero Scanner has an empty document, which is an
// error; Reset gives it one. A Scanner is for one goroutine, may be reused, and must
// not be copied.
type Scanner struct {
	data []byte
	pos  int
	err  error
	// waiting is true while a value is there to be taken.
	waiting bool
	// first is true between a container's opening and its first member.
	first bool
	depth int
	// name is the member's name; seen are the names of all open objects, and level
	// says where each object's begin. Places instead of slices spare the collector.
	name  place
	seen  []place
	level [MaxDepth + 1]names
	// escaped holds the names that had escapes, decoded.
	escaped []byte
	// scratch holds the last string that had escapes.
	scratch []byte
	odd     int
}

// place is where a name stands in the document, or in escaped. Documents are smaller
// than 4 GiB.
type place struct {
	from, to uint32
	escaped  bool
}

// names are those seen in one open object: bloom has a bit for each, so that the
// list is only searched when a bit is met twice.
type names struct {
	bloom uint64
	from  int
}

// Reset begins with a new document, which must not change while it is read.
func (s *Scanner) Reset(data []byte) {
	s.data, s.pos, s.err = data, 0, nil
	s.waiting, s.first, s.depth, s.odd = true, false, 0, 0
	s.seen, s.scratch, s.escaped = s.seen[:0], s.scratch[:0], s.escaped[:0]
	if !utf8.Valid(data) {
		s.fail(ErrUTF8)
	}
}

// Err is the first thing found wrong; nil if nothing was.
func (s *Scanner) Err() error { return s.err }

// Odd counts values of another type than the one that was asked for: they were
// skipped. null counts as absent, not as odd.
func (s *Scanner) Odd() int { return s.odd }

// End finishes the document: nothing but white space may follow. It gives the
// first error of the whole walk.
func (s *Scanner) End() error {
	if s.waiting {
		s.Skip()
	}
	if s.space(); s.err == nil && (s.pos != len(s.data) || s.depth != 0) {
		s.fail(ErrSyntax)
	}
	return s.err
}

func (s *Scanner) fail(err error) {
	if s.err == nil {
		s.err = err
	}
	s.pos, s.waiting, s.first = len(s.data), false, false
}

// space moves to the next byte that is not white space and returns it, 0 at the end.
func (s *Scanner) space() byte {
	s.pos = space(s.data, s.pos)
	if s.pos < len(s.data) {
		return s.data[s.pos]
	}
	return 0
}

// Object enters the waiting value if it is an object; its members follow by Next.
// Anything else is skipped.
func (s *Scanner) Object() bool { return s.enter('{') }

// Array enters the waiting value if it is an array; its elements follow by More.
// Anything else is skipped.
func (s *Scanner) Array() bool { return s.enter('[') }

func (s *Scanner) enter(bracket byte) bool {
	if !s.waiting {
		return false
	}
	if s.space() != bracket {
		s.mismatch()
		return false
	}
	if s.depth == MaxDepth {
		s.fail(ErrDepth)
		return false
	}
	s.pos++
	s.depth++
	s.level[s.depth] = names{from: len(s.seen)}
	s.waiting, s.first = false, true
	return true
}

func (s *Scanner) leave() {
	s.pos++
	s.seen = s.seen[:s.level[s.depth].from]
	s.depth--
}

// Next moves to the next member of the object entered last and reports whether
// there is one; after the last it has left the object.
func (s *Scanner) Next() bool {
	if !s.follow('}') {
		return false
	}
	if s.space() != '"' {
		s.fail(ErrSyntax)
		return false
	}
	name, ok := s.takeName()
	if !ok || s.space() != ':' {
		s.fail(ErrSyntax)
		return false
	}
	s.pos++
	if !s.note(name) {
		s.fail(ErrDuplicate)
		return false
	}
	s.name, s.waiting = name, true
	return true
}

// Name is the name of the member Next found. Like Text it is valid until Reset.
func (s *Scanner) Name() []byte { return s.at(s.name) }

func (s *Scanner) at(p place) []byte {
	if p.escaped {
		return s.escaped[p.from:p.to:p.to]
	}
	return s.data[p.from:p.to:p.to]
}

// takeName reads the name whose opening quote is at pos.
func (s *Scanner) takeName() (place, bool) {
	from := s.pos + 1
	end, escaped := stringEnd(s.data, from)
	if end < 0 {
		return place{}, false
	}
	s.pos = end
	if !escaped {
		return place{from: uint32(from), to: uint32(end - 1)}, true
	}
	at := len(s.escaped)
	s.escaped = append(s.escaped, s.unescape(s.data[from:end-1])...)
	return place{uint32(at), uint32(len(s.escaped)), true}, s.err == nil
}

// More moves to the next element of the array entered last and reports whether
// there is one; after the last it has left the array.
func (s *Scanner) More() bool {
	if !s.follow(']') {
		return false
	}
	s.waiting = true
	return true
}

// follow steps over what separates members and reports whether another one comes.
func (s *Scanner) follow(closing byte) bool {
	if s.waiting {
		s.Skip()
	}
	c := s.space()
	switch {
	case s.err != nil:
		return false
	case c == closing:
		s.first = false
		s.leave()
		return false
	case s.first:
		s.first = false
		return true
	case c == ',':
		s.pos++
		return true
	}
	s.fail(ErrSyntax)
	return false
}

// note adds a name to those of the innermost object; false if it was there already.
func (s *Scanner) note(p place) bool {
	l := &s.level[s.depth]
	name := s.at(p)
	bit := uint64(1) << (hash(name) & 63)
	if l.bloom&bit != 0 {
		for _, n := range s.seen[l.from:] {
			if bytes.Equal(s.at(n), name) {
				return false
			}
		}
	}
	l.bloom |= bit
	s.seen = append(s.seen, p)
	return true
}

// hash mixes length, first, middle and last letters, which tells the names of one
// object apart well enough.
func hash(name []byte) uint {
	n := len(name)
	if n == 0 {
		return 0
	}
	return uint(n)*7 + uint(name[0])*31 + uint(name[n/2])*17 + uint(name[n-1])*5
}

// Find looks into the waiting object for a text member without moving on; nil if
// there is none. It costs a scan up to that member.
func (s *Scanner) Find(member string) []byte {
	pos, odd, seen := s.pos, s.odd, len(s.seen)
	waiting, depth, name := s.waiting, s.depth, s.name
	defer func() {
		if s.err != nil {
			return // fail has moved to the end of the document, and stays there
		}
		s.pos, s.odd, s.seen = pos, odd, s.seen[:seen]
		s.waiting, s.first, s.depth, s.name = waiting, false, depth, name
	}()
	if !s.Object() {
		return nil
	}
	for s.Next() {
		if string(s.Name()) == member {
			return s.Text()
		}
	}
	return nil
}
