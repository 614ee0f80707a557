package views

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// ActionView is a change of a view or a run of one: Target is the view with its version.
const ActionView = "view"

// Executor runs one GraphQL operation for the caller in ctx. An error means that nothing may
// leave; problems are what the operation itself refused, one sentence each.
type Executor interface {
	Run(ctx context.Context, operation, query string, variables map[string]any) (data json.RawMessage, problems []string, err error)
}

// Store keeps views and their runs. All exported fields are set before the first use. It is
// safe for concurrent use, on however many servers of one database.
type Store struct {
	Executor Executor
	Renderer Renderer
	// Fields are all that columns can show.
	Fields []Field
	// Welcome is accounts.ErrOff if the session's user is not welcome any more; it is asked
	// before every page of a run, which may go on when the user has left.
	Welcome func(ctx context.Context, s *auth.Session) error
	// Busy reports whether the server has more to do than it can, for people who wait for it;
	// nil is never.
	Busy func() bool
	// Governance holds runs to what other purposes than care need; nil refuses such runs.
	Governance Governance
	Limits     Limits
	Log        *slog.Logger
	// Zone is the region's, in which views are repeated; nil is UTC.
	Zone *time.Location
	// Older are secrets that sealed before: what they sealed is opened. Root is the one that
	// digests follow from; nil is the secret itself. Set them before the Store is shared.
	Older [][]byte
	Root  []byte

	write, read *sql.DB
	ledger      *audit.Ledger
	secret      []byte
	now         func() time.Time
	name        string // of this server among those of the database
	wake        chan struct{}

	mu      sync.Mutex
	running map[string]context.CancelFunc
}

// Limits bound runs; zero values are the defaults.
type Limits struct {
	// Keep is how long rows are kept; default 24 h. People is how many a run may be over;
	// default 100,000. AtOnce is how many runs a server works on; default 2.
	Keep   time.Duration
	People int
	AtOnce int
	// Remember is how long it is known over whom runs for other purposes were: two that differ
	// in a few people tell of those few; default 90 days.
	Remember time.Duration
}

func (l Limits) withDefaults() Limits {
	if l.Keep == 0 {
		l.Keep = 24 * time.Hour
	}
	if l.People == 0 {
		l.People = 100_000
	}
	if l.Remember == 0 {
		l.Remember = 90 * 24 * time.Hour
	}
	if l.AtOnce == 0 {
		l.AtOnce = 2
	}
	return l
}

// New keeps views in the database; secret is the server's, of 32 bytes at least and the same
// on every server.
func New(write, read *bun.DB, ledger *audit.Ledger, secret []byte, now func() time.Time) *Store {
	return &Store{write: write.DB, read: read.DB, ledger: ledger, secret: secret, now: now, name: rand.Text(),
		wake: make(chan struct{}, 1), running: map[string]context.CancelFunc{}, Log: slog.New(slog.DiscardHandler)}
}

// Save keeps a body as the newest version of a view, a draft; an empty id is a new view. seen
// is the version that its owner saw.
func (s *Store) Save(ctx context.Context, id string, seen int64, b Body) (*View, error) {
	session := auth.SessionFrom(ctx)
	if session == nil || session.Role == "" {
		return nil, ErrNobody
	}
	if err := s.Check(&b); err != nil {
		return nil, err
	}
	was := &View{}
	if id == "" {
		id = rand.Text()
	} else {
		var err error
		if was, err = s.Get(ctx, id, 0); err != nil {
			return nil, err
		}
		if !was.Owns(session) {
			return nil, ErrOwner
		}
		if was.Version != seen {
			return nil, ErrChanged
		}
	}
	if err := s.told(ctx, id, was.Version+1, "saved"); err != nil {
		return nil, err
	}
	text, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	if err := s.insert(ctx, session, id, was.Version, string(text)); err != nil {
		return nil, err
	}
	return s.Get(ctx, id, 0)
}

func (s *Store) insert(ctx context.Context, session *auth.Session, id string, was int64, body string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		at := s.now().UnixMicro()
		query, args := `UPDATE view SET version = version + 1 WHERE id = $1 AND version = $2`, []any{id, was}
		if was == 0 {
			name := session.Name
			if name == "" {
				name = session.Subject
			}
			query = `INSERT INTO view (id, version, owner_issuer, owner_subject, owner_name, organisation, created) VALUES ($1, 1, $2, $3, $4, $5, $6)`
			args = []any{id, session.Issuer, session.Subject, name, session.Organisation.ODS, at}
		}
		if err := oneRow(tx.ExecContext(ctx, query, args...)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO view_version (view, version, body, state, saved, decided, approver, until, reason) VALUES ($1, $2, $3, 'draft', $4, 0, '', 0, '')`,
			id, was+1, body, at)
		return err
	})
}

// oneRow is ErrChanged if a statement changed nothing.
func oneRow(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrChanged, err)
	}
	return nil
}

func (s *Store) within(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("views: %w", err)
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// told notes a change of a view in the ledger before it takes effect.
func (s *Store) told(ctx context.Context, view string, version int64, what string) error {
	e := auth.EventOf(ctx, ActionView, audit.Permit)
	e.Target, e.Reason = target(view, version), what
	return s.ledger.Record(ctx, e)
}

func target(view string, version int64) string { return fmt.Sprintf("view:%s@%d", view, version) }
