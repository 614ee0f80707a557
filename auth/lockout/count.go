package lockout

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"slices"
	"time"
)

// key is what failures are counted by: an account or an address, hashed, because what is
// typed as a user name may be anything.
type key [sha256.Size]byte

func accountKey(account string) key { return sha256.Sum256([]byte("account:" + account)) }
func addressKey(address string) key { return sha256.Sum256([]byte("address:" + address)) }

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// room reports whether every key has room for one more attempt. until is set if there
// cannot be any before: the failures themselves reach the limit.
func (c *Counter) room(ctx context.Context, q querier, keys []key) (room bool, until time.Time, err error) {
	room = true
	for _, k := range keys {
		failures, pending, err := c.count(ctx, q, k)
		if err != nil {
			return false, time.Time{}, err
		}
		if n := len(failures); n >= c.Limit {
			// The first that must be forgotten before the next attempt.
			return false, time.UnixMicro(failures[n-c.Limit]).UTC().Add(c.Window), nil
		}
		room = room && len(failures)+pending < c.Limit
	}
	return room, time.Time{}, nil
}

// count gives when the failures happened that count for a key now, oldest first, and how
// many attempts are under way.
func (c *Counter) count(ctx context.Context, q querier, k key) (failures []int64, pending int, err error) {
	now := c.now()
	rows, err := q.QueryContext(ctx, `SELECT at, pending FROM auth_failure WHERE key_hash = $1 AND at > $2`,
		k[:], now.Add(-c.Window).UnixMicro())
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = rows.Close() }()
	lapsed := now.Add(-lapse).UnixMicro()
	for rows.Next() {
		var at int64
		var underWay bool
		if err := rows.Scan(&at, &underWay); err != nil {
			return nil, 0, err
		}
		if underWay && at > lapsed {
			pending++
			continue
		}
		failures = append(failures, at)
	}
	slices.Sort(failures)
	return failures, pending, rows.Err()
}

// within runs do in a transaction that no other one of these keys runs beside. SQLite has
// one writer anyway (migrations opens it so that a transaction takes the lock as it
// begins). The locks are taken in one order, so that two with the same keys cannot wait
// for each other.
func (c *Counter) within(ctx context.Context, keys []key, do func(tx *sql.Tx) error) error {
	tx, err := c.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if c.postgres {
		for _, k := range slices.SortedFunc(slices.Values(keys), func(a, b key) int { return bytes.Compare(a[:], b[:]) }) {
			if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(binary.BigEndian.Uint64(k[:]))); err != nil { //nolint:gosec // 64 bits are 64 bits
				return err
			}
		}
	}
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}
