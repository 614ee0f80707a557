package review

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
)

// Actions of the register, in the ledger: Target is the user, Patient their own record.
const (
	ActionRegister   = "staff-register"
	ActionUnregister = "staff-unregister"
)

// Staff is the register that links users to their own record, so that a look at
// oneself, at family or at a colleague can be flagged (hazard H-07). It keeps keyed
// hashes, no name and no address. Safe for concurrent use.
type Staff struct {
	// Log says when the register cannot be read; NewStaff sets one that says nothing.
	Log *slog.Logger

	write, read *sql.DB
	ledger      *audit.Ledger
	now         func() time.Time

	current atomic.Pointer[snapshot]
	loading sync.Mutex
}

// StaffEntry is what the register is told of one member of staff.
type StaffEntry struct {
	// Issuer and Subject are the user.
	Issuer, Subject string
	// Patient is their own record, Patchwork's opaque id; "" if they have none.
	Patient string
	// Surname and Address are theirs; only keyed hashes are kept. "" if not stated.
	Surname string
	Address Address
	// Relatives are the records (opaque ids) of those whom they have declared as family.
	Relatives []string
}

// Address is the first line and the postcode of where somebody lives.
type Address struct{ Line, Postcode string }

// NewStaff keeps the register in the database.
func NewStaff(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Staff {
	return &Staff{Log: slog.New(slog.DiscardHandler), write: write.DB, read: read.DB, ledger: ledger, now: now}
}

// Register adds a member of staff, or replaces what is known of them. It is audited
// before it takes effect; by says who does it (auth.EventOf). Every server knows within
// a second. An unusable entry is ErrEntry.
func (s *Staff) Register(ctx context.Context, by audit.Event, e StaffEntry) error {
	if !e.usable() {
		return ErrEntry
	}
	key, err := s.key(ctx)
	if err != nil {
		return fmt.Errorf("registering staff: %w", err)
	}
	relatives, err := json.Marshal(append([]string{}, e.Relatives...))
	if err != nil {
		return err
	}
	h := hasher(key)
	return s.change(ctx, by, ActionRegister, e,
		`INSERT INTO review_staff (issuer, subject, patient, surname, address, relatives) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (issuer, subject) DO UPDATE SET patient = excluded.patient, surname = excluded.surname,
			address = excluded.address, relatives = excluded.relatives`,
		e.Issuer, e.Subject, e.Patient, h.surname(folded(e.Surname)), h.address(e.Address), string(relatives))
}

// Unregister removes a user, who has left or was registered wrongly. As Register
// otherwise; whoever is not registered can be removed too.
func (s *Staff) Unregister(ctx context.Context, by audit.Event, issuer, subject string) error {
	e := StaffEntry{Issuer: issuer, Subject: subject}
	if !e.usable() {
		return ErrEntry
	}
	return s.change(ctx, by, ActionUnregister, e, `DELETE FROM review_staff WHERE issuer = $1 AND subject = $2`, issuer, subject)
}

// change audits a change and makes it, and counts it, so that servers read the
// register again.
func (s *Staff) change(ctx context.Context, by audit.Event, action string, e StaffEntry, statement string, args ...any) error {
	event := by
	event.Action, event.Decision, event.Patient = action, audit.Permit, e.Patient
	event.Target = e.Issuer + " " + e.Subject
	if err := s.ledger.Record(ctx, event); err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("changing the register of staff: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, do := range []struct {
		statement string
		args      []any
	}{{statement, args}, {`UPDATE review_mark SET value = value + 1 WHERE name = $1`, []any{"staff"}}} {
		if _, err := tx.ExecContext(ctx, do.statement, do.args...); err != nil {
			return fmt.Errorf("changing the register of staff: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("changing the register of staff: %w", err)
	}
	s.current.Store(nil)
	return nil
}

// usable bounds what is stored and hashed.
func (e *StaffEntry) usable() bool {
	texts := append([]string{e.Issuer, e.Subject, e.Patient, e.Surname, e.Address.Line, e.Address.Postcode}, e.Relatives...)
	return e.Issuer != "" && e.Subject != "" && len(e.Relatives) <= 100 && !slices.ContainsFunc(texts, func(t string) bool {
		return !plain(t) || utf8.RuneCountInString(t) > 500
	})
}

// key gives the register's secret, made when it is first needed. Of two servers that
// make one, the first wins.
func (s *Staff) key(ctx context.Context) (key []byte, err error) {
	fresh := make([]byte, sha256.Size)
	_, _ = rand.Read(fresh) // never fails
	if _, err = s.write.ExecContext(ctx, `INSERT INTO review_key (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, "staff", fresh); err != nil {
		return nil, err
	}
	err = s.write.QueryRowContext(ctx, `SELECT value FROM review_key WHERE name = $1`, "staff").Scan(&key)
	return key, err
}

// hasher is the register's secret.
type hasher []byte

// surname hashes a folded surname; nothing of nothing.
func (h hasher) surname(folded string) []byte { return h.sum("surname", folded) }

// address hashes an address as far as it is whole: a postcode alone is a street.
func (h hasher) address(a Address) []byte {
	line, code := foldedLine(a.Line), folded(a.Postcode)
	if line == "" || code == "" {
		return []byte{}
	}
	return h.sum("address", code+" "+line)
}

func (h hasher) sum(what, text string) []byte {
	if text == "" {
		return []byte{}
	}
	m := hmac.New(sha256.New, h)
	m.Write([]byte(what + ":" + text))
	return m.Sum(nil)
}
