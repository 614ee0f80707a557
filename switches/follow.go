package switches

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/sources"
)

const (
	// followEvery is how often a server looks for what others have switched: in effect
	// everywhere within a second.
	followEvery = 400 * time.Millisecond
	// readingTime is how long one look may take.
	readingTime = 5 * time.Second
)

// following holds the sources of one server to the switches.
type following struct {
	systems []*sources.System
	log     *slog.Logger
	stop    context.CancelFunc
	poked   chan struct{}
	done    chan struct{}

	mu  sync.Mutex           // held from reading to having applied: no older reading comes last
	off map[string]time.Time // what is switched off here, since when
}

// Open holds the systems to the switches, from its return on until Close. While the database
// cannot be read they stay as they are: policy, which reads it too, refuses everything after
// seconds.
func Open(ctx context.Context, write, read *bun.DB, ledger *audit.Ledger, systems []*sources.System, now func() time.Time, log *slog.Logger) (*Store, error) {
	s := New(write, read, ledger, now)
	s.following = &following{systems: systems, log: log, poked: make(chan struct{}, 1), done: make(chan struct{}), off: map[string]time.Time{}}
	for _, system := range systems { // one that another Store held, and leaves to this one
		if e := system.Off(); e != nil {
			s.following.off[system.Origin().ID] = e.Since
		}
	}
	if err := s.apply(ctx); err != nil {
		return nil, err
	}
	ctx, s.following.stop = context.WithCancel(context.WithoutCancel(ctx))
	go s.follow(ctx)
	return s, nil
}

// Close stops following; the sources stay as they are.
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
			s.following.log.Error("the switches of sources cannot be read; they stay as they are", "kind", fmt.Sprintf("%T", errors.Unwrap(err)))
		}
		failing = err != nil
	}
}

// apply reads the switches and holds the sources to them.
func (s *Store) apply(ctx context.Context) error {
	f := s.following
	f.mu.Lock()
	defer f.mu.Unlock()
	states, err := s.States(ctx)
	if err != nil {
		return err
	}
	for _, system := range f.systems {
		id := system.Origin().ID
		state, since := states[id], f.off[id]
		switch {
		case state.Off && !since.Equal(state.At):
			system.SwitchOff(state.At)
			f.off[id] = state.At
		case !state.Off && !since.IsZero():
			system.SwitchOn()
			delete(f.off, id)
		default:
			continue
		}
		f.log.Warn("a source was switched", "source", id, "off", state.Off)
	}
	return nil
}
