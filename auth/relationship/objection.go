package relationship

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// minWithdraw is what a withdrawal must say: it shows again what a patient wished hidden.
const minWithdraw = 10

// thePatient is how RecordedBy and EndedBy name a session of the patient themself:
// Patchwork keeps no patient's name.
const thePatient = "the patient"

// Object keeps a patient's objection, in force at once, and gives it with its ID, From
// and RecordedBy, which are not the caller's to choose. Section is a field of Patient
// (record.SectionNamed) or "". Whether Source is a configured system is the caller's to
// check: of another it would hide nothing. What is not acceptable is an *InputError.
func (s *Store) Object(ctx context.Context, session *auth.Session, o Objection) (Objection, error) {
	if !isSomebody(session) {
		return Objection{}, ErrNobody
	}
	if err := checkCode("patient", o.Patient, false); err != nil {
		return Objection{}, err
	}
	if err := checkCode("source", o.Source, true); err != nil {
		return Objection{}, err
	}
	if err := checkSection(o.Section); err != nil {
		return Objection{}, err
	}
	if err := checkCode("organisation", o.Organisation, true); err != nil {
		return Objection{}, err
	}
	reason, err := words("reason", o.Reason, 0, maxText)
	if err != nil {
		return Objection{}, err
	}
	o = Objection{
		ID: newID(), Patient: o.Patient, Source: o.Source, Section: o.Section, Organisation: o.Organisation,
		Absolute: o.Absolute, Reason: reason, RecordedBy: recorder(session), From: s.moment(),
	}
	if err := s.ledger.Record(ctx, objectionEvent(ctx, session, audit.ActionObject, o, reason)); err != nil {
		return Objection{}, err
	}
	if _, err := s.write.ExecContext(ctx, `INSERT INTO relationship_objection
		(id, patient, source, section, organisation, absolute, reason, recorded_by, since)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		o.ID, o.Patient, o.Source, o.Section, o.Organisation, o.Absolute, o.Reason, o.RecordedBy, o.From.UnixMicro()); err != nil {
		return Objection{}, fmt.Errorf("recording an objection: %w", err)
	}
	return o, nil
}

// Withdraw ends an objection at once; it stays in the history with who ended it and
// why (10 to 500 characters). One that was withdrawn before is given as it was, and no
// error; one that does not exist is ErrNotFound.
func (s *Store) Withdraw(ctx context.Context, session *auth.Session, id, reason string) (Objection, error) {
	if !isSomebody(session) {
		return Objection{}, ErrNobody
	}
	reason, err := words("reason", reason, minWithdraw, maxText)
	if err != nil {
		return Objection{}, err
	}
	o, err := s.Objection(ctx, id)
	if err != nil || !o.Ended.IsZero() {
		return o, err
	}
	if err := s.ledger.Record(ctx, objectionEvent(ctx, session, audit.ActionObjectEnd, o, reason)); err != nil {
		return Objection{}, err
	}
	if _, err := s.write.ExecContext(ctx, `UPDATE relationship_objection SET ended = $1, ended_by = $2, ended_reason = $3
		WHERE id = $4 AND ended IS NULL`, s.moment().UnixMicro(), recorder(session), reason, id); err != nil {
		return Objection{}, fmt.Errorf("withdrawing an objection: %w", err)
	}
	return s.Objection(ctx, id)
}

// Objection gives one, in force or withdrawn; ErrNotFound if there is none of this id.
func (s *Store) Objection(ctx context.Context, id string) (Objection, error) {
	if !storable(id) {
		return Objection{}, ErrNotFound
	}
	found, err := s.objections(ctx, `id = $1`, id)
	switch {
	case err != nil:
		return Objection{}, err
	case len(found) == 0:
		return Objection{}, ErrNotFound
	}
	return found[0], nil
}

// Objections gives all that the patient ever had, those that were withdrawn too, in the
// order in which they were recorded.
func (s *Store) Objections(ctx context.Context, patient string) ([]Objection, error) {
	if !storable(patient) {
		return nil, nil
	}
	return s.objections(ctx, `patient = $1 ORDER BY since, id`, patient)
}

func (s *Store) objections(ctx context.Context, where string, args ...any) (out []Objection, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, patient, source, section, organisation, absolute, reason, recorded_by,
		since, ended, ended_by, ended_reason FROM relationship_objection WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading objections: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var o Objection
		var since int64
		var ended sql.NullInt64
		if err := rows.Scan(&o.ID, &o.Patient, &o.Source, &o.Section, &o.Organisation, &o.Absolute, &o.Reason, &o.RecordedBy,
			&since, &ended, &o.EndedBy, &o.EndedReason); err != nil {
			return nil, fmt.Errorf("reading objections: %w", err)
		}
		o.From = at(since)
		if ended.Valid {
			o.Ended = at(ended.Int64)
		}
		out = append(out, o)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading objections: %w", err)
	}
	return out, nil
}

// recorder is who took something down, to show beside it.
func recorder(session *auth.Session) string {
	switch {
	case session.Role == auth.RolePatient:
		return thePatient
	case session.Name != "" && printable(session.Name):
		return session.Name
	}
	return session.Subject
}

// objectionEvent says in its Reason what is objected to, so that the ledger alone can
// tell what was hidden when.
func objectionEvent(ctx context.Context, session *auth.Session, action string, o Objection, reason string) audit.Event {
	e := event(ctx, session, action, audit.Permit, o.Patient)
	e.Target = o.ID
	each := func(s string) string {
		if s == "" {
			return "any"
		}
		return s
	}
	e.Reason = "source " + each(o.Source) + ", section " + each(o.Section) + ", organisation " + each(o.Organisation)
	if o.Absolute {
		e.Reason += ", absolute"
	}
	if reason != "" {
		e.Reason += ": " + reason
	}
	return e
}
