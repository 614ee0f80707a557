package local

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Verify is VerifyWithCode without a code.
func (u *Users) Verify(ctx context.Context, username, password string) (User, error) {
	return u.VerifyWithCode(ctx, username, password, "")
}

// VerifyWithCode proves who somebody is. Unknown user, disabled account, wrong password
// and wrong code are all auth.ErrRefused, after the same work; a locked account or address
// is an *auth.LockedError, whether the account exists or not. auth.ErrSecondFactor: the password
// is right and the account needs a code, which was not given. An account without a second
// factor does not look at the code. The address counted is auth.CallerFrom(ctx).Address;
// without one only the account is counted. The attempt is audited before VerifyWithCode
// returns: if that fails, nobody is signed in.
func (u *Users) VerifyWithCode(ctx context.Context, username, password, code string) (User, error) {
	if len(username) > maxUsername || len(password) > maxPassword {
		username, password = username[:min(len(username), maxUsername)], ""
	}
	key := fold(username)
	user, err := u.check(ctx, key, password, code)
	if err == nil && u.Welcome != nil {
		err = u.Welcome(ctx, sessionOf(&user)) // before the attempt is recorded as what it came to
	}
	if auditErr := u.ledger.Record(context.WithoutCancel(ctx), event(auth.CallerFrom(ctx), user, key, err)); auditErr != nil {
		return User{}, auditErr
	}
	if err != nil {
		return User{}, err
	}
	return user, nil
}

// check looks at the password and the code of the account of a folded name and counts how
// it ended. After an error the user is the account's all the same, for the audit.
func (u *Users) check(ctx context.Context, key, password, code string) (User, error) {
	a, err := u.find(ctx, key)
	if err != nil {
		return User{}, fmt.Errorf("finding an account: %w", err)
	}
	attempt, err := u.Lockout.Enter(ctx, Issuer+":"+key, auth.CallerFrom(ctx).Address)
	if err != nil {
		return a.User, err
	}
	return a.User, attempt.Settle(ctx, u.prove(ctx, a, password, code))
}

// prove uses up the code only if the password is right: somebody without it cannot spend
// the codes of somebody else.
func (u *Users) prove(ctx context.Context, a account, password, code string) error {
	right, err := u.argon.check(ctx, password, a.phc, u.HashMemory)
	switch {
	case err != nil:
		return err
	case !right:
		return auth.ErrRefused
	case a.totp == "":
		return nil
	case code == "":
		return auth.ErrSecondFactor
	}
	return u.take(ctx, a, code)
}

// Login is VerifyWithCode for auth.Authenticator: it gives the session to start.
func (u *Users) Login(ctx context.Context, typed auth.Credentials) (auth.Session, error) {
	user, err := u.VerifyWithCode(ctx, typed.Username, typed.Password, typed.Code)
	if err != nil {
		return auth.Session{}, err
	}
	session := sessionOf(&user)
	session.Confirmed = u.now().UTC()
	return session, nil
}

// sessionOf is the session of an account, which has one position.
func sessionOf(user *User) auth.Session {
	return auth.Session{
		Issuer: Issuer, Subject: Subject(user.Username), Login: Issuer, Name: user.Name,
		Positions:    []auth.Position{{Role: user.Role, Organisation: user.Organisation, CareSetting: user.CareSetting}},
		Organisation: user.Organisation, Role: user.Role, CareSetting: user.CareSetting,
	}
}

// event is the attempt as the ledger has it. What was typed for an account that
// does not exist may be a password in the wrong box: only a hash of it is kept, so
// that attempts on one name can be told to belong together.
func event(caller auth.Caller, user User, key string, err error) audit.Event {
	e := audit.Event{
		Action: audit.ActionLogin, Decision: audit.Permit,
		RequestID: caller.RequestID, Device: caller.Address, Client: caller.Client,
		Actor: audit.Actor{
			Issuer: Issuer, Subject: key, Name: user.Name, Role: string(user.Role),
			Organisation: user.Organisation.ODS, OrganisationName: user.Organisation.Name, CareSetting: user.CareSetting,
		},
	}
	if user.Username == "" {
		sum := sha256.Sum256([]byte(key))
		e.Actor = audit.Actor{Issuer: Issuer, Subject: "unknown:" + hex.EncodeToString(sum[:8])}
	}
	if err == nil {
		return e
	}
	e.Action, e.Decision, e.Reason = audit.ActionLoginFailed, audit.Deny, why(err, "wrong user name, password or code")
	return e
}

// why says in the ledger's words why an attempt failed.
func why(err error, wrong string) string {
	var refusal *auth.Refusal
	var locked *auth.LockedError
	switch {
	case errors.As(err, &locked):
		return "locked after too many failures"
	case errors.Is(err, auth.ErrRefused):
		return wrong
	case errors.Is(err, auth.ErrSecondFactor):
		return "the second factor was not given"
	case errors.As(err, &refusal):
		return refusal.Cause
	}
	return "the check could not be made"
}
