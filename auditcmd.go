package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
)

// auditCommand looks at the ledger from outside the server, while it runs or not.
type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Hold the whole ledger against its hashes, its signed checkpoints and its witness."`
	Prove  auditProveCommand  `cmd:"" help:"Write the proof that one event is in the ledger, as JSON."`
	Export auditExportCommand `cmd:"" help:"Write the ledger in a form that other systems read."`
}

type auditVerifyCommand struct {
	Config  string `required:"" placeholder:"FILE" help:"The configuration, for the state, the key and the witness."`
	Witness string `placeholder:"FILE" help:"Another witness, or a copy kept elsewhere."`
	Key     string `placeholder:"FILE" help:"Another key file; one with public keys only will do."`
}

// Run verifies; a ledger that is broken is a failure that names the event.
func (c *auditVerifyCommand) Run(t *terminal) error {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	e := audit.Evidence{Witness: orText(c.Witness, config.Audit.Witness)}
	if e.Key, err = audit.ReadKey(orText(c.Key, config.Audit.Key)); err != nil {
		return err
	}
	begun := time.Now()
	r, err := audit.Verify(t.ctx, db.Read, e)
	if err != nil {
		return unmigrated(err)
	}
	fmt.Fprintf(t.out, "events       %d", r.Events)
	if r.Events > 0 {
		fmt.Fprintf(t.out, ", the last of %s", r.Last.Format(time.RFC3339))
	}
	fmt.Fprintf(t.out, "\ncheckpoints  %d in the database, %d in the witness; sealed up to event %d\n", r.Checkpoints, r.WitnessCheckpoints, r.Sealed)
	fmt.Fprintf(t.out, "witness      knows %d events\n", r.Witnessed)
	if open := r.Events - r.Sealed; open > 0 {
		fmt.Fprintf(t.out, "not sealed   %d, which are chained only: a running server seals them about once a second\n", open)
	}
	fmt.Fprintf(t.out, "key          %s\n", e.Key.Public)
	fmt.Fprintf(t.out, "the ledger is whole (%s)\n", time.Since(begun).Round(time.Millisecond))
	return nil
}

type auditProveCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for the state and the key."`
	Seq    int64  `arg:"" help:"The event's place in the ledger."`
}

// Run writes the proof. It shows the event, so that it is itself audited, before.
func (c *auditProveCommand) Run(t *terminal) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	key, err := audit.ReadKey(config.Audit.Key)
	if err != nil {
		return err
	}
	var answer struct {
		audit.Proof
		Growth audit.Growth `json:"growth"`
		Key    string       `json:"key"`
	}
	if answer.Proof, err = audit.Prove(t.ctx, db.Read, c.Seq); err != nil {
		if errors.Is(err, audit.ErrNotSealed) {
			return usageError(err.Error())
		}
		return unmigrated(err)
	}
	if answer.Growth, err = audit.ProveGrowth(t.ctx, db.Read, 0, 0); err != nil {
		return err
	}
	answer.Key = key.Public
	if err := errors.Join(answer.Proof.Check(key.Public), answer.Growth.Check(key.Public)); err != nil {
		return err
	}
	if err := recordUse(t, db, audit.ActionAuditRead, fmt.Sprintf("proof of event %d", c.Seq)); err != nil {
		return err
	}
	out := json.NewEncoder(t.out)
	out.SetIndent("", "  ")
	return out.Encode(answer)
}

// openState opens the configured database as it is: nothing is made, no table changed.
func openState(ctx context.Context, file string) (*Config, *migrations.DB, error) {
	config, err := configFrom(file)
	if err != nil {
		return nil, nil, err
	}
	if path, ok := strings.CutPrefix(config.State, "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, usageError(fmt.Sprintf("there is no database %s", path))
		}
	}
	db, err := migrations.Open(ctx, config.State)
	return config, db, err
}

// unmigrated explains the usual reason for which the ledger cannot be read.
func unmigrated(err error) error {
	if text := err.Error(); strings.Contains(text, "no such table") || strings.Contains(text, "42P01") {
		return errors.New("the database has no sealed ledger yet: start this version of the server on it once")
	}
	return err
}

// useTries is how often a use is tried: a server that writes all the time holds SQLite's
// one lock nearly all the time, and each try waits for it for seconds.
const useTries = 8

// recordUse records that somebody at the command line uses the ledger; it returns when
// that is durable, and before anything is shown.
func recordUse(t *terminal, db *migrations.DB, action, target string) (err error) {
	event := audit.Event{
		Action: action, Decision: audit.Permit, Target: target, Client: "patchwork audit", Device: hostname(),
		Actor: audit.Actor{Issuer: "urn:patchwork:operating-system", Subject: systemUser()},
	}
	for range useTries {
		var ledger *audit.Ledger
		// The error says all: a log of each try would say that nothing leaves.
		if ledger, err = audit.Open(t.ctx, db.Write, time.Now, slog.New(slog.DiscardHandler)); err != nil {
			return err
		}
		err = errors.Join(ledger.Record(t.ctx, event), ledger.Close())
		if !errors.Is(err, audit.ErrUnavailable) || t.ctx.Err() != nil {
			return err
		}
	}
	return err
}

// systemUser is the account of the operating system that runs this program.
func systemUser() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return fmt.Sprintf("uid %d", os.Getuid())
}

func orText(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
