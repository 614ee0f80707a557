package audit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/mod/sumdb/tlog"
)

// look reads the witness's end; there is false if there is no witness where one should
// be. One that cannot be read just now (a disk that is away) is no reason to stay closed
// (hazard H-05): it is compared when it is back.
func (n *Notary) look() (seen tail, there bool, err error) {
	if n.path == "" {
		return tail{}, true, nil
	}
	seen, err = tailOf(n.path)
	var bad *malformedError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return tail{}, false, nil
	case errors.As(err, &bad):
		return tail{}, true, &BrokenError{Seq: seen.last + 1, What: "its place in the witness " + n.path + " is damaged"}
	case err != nil:
		n.log.Error("the audit witness cannot be read", "problem", err.Error())
	}
	return seen, true, nil
}

// witnessError is a witness that cannot be written.
type witnessError struct{ cause error }

func (e *witnessError) Error() string { return "the witness cannot be written: " + e.cause.Error() }
func (e *witnessError) Unwrap() error { return e.cause }

// tell writes leaves, those of the events after from, or a checkpoint into the witness.
// A witness that is behind is told first what it missed.
func (n *Notary) tell(ctx context.Context, from int64, leaves []tlog.Hash, signed string) error {
	if n.path == "" {
		return nil
	}
	if err := n.attend(ctx, from); err != nil {
		return err
	}
	if n.witness.last > from || n.witness.noted >= from {
		signed = "" // it has it, or is ahead of us and the checkpoint has its place no more
	}
	if err := n.witness.write(from, leaves, signed); err != nil {
		_ = n.witness.close()
		n.witness = nil // opened and mended anew
		return &witnessError{err}
	}
	return nil
}

// attend opens the witness, where it is not, and brings it up to from.
func (n *Notary) attend(ctx context.Context, from int64) error {
	if n.witness == nil {
		if err := n.meet(ctx); err != nil {
			return err
		}
	}
	for n.witness.last < from {
		behind := n.witness.last
		leaves, err := hashes{ctx, n.ledger.read}.leaves(behind, min(from, behind+sealRows))
		if err != nil {
			return err
		}
		if len(leaves) == 0 {
			return &BrokenError{Seq: behind + 1, What: "its stored hash is missing"}
		}
		if err := n.witness.write(behind, leaves, ""); err != nil {
			_ = n.witness.close()
			n.witness = nil
			return &witnessError{err}
		}
	}
	return nil
}

// meet opens the witness. It may be one that was away when the server started: it must
// not know more, or something else, than the ledger does.
func (n *Notary) meet(ctx context.Context) error {
	w, seen, err := openWitness(n.path)
	if err != nil {
		return &witnessError{err}
	}
	h := hashes{ctx, n.ledger.read}
	if seen.last > n.edge.size {
		var size int64
		if size, err = h.size(); err == nil && seen.last > size {
			err = &BrokenError{Seq: size + 1, What: fmt.Sprintf("it is gone: the witness knows %d events and the database has %d; was it rolled back?", seen.last, size)}
		}
	}
	if err == nil {
		err = n.agrees(h, seen.note)
	}
	if err != nil {
		return errors.Join(err, w.close())
	}
	n.witness = w
	return nil
}
