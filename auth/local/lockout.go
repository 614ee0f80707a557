package local

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// failureKey is what failures are counted by: an account or an address, hashed,
// because what is typed as a user name may be anything.
type failureKey [sha256.Size]byte

func accountKey(folded string) failureKey  { return sha256.Sum256([]byte("account:" + folded)) }
func addressKey(address string) failureKey { return sha256.Sum256([]byte("address:" + address)) }

// gates counts the attempts under way for each key, so that many at once cannot
// look at more passwords than the limit leaves, and none is refused for another's
// attempt that may yet be right: it waits.
type gates struct {
	mu      sync.Mutex
	waiting map[failureKey]*gate
}

type gate struct {
	pending int
	changed chan struct{} // closed and replaced whenever an attempt settles
}

// enter waits until an attempt may look at the password, or gives an
// *auth.LockedError. After nil, settle or release must follow.
func (u *Users) enter(ctx context.Context, keys []failureKey) (release func(), err error) {
	for {
		wait, until, err := u.tryEnter(ctx, keys)
		switch {
		case err != nil:
			return nil, err
		case !until.IsZero():
			return nil, &auth.LockedError{Until: until}
		case wait == nil:
			return sync.OnceFunc(func() { u.gates.leave(keys) }), nil
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tryEnter holds the gates' lock over one indexed count for each key, so that no
// failure can be written between counting and entering.
func (u *Users) tryEnter(ctx context.Context, keys []failureKey) (wait <-chan struct{}, until time.Time, err error) {
	u.gates.mu.Lock()
	defer u.gates.mu.Unlock()
	for _, k := range keys {
		count, oldest, err := u.failures(ctx, k)
		if err != nil {
			return nil, time.Time{}, err
		}
		if count >= u.Limit {
			until = oldest.Add(u.Window)
			return nil, until, nil
		}
		if g := u.gates.waiting[k]; g != nil && count+g.pending >= u.Limit {
			return g.changed, time.Time{}, nil
		}
	}
	if u.gates.waiting == nil {
		u.gates.waiting = map[failureKey]*gate{}
	}
	for _, k := range keys {
		g := u.gates.waiting[k]
		if g == nil {
			g = &gate{changed: make(chan struct{})}
			u.gates.waiting[k] = g
		}
		g.pending++
	}
	return nil, time.Time{}, nil
}

func (g *gates) leave(keys []failureKey) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, k := range keys {
		w := g.waiting[k]
		w.pending--
		close(w.changed)
		w.changed = make(chan struct{})
		if w.pending == 0 {
			delete(g.waiting, k)
		}
	}
}

// settle writes how the attempt ended before the next one may enter: a failure
// counts, a success forgets the account's failures (not the address's: otherwise an
// attacker's own account would reset it).
func (u *Users) settle(ctx context.Context, keys []failureKey, outcome error, release func()) error {
	defer release()
	ctx = context.WithoutCancel(ctx)
	var err error
	switch {
	case outcome == nil:
		_, err = u.write.ExecContext(ctx, `DELETE FROM auth_failure WHERE key_hash = $1`, keys[0][:])
	case errors.Is(outcome, auth.ErrRefused):
		err = u.count(ctx, keys)
	}
	if err != nil {
		return fmt.Errorf("counting failed sign-ins: %w", err)
	}
	return outcome
}

// failures gives how many count for a key now, and when the one that must lapse
// before the next attempt happened.
func (u *Users) failures(ctx context.Context, k failureKey) (count int, oldest time.Time, err error) {
	rows, err := u.read.QueryContext(ctx, `SELECT at FROM auth_failure WHERE key_hash = $1 AND at > $2`,
		k[:], u.now().Add(-u.Window).UnixMicro())
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("counting failed sign-ins: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var times []int64
	for rows.Next() {
		var at int64
		if err := rows.Scan(&at); err != nil {
			return 0, time.Time{}, fmt.Errorf("counting failed sign-ins: %w", err)
		}
		times = append(times, at)
	}
	if err := rows.Err(); err != nil {
		return 0, time.Time{}, fmt.Errorf("counting failed sign-ins: %w", err)
	}
	if len(times) < u.Limit {
		return len(times), time.Time{}, nil
	}
	slices.Sort(times)
	return len(times), time.UnixMicro(times[len(times)-u.Limit]).UTC(), nil
}

// count writes one failure for every key and forgets those that count no more.
func (u *Users) count(ctx context.Context, keys []failureKey) error {
	tx, err := u.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	now := u.now()
	if _, err := tx.ExecContext(ctx, `DELETE FROM auth_failure WHERE at <= $1`, now.Add(-u.Window).UnixMicro()); err != nil {
		return err
	}
	for _, k := range keys {
		nonce := make([]byte, 8)
		_, _ = rand.Read(nonce) // never fails: crypto/rand
		if _, err := tx.ExecContext(ctx, `INSERT INTO auth_failure (key_hash, at, nonce) VALUES ($1, $2, $3)`,
			k[:], now.UnixMicro(), nonce); err != nil {
			return err
		}
	}
	return tx.Commit()
}
