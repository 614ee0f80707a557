package audit

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// head is the end of the ledger: the last seq and the hash of its row.
type head struct {
	seq   int64
	hash  []byte
	stale bool // after a failed commit nobody knows what the database took
	into  inserter
	// crowded: until then other servers are taken to write too, and each waits its turn.
	crowded time.Time
}

// crowdedFor is how long after another server's last event it is taken to write on.
const crowdedFor = 10 * time.Second

// turn makes the servers of a database write one after another, in the order in which they
// come: who only tried would lose to who has just written, again and again. It is held until
// the transaction ends.
const turn = `pg_advisory_xact_lock(72839, hashtext(current_schema()))`

// queries is a database or a transaction in it.
type queries interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const columns = `seq, at, patient, subject, request_id, previous, body`

// load reads the last row.
func (h *head) load(ctx context.Context, db queries) error {
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
// row, in turn from then on. After any other error the head is read again before the next write.
func (h *head) write(ctx context.Context, db *sql.DB, rows []row) error {
	const tries = 50 // another server may not know yet that it is not alone
	var err error
	for range tries {
		if h.stale && !h.inTurn() {
			if err = h.load(ctx, db); err != nil {
				return err
			}
		}
		before := h.seq
		if err = h.try(ctx, db, rows); err == nil {
			return nil
		}
		h.stale = true
		h.crowded = time.Now().Add(crowdedFor)
		var now head
		if loadErr := now.load(ctx, db); loadErr != nil || now.seq == before {
			return err
		}
	}
	return err
}

// inTurn reports whether other servers write too. A file of SQLite has one writer anyway.
func (h *head) inTurn() bool { return !h.into.sqlite && time.Now().Before(h.crowded) }

// wait takes this server's turn, which it has until the transaction ends, and reads where the
// ledger stands then.
func (h *head) wait(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `SELECT `+turn); err != nil {
		return err
	}
	before := h.seq
	if err := h.load(ctx, tx); err != nil {
		return err
	}
	if h.seq != before {
		h.crowded = time.Now().Add(crowdedFor)
	}
	return nil
}

func (h *head) try(ctx context.Context, db *sql.DB, rows []row) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if h.inTurn() {
		if err := h.wait(ctx, tx); err != nil {
			return err
		}
	}
	seq, hash := h.seq, h.hash
	for i := range rows {
		seq++
		rows[i].seq, rows[i].previous = seq, hash
		hash = rows[i].hash()
	}
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
