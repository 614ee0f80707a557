package main

import (
	"context"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// keyCommand looks after keys. docs/operate/keys.md.
type keyCommand struct {
	Rotate keyRotateCommand `cmd:"" help:"Make the next key that signs ID tokens before its time."`
	Secret keySecretCommand `cmd:"" help:"Prepare the server's next secret, or switch to it."`
	Audit  keyAuditCommand  `cmd:"" help:"Make the ledger's next key; the one before is believed on."`
}

type keyRotateCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state and its secret."`
	Now    bool   `help:"It signs at once, not in a day: for when a key may have become known."`
}

// Run makes the key. It is in the ledger before it is made.
func (c *keyRotateCommand) Run(t *terminal) error {
	config, err := configFrom(c.Config)
	if err != nil {
		return err
	}
	secrets, err := smart.ReadSecrets(config.secretFile(), true)
	if err != nil {
		return err
	}
	return withClients(t, config, func(ctx context.Context, s clientStore) error {
		e := auth.EventOf(ctx, audit.ActionAccess, audit.Permit)
		e.Target, e.Reason = "keys", "rotate the keys that sign ID tokens"
		if err := s.ledger.Record(ctx, e); err != nil {
			return err
		}
		keys, err := smart.OpenKeys(ctx, s.db.Write, s.db.Read, secrets.Current, time.Now, secrets.Others()...)
		if err != nil {
			return err
		}
		if err := keys.Rotate(ctx, c.Now); err != nil {
			return err
		}
		set, err := keys.Public(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%d keys are published; the new one signs %s\n", len(set.Keys), map[bool]string{true: "from now on", false: "in a day"}[c.Now])
		return nil
	})
}
