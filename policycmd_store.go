package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/resolvers"
)

type policyImportCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its database."`
	Reason string `required:"" help:"Why, in 10 to 500 characters: auditors will read it."`
	File   string `arg:"" help:"A file of policies; or defaults."`
}

// Run makes the file the newest version, in the name of the account that runs this
// program. It is in the ledger before it takes effect.
func (c *policyImportCommand) Run(t *terminal) (err error) {
	set, err := policiesOf(t.ctx, c.File, c.Config)
	if err != nil {
		return err
	}
	_, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	version, err := importPolicies(t, db, set, c.Reason)
	if err != nil {
		return refusedFile(c.File, unseeded(err))
	}
	fmt.Fprintf(t.out, "version %d is in force; servers that run take it up within a second\n", version)
	return nil
}

// importPolicies tries again while a server that writes all the time holds the database.
func importPolicies(t *terminal, db *migrations.DB, set *policy.Set, reason string) (version int64, err error) {
	classes, err := resolvers.Coordinates(resolvers.Schema())
	if err != nil {
		return 0, err
	}
	by := &auth.Session{Issuer: "urn:patchwork:operating-system", Subject: systemUser(), Name: systemUser()}
	ctx := auth.WithCaller(t.ctx, auth.Caller{Address: hostname(), Client: "patchwork policy"})
	for range useTries {
		// The error says all: a log of each try would say that nothing leaves.
		ledger, err := audit.Open(t.ctx, db.Write, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			return 0, err
		}
		version, err = policy.New(db.Write, db.Read, ledger, classes, time.Now).Import(ctx, by, set, reason)
		err = errors.Join(err, ledger.Close())
		if err == nil || !errors.Is(err, audit.ErrUnavailable) && !errors.Is(err, policy.ErrChanged) || t.ctx.Err() != nil {
			return version, err
		}
	}
	return 0, audit.ErrUnavailable
}

type policyExportCommand struct {
	chosenPolicies
	Ladon bool `help:"Documents of Ladon, as JSON, instead of YAML."`
}

// Run writes the policies.
func (c *policyExportCommand) Run(t *terminal) error {
	set, err := c.set(t.ctx)
	if err != nil {
		return err
	}
	if !c.Ladon {
		text, err := set.YAML()
		if err != nil {
			return err
		}
		_, err = t.out.Write(text)
		return err
	}
	documents := make([]json.RawMessage, len(set.Policies))
	for i := range set.Policies {
		text, err := set.Policies[i].Ladon()
		if err != nil {
			return err
		}
		documents[i] = json.RawMessage(text)
	}
	out := json.NewEncoder(t.out)
	out.SetIndent("", "  ")
	return out.Encode(documents)
}
