package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// ErrUnavailable: the ledger cannot be written at the moment. Whoever gets it sends
// nothing out (503).
var ErrUnavailable = errors.New("the audit ledger cannot be written")

// ErrClosed: the ledger was closed.
var ErrClosed = errors.New("the audit ledger is closed")

const (
	// probeEvery is how often a ledger that failed tries again by itself.
	probeEvery = 500 * time.Millisecond
	// commitWithin bounds one commit, so that a lock cannot hold every reader.
	commitWithin = 3 * time.Second
	// batchEvents is the most events of one commit, but for a larger single call.
	batchEvents = 512
)

// Ledger writes events through one goroutine: what waits while a commit is under
// way goes into the next one together. Safe for concurrent use.
type Ledger struct {
	db, read *sql.DB
	sqlite   bool
	now      func() time.Time
	log      *slog.Logger

	calls  chan *call
	gate   sync.RWMutex // closed changes under it, so that no call is sent after
	closed bool
	done   chan struct{}
	down   atomic.Pointer[failure]
	watch  atomic.Pointer[Watch]
	head   head // of the writer goroutine alone
}

// call is the events of one Record, waiting to be written.
type call struct {
	rows []row
	err  chan error
}

// failure is why and since when the ledger cannot be written.
type failure struct {
	since time.Time
	err   error
}

// Open reads where the ledger stands and starts its writer. db is the pool for
// changes; now gives the time of events that have none.
func Open(ctx context.Context, db *bun.DB, now func() time.Time, log *slog.Logger) (*Ledger, error) {
	l := &Ledger{
		db: db.DB, read: db.DB, sqlite: db.Dialect().Name() == dialect.SQLite, now: now, log: log,
		calls: make(chan *call, batchEvents), done: make(chan struct{}),
	}
	if err := l.head.load(ctx, l.db); err != nil {
		return nil, fmt.Errorf("the audit ledger cannot be read: %w", err)
	}
	if err := l.head.into.open(ctx, l.db, l.sqlite); err != nil {
		return nil, fmt.Errorf("the audit ledger cannot be written: %w", err)
	}
	go l.run()
	return l, nil
}

// ReadFrom makes Events and Verify read through another pool, so that a long report
// does not hold up the writer. Call it before the ledger is shared.
func (l *Ledger) ReadFrom(db *bun.DB) { l.read = db.DB }

// Record returns nil when all the events are on disk, together, one after the
// other. After an error nothing may leave: the events may or may not have been
// written. While the ledger is down it answers ErrUnavailable at once.
func (l *Ledger) Record(ctx context.Context, events ...Event) (err error) {
	if len(events) == 0 {
		return nil
	}
	began := time.Now()
	defer func() { l.recorded(ctx, began, events, err) }()
	if err := l.Ready(); err != nil {
		return err
	}
	c := &call{rows: make([]row, len(events)), err: make(chan error, 1)}
	for i := range events {
		r, err := encode(&events[i], l.now)
		if err != nil {
			return err
		}
		c.rows[i] = r
	}
	if err := l.send(ctx, c); err != nil {
		return err
	}
	select {
	case err := <-c.err:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err())
	}
}

func (l *Ledger) send(ctx context.Context, c *call) error {
	l.gate.RLock()
	defer l.gate.RUnlock()
	if l.closed {
		return ErrClosed
	}
	select {
	case l.calls <- c:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err())
	}
}

// Ready is nil when the ledger can be written. After a failure it tries again by
// itself, about twice a second.
func (l *Ledger) Ready() error {
	if f := l.down.Load(); f != nil {
		return fmt.Errorf("%w since %s", ErrUnavailable, f.since.UTC().Format(time.RFC3339))
	}
	return nil
}

// Close writes what waits and stops; Record answers ErrClosed from then on. It
// does not close the database.
func (l *Ledger) Close() error {
	l.gate.Lock()
	if !l.closed {
		l.closed = true
		close(l.calls)
	}
	l.gate.Unlock()
	<-l.done
	return nil
}
