package audit

import (
	"context"
	"database/sql"
	"errors"
)

// head is the end of the ledger: the last seq and the hash of its row.
type head struct {
	seq   int64
	hash  []byte
	stale bool // after a failed commit nobody knows what the database took
	into  inserter
}

const columns = `seq, at, patient, subject, request_id, previous, body`

// load reads the last row.
func (h *head) load(ctx context.Context, db *sql.DB) error {
	var r row
	err := db.QueryRowContext(ctx, `SELECT `+columns+` FROM audit_event ORDER BY seq DESC LIMIT 1`).
		Scan(&r.seq, &r.at, &r.patient, &r.subject, &r.requestID, &r.previous, &r.body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		h.seq, h.hash, h.stale = 0, make([]byte, 32), false
	case err != nil:
		return err
	default:
		h.seq, h.hash, h.stale = r.seq, r.hash(), false
	}
	return nil
}

// write commits the rows as the next ones. Another server on the same database may
// have written meanwhile: the primary key refuses ours, and we go on from its last
// row. After any other error the head is read again before the next write.
func (h *head) write(ctx context.Context, db *sql.DB, rows []row) error {
	const tries = 50 // with several busy servers each try may lose
	var err error
	for range tries {
		if h.stale {
			if err = h.load(ctx, db); err != nil {
				return err
			}
		}
		before := h.seq
		if err = h.try(ctx, db, rows); err == nil {
			return nil
		}
		h.stale = true
		var now head
		if loadErr := now.load(ctx, db); loadErr != nil || now.seq == before {
			return err
		}
	}
	return err
}

func (h *head) try(ctx context.Context, db *sql.DB, rows []row) error {
	seq, hash := h.seq, h.hash
	for i := range rows {
		seq++
		rows[i].seq, rows[i].previous = seq, hash
		hash = rows[i].hash()
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for rest := rows; len(rest) > 0; {
		n, err := h.into.insert(ctx, tx, rest)
		if err != nil {
			return err
		}
		rest = rest[n:]
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	h.seq, h.hash = seq, hash
	return nil
}
