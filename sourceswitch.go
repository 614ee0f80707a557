package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/switches"
)

// sourceSwitchCommand is what switching off and on have in common.
type sourceSwitchCommand struct {
	ID     string `arg:"" help:"The source's id."`
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its database."`
	Reason string `required:"" help:"Why, in 5 to 500 characters: auditors will read it."`
}

type sourceOffCommand struct{ sourceSwitchCommand }

// Run switches a source off.
func (c *sourceOffCommand) Run(t *terminal) error { return c.run(t, true, "off") }

type sourceOnCommand struct{ sourceSwitchCommand }

// Run switches a source on again.
func (c *sourceOnCommand) Run(t *terminal) error { return c.run(t, false, "on") }

// run switches in the name of the account that runs this program. It is in the ledger before
// it takes effect.
func (c *sourceSwitchCommand) run(t *terminal, off bool, word string) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := isSource(config, c.ID); err != nil {
		return err
	}
	if err := switchSource(t, db, c.ID, off, c.Reason); err != nil {
		var bad interface{ BadInput() bool }
		if errors.As(err, &bad) {
			return usageError(err.Error())
		}
		return unmigrated(err)
	}
	fmt.Fprintf(t.out, "%s is switched %s; servers that run take it up within a second\n", c.ID, word)
	return nil
}

// isSource refuses an id that is not configured.
func isSource(config *Config, id string) error {
	ids := make([]string, len(config.Sources))
	for i := range config.Sources {
		ids[i] = config.Sources[i].ID
	}
	if !slices.Contains(ids, id) {
		return usageError(fmt.Sprintf("there is no source %q; there are %s", id, strings.Join(ids, ", ")))
	}
	return nil
}

func switchSource(t *terminal, db *migrations.DB, id string, off bool, reason string) error {
	return recording(t, db, func(ctx context.Context, ledger *audit.Ledger) error {
		return switches.New(db.Write, db.Read, ledger, time.Now).Switch(ctx, id, off, reason)
	})
}

// recording does something to a source in the name of the account that runs this program. It
// tries again while a server that writes all the time holds the database.
func recording(t *terminal, db *migrations.DB, do func(context.Context, *audit.Ledger) error) error {
	by := &auth.Session{Issuer: "urn:patchwork:operating-system", Subject: systemUser(), Name: systemUser()}
	ctx := auth.WithSession(auth.WithCaller(t.ctx, auth.Caller{Address: hostname(), Client: "patchwork source"}), by)
	for range useTries {
		// The error says all: a log of each try would say that nothing leaves.
		ledger, err := audit.Open(t.ctx, db.Write, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		err = errors.Join(do(ctx, ledger), ledger.Close())
		if err == nil || !errors.Is(err, audit.ErrUnavailable) || t.ctx.Err() != nil {
			return err
		}
	}
	return audit.ErrUnavailable
}
