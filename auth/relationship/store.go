package relationship

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// How long things last.
const (
	// ClaimLasts is how long a claimed relationship lasts.
	ClaimLasts = 24 * time.Hour
	// ConfirmWithin is how old a confirmation (auth.Session.Confirmed) may be when the
	// glass is broken.
	ConfirmWithin = 5 * time.Minute
	// breakLasts is the default of Store.BreakLasts (domain.md §3: 2–4 h).
	breakLasts = 4 * time.Hour
	// skew is how far the clocks of two servers may be apart (hazard H-14).
	skew = 5 * time.Second
)

// Refusals, each one plain sentence for the user.
var (
	// ErrNobody: the session is nil or of nobody.
	ErrNobody = errors.New("you are not signed in")
	// ErrNotConfirmed: the user must prove again who they are (POST /auth/confirm).
	ErrNotConfirmed = errors.New("confirm who you are before you break the glass")
	// ErrOtherPatient: an EPR opened the session on another patient.
	ErrOtherPatient = errors.New("this session was opened for another person: open this person from your own system")
	// ErrNotFound: there is none of this id, or it is somebody else's.
	ErrNotFound = errors.New("there is none of this id, or it is not yours")
)

// ActionLearn is the ledger's action for relationships that were found in the record:
// Target is the organisation, Relationship what was found.
const ActionLearn = "learn-relationship"

// Store keeps relationships, broken glass and objections. Nothing is remembered
// between calls: what one server ends, every server ends at once. Every change is in
// the ledger before it takes effect; if the ledger cannot be written, nothing changes
// and the error is the ledger's. Safe for concurrent use.
//
// The Store does not ask whether the user may do what they do: policy decides before.
type Store struct {
	// BreakLasts is how long a broken glass holds, 4 hours. Set it before the Store is
	// shared.
	BreakLasts time.Duration

	write  *sql.DB
	read   reader
	ledger *audit.Ledger
	now    func() time.Time
}

// New keeps them in the database and audits every change in the ledger; now is the clock.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Store {
	return &Store{BreakLasts: breakLasts, write: write.DB, read: newReader(read), ledger: ledger, now: now}
}

// moment is now as the tables have it.
func (s *Store) moment() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// event begins an event about a patient.
func event(ctx context.Context, session *auth.Session, action, decision, patient string) audit.Event {
	e := auth.EventOf(auth.WithSession(ctx, session), action, decision)
	e.Patient = patient
	return e
}

// refuse audits an attempt that failed and gives the refusal; if it cannot be audited,
// the ledger's error.
func (s *Store) refuse(ctx context.Context, e audit.Event, refusal error) error {
	e.Decision = audit.Deny
	e.Reason = strings.TrimSuffix(refusal.Error()+"; "+e.Reason, "; ")
	if err := s.ledger.Record(ctx, e); err != nil {
		return err
	}
	return refusal
}

// isSomebody reports whether the session is of a user whom rows can belong to.
func isSomebody(session *auth.Session) bool {
	return session != nil && printable(session.Issuer) && printable(session.Subject)
}

// pinnedElsewhere reports whether the session is for another patient only.
func pinnedElsewhere(session *auth.Session, patient string) bool {
	return session.Launch != nil && session.Launch.Patient != patient
}

func newID() string { return strings.ToLower(rand.Text()) }

func at(micro int64) time.Time { return time.UnixMicro(micro).UTC() }

// list is "($1, $2), ($3, $4) …": rows of width placeholders each.
func list(rows, width int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(i + 1))
	}
	b.WriteByte(')')
	return b.String()
}
