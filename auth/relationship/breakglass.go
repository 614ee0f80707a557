package relationship

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Break lets the user see, in an emergency, what policy holds back of one patient, from
// now for BreakLasts. reasonCode is one of BreakReasons; reason has 20 to 500
// characters. It needs the user to have proved who they are within ConfirmWithin, else
// ErrNotConfirmed; a session that was opened on another patient is ErrOtherPatient;
// both are audited. Breaking it again ends the one before, which stays to be reviewed.
func (s *Store) Break(ctx context.Context, session *auth.Session, patient, reasonCode, reason string) (BreakGlass, error) {
	if !isSomebody(session) {
		return BreakGlass{}, ErrNobody
	}
	reason, err := reasoned(patient, BreakReasons(), reasonCode, reason, minBreak)
	if err != nil {
		return BreakGlass{}, err
	}
	lasts := s.BreakLasts
	if lasts <= 0 {
		lasts = breakLasts
	}
	now := s.moment()
	b := BreakGlass{
		ID: newID(), Patient: patient, Issuer: session.Issuer, Subject: session.Subject,
		ReasonCode: reasonCode, Reason: reason, Started: now, Until: now.Add(lasts),
	}
	e := breakEvent(ctx, session, audit.ActionBreakGlass, b)
	e.Reason = reasonCode + ": " + reason
	switch {
	case pinnedElsewhere(session, patient):
		return BreakGlass{}, s.refuse(ctx, e, ErrOtherPatient)
	case !confirmed(session, now):
		return BreakGlass{}, s.refuse(ctx, e, ErrNotConfirmed)
	}
	if err := s.replace(ctx, session, b, e); err != nil {
		return BreakGlass{}, err
	}
	return b, nil
}

// confirmed reports whether the user proved who they are lately. A time to come is of a
// server whose clock is ahead, or wrong.
func confirmed(session *auth.Session, now time.Time) bool {
	age := now.Sub(session.Confirmed)
	return !session.Confirmed.IsZero() && age > -skew && age < ConfirmWithin
}

// replace audits and keeps b, and ends the one that is open. If another server breaks
// the same glass at the same moment, one waits for the other and then replaces it.
func (s *Store) replace(ctx context.Context, session *auth.Session, b BreakGlass, first audit.Event) error {
	const tries = 100
	events := []audit.Event{first}
	for range tries {
		open, err := s.open(ctx, b)
		if err != nil {
			return fmt.Errorf("breaking the glass: %w", err)
		}
		if open.ID != "" && b.Started.Before(open.Until) {
			e := breakEvent(ctx, session, audit.ActionBreakGlassEnd, open)
			e.Reason = "replaced by " + b.ID
			events = append(events, e)
		}
		if err := s.ledger.Record(ctx, events...); err != nil {
			return err
		}
		events = nil
		switch done, err := s.swap(ctx, open.ID, b); {
		case err != nil:
			return fmt.Errorf("breaking the glass: %w", err)
		case done:
			return nil
		}
	}
	return errors.New("breaking the glass: others break the same one without end")
}

// open gives the user's row that is not ended, whether its time is over or not; the
// zero one if there is none.
func (s *Store) open(ctx context.Context, b BreakGlass) (BreakGlass, error) {
	found, err := s.breaks(ctx, `patient = $1 AND issuer = $2 AND subject = $3 AND ended IS NULL`, b.Patient, b.Issuer, b.Subject)
	if err != nil || len(found) == 0 {
		return BreakGlass{}, err
	}
	return found[0], nil
}

// swap ends one row and keeps another; done is false, and nothing changed, if there
// still is an open one.
func (s *Store) swap(ctx context.Context, old string, b BreakGlass) (done bool, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	if err := end(ctx, tx, old, b.Started); err != nil {
		return false, err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO relationship_break
		(id, patient, issuer, subject, reason_code, reason, started, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (patient, issuer, subject) WHERE ended IS NULL DO NOTHING`,
		b.ID, b.Patient, b.Issuer, b.Subject, b.ReasonCode, b.Reason, b.Started.UnixMicro(), b.Until.UnixMicro())
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	return true, tx.Commit()
}

// end closes a row: now, or, if its time is over already, then.
func end(ctx context.Context, tx interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}, id string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE relationship_break SET ended = CASE WHEN until < $1 THEN until ELSE $1 END
		WHERE id = $2 AND ended IS NULL`, now.UnixMicro(), id)
	return err
}

// EndBreak ends one of the user's own before its time. One whose time is over or that
// was ended already is no error; one that does not exist or is somebody else's is
// ErrNotFound.
func (s *Store) EndBreak(ctx context.Context, session *auth.Session, id string) error {
	if !isSomebody(session) {
		return ErrNobody
	}
	if !storable(id) {
		return ErrNotFound
	}
	found, err := s.breaks(ctx, `id = $1 AND issuer = $2 AND subject = $3`, id, session.Issuer, session.Subject)
	if err != nil {
		return fmt.Errorf("ending a broken glass: %w", err)
	}
	if len(found) == 0 {
		return ErrNotFound
	}
	now := s.moment()
	if b := found[0]; !b.Ended.IsZero() || !now.Before(b.Until) {
		return nil
	}
	if err := s.ledger.Record(ctx, breakEvent(ctx, session, audit.ActionBreakGlassEnd, found[0])); err != nil {
		return err
	}
	if err := end(ctx, s.write, id, now); err != nil {
		return fmt.Errorf("ending a broken glass: %w", err)
	}
	return nil
}

// breakEvent is an event about a broken glass: the one that needs no looking up to be
// reviewed.
func breakEvent(ctx context.Context, session *auth.Session, action string, b BreakGlass) audit.Event {
	e := event(ctx, session, action, audit.Permit, b.Patient)
	e.Purpose, e.BreakGlass = string(auth.PurposeBreakGlass), b.ID
	return e
}
