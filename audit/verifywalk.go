package audit

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// witnessWalk steps through a witness beside the events. The zero walk knows nothing.
type witnessWalk struct {
	file  *os.File
	in    *witnessReader
	next  *witnessed // read and not yet used
	known int64      // leaves
}

// openWitnessWalk opens the file up to the length it has now; "" gives the zero walk.
func openWitnessWalk(path string) (*witnessWalk, error) {
	if path == "" {
		return &witnessWalk{}, nil
	}
	f, err := os.Open(path) //nolint:gosec // the operator's configuration
	if err != nil {
		return &witnessWalk{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return &witnessWalk{}, errors.Join(err, f.Close())
	}
	return &witnessWalk{file: f, in: newWitnessReader(io.LimitReader(f, info.Size()))}, nil
}

// peek gives the next record; nil at the end.
func (w *witnessWalk) peek() (*witnessed, error) {
	if w.in == nil || w.next != nil {
		return w.next, nil
	}
	rec, err := w.in.next()
	var bad *malformedError
	switch {
	case errors.Is(err, io.EOF):
		w.in = nil
		return nil, nil
	case errors.As(err, &bad):
		return nil, &BrokenError{Seq: w.in.last + 1, What: "its place in the witness is damaged: " + bad.Error()}
	case err != nil:
		return nil, err
	}
	if w.next = &rec; rec.note == "" {
		w.known = rec.seq
	}
	return w.next, nil
}

// leaf compares the leaf of an event, if the witness has come so far.
func (w *witnessWalk) leaf(seq int64, leaf tlog.Hash) error {
	rec, err := w.peek()
	if err != nil || rec == nil || rec.note != "" || rec.seq != seq {
		return err
	}
	if w.next = nil; rec.leaf != leaf {
		return &BrokenError{Seq: seq, What: "it is not what the witness saw"}
	}
	return nil
}

// checkpoint gives the next note of this size; "" if there is none.
func (w *witnessWalk) checkpoint(size int64) (string, error) {
	rec, err := w.peek()
	if err != nil || rec == nil || rec.note == "" || rec.seq != size {
		return "", err
	}
	w.next = nil
	return rec.note, nil
}

// more is the event of what the witness has left; 0 if nothing.
func (w *witnessWalk) more() (int64, error) {
	rec, err := w.peek()
	if err != nil || rec == nil {
		return 0, err
	}
	return rec.seq, nil
}

func (w *witnessWalk) close() {
	if w.file != nil {
		_ = w.file.Close()
	}
}

// noteWalk steps through the checkpoints of the database by size.
type noteWalk struct {
	ctx   context.Context
	db    *sql.DB
	after int64
	page  []storedNote
	ended bool
}

type storedNote struct {
	size int64
	note string
}

// peek gives the next note; nil at the end.
func (w *noteWalk) peek() (*storedNote, error) {
	if len(w.page) == 0 && !w.ended {
		if err := w.load(); err != nil {
			return nil, err
		}
	}
	if len(w.page) == 0 {
		return nil, nil
	}
	return &w.page[0], nil
}

func (w *noteWalk) take() { w.page = w.page[1:] }

func (w *noteWalk) load() error {
	rows, err := w.db.QueryContext(w.ctx, `SELECT size, note FROM audit_checkpoint WHERE size > $1 ORDER BY size LIMIT 1000`, w.after)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n storedNote
		if err := rows.Scan(&n.size, &n.note); err != nil {
			return err
		}
		w.after, w.page = n.size, append(w.page, n)
	}
	w.ended = len(w.page) == 0
	return rows.Err()
}

// parseSigned reads a note and, with a key, checks its signature.
func parseSigned(k *Key, signed string) (Checkpoint, error) {
	if k != nil {
		return k.open(signed)
	}
	text, _, ok := strings.Cut(signed, "\n\n")
	if !ok {
		return Checkpoint{}, &note.UnverifiedNoteError{}
	}
	return parseCheckpoint(text + "\n")
}
