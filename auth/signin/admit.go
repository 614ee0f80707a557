package signin

import (
	"context"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// admit says whose session is to begin: what the provider said, mapped, and held against
// what an administrator has switched off. One position is taken; of several the user
// chooses, and until then the session permits nothing.
func (d *Door) admit(ctx context.Context, login *Login, proof *auth.Proof) (auth.Session, error) {
	who, err := login.Mapping.Map(proof)
	if err != nil {
		return auth.Session{}, err
	}
	account, err := d.Accounts.Admit(ctx, login.ID, who)
	if err != nil {
		return auth.Session{}, err
	}
	session := auth.Session{
		Issuer: who.Issuer, Subject: who.Subject, Login: login.ID, Name: who.Name,
		Identifiers: who.Identifiers, Positions: account.Positions,
		Confirmed: proof.At, ProviderSession: proof.Session, Kept: proof.Kept,
	}
	if len(session.Positions) == 1 {
		session.Take(session.Positions[0])
	}
	return session, nil
}

// event begins the ledger's event of a session that is about to begin.
func (d *Door) event(ctx context.Context, session *auth.Session, action string) audit.Event {
	e := auth.EventOf(ctx, action, audit.Permit)
	e.Actor, e.Target = auth.ActorOf(session), "login:"+session.Login
	return e
}
