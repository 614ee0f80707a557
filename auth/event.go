package auth

import (
	"context"

	"github.com/patchworkcare/patchwork/audit"
)

// ActorOf gives the caller as the ledger has them, as they are now; zero for nobody.
func ActorOf(s *Session) audit.Actor {
	if s == nil {
		return audit.Actor{}
	}
	return audit.Actor{
		Issuer: s.Issuer, Subject: s.Subject, Name: s.Name, Role: string(s.Role),
		Organisation: s.Organisation.ODS, OrganisationName: s.Organisation.Name, CareSetting: s.CareSetting,
	}
}

// EventOf begins an event about what the context's caller does: who, from where,
// with which request, for what purpose.
func EventOf(ctx context.Context, action, decision string) audit.Event {
	caller := CallerFrom(ctx)
	e := audit.Event{
		Action: action, Decision: decision,
		RequestID: caller.RequestID, Device: caller.Address, Client: caller.Client,
	}
	if s := SessionFrom(ctx); s != nil {
		e.Actor, e.Purpose = ActorOf(s), string(s.Purpose)
		if s.App != "" {
			e.Client = s.App
		} else if s.Launch.Opened() {
			e.Client = s.Launch.Client
		}
	}
	return e
}
