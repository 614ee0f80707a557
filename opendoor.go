package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/signin"
)

// openDoor opens the logins of the configuration. A provider that is down does not keep
// the server from starting; a stanza whose files are wrong does.
func (s *server) openDoor(ctx context.Context) error {
	s.auth.Address = s.config.addressOf
	s.accounts = accounts.New(s.db.Write, s.db.Read, s.ledger, time.Now)
	logins, err := s.openLogins(ctx)
	if err != nil {
		return err
	}
	door := &signin.Door{
		Auth: s.auth, Logins: logins, LocalAccounts: s.users, Accounts: s.accounts, Lockout: s.users.Lockout,
		Ledger: s.ledger, Log: s.log, Now: time.Now,
	}
	door.Open(s.db.Write, s.db.Read)
	s.users.Welcome = door.Welcome
	s.door = door
	return nil
}

func (s *server) openLogins(ctx context.Context) ([]*signin.Login, error) {
	var logins []*signin.Login
	for i := range s.config.Logins {
		stanza := &s.config.Logins[i]
		provider, err := stanza.connector.Open(ctx, auth.Env{
			ID: stanza.ID, Name: stanza.Name, Base: stanza.base(s.config.PublicURL), Log: s.log.With("login", stanza.ID), Now: time.Now,
		})
		if err != nil {
			errs := []error{fmt.Errorf("login %s cannot be opened: %w", stanza.ID, err)}
			for _, l := range logins {
				errs = append(errs, l.Provider.Close())
			}
			return nil, errors.Join(errs...)
		}
		var requires []string
		for _, r := range stanza.Who.Require {
			requires = append(requires, r.Else)
		}
		logins = append(logins, &signin.Login{
			Requires: requires,
			ID:       stanza.ID, Type: stanza.Type, Name: stanza.Name, Organisations: stanza.Organisations, Domains: stanza.Domains,
			Recheck: *stanza.Recheck, Mapping: stanza.mapping, Provider: provider,
		})
	}
	return logins, nil
}
