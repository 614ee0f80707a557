package auth

import (
	"context"
	"errors"
	"time"
)

// Credentials are what somebody typed.
type Credentials struct {
	// Login is the id of the login they chose; "" and "local" are Patchwork's own accounts.
	Login string `json:"login"`
	// Username and Password are as typed; Code is that of a second factor, "" for none.
	Username string `json:"username"`
	Password string `json:"password"`
	Code     string `json:"code"`
}

// Login proves who somebody is by user name and password: auth/local, and auth/signin for
// every organisation. It audits every attempt itself and answers a refusal with ErrRefused
// (the same for an unknown user and a wrong password), ErrSecondFactor, a *LockedError or a
// *Refusal. The address that the lock-out counts is CallerFrom(ctx).Address. The session it
// gives is Confirmed when the proof was made.
type Login interface {
	Login(ctx context.Context, typed Credentials) (Session, error)
}

// Confirmer is a Login that can have the user of a session prove again who they are,
// before they break the glass or unlock the computer. It audits every attempt itself
// (audit.ActionConfirm) and counts failures with those of Login. The login and the name
// typed do not count: it is about the session's own. Its refusals are Login's, or
// ErrNotByPassword.
type Confirmer interface {
	Confirm(ctx context.Context, session *Session, typed Credentials) error
}

// ErrSecondFactor: the password is right, and the account needs a code too.
var ErrSecondFactor = errors.New("this account needs a code of its second factor too")

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
