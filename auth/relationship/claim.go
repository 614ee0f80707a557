package relationship

import (
	"context"
	"fmt"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Claim notes that the user says they have a relationship with the patient, from now
// for ClaimLasts. reasonCode is one of ClaimReasons; reason has 10 to 500 characters.
// Claiming again while a claim holds extends it, with the new reason. What is not
// acceptable is an *InputError; a session that was opened on another patient is
// ErrOtherPatient, and audited.
func (s *Store) Claim(ctx context.Context, session *auth.Session, patient, reasonCode, reason string) (Relationship, error) {
	if !isSomebody(session) {
		return Relationship{}, ErrNobody
	}
	reason, err := reasoned(patient, ClaimReasons(), reasonCode, reason, minClaim)
	if err != nil {
		return Relationship{}, err
	}
	now := s.moment()
	r := Relationship{
		ID: newID(), Patient: patient, Kind: SelfClaimed, Issuer: session.Issuer, Subject: session.Subject,
		From: now, Until: now.Add(ClaimLasts), Evidence: "claimed by the user: " + reasonCode,
		ReasonCode: reasonCode, Reason: reason,
	}
	e := event(ctx, session, audit.ActionClaim, audit.Permit, patient)
	e.Reason, e.Target = reasonCode+": "+reason, r.ID
	e.Relationship = string(r.Kind) + ": " + r.Evidence
	if pinnedElsewhere(session, patient) {
		return Relationship{}, s.refuse(ctx, e, ErrOtherPatient)
	}
	if err := s.ledger.Record(ctx, e); err != nil {
		return Relationship{}, err
	}
	var since, until int64
	// Of many claims at once the last one stays, with its own id and reason, so that the
	// row is always one that the ledger has.
	err = s.write.QueryRowContext(ctx, `INSERT INTO relationship
		(id, patient, kind, organisation, issuer, subject, since, until, evidence, reason_code, reason)
		VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (patient, issuer, subject) WHERE kind = 'self-claimed' DO UPDATE SET
			id = excluded.id, evidence = excluded.evidence, reason_code = excluded.reason_code, reason = excluded.reason,
			since = CASE WHEN relationship.until > excluded.since AND relationship.since < excluded.since
				THEN relationship.since ELSE excluded.since END,
			until = CASE WHEN relationship.until > excluded.until THEN relationship.until ELSE excluded.until END
		RETURNING since, until`,
		r.ID, patient, string(r.Kind), r.Issuer, r.Subject, now.UnixMicro(), r.Until.UnixMicro(),
		r.Evidence, reasonCode, reason).Scan(&since, &until)
	if err != nil {
		return Relationship{}, fmt.Errorf("claiming a relationship: %w", err)
	}
	r.From, r.Until = at(since), at(until)
	return r, nil
}

// reasoned checks what a user gives to claim a relationship or to break the glass, and
// gives the text as it is kept.
func reasoned(patient string, reasons []Reason, code, text string, least int) (string, error) {
	if err := checkCode("patient", patient, false); err != nil {
		return "", err
	}
	if !hasCode(reasons, code) {
		return "", &InputError{"reason", "Choose one of the reasons of the list"}
	}
	return words("explanation", text, least, maxText)
}
