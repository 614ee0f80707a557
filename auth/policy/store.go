package policy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
)

// Store keeps the versions of the policies in the database and the Guard on the newest.
// Several servers may share one database. Close it before the database.
type Store struct {
	Guard *Guard

	write, read *bun.DB
	ledger      *audit.Ledger
	schema      Schema
	now         func() time.Time // the region's wall clock
	log         *slog.Logger
	using       sync.Mutex // held while the Guard's edition is replaced
	version     int64
	poked       chan struct{}
	stop        context.CancelFunc
	done        chan struct{}
}

// Version is one version of the policies and who made it.
type Version struct {
	bun.BaseModel `bun:"table:policy_version"`
	// Version counts up from 1.
	Version int64 `bun:"version,pk"`
	// At is when it took effect, Unix microseconds.
	At int64 `bun:"at"`
	// Issuer, Subject and Name are who made it; Name "" is the system itself.
	Issuer  string `bun:"issuer"`
	Subject string `bun:"subject"`
	Name    string `bun:"name"`
	// Reason is why, in the maker's words.
	Reason string `bun:"reason"`
	// Document is the policies as JSON; not filled in lists.
	Document string `bun:"document"`
}

// Time is when the version took effect, UTC.
func (v *Version) Time() time.Time { return time.UnixMicro(v.At).UTC() }

const (
	// followEvery is how often a server looks for a newer version: a change is
	// effective everywhere within a second.
	followEvery = 400 * time.Millisecond
	// trustFor is how long a server decides without having been able to look.
	trustFor = 5 * time.Second
)

// New gives a Store that reads and imports versions and decides nothing: its Guard
// refuses. It is for the command line, beside servers that run; nothing needs to be
// closed. A ledger and schema of nil will do for reading.
func New(write, read *bun.DB, ledger *audit.Ledger, schema Schema, now func() time.Time) *Store {
	return &Store{Guard: &Guard{}, write: write, read: read, ledger: ledger, schema: schema, now: now}
}

// Open puts seed into an empty database, loads the newest version and follows it until
// Close. now gives the region's wall clock.
func Open(ctx context.Context, write, read *bun.DB, ledger *audit.Ledger, schema Schema, seed *Set, now func() time.Time, log *slog.Logger) (*Store, error) {
	s := New(write, read, ledger, schema, now)
	s.log, s.poked, s.done = log, make(chan struct{}, 1), make(chan struct{})
	if err := s.seed(ctx, seed); err != nil {
		return nil, err
	}
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	go s.follow(following)
	return s, nil
}

// Close stops following.
func (s *Store) Close() {
	s.stop()
	<-s.done
}

// Poke has it looked at once: somebody has changed something. It never waits.
func (s *Store) Poke() {
	select {
	case s.poked <- struct{}{}:
	default: // it is looked anyway
	}
}

func (s *Store) seed(ctx context.Context, seed *Set) error {
	newest, err := s.newest(ctx)
	if err != nil || newest > 0 {
		return err
	}
	if _, err := s.ready(seed); err != nil {
		return err
	}
	v := &Version{Version: 1, At: s.now().UnixMicro(), Reason: "The policies of the first start"}
	if err := s.insert(ctx, v, seed); err != nil && !errors.Is(err, ErrChanged) { // another server was first
		return err
	}
	return nil
}

// ready makes an edition of a set and refuses one that would lock administrators out.
func (s *Store) ready(set *Set) (*Edition, error) {
	e, err := NewEdition(set, s.schema, s.now)
	if err != nil {
		return nil, err
	}
	return e, e.locksOut()
}

func (s *Store) newest(ctx context.Context) (version int64, err error) {
	err = s.read.NewSelect().Model((*Version)(nil)).ColumnExpr("COALESCE(MAX(version), 0)").Scan(ctx, &version)
	if err != nil {
		return 0, fmt.Errorf("the policies cannot be read: %w", err)
	}
	return version, nil
}

// At gives one version with its policies; version 0 is the newest. ErrNoVersion if
// there is no such version.
func (s *Store) At(ctx context.Context, version int64) (*Version, *Set, error) {
	var rows []Version
	q := s.read.NewSelect().Model(&rows).Order("version DESC").Limit(1)
	if version > 0 {
		q = q.Where("version = ?", version)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, nil, fmt.Errorf("the policies cannot be read: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil, ErrNoVersion
	}
	var policies []Policy
	if err := json.Unmarshal([]byte(rows[0].Document), &policies); err != nil {
		return nil, nil, fmt.Errorf("version %d of the policies cannot be read: %w", rows[0].Version, err)
	}
	set, err := NewSet(strconv.FormatInt(rows[0].Version, 10), policies)
	return &rows[0], set, err
}

// Versions lists the versions before another, or from the newest for 0, newest first, without
// their documents.
func (s *Store) Versions(ctx context.Context, limit, before int64) ([]Version, error) {
	var rows []Version
	err := s.read.NewSelect().Model(&rows).ExcludeColumn("document").Where("version < ? OR ? <= 0", before, before).Order("version DESC").Limit(min(max(limit, 1), 100)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("the policies cannot be read: %w", err)
	}
	return rows, nil
}

// load makes the newest version decide, if it is not yet.
func (s *Store) load(ctx context.Context) error {
	s.using.Lock()
	defer s.using.Unlock()
	newest, err := s.newest(ctx)
	if err != nil {
		return err
	}
	if newest != s.version {
		_, set, err := s.At(ctx, newest)
		if err != nil {
			return err
		}
		e, err := NewEdition(set, s.schema, s.now)
		var refused *RefusedError
		if errors.As(err, &refused) {
			if narrow, ok := set.narrowed(s.schema); ok {
				s.warn("the policies name what this server does not have: what is allowed of it is left out, what is denied is denied more widely; run the newer Patchwork here too", newest, refused.Problems)
				e, err = NewEdition(narrow, s.schema, s.now)
			}
		}
		if err != nil {
			return fmt.Errorf("version %d of the policies does not fit this program: %w", newest, err)
		}
		s.Guard.Use(e)
		s.version = newest
	}
	s.Guard.trustUntil(time.Now().Add(trustFor))
	return nil
}

func (s *Store) warn(what string, version int64, problems []string) {
	if s.log != nil {
		s.log.Warn(what, "version", version, "problems", problems)
	}
}

func (s *Store) follow(ctx context.Context) {
	defer close(s.done)
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.poked:
		case <-tick.C:
		}
		bounded, cancel := context.WithTimeout(ctx, trustFor)
		err := s.load(bounded)
		cancel()
		if err != nil && !failing && ctx.Err() == nil {
			s.log.Error("the policies cannot be read; everything is refused until they can", "kind", fmt.Sprintf("%T", errors.Unwrap(err)))
		}
		failing = err != nil
	}
}

// insert writes a version; ErrChanged if there is one with its number already.
func (s *Store) insert(ctx context.Context, v *Version, set *Set) error {
	document, err := json.Marshal(set.Policies)
	if err != nil {
		return fmt.Errorf("policies cannot be written: %w", err)
	}
	v.Document = string(document)
	result, err := s.write.NewInsert().Model(v).On("CONFLICT (version) DO NOTHING").Exec(ctx)
	if err != nil {
		return fmt.Errorf("the policies cannot be written: %w", err)
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 {
		return ErrChanged
	}
	return nil
}
