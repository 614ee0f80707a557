package auth

import (
	"context"
	"errors"
	"time"
)

// Login proves who somebody is by user name and password. auth/local is one; main
// chooses. It audits every attempt itself and answers a refusal with ErrRefused
// (the same for an unknown user and a wrong password) or a *LockedError. The
// address that the lock-out counts is CallerFrom(ctx).Address. The session it gives is
// Confirmed when the proof was made.
type Login interface {
	Login(ctx context.Context, username, password string) (Session, error)
}

// Confirmer is a Login that can have the user of a session prove again who they are,
// before they break the glass. It audits every attempt itself (audit.ActionConfirm) and
// counts failures with those of Login. Its refusals are Login's, or ErrNotByPassword.
type Confirmer interface {
	Confirm(ctx context.Context, session *Session, password string) error
}

// ErrNotByPassword: whoever vouched for the user of this session keeps no password here.
var ErrNotByPassword = errors.New("this sign-in cannot be confirmed by password: sign in again")

// ErrRefused: the user name or the password is wrong; nothing says which.
var ErrRefused = errors.New("the user name or the password is not right")

// LockedError: too many failures; the password was not even looked at.
type LockedError struct {
	// Until is when the next attempt will be looked at, UTC.
	Until time.Time
}

// Error does not say whether the account exists: unknown ones lock alike.
func (e *LockedError) Error() string {
	return "too many failed sign-ins: try again in a few minutes"
}
