package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"time"

	"github.com/uptrace/bun"
	"golang.org/x/mod/sumdb/tlog"
)

// BrokenError says where the ledger is not what was written: at event Seq, the first one
// that differs.
type BrokenError struct {
	Seq int64
	// What is wrong with it: half a sentence that begins with "it" or "its".
	What string
}

// Error names the position.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("the audit ledger is broken at event %d: %s", e.Seq, e.What)
}

// Evidence is what a ledger is held against besides its own hashes. The zero Evidence
// is the database alone: it finds what was changed by somebody who did not also rewrite
// the hashes.
type Evidence struct {
	// Key checks the signatures; without one, checkpoints are compared unsigned.
	Key *Key
	// Witness is the file of the witness, or a copy of it; "" is none.
	Witness string
	// Behind says that the database is a copy of an earlier moment: checkpoints that only the
	// witness has are held against the tree, and do not count as gone if they are newer than all
	// that it has.
	Behind bool
}

// Report is what a verification saw.
type Report struct {
	// Events is how many events there are; Last is the time of the last one.
	Events int64
	Last   time.Time
	// Checkpoints is how many signed notes there are in the database, Sealed the number
	// of events that the newest one of the evidence stands for. What is after it is
	// chained, and will be sealed.
	Checkpoints int
	Sealed      int64
	// Witnessed is how many events the witness knows, WitnessCheckpoints how many notes.
	Witnessed          int64
	WitnessCheckpoints int
}

// Verify walks the whole ledger against itself: see the function Verify. It gives the
// number of events.
func (l *Ledger) Verify(ctx context.Context) (events int64, err error) {
	r, err := verify(ctx, l.read, Evidence{})
	return r.Events, err
}

// Verify walks the whole ledger and holds it against the evidence: seq has no gap, each
// event carries the hash of the one before, its leaf is the one that was stored and
// witnessed, every signed checkpoint is the tree's at its size, and nothing that was
// stored, signed or witnessed is missing. The first difference is a *BrokenError; other
// errors are of reading. It may run while servers write.
func Verify(ctx context.Context, db *bun.DB, e Evidence) (Report, error) {
	return verify(ctx, db.DB, e)
}

func verify(ctx context.Context, db *sql.DB, e Evidence) (Report, error) {
	// What is read first is the smaller: the witness, then notes, hashes and events. So
	// a server that writes meanwhile cannot look like a truncation.
	v := &verification{ctx: ctx, db: db, key: e.Key, behind: e.Behind}
	if err := v.openWitness(e.Witness); err != nil {
		return v.report, err
	}
	defer v.witness.close()
	if err := v.bounds(); err != nil {
		return v.report, err
	}
	for after := int64(math.MinInt64); ; {
		rows, err := v.page(after)
		if err != nil {
			return v.report, fmt.Errorf("reading the audit ledger: %w", err)
		}
		if len(rows) == 0 {
			return v.report, v.end()
		}
		for i := range rows {
			if err := v.event(&rows[i]); err != nil {
				return v.report, err
			}
		}
		after = v.report.Events
	}
}

// verification is one walk.
type verification struct {
	ctx     context.Context
	db      *sql.DB
	key     *Key
	behind  bool
	witness *witnessWalk
	notes   noteWalk
	edge    edge
	want    [32]byte // the chain's hash so far
	hashed  int64    // events that must have stored hashes
	noted   int64    // the newest checkpoint in the database
	proven  int64    // the last checkpoint that was right
	report  Report
}

func (v *verification) openWitness(path string) (err error) {
	v.witness, err = openWitnessWalk(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	v.witness = &witnessWalk{}
	if size, _, err := newestCheckpoint(v.ctx, v.db); err != nil || size == 0 {
		return err // nothing was ever sealed
	}
	return fmt.Errorf("the audit witness %s is not there", path)
}

func (v *verification) bounds() (err error) {
	v.notes = noteWalk{ctx: v.ctx, db: v.db, after: math.MinInt64}
	if v.noted, _, err = newestCheckpoint(v.ctx, v.db); err != nil {
		return err
	}
	if v.hashed, err = (hashes{v.ctx, v.db}).size(); err != nil {
		return fmt.Errorf("the audit hashes cannot be read: %w", err)
	}
	return nil
}

// hashedRow is an event with the hashes stored for it; nil if there are none yet.
type hashedRow struct {
	row
	hashes []byte
}

func (v *verification) page(after int64) (out []hashedRow, err error) {
	rows, err := v.db.QueryContext(v.ctx, `SELECT e.seq, e.at, e.patient, e.subject, e.request_id, e.previous, e.body, h.hashes
		FROM audit_event e LEFT JOIN audit_hash h ON h.seq = e.seq AND h.seq > $1 WHERE e.seq > $1 ORDER BY e.seq LIMIT 2000`, after)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r hashedRow
		if err := rows.Scan(&r.seq, &r.at, &r.patient, &r.subject, &r.requestID, &r.previous, &r.body, &r.hashes); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// event holds the next row against everything that is known of it. The witness is asked
// first: who rewrote the database cannot have rewritten that.
func (v *verification) event(r *hashedRow) error {
	seq := v.report.Events + 1
	if r.seq != seq {
		return &BrokenError{Seq: min(seq, r.seq), What: "it is missing, or another one was put before it"}
	}
	hash, leaf := r.proof()
	if err := v.witness.leaf(seq, leaf); err != nil {
		return err
	}
	stored := v.edge.add(leaf, make([]byte, 0, completed(seq)*tlog.HashSize))
	switch {
	case r.hashes == nil && seq > max(v.hashed, v.noted):
	case len(r.hashes) < tlog.HashSize:
		return &BrokenError{Seq: seq, What: "its stored hash is missing"}
	case string(r.hashes[:tlog.HashSize]) != string(leaf[:]):
		return &BrokenError{Seq: seq, What: "it is not what was hashed"}
	case string(r.hashes) != string(stored):
		return &BrokenError{Seq: seq, What: "its stored hashes were changed"}
	}
	if string(r.previous) != string(v.want[:]) {
		return &BrokenError{Seq: seq, What: "it or the one before it was changed, or one between them removed"}
	}
	v.want, v.report.Events = hash, seq
	v.report.Last = time.UnixMicro(r.at).UTC()
	return v.checkpoints(seq)
}

// checkpoints holds the tree against what was signed at this size.
func (v *verification) checkpoints(size int64) error {
	there := false
	for {
		next, err := v.notes.peek()
		if err != nil {
			return fmt.Errorf("reading the audit checkpoints: %w", err)
		}
		if next == nil || next.size > size {
			break
		}
		if err := v.signed(next.note, next.size, "database"); err != nil {
			return err
		}
		v.notes.take()
		v.report.Checkpoints++
		there = true
	}
	for {
		signed, err := v.witness.checkpoint(size)
		if err != nil || signed == "" {
			return err
		}
		if err := v.signed(signed, size, "witness"); err != nil {
			return err
		}
		v.report.WitnessCheckpoints++
		if !there && (!v.behind || size <= v.noted) {
			return &BrokenError{Seq: size, What: "its checkpoint is gone from the database"}
		}
	}
}

// signed checks one note that stands for size events.
func (v *verification) signed(text string, size int64, where string) error {
	c, err := parseSigned(v.key, text)
	if err != nil || c.Size != size || size != v.edge.size {
		return &BrokenError{Seq: size, What: "its checkpoint in the " + where + " was changed, or signed with another key"}
	}
	if c.Root != v.edge.root() {
		return &BrokenError{Seq: v.proven + 1, What: fmt.Sprintf("it or one of those up to event %d is not what was signed", size)}
	}
	v.proven = size
	v.report.Sealed = size
	return nil
}

// end looks for what should have come after the last event.
func (v *verification) end() error {
	n := v.report.Events
	v.report.Witnessed = v.witness.known
	more, err := v.witness.more()
	switch {
	case err != nil:
		return err
	case more > n:
		return &BrokenError{Seq: n + 1, What: "it is gone: the witness knows it"}
	case v.hashed > n:
		return &BrokenError{Seq: n + 1, What: "it is gone: its hash was stored"}
	case v.noted > n:
		return &BrokenError{Seq: n + 1, What: fmt.Sprintf("it is gone: a checkpoint of %d events was signed", v.noted)}
	case v.proven < v.noted:
		return &BrokenError{Seq: v.noted, What: "its checkpoint cannot be read"}
	}
	return nil
}
