package audit

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// witnessed is one record of a witness: the leaf of event seq or, with note, a signed
// checkpoint of seq events.
type witnessed struct {
	seq  int64
	leaf tlog.Hash
	note string
}

// witnessReader reads a witness record by record. The file is text, and only grows:
//
//	1 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=     a leaf: seq and hash
//	patchwork-ledger/0f3a                              a checkpoint: a signed note
//	1
//	47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
//
//	— patchwork-ledger/0f3a AbCd…
//
// A last record that was torn by a crash is no error: the file ends before it.
type witnessReader struct {
	in   *bufio.Reader
	last int64 // the seq of the last leaf
	good int64 // bytes up to the end of the last whole record
	line int   // the line being read
	from int   // the first line of the record
	pos  int64
	free bool // began in the middle: the first leaf may be any
}

// malformedError is a place in a witness that no crash explains.
type malformedError struct{ line int }

func (e *malformedError) Error() string {
	return fmt.Sprintf("the witness cannot be read from line %d on", e.line)
}

const (
	noteLines = 5
	signature = "— "
	// longestLine is more than any line we write.
	longestLine = 1024
)

func newWitnessReader(r io.Reader) *witnessReader {
	return &witnessReader{in: bufio.NewReaderSize(r, 1<<16)}
}

// next gives the next record, io.EOF where the file ends or was torn, or a
// *malformedError.
func (w *witnessReader) next() (witnessed, error) {
	w.from = w.line + 1
	first, err := w.readLine()
	if err != nil {
		return witnessed{}, err
	}
	if seq, leaf, ok := parseLeaf(first); ok {
		if seq != w.last+1 && (!w.free || seq < 1) {
			return witnessed{}, w.bad()
		}
		w.last, w.good, w.free = seq, w.pos, false
		return witnessed{seq: seq, leaf: leaf}, nil
	}
	return w.checkpoint(first)
}

func (w *witnessReader) checkpoint(first string) (witnessed, error) {
	text := first + "\n"
	for n := range noteLines - 1 {
		line, err := w.readLine()
		if err != nil {
			return witnessed{}, err
		}
		if n == noteLines-2 && !strings.HasPrefix(line, signature) {
			return witnessed{}, w.bad()
		}
		text += line + "\n"
	}
	c, err := parseCheckpoint(text)
	if err != nil || (c.Size != w.last && !w.free) {
		return witnessed{}, w.bad()
	}
	w.last, w.good, w.free = c.Size, w.pos, false
	return witnessed{seq: c.Size, note: text}, nil
}

func (w *witnessReader) bad() error { return &malformedError{line: w.from} }

// readLine gives a whole line without its end; io.EOF for one that has none.
func (w *witnessReader) readLine() (string, error) {
	w.line++
	line, err := w.in.ReadSlice('\n')
	w.pos += int64(len(line))
	switch {
	case errors.Is(err, io.EOF):
		return "", io.EOF // nothing more, or a line that was not written to its end
	case errors.Is(err, bufio.ErrBufferFull), len(line) > longestLine:
		if bytes.HasSuffix(line, []byte{0}) && w.zerosFollow() {
			return "", io.EOF
		}
		return "", w.bad()
	case err != nil:
		return "", fmt.Errorf("the witness cannot be read: %w", err)
	}
	return string(line[:len(line)-1]), nil
}

// zerosFollow says whether nothing but zero bytes follows: a power cut may leave the
// file longer than what reached the disk.
func (w *witnessReader) zerosFollow() bool {
	rest := make([]byte, 1<<12)
	for {
		n, err := w.in.Read(rest)
		if len(bytes.Trim(rest[:n], "\x00")) > 0 {
			return false
		}
		if err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

func parseLeaf(line string) (seq int64, leaf tlog.Hash, ok bool) {
	number, hash, ok := strings.Cut(line, " ")
	if !ok || len(hash) != base64.StdEncoding.EncodedLen(len(leaf)) || number == "" || number[0] < '1' || number[0] > '9' {
		return 0, leaf, false
	}
	seq, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, leaf, false
	}
	var b [33]byte
	n, err := base64.StdEncoding.Strict().Decode(b[:], []byte(hash))
	if err != nil || n != len(leaf) {
		return 0, leaf, false
	}
	return seq, tlog.Hash(b[:32]), true
}
