package audit

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// Moment is where a ledger stood: what comes after it is not in it, and what was before it
// cannot be another without the hash being another.
type Moment struct {
	// Events is how many there were, At the time of the last one; Hash is the last one's
	// SHA-256 in the chain, in hex, which covers them all.
	Events int64     `json:"events"`
	At     time.Time `json:"at"`
	Hash   string    `json:"hash"`
	// Checkpoint is the newest signed note; "" if none was signed yet.
	Checkpoint string `json:"checkpoint"`
}

// Querier is a pool or a transaction: what is read in one transaction is of one moment.
type Querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// MomentOf reads where the ledger stands.
func MomentOf(ctx context.Context, db Querier) (m Moment, err error) {
	var r row
	err = db.QueryRowContext(ctx, `SELECT `+columns+` FROM audit_event ORDER BY seq DESC LIMIT 1`).
		Scan(&r.seq, &r.at, &r.patient, &r.subject, &r.requestID, &r.previous, &r.body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Moment{}, nil
	case err != nil:
		return Moment{}, fmt.Errorf("the audit ledger cannot be read: %w", err)
	}
	m = Moment{Events: r.seq, At: time.UnixMicro(r.at).UTC(), Hash: hex.EncodeToString(r.hash())}
	err = db.QueryRowContext(ctx, `SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1`).Scan(&m.Checkpoint)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Moment{}, fmt.Errorf("the audit checkpoints cannot be read: %w", err)
	}
	return m, nil
}

// Witnessed is the last event that a witness knows; 0 if there is no such file.
func Witnessed(path string) (int64, error) {
	end, err := tailOf(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("the audit witness cannot be read: %w", err)
	}
	return end.last, nil
}
