package lockout

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// lapse is when an attempt that never settled counts as a failure: its server died
	// while it looked at a password.
	lapse = 30 * time.Second
	// poll is how often a waiting attempt looks for what other servers have settled.
	poll = 100 * time.Millisecond
	// sweepEvery bounds how often failures that count no more are deleted.
	sweepEvery = time.Minute
)

// Counter counts the failures of every kind of password in one database. Several, in one
// process or on several servers, count as one if their clocks agree within seconds. Safe
// for concurrent use.
type Counter struct {
	// Limit is how many failures within Window lock an account, and an address: 10 in 15
	// minutes. Set them before the Counter is shared.
	Limit  int
	Window time.Duration

	write, read *sql.DB
	postgres    bool
	now         func() time.Time
	swept       atomic.Int64 // when, in microseconds

	mu      sync.Mutex
	settled chan struct{} // closed and replaced whenever an attempt of this Counter settles
}

// New counts in the database's auth_failure.
func New(write, read *bun.DB, now func() time.Time) *Counter {
	return &Counter{
		Limit: 10, Window: 15 * time.Minute,
		write: write.DB, read: read.DB, postgres: write.Dialect().Name() == dialect.PG, now: now,
		settled: make(chan struct{}),
	}
}

// Enter asks whether a password may be looked at: an *auth.LockedError if not. While only
// attempts of others that are still under way stand before the limit it waits, because
// they may yet be right. account is the login's id, a colon and the folded user name;
// address is where the request comes from, "" if not known: then only the account counts.
// After nil, Settle must follow.
func (c *Counter) Enter(ctx context.Context, account, address string) (*Attempt, error) {
	a := &Attempt{counter: c, keys: []key{accountKey(account)}}
	if address != "" {
		a.keys = append(a.keys, addressKey(address))
	}
	for {
		settled := c.next() // before looking, so that nothing is missed in between
		entered, until, err := c.try(ctx, a)
		switch {
		case err != nil:
			return nil, fmt.Errorf("counting failed sign-ins: %w", err)
		case !until.IsZero():
			return nil, &auth.LockedError{Until: until}
		case entered:
			return a, nil
		}
		if err := wait(ctx, settled); err != nil {
			return nil, err
		}
	}
}

// try looks first without the writer's lock, so that whoever is locked out, or waits,
// holds up nobody.
func (c *Counter) try(ctx context.Context, a *Attempt) (entered bool, until time.Time, err error) {
	room, until, err := c.room(ctx, c.read, a.keys)
	if err != nil || !room {
		return false, until, err
	}
	err = c.within(ctx, a.keys, func(tx *sql.Tx) error {
		if entered, until, err = c.room(ctx, tx, a.keys); err != nil || !entered {
			return err
		}
		return a.begin(ctx, tx)
	})
	return entered && err == nil, until, err
}

// next is closed when an attempt of this Counter settles.
func (c *Counter) next() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.settled
}

func (c *Counter) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.settled)
	c.settled = make(chan struct{})
}

func wait(ctx context.Context, settled <-chan struct{}) error {
	t := time.NewTimer(poll)
	defer t.Stop()
	select {
	case <-settled:
	case <-t.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
