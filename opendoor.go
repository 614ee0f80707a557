package main

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/signin"
)

// openDoor opens the logins of the configuration. A provider that is down does not keep
// the server from starting; a stanza whose files are wrong does.
func (s *server) openDoor(ctx context.Context) error {
	s.accounts = accounts.New(s.db.Write, s.db.Read, s.ledger, time.Now)
	door := &signin.Door{
		Auth: s.auth, LocalAccounts: s.users, Accounts: s.accounts, Lockout: s.users.Lockout,
		Ledger: s.ledger, Log: s.log, Now: time.Now,
	}
	door.Open(s.db.Write, s.db.Read)
	s.door = door
	return nil
}
