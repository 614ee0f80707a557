package auth

import (
	"context"
	"errors"
	"time"
)

// Login proves who somebody is by user name and password. auth/local is one; main
// chooses. It audits every attempt itself and answers a refusal with ErrRefused
// (the same for an unknown user and a wrong password) or a *LockedError. The
// address that the lock-out counts is CallerFrom(ctx).Address.
type Login interface {
	Login(ctx context.Context, username, password string) (Session, error)
}

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
