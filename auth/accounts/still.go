package accounts

import (
	"context"
	"errors"

	"github.com/patchworkcare/patchwork/auth"
)

// ErrOff: the user, or what they act as or came by, is switched off.
var ErrOff = errors.New("the user, or what they act as, is switched off")

// StillOn is ErrOff if something of a session that may have ended is switched off: its user,
// role, organisation, login or client. It is for work that goes on when its user has left.
func (a *Accounts) StillOn(ctx context.Context, s *auth.Session) error {
	if s == nil {
		return ErrOff
	}
	off, err := a.offs(ctx, `WHERE (kind = 'user' AND what = $1) OR (kind = 'role' AND what = $2) OR (kind = 'organisation' AND what = $3)
		OR (kind = 'login' AND what = $4) OR (kind = 'client' AND what = $5)`,
		userKey(s.Issuer, s.Subject), string(s.Role), s.Organisation.ODS, s.Login, s.App)
	if err != nil {
		return err
	}
	if len(off) > 0 {
		return ErrOff
	}
	return nil
}
