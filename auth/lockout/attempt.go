package lockout

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
)

// Attempt is one look at a password. It stands in the database from before the password
// is looked at, so that many at once, on whatever servers, cannot look at more than the
// limit leaves.
type Attempt struct {
	counter *Counter
	keys    []key // the account's first
	at      int64
	nonce   []byte
}

// begin writes the attempt as pending.
func (a *Attempt) begin(ctx context.Context, tx *sql.Tx) error {
	a.at, a.nonce = a.counter.now().UnixMicro(), make([]byte, 8)
	_, _ = rand.Read(a.nonce) // never fails: crypto/rand
	for _, k := range a.keys {
		if _, err := tx.ExecContext(ctx, `INSERT INTO auth_failure (key_hash, at, nonce, pending) VALUES ($1, $2, $3, TRUE)`,
			k[:], a.at, a.nonce); err != nil {
			return err
		}
	}
	return nil
}

// Settle says how the attempt ended, before the user is answered. nil forgets the
// account's failures (not the address's: otherwise an attacker's own account would reset
// it); auth.ErrRefused is a failure; after anything else the attempt never was. It gives
// the outcome back, or why it could not be kept: then nobody may be signed in. It counts
// even if ctx has ended.
func (a *Attempt) Settle(ctx context.Context, outcome error) error {
	c := a.counter
	ctx = context.WithoutCancel(ctx)
	defer c.wake()
	err := c.within(ctx, a.keys, func(tx *sql.Tx) error {
		switch {
		case outcome == nil:
			return errors.Join(a.withdraw(ctx, tx), a.forgive(ctx, tx))
		case errors.Is(outcome, auth.ErrRefused):
			return a.fail(ctx, tx)
		}
		return a.withdraw(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("counting failed sign-ins: %w", err)
	}
	c.sweep(ctx)
	return outcome
}

func (a *Attempt) withdraw(ctx context.Context, tx *sql.Tx) error {
	for _, k := range a.keys {
		if _, err := tx.ExecContext(ctx, `DELETE FROM auth_failure WHERE key_hash = $1 AND at = $2 AND nonce = $3`,
			k[:], a.at, a.nonce); err != nil {
			return err
		}
	}
	return nil
}

// forgive leaves the attempts of others that are under way: they may yet fail. It leaves
// what counts no more to sweep, so that the two never wait for each other's rows.
func (a *Attempt) forgive(ctx context.Context, tx *sql.Tx) error {
	now := a.counter.now()
	_, err := tx.ExecContext(ctx, `DELETE FROM auth_failure WHERE key_hash = $1 AND at > $2 AND (NOT pending OR at <= $3)`,
		a.keys[0][:], now.Add(-a.counter.Window).UnixMicro(), now.Add(-lapse).UnixMicro())
	return err
}

// fail makes the attempt a failure. The row may be gone: after lapse it counted as one,
// and somebody else's success has forgiven it since.
func (a *Attempt) fail(ctx context.Context, tx *sql.Tx) error {
	for _, k := range a.keys {
		if _, err := tx.ExecContext(ctx, `INSERT INTO auth_failure (key_hash, at, nonce, pending) VALUES ($1, $2, $3, FALSE)
			ON CONFLICT (key_hash, at, nonce) DO UPDATE SET pending = FALSE`, k[:], a.at, a.nonce); err != nil {
			return err
		}
	}
	return nil
}

// sweep deletes what counts no more, whoever's it is. Failing at that changes nobody's
// sign-in: the next one sweeps again.
func (c *Counter) sweep(ctx context.Context) {
	now, last := c.now(), c.swept.Load()
	if now.UnixMicro()-last < sweepEvery.Microseconds() || !c.swept.CompareAndSwap(last, now.UnixMicro()) {
		return
	}
	// One sweep at a time: two could hold each other's rows.
	_ = c.within(ctx, []key{accountKey("")}, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM auth_failure WHERE at <= $1`, now.Add(-c.Window).UnixMicro())
		return err
	})
}
