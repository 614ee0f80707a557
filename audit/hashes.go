package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// hashes is the table audit_hash. As a tlog.HashReader it gives any node of the tree.
type hashes struct {
	ctx context.Context
	db  *sql.DB
}

// size is how many events have their hashes.
func (h hashes) size() (n int64, err error) {
	err = h.db.QueryRowContext(h.ctx, `SELECT COALESCE(MAX(seq), 0) FROM audit_hash`).Scan(&n)
	return n, err
}

// edge is the tree's right edge at a size.
func (h hashes) edge(size int64) (edge, error) {
	e := edge{size: size}
	var at []int64
	var levels []int
	for level := 0; size>>level > 0; level++ {
		if size>>level&1 == 1 {
			at = append(at, tlog.StoredHashIndex(level, size>>level-1))
			levels = append(levels, level)
		}
	}
	nodes, err := h.ReadHashes(at)
	if err != nil {
		return edge{}, err
	}
	for i, level := range levels {
		e.nodes[level] = nodes[i]
	}
	return e, nil
}

// ReadHashes gives the nodes at tlog's positions, or a *BrokenError for one that is
// not there.
func (h hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	if len(at) == 0 {
		return nil, nil
	}
	var in strings.Builder
	args := make([]any, len(at))
	for i, position := range at {
		level, n := tlog.SplitStoredHashIndex(position)
		args[i] = (n + 1) << level // the event that completes it
		in.WriteString(", $" + strconv.Itoa(i+1))
	}
	found := map[int64][]byte{}
	rows, err := h.db.QueryContext(h.ctx, `SELECT seq, hashes FROM audit_hash WHERE seq IN (`+in.String()[2:]+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var seq int64
		var b []byte
		if err := rows.Scan(&seq, &b); err != nil {
			return nil, err
		}
		found[seq] = b
	}
	out := make([]tlog.Hash, len(at))
	for i, position := range at {
		level, n := tlog.SplitStoredHashIndex(position)
		seq := (n + 1) << level
		b := found[seq]
		if len(b) < (level+1)*tlog.HashSize {
			return nil, &BrokenError{Seq: seq, What: "its stored hash is missing"}
		}
		out[i] = tlog.Hash(b[level*tlog.HashSize:][:tlog.HashSize])
	}
	return out, rows.Err()
}

// leaves gives the leaves of the events after from, up to to.
func (h hashes) leaves(from, to int64) ([]tlog.Hash, error) {
	rows, err := h.db.QueryContext(h.ctx, `SELECT seq, hashes FROM audit_hash WHERE seq > $1 AND seq <= $2 ORDER BY seq`, from, to)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := make([]tlog.Hash, 0, to-from)
	for rows.Next() {
		var seq int64
		var b []byte
		if err := rows.Scan(&seq, &b); err != nil {
			return nil, err
		}
		if want := from + int64(len(out)) + 1; seq != want || len(b) < tlog.HashSize {
			return nil, &BrokenError{Seq: want, What: "its stored hash is missing"}
		}
		out = append(out, tlog.Hash(b[:tlog.HashSize]))
	}
	return out, rows.Err()
}

// hashesPerCommit keeps the one connection for changes free for events: a commit of so
// many takes about a millisecond on SQLite.
const hashesPerCommit = 128

// keepHashes writes the hashes of the events after from; what is there is left as it is,
// for another server was first.
func keepHashes(ctx context.Context, db *sql.DB, sqlite bool, from int64, all [][]byte) error {
	for len(all) > 0 {
		n := min(len(all), hashesPerCommit)
		if err := keepSome(ctx, db, sqlite, from, all[:n]); err != nil {
			return err
		}
		from, all = from+int64(n), all[n:]
	}
	return nil
}

func keepSome(ctx context.Context, db *sql.DB, sqlite bool, from int64, some [][]byte) error {
	if !sqlite {
		seqs := make([]int64, len(some))
		for i := range seqs {
			seqs[i] = from + 1 + int64(i)
		}
		_, err := db.ExecContext(ctx, `INSERT INTO audit_hash (seq, hashes)
			SELECT * FROM unnest($1::bigint[], $2::bytea[]) ON CONFLICT (seq) DO NOTHING`, seqs, some)
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	var there int64
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(seq), 0) FROM audit_hash`).Scan(&there); err != nil {
		return err
	}
	put, err := tx.PrepareContext(ctx, `INSERT INTO audit_hash (seq, hashes) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = put.Close() }()
	for i, b := range some {
		if seq := from + 1 + int64(i); seq > there {
			if _, err := put.ExecContext(ctx, seq, b); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// newestCheckpoint is the largest signed note in the database; "" if there is none.
func newestCheckpoint(ctx context.Context, db *sql.DB) (size int64, signed string, err error) {
	err = db.QueryRowContext(ctx, `SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1`).Scan(&size, &signed)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("the audit checkpoints cannot be read: %w", err)
	}
	return size, signed, nil
}

// keepCheckpoint writes a signed note, unless another server was first.
func keepCheckpoint(ctx context.Context, db *sql.DB, size int64, signed string) error {
	_, err := db.ExecContext(ctx, `INSERT INTO audit_checkpoint (size, note)
		SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE size = $3)`, size, signed, size)
	if err == nil {
		return nil
	}
	var there int
	if db.QueryRowContext(ctx, `SELECT COUNT(*) FROM audit_checkpoint WHERE size = $1`, size).Scan(&there) == nil && there == 1 {
		return nil // another server wrote it between the question and the answer
	}
	return err
}
