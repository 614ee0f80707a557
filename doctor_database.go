package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/smart"
)

// database looks at the state: whether it is there, of this version, and whole.
func (d *doctor) database() {
	const check = "database"
	ctx, stop := context.WithTimeout(d.ctx, d.within)
	defer stop()
	if path, ok := strings.CutPrefix(d.config.State, "sqlite:"); ok {
		info, err := os.Stat(path)
		if err != nil {
			d.warn(check, "there is no database file yet", "it is made at the first start; if there was one, restore it and check state")
			d.warn("ledger", "neither ledger, keys nor policies were looked at", "run the doctor again when there is a database")
			return
		}
		d.permissions(named{"database file", path}, info, "")
	}
	db, err := migrations.Open(ctx, d.config.State)
	if err != nil {
		d.fail(check, err.Error(), "check state in the configuration, that the database server runs and that a firewall lets this machine through")
		d.warn("ledger", "neither ledger, keys nor policies were looked at", "run the doctor again when the database is reached")
		return
	}
	defer func() { _ = db.Close() }()
	step, err := db.Step(ctx)
	known, unreadable := migrations.Newest()
	err = errors.Join(err, unreadable)
	switch {
	case err != nil:
		d.fail(check, err.Error(), "check what the database's account may do")
	case step > known: // whoever may go on beside a newer one is told so by the same words as at a start
		if err = migrations.Apply(ctx, db); err != nil {
			d.fail(check, err.Error(), "run the newer program, or restore the backup from before it")
			break
		}
		d.warn(check, fmt.Sprintf("it is at step %d and this program knows %d: a newer Patchwork was here, and this one may go on beside it", step, known), "end the upgrade, or what was downgraded, soon")
	case step == 0:
		d.warn(check, "it is empty", "it is filled at the first start; if it was not empty, check state")
	case step < known:
		d.warn(check, fmt.Sprintf("it is at step %d, and this program brings it to %d when it starts", step, known), "take a backup before: an older program does not read it afterwards")
	default:
		d.ok(check, "%s, at step %d, as this program wants it", db.Dialect, step)
	}
	if err != nil || step == 0 {
		d.warn("ledger", "neither ledger, keys nor policies were looked at", "run the doctor again when the database is right")
		return
	}
	d.databaseClock(ctx, db)
	d.ledger(ctx, db)
	d.signingKeys(ctx, db)
	d.policies(db)
}

func (d *doctor) databaseClock(ctx context.Context, db *migrations.DB) {
	if db.Dialect != migrations.Postgres {
		return
	}
	begun := time.Now()
	var micros int64
	if err := db.Read.DB.QueryRowContext(ctx, `SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint`).Scan(&micros); err != nil {
		d.warn("clock", "the database's clock could not be read", "check what the database's account may do")
		return
	}
	d.skew("database", time.UnixMicro(micros).Sub(begun), 2*time.Second)
}

// farSkew is from when on tokens and certificates are refused for the clock's sake.
const farSkew = time.Minute

// skew tells how far another clock is from this machine's; near is what cannot be told from
// none.
func (d *doctor) skew(whose string, ahead, near time.Duration) {
	text := fmt.Sprintf("that of the %s is %v from this machine's", whose, ahead.Abs().Round(time.Second))
	const mend = "let both machines keep time by NTP (timedatectl status)"
	switch {
	case ahead.Abs() <= near:
		d.ok("clock", "that of the %s agrees", whose)
	case ahead.Abs() < farSkew:
		d.warn("clock", text, mend)
	default:
		d.fail("clock", text+": sign-ins and tokens are refused", mend)
	}
}

// ledger holds the ledger against its key, its checkpoints and its witness.
func (d *doctor) ledger(ctx context.Context, db *migrations.DB) {
	const check, broken = "ledger", "docs/ledger.md says how to go on; keep the database, the witness and the key as they are now"
	key, err := audit.ReadKey(d.config.Audit.Key)
	if errors.Is(err, fs.ErrNotExist) {
		if seq, err := audit.LastSeq(ctx, db.Read); err == nil && seq > 0 {
			d.fail(check, "there are events and the key that signs them is not there", "give audit.key the key of this database: a new one is not believed")
		} else {
			d.warn(check, "there is no key and no event yet", "both are made at the first start")
		}
		return
	}
	if err != nil {
		d.fail(check, err.Error(), "restore the key from its copy")
		return
	}
	r, err := audit.Verify(ctx, db.Read, audit.Evidence{Key: key, Witness: d.config.Audit.Witness})
	var is *audit.BrokenError
	switch {
	case errors.As(err, &is):
		d.fail(check, is.Error(), broken)
	case err != nil && ctx.Err() != nil && d.ctx.Err() == nil:
		d.lastCheckpoint(db, key)
	case err != nil:
		d.fail(check, err.Error(), broken)
	case r.Events > 0 && r.Sealed == 0:
		d.ok(check, "%s, not sealed yet: a running server seals them", counted(int(r.Events), "event"))
	default:
		d.ok(check, "whole: %s, sealed up to event %d", counted(int(r.Events), "event"), r.Sealed)
	}
}

// lastCheckpoint looks at the newest checkpoint only: that it is signed, that it goes on from
// the first one, and that its last event is in it.
func (d *doctor) lastCheckpoint(db *migrations.DB, key *audit.Key) {
	const mend = "docs/ledger.md says how to go on; keep the database, the witness and the key as they are now"
	ctx, stop := context.WithTimeout(d.ctx, d.within)
	defer stop()
	growth, err := audit.ProveGrowth(ctx, db.Read, 0, 0)
	if err == nil {
		err = growth.Check(key.Public)
	}
	if err != nil {
		d.fail("ledger", err.Error(), mend)
		return
	}
	d.warn("ledger", fmt.Sprintf("its last checkpoint is signed and goes on from the first; all events were not read in %v", d.within), "patchwork audit verify reads them all; or give the doctor longer by --within")
}

// signingKeys looks at the keys that sign ID tokens.
func (d *doctor) signingKeys(ctx context.Context, db *migrations.DB) {
	const check = "key"
	secret, err := smart.ReadServerSecret(d.config.secretFile())
	if errors.Is(err, fs.ErrNotExist) {
		return // told among the files
	}
	if err != nil {
		d.fail(check, err.Error(), "give the account that serves the file, with the mode 0600")
		return
	}
	since, until, err := smart.ExamineKeys(ctx, db.Read, secret, d.now)
	switch {
	case err != nil:
		d.fail(check, err.Error(), "give every server of this database the same secret")
	case since.IsZero():
		d.ok(check, "none signs yet: one is made when the server starts")
	default:
		d.ok(check, "the one that signs is %s old and is replaced by %s", counted(int(d.now.Sub(since).Hours()/24), "day"), until.Format(time.DateOnly))
	}
}
