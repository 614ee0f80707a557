package disclosure

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// shownLines is how many wrong lines an error names.
const shownLines = 10

// An optOutReader reads the format: one NHS number a line, in any grouping, with or
// without a comma after it (as the national service for checking opt-outs has it); lines
// that begin with # are comments. Two comments mean something: "# none" in the first line
// says that there is really nobody, and "# count 123", anywhere, that there are so many
// lines with a number, so that a list that was cut off at the end of a line is noticed.
type optOutReader struct {
	people []uint64
	cipher blinder
	lines  int
	wrong  []string // the first numbers of wrong lines
	wrongs int
	none   bool
	count  int // as stated; -1 if not
	text   []byte
}

// readOptOuts reads a whole list of so many bytes; the hashes come back in order.
func readOptOuts(from io.Reader, size int64, cipher blinder) ([]uint64, error) {
	r := &optOutReader{cipher: cipher, count: -1, text: make([]byte, aes.BlockSize),
		people: make([]uint64, 0, size/11+1)}
	if err := r.read(io.LimitReader(from, maxOptOuts)); err != nil {
		return nil, err
	}
	return r.finish()
}

func (r *optOutReader) read(from io.Reader) error {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		r.lines++
		line := lines.Bytes()
		if r.lines == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		r.line(bytes.TrimSpace(line))
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d is too long", r.lines+1)
	}
	return lines.Err()
}

func (r *optOutReader) line(line []byte) {
	switch {
	case len(line) == 0:
	case line[0] == '#':
		r.comment(strings.Fields(strings.ToLower(string(line[1:]))))
	default:
		number, ok := numberOf(bytes.TrimSuffix(line, []byte(",")))
		if !ok {
			r.refuse()
			return
		}
		r.people = append(r.people, r.cipher.blindIn(r.text, number))
	}
}

func (r *optOutReader) comment(words []string) {
	switch {
	case len(words) == 1 && words[0] == "none" && r.lines == 1:
		r.none = true
	case len(words) == 2 && words[0] == "count":
		count, err := strconv.Atoi(words[1])
		if err != nil || count < 0 || r.count >= 0 && r.count != count {
			r.refuse()
			return
		}
		r.count = count
	}
}

func (r *optOutReader) refuse() {
	if r.wrongs++; len(r.wrong) < shownLines {
		r.wrong = append(r.wrong, strconv.Itoa(r.lines))
	}
}

// finish refuses what may not be the whole truth. One number that cannot be read is
// somebody whose choice would not be respected, so that it refuses the list.
func (r *optOutReader) finish() ([]uint64, error) {
	switch {
	case r.wrongs > 0:
		more := ""
		if r.wrongs > len(r.wrong) {
			more = " …"
		}
		return nil, fmt.Errorf("%d lines are no NHS number: %s%s", r.wrongs, strings.Join(r.wrong, ", "), more)
	case r.count >= 0 && r.count != len(r.people):
		return nil, errors.New("the list has not as many numbers as it says")
	case r.none && len(r.people) > 0:
		return nil, errors.New("the list says that there is nobody, and has numbers")
	case len(r.people) == 0 && !r.none:
		return nil, errors.New(`the list is empty; where really nobody opted out, its first line is "# none"`)
	}
	slices.Sort(r.people)
	people := slices.Compact(r.people)
	if cap(people) > len(people)+len(people)/8 {
		people = slices.Clone(people) // spelled long, or often twice: do not keep the room
	}
	return people, nil
}
