package feed

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Digest tells messages apart.
type Digest = [sha256.Size]byte

// Message is what is put in.
type Message struct {
	// Sender is the sending application and facility; Control the sender's id of the message.
	Sender, Control string
	// Kind is its type and event, for example ADT^A01.
	Kind string
	// Person is the local id of whom it is about; "" where it does not say.
	Person string
	// Others are the local ids of whoever else it names, for one that cannot be used.
	Others []string
	// Identity is whom the message says they are; nil if it does not.
	Identity *Identity
	// Merges are the merges that it tells of: all of them come about, or none.
	Merges []Merge
	// Dead is why it cannot be used; nil if it can.
	Dead *Reason
	// Cut: Body is only its beginning.
	Cut  bool
	Body []byte
}

// Identity is what people are told apart and found by.
type Identity struct {
	// NHSNumber, Birth and Family are "" where they are not known; Family is in the one
	// spelling in which names are compared.
	NHSNumber, Birth, Family string
	// Keys are what the person is looked up by, in any order.
	Keys []string
	// Demographics: the message states the person's details, and the newest such one of
	// each person is kept beyond the retention.
	Demographics bool
}

// Merge is one record that became part of another.
type Merge struct{ Gone, Remains string }

// Reason is why a message cannot be used: Code is machine-readable, Text a sentence
// without personal data.
type Reason struct{ Code, Text string }

// Error gives the sentence and the code.
func (r *Reason) Error() string { return r.Text + " (" + r.Code + ")" }

// Why a message that is well formed is not used.
var (
	ErrReused   = &Reason{"control-id-reused", "Another message of this sender came with this control id"}
	ErrSelf     = &Reason{"merge-self", "It merges a record into itself"}
	ErrCycle    = &Reason{"merge-cycle", "It merges a record into one that was merged into it"}
	ErrElse     = &Reason{"merge-elsewhere", "It merges a record that was merged into another one already"}
	ErrIdentity = &Reason{"identity-conflict", "Under its local id stands a person with another birth date and another NHS number or name"}
	ErrFull     = &Reason{"dead-letters-full", "It cannot be used, and too many others wait already that could not"}
)

// Outcome is what became of a message.
type Outcome struct {
	// Duplicate: it had been kept before, and nothing has changed.
	Duplicate bool
	// Dead is why it is a dead letter; nil if it is in use. With ErrFull it was not kept.
	Dead *Reason
}

// Store is one feed's store.
type Store struct {
	write, read *sql.DB
	o           Options
	since       time.Time

	last   int64 // when a message last came; the writer's
	queue  chan *putting
	mu     sync.RWMutex
	closed bool
	ended  chan struct{}
}

// Open opens the store, and makes it if it is not there.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.DeadLetters == 0 {
		o.DeadLetters = 10_000
	}
	if err := claim(o.Dir, o.Owner); err != nil {
		return nil, err
	}
	s := &Store{o: o, queue: make(chan *putting, group), ended: make(chan struct{})}
	var err error
	if s.write, err = openDatabase(o.Dir, true); err != nil {
		return nil, err
	}
	if s.read, err = openDatabase(o.Dir, false); err == nil {
		err = prepare(ctx, o.Dir, s.write, o.Now())
	}
	if err == nil {
		s.since, err = s.about(ctx, "since")
	}
	if err == nil {
		err = s.read.QueryRowContext(ctx, "SELECT coalesce((SELECT received FROM message ORDER BY seq DESC LIMIT 1), 0)").Scan(&s.last)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the feed's store cannot be opened: %w", err), s.shut())
	}
	go s.writer()
	return s, nil
}

// Close waits for what is being kept.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	close(s.queue)
	<-s.ended
	return s.shut()
}

func (s *Store) shut() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Since is when the feed was first listened to.
func (s *Store) Since() time.Time { return s.since }

func (s *Store) about(ctx context.Context, name string) (time.Time, error) {
	var at int64
	err := s.read.QueryRowContext(ctx, "SELECT value FROM about WHERE name = ?", name).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return time.UnixMicro(at).UTC(), err
}
