package sources

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// System is a Source with everything around it that no connector can be trusted to
// bring along: a kill switch, hours, a rate, a deadline, a cap on calls, a circuit breaker, one read in flight per
// key, a memory of seconds, the wrong-patient guard, health and metrics. It is safe
// for concurrent use.
type System struct {
	settings Settings
	source   Source
	offers   map[record.Section]bool
	gate     *gate
	health   *health
	meters   meters
	log      *slog.Logger
	now      func() time.Time
	life     context.Context
	end      context.CancelCauseFunc
	running  sync.WaitGroup
	desks    chan struct{} // one for each document being read

	mu       sync.Mutex
	flights  map[Key]*flight
	memory   byUntil
	inFlight int
	stuck    int
	sweeper  *time.Timer
	sweeping bool
	closed   bool
}

// closeGrace is how long Close waits for reads that do not end when told to.
const closeGrace = 5 * time.Second

// Open opens the connector as one source. It fills env.Call from the settings, and
// what is missing of env: ID from Origin.ID, Log with none, Now with time.Now and
// Zone with Europe/London. A nil m measures nothing. ctx is for opening only.
//
// It fails if the connector cannot be opened; a system that is down at the moment is
// no reason to fail.
func Open(ctx context.Context, c Connector, settings Settings, env Env, m *Metrics) (*System, error) {
	settings = settings.withDefaults()
	if settings.Origin.ID == "" {
		return nil, errors.New("a source needs an id")
	}
	if m == nil {
		m = NewMetrics(nil)
	}
	if err := env.fill(settings.Origin.ID); err != nil {
		return nil, err
	}
	s := &System{
		settings: settings, log: env.Log, now: env.Now, meters: m.of(settings.Origin.ID),
		flights: map[Key]*flight{}, offers: map[record.Section]bool{},
	}
	s.life, s.end = context.WithCancelCause(context.Background())
	s.gate = newGate(settings, env, newPower(s.life), s.meters, s.guarded)
	s.health = newHealth(env.Now)
	s.desks = make(chan struct{}, settings.Documents.AtOnce)
	env.Call, env.AtOnce = s.gate.call, settings.Concurrency
	err := s.guarded("open", func() (err error) {
		s.source, err = c.Open(ctx, env)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open source %s: %w", settings.Origin.ID, err)
	}
	for _, section := range s.source.Offers() {
		s.offers[section] = true
		s.meters.watchful(section)
	}
	return s, nil
}

func (env *Env) fill(id string) (err error) {
	if env.ID == "" {
		env.ID = id
	}
	if env.Log == nil {
		env.Log = slog.New(slog.DiscardHandler)
	}
	env.Log = env.Log.With("source", env.ID)
	if env.Now == nil {
		env.Now = time.Now
	}
	if env.Zone == nil {
		env.Zone, err = time.LoadLocation("Europe/London")
	}
	return err
}

// Origin names the source to readers. It is the same pointer always, and must not be
// written to.
func (s *System) Origin() *record.Origin { return &s.settings.Origin }

// Offers reports whether the source can answer the section.
func (s *System) Offers(section record.Section) bool { return s.offers[section] }

// Close cancels what is in flight, waits for it, forgets everything and lets go of
// the source. Reads still held end as UNAVAILABLE, and so do later Begins. It gives up
// waiting for a connector that does not stop after five seconds, and says so.
// A second Close does nothing.
func (s *System) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	if s.sweeper != nil {
		s.sweeper.Stop()
	}
	s.mu.Unlock()
	s.end(errClosed)

	ended := make(chan struct{})
	go func() { s.running.Wait(); close(ended) }()
	timer := time.NewTimer(closeGrace)
	defer timer.Stop()
	var stuck error
	select {
	case <-ended:
	case <-timer.C:
		stuck = fmt.Errorf("close source %s: a read did not stop within %v", s.settings.Origin.ID, closeGrace)
	}
	s.mu.Lock()
	clear(s.flights)
	s.memory = nil
	s.mu.Unlock()
	return errors.Join(stuck, s.guarded("close", s.source.Close))
}
