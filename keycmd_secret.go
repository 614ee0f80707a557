package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/smart"
)

type keySecretCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state and its secret."`
	Now    bool   `help:"Switch to the next secret: the one before goes on opening what it sealed. Without it the next one is prepared, for servers that share a database."`
}

// Run makes the next secret, or the current one of it. It is in the ledger before.
func (c *keySecretCommand) Run(t *terminal) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	path := config.secretFile()
	before, err := smart.ReadSecrets(path, false)
	if errors.Is(err, fs.ErrNotExist) {
		return usageError(fmt.Sprintf("there is no secret %s yet: the first start makes it", path))
	}
	if err != nil {
		return err
	}
	what := "keys: prepare the server's next secret"
	if c.Now {
		what = "keys: switch to the server's next secret"
	}
	if err := recordUse(t, db, audit.ActionAccess, what); err != nil {
		return unmigrated(err)
	}
	if before.Next == nil {
		if err := smart.PrepareSecret(path); err != nil {
			return err
		}
	}
	if !c.Now {
		fmt.Fprintf(t.out, "%s.next opens, and does not seal yet: copy it beside the secret of every server of this database, reload each, then run this with --now\n", path)
		return nil
	}
	if err := smart.SwitchSecret(path); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s is the next secret; the one before is in %s.older and opens what it sealed: copy both to every server of this database, take .next away there, and reload each\n", path, path)
	if before.Next == nil {
		fmt.Fprintln(t.out, "it was not prepared: until every server has both files, one cannot open what another seals")
	}
	return nil
}

type keyAuditCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state and the ledger's key."`
}

// Run makes the ledger's next key. It is in the ledger before.
func (c *keyAuditCommand) Run(t *terminal) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	before, err := audit.ReadKey(config.Audit.Key)
	if err != nil {
		return err
	}
	if err := recordUse(t, db, audit.ActionAccess, "keys: replace the ledger's key "+before.Public); err != nil {
		return unmigrated(err)
	}
	next, err := audit.ReplaceKey(config.Audit.Key)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "key   %s\n", next.Public)
	fmt.Fprintf(t.out, "keep it wherever proofs are checked; copy %s to every server of this database and reload each at once: none starts with the old file when the new key has signed\n", config.Audit.Key)
	return nil
}
