package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
	"golang.org/x/mod/sumdb/tlog"
)

// ErrNotSealed: the event is not under a checkpoint yet; a server seals about once a
// second.
var ErrNotSealed = errors.New("the event is not sealed yet, or there is none")

// Proof shows that one event is in the ledger that a signed checkpoint stands for. It
// can be checked by anybody who has the public key, without the database.
type Proof struct {
	// Seq is the event's place, from 1.
	Seq int64 `json:"seq"`
	// Event is the event's canonical bytes: the hash of the event before, then place,
	// time, patient, subject, request id and body, each with its length.
	Event []byte `json:"event"`
	// Checkpoint is the signed note; Path is the way from the event's leaf to its root
	// (RFC 6962 §2.1.1).
	Checkpoint string           `json:"checkpoint"`
	Path       tlog.RecordProof `json:"path"`
}

// Prove makes the proof of event seq against the newest checkpoint. The error is
// ErrNotSealed for one that no checkpoint covers.
func Prove(ctx context.Context, db *bun.DB, seq int64) (Proof, error) {
	size, signed, err := newestCheckpoint(ctx, db.DB)
	if err != nil {
		return Proof{}, err
	}
	if seq < 1 || seq > size {
		return Proof{}, fmt.Errorf("event %d: %w", seq, ErrNotSealed)
	}
	rows, err := queryRows(ctx, db.DB, `seq = $1`, 1, seq)
	if err != nil {
		return Proof{}, fmt.Errorf("reading the audit ledger: %w", err)
	}
	if len(rows) == 0 {
		return Proof{}, &BrokenError{Seq: seq, What: "it is gone"}
	}
	path, err := tlog.ProveRecord(size, seq-1, hashes{ctx, db.DB})
	if err != nil {
		return Proof{}, fmt.Errorf("reading the audit hashes: %w", err)
	}
	return Proof{Seq: seq, Event: rows[0].canonical(), Checkpoint: signed, Path: path}, nil
}

// Check says whether the proof holds for its event under a public key (a line as in the
// key file). It needs nothing else.
func (p Proof) Check(publicKey string) error {
	return p.CheckEvent(p.Event, publicKey)
}

// CheckEvent is Check for canonical bytes from elsewhere.
func (p Proof) CheckEvent(event []byte, public string) error {
	c, err := openWith(public, p.Checkpoint)
	if err != nil {
		return err
	}
	if p.Seq < 1 || p.Seq > c.Size || tlog.CheckRecord(p.Path, c.Size, c.Root, p.Seq-1, tlog.RecordHash(event)) != nil {
		return &BrokenError{Seq: p.Seq, What: "it is not in the ledger that was signed"}
	}
	return nil
}

// Growth shows that the ledger of a newer checkpoint is that of an older one with events
// added at its end, and nothing else changed (RFC 6962 §2.1.2).
type Growth struct {
	Old  string         `json:"old"`
	New  string         `json:"new"`
	Path tlog.TreeProof `json:"path"`
}

// ProveGrowth makes the proof between the checkpoints of two sizes; older 0 is the
// oldest there is and newer 0 the newest.
func ProveGrowth(ctx context.Context, db *bun.DB, older, newer int64) (Growth, error) {
	older, old, err := checkpointOf(ctx, db.DB, older, `ASC`)
	if err != nil {
		return Growth{}, err
	}
	newer, signed, err := checkpointOf(ctx, db.DB, newer, `DESC`)
	if err != nil {
		return Growth{}, err
	}
	if older > newer {
		return Growth{}, fmt.Errorf("the older checkpoint has %d events and the newer %d", older, newer)
	}
	path, err := tlog.ProveTree(newer, older, hashes{ctx, db.DB})
	if err != nil {
		return Growth{}, fmt.Errorf("reading the audit hashes: %w", err)
	}
	return Growth{Old: old, New: signed, Path: path}, nil
}

// checkpointOf gives the note of a size; 0 is the first in the given order.
func checkpointOf(ctx context.Context, db *sql.DB, size int64, order string) (int64, string, error) {
	var signed string
	err := db.QueryRowContext(ctx, `SELECT size, note FROM audit_checkpoint WHERE size = $1 OR $2 = 0 ORDER BY size `+order+` LIMIT 1`,
		size, size).Scan(&size, &signed)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", fmt.Errorf("a checkpoint of %d events: %w", size, ErrNotSealed)
	}
	if err != nil {
		return 0, "", fmt.Errorf("reading the audit checkpoints: %w", err)
	}
	return size, signed, nil
}

// Check says whether the proof holds under a public key.
func (g Growth) Check(publicKey string) error {
	older, err := openWith(publicKey, g.Old)
	if err != nil {
		return err
	}
	newer, err := openWith(publicKey, g.New)
	if err != nil {
		return err
	}
	if older.Origin != newer.Origin || tlog.CheckTree(g.Path, newer.Size, newer.Root, older.Size, older.Root) != nil {
		return &BrokenError{Seq: older.Size, What: "it or one before it is not what it was at the older checkpoint"}
	}
	return nil
}

func openWith(public, signed string) (Checkpoint, error) {
	k, err := publicKey(public)
	if err != nil {
		return Checkpoint{}, err
	}
	return k.open(signed)
}
