package views

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// short is as much of a digest as is kept: of one person's rows 64 bits tell any apart.
type short [8]byte

// digester makes digests that only this database's servers can make, for one schedule.
type digester struct{ key []byte }

func (s *Store) digester(schedule string) (digester, error) {
	key, err := hkdf.Key(sha256.New, s.root(), nil, "patchwork views: digests\x00"+schedule, sha256.Size)
	return digester{key}, err
}

// root is the secret that digests follow from.
func (s *Store) root() []byte {
	if s.Root == nil {
		return s.secret
	}
	return s.Root
}

// of is the digest of some texts; which is which is told apart by their lengths.
func (d digester) of(texts ...string) (out short) {
	h := hmac.New(sha256.New, d.key)
	var length [8]byte
	for _, t := range texts {
		binary.BigEndian.PutUint64(length[:], uint64(len(t)))
		h.Write(length[:])
		h.Write([]byte(t))
	}
	copy(out[:], h.Sum(nil))
	return out
}

// standing is what is known of one person's rows, in digests: as every source that has told all
// it holds told it last. The zero short stands for what has never been told.
type standing struct {
	// Told are the sources that have told all they hold; told[short{}] is all of them together.
	Told map[short]bool
	// Parts are what a row has besides its entry, by section.
	Parts map[short]part
	Rows  map[short]mark
}

// part is what a section came to, and which sources had told of it.
type part struct{ Content, Sources short }

// mark is a row: which source holds it, what it says, and since when (microseconds UTC; 0 if it
// was there when the schedule began, or that is not known).
type mark struct {
	Origin, Content short
	Since           int64
}

func newStanding() *standing {
	return &standing{Told: map[short]bool{}, Parts: map[short]part{}, Rows: map[short]mark{}}
}

// writeStandings is how a page of people is kept.
func writeStandings(people map[short]*standing) []byte {
	var out []byte
	size := func(n int) { out = binary.AppendUvarint(out, uint64(n)) } //nolint:gosec // a length
	size(len(people))
	for who, st := range people {
		out = append(out, who[:]...)
		size(len(st.Told))
		for source := range st.Told {
			out = append(out, source[:]...)
		}
		size(len(st.Parts))
		for of, p := range st.Parts {
			out = append(append(append(out, of[:]...), p.Content[:]...), p.Sources[:]...)
		}
		size(len(st.Rows))
		for key, m := range st.Rows {
			out = append(append(append(out, key[:]...), m.Origin[:]...), m.Content[:]...)
			out = binary.BigEndian.AppendUint64(out, uint64(m.Since)) //nolint:gosec // a time, and back
		}
	}
	return out
}

var errDigests = errors.New("views: the digests of a schedule cannot be read")

// readStandings reads a page into all; what is no page is an error, and never a panic.
func readStandings(text []byte, all map[short]*standing) error {
	bad := false
	size := func(each int) int {
		n, used := binary.Uvarint(text)
		if bad = bad || used <= 0 || n > uint64(len(text))/uint64(each); bad { //nolint:gosec // lengths
			return 0
		}
		text = text[used:]
		return int(n) //nolint:gosec // bounded by the text
	}
	take := func() (out short) {
		if bad = bad || len(text) < len(out); !bad {
			out, text = short(text), text[len(out):]
		}
		return out
	}
	for range size(8) {
		who, st := take(), newStanding()
		for range size(8) {
			st.Told[take()] = true
		}
		for range size(24) {
			of := take()
			st.Parts[of] = part{take(), take()}
		}
		for range size(32) {
			key := take()
			m := mark{Origin: take(), Content: take()}
			since := take()
			m.Since = int64(binary.BigEndian.Uint64(since[:])) //nolint:gosec // as it was written
			st.Rows[key] = m
		}
		all[who] = st
	}
	if bad || len(text) > 0 {
		return errDigests
	}
	return nil
}
