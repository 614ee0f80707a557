package audit

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
)

// head is the end of the ledger: the last seq and the hash of its row.
type head struct {
	seq   int64
	hash  []byte
	stale bool // after a failed commit nobody knows what the database took
}

const columns = `seq, at, patient, subject, request_id, previous, body`

// load reads the last row.
func (h *head) load(ctx context.Context, db *sql.DB) error {
	var r row
	err := db.QueryRowContext(ctx, `SELECT `+columns+` FROM audit_event ORDER BY seq DESC LIMIT 1`).
		Scan(&r.seq, &r.at, &r.patient, &r.subject, &r.requestID, &r.previous, &r.body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		*h = head{hash: make([]byte, 32)}
	case err != nil:
		return err
	default:
		*h = head{seq: r.seq, hash: r.hash()}
	}
	return nil
}

// write commits the rows as the next ones. Another server on the same database may
// have written meanwhile: the primary key refuses ours, and we go on from its last
// row. After any other error the head is read again before the next write.
func (h *head) write(ctx context.Context, db *sql.DB, rows []row) error {
	const tries = 5
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
		n := min(len(rest), rowsPerInsert)
		if _, err := tx.ExecContext(ctx, insert(n), values(rest[:n])...); err != nil {
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

// rowsPerInsert keeps below the databases' limits of parameters (32,766 and 65,535).
const rowsPerInsert = 256

// insert is the statement for n rows.
func insert(n int) string {
	var b strings.Builder
	b.Grow(64 + n*48)
	b.WriteString(`INSERT INTO audit_event (` + columns + `) VALUES `)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for p := range 7 {
			if p > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(i*7 + p + 1))
		}
		b.WriteByte(')')
	}
	return b.String()
}

func values(rows []row) []any {
	args := make([]any, 0, len(rows)*7)
	for i := range rows {
		r := &rows[i]
		args = append(args, r.seq, r.at, r.patient, r.subject, r.requestID, r.previous, r.body)
	}
	return args
}
