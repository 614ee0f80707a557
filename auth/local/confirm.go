package local

import (
	"context"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Confirm has the user of a session give their password again, and a code if the account
// needs one (auth.ErrSecondFactor), for auth.Authenticator. It is of the session's own
// account, whatever name is typed; failures count in the same lock-out as those of Verify,
// so that a session that was left open is no way to guess on. auth.ErrNotByPassword if the
// session is not of a local account. The attempt is audited before Confirm returns: if that
// fails, nothing is confirmed.
func (u *Users) Confirm(ctx context.Context, session *auth.Session, typed auth.Credentials) error {
	password := typed.Password
	if session == nil || session.Issuer != Issuer || session.Subject == "" || fold(session.Subject) != session.Subject {
		return auth.ErrNotByPassword
	}
	if len(password) > maxPassword {
		password = "" // never right
	}
	_, err := u.check(ctx, session.Subject, password, typed.Code)
	e := auth.EventOf(auth.WithSession(ctx, session), audit.ActionConfirm, audit.Permit)
	if err != nil {
		e.Decision, e.Reason = audit.Deny, why(err, "wrong password or code")
	}
	if auditErr := u.ledger.Record(context.WithoutCancel(ctx), e); auditErr != nil {
		return auditErr
	}
	return err
}
