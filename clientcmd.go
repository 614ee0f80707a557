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
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/smart"
)

// clientCommand keeps the registry of SMART clients without a browser: for the operator,
// who answers for everything and needs no second person.
type clientCommand struct {
	Add     clientAddCommand     `cmd:"" help:"Register an app, a service or an electronic patient record; prints its id and, once, its secret."`
	List    clientListCommand    `cmd:"" help:"List what is registered."`
	Show    clientShowCommand    `cmd:"" help:"Show one with all that it may do, in plain words."`
	Approve clientApproveCommand `cmd:"" help:"Let a proposed one begin."`
	Off     clientOffCommand     `cmd:"" help:"Switch one off: it is out at the next request."`
	On      clientOnCommand      `cmd:"" help:"Switch one on again."`
}

// clientStore is what the commands change.
type clientStore struct {
	clients  *smart.Clients
	accounts *accounts.Accounts
	ledger   *audit.Ledger
	db       *migrations.DB
}

// withClients opens the registry of a configuration, in the name of the account of the
// operating system, and tries again while a server that writes all the time holds the
// database: nothing is changed before it is in the ledger.
func withClients(t *terminal, config *Config, do func(context.Context, clientStore) error) (err error) {
	db, err := migrations.Open(t.ctx, config.State)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrations.Apply(t.ctx, db); err != nil {
		return err
	}
	ctx := auth.WithCaller(t.ctx, auth.Caller{Address: hostname(), Client: "patchwork client"})
	ctx = auth.WithSession(ctx, &auth.Session{Issuer: "urn:patchwork:operating-system", Subject: systemUser(), Name: systemUser()})
	for range useTries {
		// The error says all: a log of each try would say that nothing leaves.
		ledger, err := audit.Open(t.ctx, db.Write, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		err = do(ctx, clientStore{
			smart.NewClients(db.Write, db.Read, ledger, time.Now), accounts.New(db.Write, db.Read, ledger, time.Now), ledger, db,
		})
		err = errors.Join(err, ledger.Close())
		if !errors.Is(err, audit.ErrUnavailable) || t.ctx.Err() != nil {
			return err
		}
	}
	return audit.ErrUnavailable
}

// find gives a client; another id is wrong use.
func (s clientStore) find(ctx context.Context, id string) (*smart.Client, error) {
	client, err := s.clients.Find(ctx, id)
	if errors.Is(err, smart.ErrNoClient) {
		return nil, usageError(fmt.Sprintf("there is no client %q; `patchwork client list` shows them", id))
	}
	return client, err
}

// looked records that somebody at the command line reads the registry, before it is shown.
func (s clientStore) looked(ctx context.Context, target string) error {
	e := auth.EventOf(ctx, audit.ActionAuditRead, audit.Permit)
	e.Target = target
	return s.ledger.Record(ctx, e)
}

// onClients is withClients by the name of the configuration's file.
func onClients(t *terminal, file string, do func(context.Context, clientStore) error) error {
	config, err := configFrom(file)
	if err != nil {
		return err
	}
	return withClients(t, config, do)
}

type clientApproveCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
	ID     string `arg:"" help:"Its client_id."`
}

// Run approves it.
func (c *clientApproveCommand) Run(t *terminal) error {
	return onClients(t, c.Config, func(ctx context.Context, s clientStore) error {
		client, err := s.find(ctx, c.ID)
		if err != nil {
			return err
		}
		if err := s.clients.Approve(ctx, client.ID); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%s (%s) is approved\n", client.ID, client.Name)
		return nil
	})
}

type clientOffCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
	ID     string `arg:"" help:"Its client_id."`
	Reason string `required:"" help:"Why, in 5 to 500 characters: auditors will read it."`
}

// Run switches it off.
func (c *clientOffCommand) Run(t *terminal) error {
	return switchClient(t, c.Config, c.ID, c.Reason, true)
}

type clientOnCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
	ID     string `arg:"" help:"Its client_id."`
	Reason string `required:"" help:"Why, in 5 to 500 characters: auditors will read it."`
}

// Run switches it on.
func (c *clientOnCommand) Run(t *terminal) error {
	return switchClient(t, c.Config, c.ID, c.Reason, false)
}

func switchClient(t *terminal, file, id, reason string, off bool) error {
	return onClients(t, file, func(ctx context.Context, s clientStore) error {
		client, err := s.find(ctx, id)
		if err != nil {
			return err
		}
		change, word := s.accounts.SwitchOn, "on"
		if off {
			change, word = s.accounts.SwitchOff, "off"
			if client.BuiltIn() {
				return smart.ErrBuiltIn
			}
		}
		err = change(ctx, accounts.Client, client.ID, reason)
		var bad *accounts.InputError
		if errors.As(err, &bad) {
			return usageError("--" + bad.Field + ": " + bad.Error())
		}
		if err == nil {
			fmt.Fprintf(t.out, "%s (%s) is switched %s\n", client.ID, client.Name, word)
		}
		return err
	})
}

type clientListCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
}

// Run lists them, by name.
func (c *clientListCommand) Run(t *terminal) error {
	return onClients(t, c.Config, func(ctx context.Context, s clientStore) error {
		all, err := s.clients.List(ctx)
		if err == nil {
			err = s.looked(ctx, "clients")
		}
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b *smart.Client) int { return strings.Compare(a.Name, b.Name) })
		for _, client := range all {
			fmt.Fprintf(t.out, "%-27s %-9s %-20s %s\n", client.ID, client.State, client.Method, client.Name)
		}
		return nil
	})
}
