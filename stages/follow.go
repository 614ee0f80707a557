package stages

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/record"
)

const (
	// followEvery is how often a server looks for what others have changed: in effect
	// everywhere within a second.
	followEvery = 400 * time.Millisecond
	// readingTime is how long one look may take.
	readingTime = 5 * time.Second
)

// following holds one server to the stages.
type following struct {
	configured []record.StageRule
	log        *slog.Logger
	stop       context.CancelFunc
	poked      chan struct{}
	done       chan struct{}
	current    atomic.Pointer[record.Stages]

	mu    sync.Mutex // held from reading to having applied: no older reading comes last
	rules []record.StageRule
	use   func(*record.Stages) // nil until it is told
}

// Open reads the stages, and follows them from its return on until Close. configured is what
// the configuration says of each source; what was set here goes before it. While the database
// cannot be read they stay as they are: policy, which reads it too, refuses everything after
// seconds.
func Open(ctx context.Context, write, read *bun.DB, ledger *audit.Ledger, configured []record.StageRule, now func() time.Time, log *slog.Logger) (*Store, error) {
	s := New(write, read, ledger, now)
	s.following = &following{configured: configured, log: log, poked: make(chan struct{}, 1), done: make(chan struct{})}
	if err := s.apply(ctx); err != nil {
		return nil, err
	}
	ctx, s.following.stop = context.WithCancel(context.WithoutCancel(ctx))
	go s.follow(ctx)
	return s, nil
}

// Current are the stages as they are now.
func (s *Store) Current() *record.Stages { return s.following.current.Load() }

// Tell gives the stages to use, now and whenever they change. Use must be quick.
func (s *Store) Tell(use func(*record.Stages)) {
	s.following.mu.Lock()
	defer s.following.mu.Unlock()
	s.following.use = use
	use(s.Current())
}

// Close stops following; the stages stay as they are.
func (s *Store) Close() {
	s.following.stop()
	<-s.following.done
}

// Poke has it looked at once: somebody has changed something. It never waits.
func (s *Store) Poke() {
	select {
	case s.following.poked <- struct{}{}:
	default: // it is looked anyway
	}
}

func (s *Store) follow(ctx context.Context) {
	defer close(s.following.done)
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.following.poked:
		case <-tick.C:
		}
		bounded, cancel := context.WithTimeout(ctx, readingTime)
		err := s.apply(bounded)
		cancel()
		if err != nil && !failing && ctx.Err() == nil {
			s.following.log.Error("the stages of sources cannot be read; they stay as they are", "kind", fmt.Sprintf("%T", errors.Unwrap(err)))
		}
		failing = err != nil
	}
}

// apply reads the stages and holds the server to them.
func (s *Store) apply(ctx context.Context) error {
	f := s.following
	f.mu.Lock()
	defer f.mu.Unlock()
	states, err := s.States(ctx)
	if err != nil {
		return err
	}
	rules := slices.Clone(f.configured)
	for i := range states {
		rules = append(rules, states[i].StageRule)
	}
	if f.current.Load() != nil && slices.Equal(rules, f.rules) {
		return nil
	}
	first := f.current.Load() == nil
	f.rules = rules
	f.current.Store(record.NewStages(rules))
	if f.use != nil {
		f.use(f.current.Load())
	}
	if !first {
		f.log.Warn("the stages of sources were changed")
	}
	return nil
}
