package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// leaseFor is how long a run belongs to a server that has said nothing more: one that was
	// killed loses its runs to another, or to itself after its start.
	leaseFor = 10 * time.Second
	// lookEvery is how often a server looks for runs that nobody works on.
	lookEvery = time.Second
	// sweepEvery is how often rows past their time are deleted.
	sweepEvery = time.Minute
)

// Work works on runs until ctx ends, and returns when all work has stopped. What it was at is
// taken up again, by another server or the next start.
func (s *Store) Work(ctx context.Context) {
	var workers sync.WaitGroup
	defer workers.Wait()
	free := make(chan struct{}, s.Limits.withDefaults().AtOnce)
	tick, sweep := time.NewTicker(lookEvery), time.NewTicker(sweepEvery)
	defer tick.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-sweep.C:
			s.Sweep(ctx)
			s.SweepSchedules(ctx)
			continue
		case <-tick.C:
			s.Repeat(ctx)
		case <-s.wake:
		}
		for claimed := true; claimed && ctx.Err() == nil; {
			select {
			case free <- struct{}{}:
			default:
				claimed = false
				continue
			}
			job, err := s.claim(ctx)
			if err != nil || job == nil {
				<-free
				claimed = false
				s.trouble(ctx, err)
				continue
			}
			workers.Go(func() {
				defer func() { <-free; s.nudge() }()
				s.trouble(ctx, s.job(ctx, job))
			})
		}
	}
}

func (s *Store) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Store) trouble(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !errors.Is(err, errLost) {
		s.Log.Error("a run of a view stopped; it is tried again", "kind", fmt.Sprintf("%T", err)) // a text may quote what was read
	}
}

// job is a run that this server works on.
type job struct {
	id, view, list string
	search         *Search // instead of a list
	version        int64
	session        *auth.Session
	page           int64
	place          place
	people         int64
	since          *tracker // nil if it is compared with no run before
	attempts       int64
	seen           map[string]bool // whom its pages are about, by keyOf
}

// claim takes a run that nobody works on, first those that somebody waits for; nil if there is none. Two servers that see the same
// one are put in order by the database, and the second changes nothing.
func (s *Store) claim(ctx context.Context) (*job, error) {
	now := s.now()
	var j job
	var sealed, search, place string
	err := s.write.QueryRowContext(ctx, `UPDATE view_run SET worker = $1, lease = $2, state = 'running' WHERE lease < $3 AND state IN ('queued', 'running')
		AND id = (SELECT id FROM view_run WHERE state IN ('queued', 'running') AND lease < $3
			ORDER BY (SELECT COUNT(*) FROM view_since x WHERE x.run = view_run.id AND x.asked = 0), created, id LIMIT 1)
		RETURNING id, view, version, list, search, session, page, place, people, attempts`, s.name, now.Add(leaseFor).UnixMicro(), now.UnixMicro()).
		Scan(&j.id, &j.view, &j.version, &j.list, &search, &sealed, &j.page, &place, &j.people, &j.attempts)
	if isNoRow(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("taking a run: %w", err)
	}
	if err := s.open(&j, sealed, search, place); err != nil {
		return nil, errors.Join(err, s.finish(ctx, j.id, s.name, Failed, "What was kept of the run cannot be read any more; begin it again."))
	}
	return &j, nil
}

func (s *Store) open(j *job, sealed, search, place string) error {
	text, err := s.unseal("session "+j.id, sealed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &j.session); err != nil {
		return err
	}
	if search != "" {
		if text, err = s.unseal("search "+j.id, search); err != nil {
			return err
		}
		if err := json.Unmarshal(text, &j.search); err != nil {
			return err
		}
	}
	j.place, err = s.unsealPlace(j.id, place)
	return err
}

// job works on one run to its end.
func (s *Store) job(ctx context.Context, j *job) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s.mu.Lock()
	s.running[j.id] = stop
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.running, j.id)
		s.mu.Unlock()
	}()
	defer s.renewing(ctx, j.id, stop)()
	return s.tried(ctx, j, s.pagesOf(ctx, j))
}

// pagesOf reads page after page of a run, and ends it.
func (s *Store) pagesOf(ctx context.Context, j *job) (err error) {
	defer s.recovered(&err)
	v, err := s.Get(ctx, j.view, j.version)
	if err != nil {
		return err
	}
	plan, err := s.planOf(&v.Body)
	if err != nil {
		return errors.Join(err, s.finish(ctx, j.id, s.name, Failed, "The view does not fit the graph any more."))
	}
	if j.since, err = s.tracker(ctx, j, v, plan); err != nil {
		return err
	}
	if err := s.remember(ctx, j); err != nil {
		return err
	}
	for {
		more, err := s.page(ctx, j, v, j.since.planOr(plan))
		var failure *failure
		switch {
		case errors.As(err, &failure):
			return s.finish(ctx, j.id, s.name, failure.state, failure.text)
		case err != nil:
			return err
		case !more:
			return s.conclude(ctx, j, v)
		}
	}
}

// renewing keeps the run this server's while it works on it, and gives the function that ends
// that. Whoever has lost it stops.
func (s *Store) renewing(ctx context.Context, id string, lost func()) func() {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(leaseFor / 4)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			r, err := s.write.ExecContext(ctx, `UPDATE view_run SET lease = $1 WHERE id = $2 AND worker = $3 AND state = 'running'`,
				s.now().Add(leaseFor).UnixMicro(), id, s.name)
			if errors.Is(oneRow(r, err), ErrChanged) {
				lost()
				return
			}
		}
	}()
	return func() { stop(); <-done }
}

// Sweep deletes what is past its time.
func (s *Store) Sweep(ctx context.Context) {
	for _, query := range []string{
		`DELETE FROM view_rows WHERE run IN (SELECT id FROM view_run WHERE expires <= $1)`,
		`UPDATE view_run SET state = 'expired', session = '', search = '', place = '' WHERE expires <= $1 AND state IN ('done', 'queued', 'running')`,
	} {
		if _, err := s.write.ExecContext(ctx, query, s.now().UnixMicro()); err != nil {
			s.trouble(ctx, fmt.Errorf("forgetting rows: %w", err))
		}
	}
}
