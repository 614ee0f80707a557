package main

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/backup"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/smart"
)

type backupCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state, its secret and the ledger's key."`
	Folder string `arg:"" help:"A new folder for the backup, for its owner only."`
}

// Run copies the database while servers write to it. That it was copied is in the ledger, and
// in the copy, before the first byte is.
func (c *backupCommand) Run(t *terminal) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	source, err := backupSource(config, db)
	if err != nil {
		return err
	}
	if err := recordUse(t, db, audit.ActionBackup, "the whole database"); err != nil {
		return unmigrated(err)
	}
	m, err := backup.Take(t.ctx, source, c.Folder)
	if errors.Is(err, backup.ErrThere) {
		return usageError(err.Error())
	}
	if err != nil {
		return unmigrated(err)
	}
	fmt.Fprintf(t.out, "moment    event %d of the ledger, of %s; step %d of the database\n", m.Ledger.Events, m.Ledger.At.Format(time.RFC3339), m.Step)
	fmt.Fprintf(t.out, "file      %s, %d bytes, SHA-256 %s\n", m.File, m.Bytes, m.SHA256)
	fmt.Fprintf(t.out, "not in it %s (with .older and .next, if they are there) and %s: keep them elsewhere, the backup is of no use without them\n", config.secretFile(), config.Audit.Key)
	return nil
}

// backupSource is the configured database with what a backup of it needs. Nothing is made: a
// server that never ran has nothing to copy.
func backupSource(config *Config, db *migrations.DB) (backup.Source, error) {
	key, err := audit.ReadKey(config.Audit.Key)
	if err != nil {
		return backup.Source{}, err
	}
	name, err := secretName(config)
	return backup.Source{DSN: config.State, DB: db, Key: key, Secret: name, Program: programVersion(), Now: time.Now}, err
}

// secretName names the configured secret, which must be there.
func secretName(config *Config) (string, error) {
	secret, err := smart.ReadServerSecret(config.secretFile())
	if err != nil {
		return "", err
	}
	return smart.SecretName(secret), nil
}

// programVersion is what the build says of itself.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}
