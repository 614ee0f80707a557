package views

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
)

// Submit asks for approval of the newest version, as its owner saw it.
func (s *Store) Submit(ctx context.Context, id string, version int64) (*View, error) {
	v, err := s.Get(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	switch session := auth.SessionFrom(ctx); {
	case !v.Owns(session):
		return nil, ErrOwner
	case v.Version != version || v.State != Draft:
		return nil, ErrChanged
	case len(v.Problems) > 0:
		return nil, wrong("%s", v.Problems[0])
	}
	return s.put(ctx, v, Submitted, time.Time{}, "")
}

// Decide approves or rejects a version that was submitted, and ends an approval for which there
// is another. An approval ends at until, a year from now at most; zero is that year.
func (s *Store) Decide(ctx context.Context, id string, version int64, approved bool, until time.Time, reason string) (*View, error) {
	v, err := s.Get(ctx, id, version)
	if err != nil {
		return nil, err
	}
	reason, err = accounts.Reason(reason)
	if err != nil {
		return nil, err
	}
	year := s.now().AddDate(1, 0, 0)
	switch {
	case v.Owns(auth.SessionFrom(ctx)):
		return nil, ErrOwnApproval
	case v.State != Submitted:
		return nil, ErrChanged
	case !approved:
		return s.put(ctx, v, Rejected, time.Time{}, reason)
	case until.IsZero():
		until = year
	case until.After(year) || !until.After(s.now()):
		return nil, wrong("An approval ends after now, and within a year.")
	}
	return s.put(ctx, v, Approved, until, reason)
}

// Withdraw ends the approval of a version, or takes a submission back.
func (s *Store) Withdraw(ctx context.Context, id string, version int64, approver bool, reason string) (*View, error) {
	v, err := s.Get(ctx, id, version)
	if err != nil {
		return nil, err
	}
	reason, err = accounts.Reason(reason)
	if err != nil {
		return nil, err
	}
	switch {
	case !approver && !v.Owns(auth.SessionFrom(ctx)):
		return nil, ErrOwner
	case v.State != Submitted && v.State != Approved:
		return nil, ErrChanged
	}
	return s.put(ctx, v, Withdrawn, v.Until, reason)
}

// put writes a step; it is in the ledger before.
func (s *Store) put(ctx context.Context, v *View, to State, until time.Time, reason string) (*View, error) {
	what := string(to)
	if reason != "" {
		what += ": " + reason
	}
	if err := s.told(ctx, v.ID, v.Version, what); err != nil {
		return nil, err
	}
	session, decided := auth.SessionFrom(ctx), int64(0)
	approver := ""
	if to != Submitted {
		decided, approver = s.now().UnixMicro(), session.Name
		if approver == "" {
			approver = session.Subject
		}
	}
	err := oneRow(s.write.ExecContext(ctx, `UPDATE view_version SET state = $1, decided = $2, approver = $3, until = $4, reason = $5
		WHERE view = $6 AND version = $7 AND state = $8`, string(to), decided, approver, micro(until), reason, v.ID, v.Version, string(v.State)))
	if err != nil {
		return nil, err
	}
	return s.Get(ctx, v.ID, v.Version)
}
