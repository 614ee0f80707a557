package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/backup"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/smart"
)

type restoreCommand struct {
	Config  string `required:"" placeholder:"FILE" help:"The configuration, for its state, its secret, the ledger's key and its witness. No server may run on it."`
	Reason  string `required:"" help:"Why, in 5 to 500 characters: auditors will read it."`
	Already bool   `help:"The database was restored by other means: verify it, and end what it must not bring back."`
	Folder  string `arg:"" optional:"" help:"The backup."`
}

// Run makes the database of a backup. What it is, and what is missing since, is in the ledger
// before anybody can use it.
func (c *restoreCommand) Run(t *terminal) error {
	var err error
	if c.Reason, err = accounts.Reason(c.Reason); err != nil {
		return usageError(err.Error())
	}
	if c.Already == (c.Folder != "") {
		return usageError("name the folder of the backup, or --already for a database that was restored by other means")
	}
	config, err := configFrom(c.Config)
	if err != nil {
		return err
	}
	key, err := audit.ReadKey(config.Audit.Key)
	if err != nil {
		return fmt.Errorf("%w: put the ledger's key back first, it is not in the backup", err)
	}
	r := &restoring{terminal: t, config: config, key: key, reason: c.Reason}
	if r.witnessed, err = audit.Witnessed(config.Audit.Witness); err != nil {
		return err
	}
	if c.Already {
		err = r.settleOnly(c.Config)
	} else {
		err = r.from(c.Folder)
	}
	if err != nil {
		var empty *backup.NotEmptyError
		if errors.As(err, &empty) {
			return usageError(err.Error())
		}
		return err
	}
	return r.aside()
}

// restoring is one restore.
type restoring struct {
	*terminal
	config    *Config
	key       *audit.Key
	reason    string
	witnessed int64  // events that the witness knows
	end       int64  // events of the restored ledger, without the one of the restore
	source    string // what was restored, for the ledger
}

// from restores a folder.
func (r *restoring) from(folder string) error {
	m, err := backup.Read(folder, r.key)
	if err != nil {
		return err
	}
	secrets, err := smart.ReadSecrets(r.config.secretFile(), false)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: put the server's secret back first, it is not in the backup", err)
	case err != nil:
		return err
	case !slices.Contains(secrets.Names(), m.Secret):
		return fmt.Errorf("the server's secret %s is not the one that seals what is in the backup: put that back first", r.config.secretFile())
	}
	r.source = "a backup of " + m.Made.Format(time.RFC3339)
	return backup.Restore(r.ctx, folder, m, backup.Target{DSN: r.config.State, Key: r.key, Witness: r.config.Audit.Witness, Settle: r.settle})
}

// settleOnly finishes what other means have restored.
func (r *restoring) settleOnly(file string) (err error) {
	_, db, err := openState(r.ctx, file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r.source = "other means than patchwork restore"
	if err := backup.Agrees(r.ctx, db, r.key, r.config.Audit.Witness); err != nil {
		return unmigrated(err)
	}
	return r.settle(r.ctx, db)
}

// settle ends what must not come back, and says in the ledger what the database is now.
func (r *restoring) settle(ctx context.Context, db *migrations.DB) error {
	at, err := audit.MomentOf(ctx, db.Read.DB)
	if err != nil {
		return err
	}
	r.end = at.Events
	if err := backup.Settle(ctx, db, time.Now()); err != nil {
		return err
	}
	ledger, err := audit.Open(ctx, db.Write, time.Now, r.log)
	if err != nil {
		return err
	}
	event := audit.Event{
		Action: audit.ActionRestore, Decision: audit.Permit, Reason: r.reason, Target: r.target(at), Client: "patchwork restore", Device: hostname(),
		Actor: audit.Actor{Issuer: "urn:patchwork:operating-system", Subject: systemUser()},
	}
	return errors.Join(ledger.Record(ctx, event), ledger.Close())
}

func (r *restoring) target(at audit.Moment) string {
	text := fmt.Sprintf("the database is from %s and ends at event %d", r.source, at.Events)
	if at.Events > 0 {
		text += " of " + at.At.Format(time.RFC3339)
	}
	switch lost := r.witnessed - r.end; {
	case r.witnessed == 0:
		text += "; there is no witness that could say how many events came after"
	case lost > 0:
		text += fmt.Sprintf("; the witness knows %d events after it, which are not in it", lost)
	default:
		text += "; the witness knows none after it"
	}
	return text
}

// aside moves a witness out of the way that knows of more events than there are any more: it
// is the proof that they were, and a new one begins. Then it says what is left to do.
func (r *restoring) aside() error {
	fmt.Fprintf(r.out, "restored  up to event %d, from %s\n", r.end, r.source)
	fmt.Fprintln(r.out, "ended     all sign-ins, launches, codes and tokens; open glasses and runs of views; schedules of views pause until their owners open them")
	if r.witnessed > r.end {
		kept := r.config.Audit.Witness + ".before-restore-" + time.Now().UTC().Format("20060102T150405Z")
		if err := os.Rename(r.config.Audit.Witness, kept); err != nil {
			return fmt.Errorf("the database is restored, but its witness has to be moved aside: %w", err)
		}
		fmt.Fprintf(r.out, "witness   %s, which proves %d events that are gone: keep it\n", kept, r.witnessed-r.end)
	}
	fmt.Fprint(r.out, strings.TrimLeft(undone, "\n"))
	return nil
}

// undone is what nobody but people can mend: it must not be undone silently.
const undone = `
UNDONE    whatever was decided after that event is undone, also what took something away: users, roles, organisations, apps and sources
          switched off, objections of patients, refused links, changed policies, passwords and keys. Before people come back,
          do it again: docs/operate/backup.md says where to find it.
`
