package signin

import (
	"context"
	"errors"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Login signs somebody in by name and password: of Patchwork's own accounts, or of an
// organisation's directory. For auth.Authenticator.
func (d *Door) Login(ctx context.Context, typed auth.Credentials) (auth.Session, error) {
	if typed.Login == "" || typed.Login == Local {
		return d.LocalAccounts.Login(ctx, typed)
	}
	login := d.byID[typed.Login]
	if login == nil {
		return auth.Session{}, d.refused(ctx, nil, nil, auth.Refuse(auth.RefusedExpired, "there is no login of this id"))
	}
	proof, err := d.check(ctx, login, typed.Username, typed.Password)
	if err != nil {
		return auth.Session{}, d.told(ctx, login, nil, err)
	}
	session, err := d.admit(ctx, login, &proof)
	if err != nil {
		return auth.Session{}, d.told(ctx, login, &proof, err)
	}
	session.Username = typed.Username
	if err := d.Ledger.Record(ctx, d.event(ctx, &session, audit.ActionLogin)); err != nil {
		return auth.Session{}, err
	}
	login.latest.succeeded(d.Now())
	return session, nil
}

// Confirm has the session's user give their password again. For auth.Authenticator.
func (d *Door) Confirm(ctx context.Context, session *auth.Session, typed auth.Credentials) error {
	if session.Login == Local || d.byID[session.Login] == nil {
		return d.LocalAccounts.Confirm(ctx, session, typed)
	}
	login := d.byID[session.Login]
	if login.way() != WayPassword || session.Username == "" {
		return auth.ErrNotByPassword
	}
	proof, err := d.check(ctx, login, session.Username, typed.Password)
	if err == nil && (proof.Issuer != session.Issuer || proof.Subject != session.Subject) {
		err = auth.Refuse(auth.RefusedOther, "the user name is somebody else's by now")
	}
	e := auth.EventOf(auth.WithSession(ctx, session), audit.ActionConfirm, audit.Permit)
	if err != nil {
		e.Decision, e.Reason = audit.Deny, causeOf(err)
	}
	if auditErr := d.Ledger.Record(context.WithoutCancel(ctx), e); auditErr != nil {
		return auditErr
	}
	return err
}

// check asks the lock-out and then the organisation's directory.
func (d *Door) check(ctx context.Context, login *Login, username, password string) (auth.Proof, error) {
	checker, ok := login.Provider.(auth.PasswordChecker)
	if !ok {
		return auth.Proof{}, auth.Refuse(auth.RefusedExpired, "this login is on the provider's own page")
	}
	attempt, err := d.Lockout.Enter(ctx, login.ID+":"+checker.Fold(username), auth.CallerFrom(ctx).Address)
	if err != nil {
		return auth.Proof{}, err
	}
	proof, err := checker.Check(ctx, username, password)
	if err == nil && (proof.Issuer == "" || !auth.GoodSubject(proof.Subject)) {
		err = auth.Refuse(auth.RefusedInvalid, "the directory gave no usable id of the user")
	}
	return proof, attempt.Settle(ctx, err)
}

// told notes a refusal and gives it on as auth.Authenticator answers it.
func (d *Door) told(ctx context.Context, login *Login, proof *auth.Proof, err error) error {
	refusal := d.refused(ctx, login, proof, knownRefusal(err))
	var locked *auth.LockedError
	if errors.Is(err, auth.ErrRefused) || errors.As(err, &locked) {
		return err
	}
	return refusal
}

// knownRefusal words what the lock-out and the connector say without a Refusal.
func knownRefusal(err error) error {
	var locked *auth.LockedError
	switch {
	case errors.As(err, &locked):
		return auth.Refuse(auth.RefusedLocked, "locked after too many failures")
	case errors.Is(err, auth.ErrRefused):
		return auth.Refuse(auth.RefusedPassword, "wrong user name or password")
	}
	return err
}

func causeOf(err error) string {
	var refusal *auth.Refusal
	if errors.As(knownRefusal(err), &refusal) {
		return refusal.Cause
	}
	return "the check could not be made"
}

// Welcome refuses an account of Patchwork's own that an administrator has switched off, for
// local.Users, which audits the attempt.
func (d *Door) Welcome(ctx context.Context, session auth.Session) error {
	who := auth.Identity{Issuer: session.Issuer, Subject: session.Subject, Name: session.Name, Positions: session.Positions}
	_, err := d.Accounts.Admit(ctx, Local, who)
	if err != nil {
		d.Log.Warn("a sign-in was refused", "login", Local, "code", "switched-off", "cause", causeOf(err), "requestId", auth.CallerFrom(ctx).RequestID)
	}
	return err
}
