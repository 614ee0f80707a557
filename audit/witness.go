package audit

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// tailBytes is how much of a witness a start looks at: enough for the last checkpoint,
// so that a long history does not delay it.
const tailBytes = 1 << 20

// witness is the file outside the database that is told every leaf and checkpoint. Only
// one process writes it.
type witness struct {
	file  *os.File
	size  int64 // bytes; what is after them was not written whole
	last  int64 // the last event in it
	noted int64 // the last checkpoint's size; 0 if none is near the end
}

// tail is where a witness ends.
type tail struct {
	last int64  // the last event in it; 0 if there is none
	note string // the last checkpoint; "" if none is near the end
	size int64  // bytes of whole records
}

// openWitness opens the file to go on writing, makes it if it is missing, and mends an
// end that a crash tore.
func openWitness(path string) (*witness, tail, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the operator's configuration
	if err != nil {
		return nil, tail{}, err
	}
	w := &witness{file: f}
	t, err := w.begin()
	if err != nil {
		return nil, tail{}, errors.Join(err, f.Close())
	}
	return w, t, nil
}

func (w *witness) begin() (tail, error) {
	if err := lock(w.file); err != nil {
		return tail{}, fmt.Errorf("another process is writing it: %w", err)
	}
	t, err := readTail(w.file)
	if err != nil {
		return tail{}, err
	}
	w.size, w.last = t.size, t.last
	if t.note != "" {
		c, err := parseCheckpoint(t.note)
		if err != nil {
			return tail{}, err
		}
		w.noted = c.Size
	}
	return t, w.file.Truncate(t.size)
}

// tailOf reads the end of a witness without changing it.
func tailOf(path string) (tail, error) {
	f, err := os.Open(path) //nolint:gosec // the operator's configuration
	if err != nil {
		return tail{}, err
	}
	defer func() { _ = f.Close() }()
	return readTail(f)
}

func readTail(f *os.File) (tail, error) {
	info, err := f.Stat()
	if err != nil {
		return tail{}, err
	}
	from := max(0, info.Size()-tailBytes)
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		return tail{}, err
	}
	r := newWitnessReader(f)
	r.pos, r.good = from, from
	if from > 0 {
		if err := r.align(); err != nil {
			return tail{}, err
		}
	}
	t := tail{}
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			t.last, t.size = r.last, r.good
			return t, nil
		}
		if err != nil {
			return tail{last: r.last}, err
		}
		if rec.note != "" {
			t.note = rec.note
		}
	}
}

// align steps over the rest of the record that the reader began in.
func (w *witnessReader) align() error {
	w.free = true
	if _, err := w.readLine(); err != nil {
		return err
	}
	for range noteLines {
		peek, _ := w.in.Peek(longestLine)
		line, _, _ := bytes.Cut(peek, []byte("\n"))
		if _, _, ok := parseLeaf(string(line)); ok {
			break
		}
		done := bytes.HasPrefix(line, []byte(signature))
		if _, err := w.readLine(); err != nil {
			return err
		}
		if done {
			break
		}
	}
	w.good = w.pos
	return nil
}

// write appends leaves, the first of event from+1, and a checkpoint if there is one, and
// returns when they are on disk. Leaves that it has are left out. After an error the
// next write begins where the last whole one ended.
func (w *witness) write(from int64, leaves []tlog.Hash, note string) error {
	var b []byte
	for i := range leaves {
		if seq := from + 1 + int64(i); seq > w.last {
			b = strconv.AppendInt(b, seq, 10)
			b = append(b, ' ')
			b = base64.StdEncoding.AppendEncode(b, leaves[i][:])
			b = append(b, '\n')
		}
	}
	b = append(b, note...)
	if len(b) == 0 {
		return nil
	}
	if _, err := w.file.WriteAt(b, w.size); err != nil {
		return errors.Join(err, w.file.Truncate(w.size))
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	w.size += int64(len(b))
	w.last = max(w.last, from+int64(len(leaves)))
	if note != "" {
		w.noted = w.last
	}
	return nil
}

func (w *witness) close() error { return w.file.Close() }
