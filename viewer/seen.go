package viewer

import (
	"encoding/binary"
	"errors"
	"strings"
)

// MaxSeen is of how many statements of one patient it is known that somebody saw them.
const MaxSeen = 20_000

// maxKeptParts is how many parts of a patient's record are known; a region has fewer.
const maxKeptParts = 2000

// paddedTo is what the length of what is kept is a multiple of, in bytes: how much somebody
// was shown is nobody's business either.
const paddedTo = 4096

// seen is what a user was shown of one patient: of every statement what it said, before this
// visit and in it. The zero short is that it was not shown then. A statement that is not
// there for a while, because a system does not answer or policy holds it back, was seen all
// the same.
type seen struct {
	Parts      map[short]wholeness
	Statements map[short]said
}

// wholeness is whether a part has been told in whole: in a visit before, in this one.
type wholeness struct{ Before, Now bool }

// said is what a statement said.
type said struct{ Before, Now short }

func newSeen() *seen { return &seen{Parts: map[short]wholeness{}, Statements: map[short]said{}} }

// turn begins another visit.
func (s *seen) turn() {
	for of, w := range s.Parts {
		s.Parts[of] = wholeness{Before: w.Before || w.Now}
	}
	for id, st := range s.Statements {
		if st.Now != (short{}) {
			s.Statements[id] = said{Before: st.Now}
		}
	}
}

// show adds what is shown, and gives what of it is new.
func (s *seen) show(m mac, parts []Part) Looked {
	var out Looked
	full := false
	for _, p := range parts {
		of := m.of("part", p.Of)
		w, told := s.Parts[of]
		room := told || len(s.Parts) < maxKeptParts
		for _, statement := range p.Statements {
			id, content, _ := strings.Cut(statement, ".")
			key, now := m.of("statement", p.Of, id), m.of("content", content)
			st, known := s.Statements[key]
			if known && st.Before != (short{}) && st.Before != now || st.Before == (short{}) && w.Before {
				out.Fresh = append(out.Fresh, statement)
			}
			if !known && len(s.Statements) >= MaxSeen && (full || !s.makeRoom()) {
				full, room = true, false // what is not kept cannot be told apart from what is new
				continue
			}
			s.Statements[key] = said{st.Before, now}
		}
		if !w.Before {
			out.Unknown = append(out.Unknown, p.Of)
		}
		if told || room {
			s.Parts[of] = wholeness{w.Before && room, (w.Now || p.Whole) && room}
		}
	}
	return out
}

// makeRoom forgets what was not shown in this visit; false if that is nothing.
func (s *seen) makeRoom() bool {
	n := len(s.Statements)
	for id, st := range s.Statements {
		if st.Now == (short{}) {
			delete(s.Statements, id)
		}
	}
	return len(s.Statements) < n
}

// join adds what was seen of somebody who turned out to be the same.
func (s *seen) join(other *seen) {
	for of, w := range other.Parts {
		mine := s.Parts[of]
		s.Parts[of] = wholeness{mine.Before || w.Before, mine.Now || w.Now}
	}
	for id, st := range other.Statements {
		if _, ok := s.Statements[id]; !ok && len(s.Statements) < MaxSeen {
			s.Statements[id] = st
		}
	}
}

// text is it as it is kept: how many parts and statements there are, each of them, and
// padding.
func (s *seen) text() []byte {
	out := make([]byte, 0, 8+len(s.Parts)*partSize+len(s.Statements)*statementSize+paddedTo)
	out = binary.BigEndian.AppendUint32(out, uint32(len(s.Parts)))      //nolint:gosec // bounded by maxKeptParts
	out = binary.BigEndian.AppendUint32(out, uint32(len(s.Statements))) //nolint:gosec // bounded by MaxSeen
	for of, w := range s.Parts {
		out = append(append(out, of[:]...), bit(w.Before)|bit(w.Now)<<1)
	}
	for id, st := range s.Statements {
		out = append(append(append(out, id[:]...), st.Before[:]...), st.Now[:]...)
	}
	return append(out, make([]byte, paddedTo-len(out)%paddedTo)...)
}

// The sizes of a part and a statement in bytes, as they are kept.
const (
	partSize      = len(short{}) + 1
	statementSize = 3 * len(short{})
)

func readSeen(text []byte) (*seen, error) {
	if len(text) < 8 {
		return nil, errUnreadable
	}
	parts, statements := int(binary.BigEndian.Uint32(text)), int(binary.BigEndian.Uint32(text[4:]))
	if text = text[8:]; len(text) < parts*partSize+statements*statementSize {
		return nil, errUnreadable
	}
	s := newSeen()
	for range parts {
		s.Parts[short(text[:8])] = wholeness{text[8]&1 != 0, text[8]&2 != 0}
		text = text[partSize:]
	}
	for range statements {
		s.Statements[short(text[:8])] = said{short(text[8:16]), short(text[16:24])}
		text = text[statementSize:]
	}
	return s, nil
}

var errUnreadable = errors.New("what was seen cannot be read")

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
