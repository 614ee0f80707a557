package views

import (
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// State is where a version of a view is on its way.
type State string

// The states of a version. The zero State is none, and runs nothing.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Approved  State = "approved"
	Rejected  State = "rejected"
	Withdrawn State = "withdrawn"
)

// View is a version of a view.
type View struct {
	ID string
	// Version counts from 1 with every saving.
	Version int64
	Body
	State State
	// OwnerName is who designed it, at Organisation (ODS code).
	OwnerName, Organisation string
	// Saved and Decided are UTC; Decided is zero while nobody has decided.
	Saved, Decided time.Time
	// Approver is who decided, Reason why, Until when an approval ends.
	Approver, Reason string
	Until            time.Time
	// Problems are what keeps it from running as the graph is now, one sentence each.
	Problems []string

	owner user
}

// user is somebody: the same subject of two issuers is two people.
type user struct{ issuer, subject string }

func userOf(s *auth.Session) user {
	if s == nil {
		return user{}
	}
	return user{s.Issuer, s.Subject}
}

// Refusals, each one plain sentence for the user.
var (
	// ErrNobody: the caller is nobody, or has taken no role.
	ErrNobody = errors.New("you are not signed in")
	// ErrNotFound: there is no such view or run that the caller may see.
	ErrNotFound = errors.New("there is no such view that you may see")
	// ErrChanged: it is not any more as the caller saw it.
	ErrChanged = errors.New("somebody has changed the view meanwhile: look again")
	// ErrOwner: only its owner may do that.
	ErrOwner = errors.New("only who designed the view may do that")
	// ErrOwnApproval: nobody approves their own view.
	ErrOwnApproval = errors.New("a view is approved by somebody else than who designed it")
	// ErrNotApproved: it needs approval first.
	ErrNotApproved = errors.New("the view is not approved, or not any more")
)

// Owns reports whether the session's user designed it.
func (v *View) Owns(s *auth.Session) bool { return s != nil && v.owner == userOf(s) }

// InForce reports whether it is approved at the moment.
func (v *View) InForce(now time.Time) bool {
	return v.State == Approved && (v.Until.IsZero() || now.Before(v.Until))
}

// For reports whether the session is of the view's audience.
func (v *View) For(s *auth.Session) bool {
	return s != nil && (len(v.Roles) == 0 || slices.Contains(v.Roles, s.Role)) &&
		(len(v.Organisations) == 0 || slices.Contains(v.Organisations, s.Organisation.ODS))
}

// runnable says why the session may not run it; nil if it may. In care the owner may run what
// nobody has approved, for themselves: it shows them nothing that they could not open.
func (v *View) runnable(s *auth.Session, now time.Time) error {
	switch {
	case v.InForce(now) && (v.For(s) || v.Owns(s)):
		return nil
	case v.Owns(s) && !Secondary(v.Purpose) && v.State != Withdrawn && v.State != Rejected:
		return nil
	case v.Owns(s) || v.For(s):
		return ErrNotApproved
	}
	return ErrNotFound
}

// Runnable reports whether the session may run it now.
func (s *Store) Runnable(v *View, session *auth.Session) bool {
	return session != nil && len(v.Problems) == 0 && v.runnable(session, s.now()) == nil
}
