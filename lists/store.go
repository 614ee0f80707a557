package lists

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/patchworkcare/patchwork/audit"
)

// Refusals, each one plain sentence for the user.
var (
	// ErrNobody: the caller is nobody.
	ErrNobody = errors.New("you are not signed in")
	// ErrNotFound: there is none that the caller may read.
	ErrNotFound = errors.New("there is no list of this id that you may read")
	// ErrNotAllowed: the caller may read the list, and not do this.
	ErrNotAllowed = errors.New("you may not do this with the list: ask its owner")
	// ErrChanged: it is not any more as the caller saw it.
	ErrChanged = errors.New("somebody has changed the list meanwhile: look again")
	// ErrNoTeam: there is no team that the caller belongs to, or leads where they must.
	ErrNoTeam = errors.New("there is no team of this id that you lead")
	// ErrClosed: the Store was closed.
	ErrClosed = errors.New("lists are not followed any more")
)

// Store keeps lists, teams and the register of users. Permissions are read at every
// question, so that what one server takes away is gone on every server at once. Every
// change is in the ledger before it takes effect; if the ledger cannot be written, nothing
// changes and the error is the ledger's. Changes of one list happen one after the other,
// on however many servers. Safe for concurrent use; Close it before the database.
//
// The Store does not ask whether the caller may use lists, or see a person: policy decides
// before.
type Store struct {
	write, read *sql.DB
	postgres    bool
	ledger      *audit.Ledger
	now         func() time.Time
	register    register
	sealer      sealer
	feed        *feed
	turns       chan struct{} // held by each transaction
}

const (
	// turnsAtOnce is how many transactions a server has at once on PostgreSQL, and one on
	// SQLite. They may wait for those of other servers, and must leave connections, or the
	// next turn at the only one, for the ledger, without which nobody sees anything.
	turnsAtOnce = 2
	// changeWithin bounds one transaction, with its waiting for others.
	changeWithin = 10 * time.Second
)

// New keeps them in the database, audits every change in the ledger, and begins to follow
// what other servers change; now is the clock.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Store {
	s := &Store{
		write: write.DB, read: read.DB, postgres: write.Dialect().Name() == dialect.PG, ledger: ledger, now: now,
		turns: make(chan struct{}, 1),
	}
	if s.postgres {
		s.turns = make(chan struct{}, turnsAtOnce)
	}
	s.feed = newFeed(s)
	return s
}

// Close ends every Watch and stops following.
func (s *Store) Close() { s.feed.close() }

// moment is now as the tables have it.
func (s *Store) moment() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// inTx runs one transaction. On SQLite it has the whole database to itself.
func (s *Store) inTx(ctx context.Context, what string, run func(ctx context.Context, tx *sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, changeWithin)
	defer cancel()
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", what, ctx.Err())
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := run(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// lockRow makes other changes of the row wait until the transaction ends.
func (s *Store) lockRow(ctx context.Context, tx *sql.Tx, table, id string) error {
	if !s.postgres {
		return nil // the transaction holds the database
	}
	var one int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM `+table+` WHERE id = $1 FOR UPDATE`, id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // whoever reads it next finds that out
	}
	return err
}

func newID() string { return strings.ToLower(rand.Text()) }

func at(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

// micro is a time as the tables have it; 0 for the zero time.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UTC().Truncate(time.Microsecond).UnixMicro()
}

// placeholders are "$from, $from+1 …", n of them.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(from+i))
	}
	return b.String()
}

// anys are the texts after the other arguments.
func anys(first []any, texts []string) []any {
	for _, t := range texts {
		first = append(first, t)
	}
	return first
}
