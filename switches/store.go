package switches

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
)

// ErrNobody: nobody is signed in.
var ErrNobody = errors.New("you are not signed in")

// State is how a source was last switched. The zero State is on: it was never switched.
type State struct {
	// Source is its id in the configuration.
	Source string
	// Off is whether nobody asks it.
	Off bool
	// At is when it was switched, UTC.
	At time.Time
	// Maker is who did it, by name; Reason is why.
	Maker, Reason string
}

// Store keeps the switches. Safe for concurrent use.
type Store struct {
	write, read *sql.DB
	ledger      *audit.Ledger
	now         func() time.Time
	following   *following // nil on the command line
}

// New keeps switches in the database and audits each in the ledger; it holds no source to
// them. It is for the command line, beside servers that run; nothing needs to be closed.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Store {
	return &Store{write: write.DB, read: read.DB, ledger: ledger, now: now}
}

// Switch switches a source off or on. That there is such a source, and that the context's
// session may, are the caller's to check. The reason has 5 to 500 characters
// (accounts.Reason). It is in the ledger before it takes effect; if the ledger cannot be
// written, nothing changes and the error is the ledger's. What is so already stays as it
// is, and no error.
func (s *Store) Switch(ctx context.Context, source string, off bool, reason string) error {
	session := auth.SessionFrom(ctx)
	if session == nil || session.Issuer == "" || session.Subject == "" {
		return ErrNobody
	}
	reason, err := accounts.Reason(reason)
	if err != nil {
		return err
	}
	states, err := s.States(ctx)
	if err != nil || states[source].Off == off {
		return err
	}
	if err := s.ledger.Record(ctx, eventOf(ctx, source, off, reason)); err != nil {
		return err
	}
	maker := session.Name
	if maker == "" {
		maker = session.Subject
	}
	_, err = s.write.ExecContext(ctx, `INSERT INTO source_switch (source, off, at, maker, reason) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (source) DO UPDATE SET off = excluded.off, at = excluded.at, maker = excluded.maker, reason = excluded.reason`,
		source, off, s.now().UnixMicro(), maker, reason)
	if err != nil {
		return fmt.Errorf("switching a source: %w", err)
	}
	if s.following != nil {
		return s.apply(ctx)
	}
	return nil
}

func eventOf(ctx context.Context, source string, off bool, reason string) audit.Event {
	e := auth.EventOf(ctx, audit.ActionAccess, audit.Permit)
	e.Target, e.Reason = "source:"+source, "switch on: "+reason
	if off {
		e.Reason = "switch off: " + reason
	}
	return e
}

// States gives how each source was last switched, by its id; those that never were are not
// there.
func (s *Store) States(ctx context.Context) (map[string]State, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT source, off, at, maker, reason FROM source_switch`)
	if err != nil {
		return nil, fmt.Errorf("reading the switches of sources: %w", err)
	}
	defer func() { _ = rows.Close() }()
	states := map[string]State{}
	for rows.Next() {
		var state State
		var at int64
		if err := rows.Scan(&state.Source, &state.Off, &at, &state.Maker, &state.Reason); err != nil {
			return nil, fmt.Errorf("reading the switches of sources: %w", err)
		}
		state.At = time.UnixMicro(at).UTC()
		states[state.Source] = state
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the switches of sources: %w", err)
	}
	return states, nil
}
