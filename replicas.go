package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
)

// StopConfig is how a server goes. docs/operate/replicas.md.
type StopConfig struct {
	// Notice is how long after SIGTERM the server says on /readyz that it goes, and still
	// answers everything: as long as the balancer needs to notice. Default 5s on PostgreSQL,
	// where other servers may stand beside it, 0s on SQLite.
	Notice *time.Duration `yaml:"notice"`
	// Drain is how long requests under way may go on after that; default 8s.
	Drain time.Duration `yaml:"drain"`
}

// hear has what other servers have changed looked at when they say so. Each room looks by
// itself within a second too, so that a notice that is lost delays nothing beyond that.
func (s *server) hear() {
	rooms := map[string]func(){
		migrations.Changed("policy_version"): s.policies.Poke,
		migrations.Changed("source_switch"):  s.switches.Poke,
		migrations.Changed("source_stage"):   s.stages.Poke,
		migrations.Changed("list_change"):    s.lists.Poke,
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.db.Hear(ctx, func() {
			for _, poke := range rooms {
				poke()
			}
		}, func(notice string) {
			if poke := rooms[notice]; poke != nil {
				poke()
				return
			}
			s.counts.heard(notice, s.executor.Elsewhere)
		})
	}()
	telling := repeat(tellEvery, s.counts.say)
	s.hearing = func() { telling(); stop(); <-done }
}

// ready says whether a balancer may send requests here: without an audit nothing may leave,
// without policies everything is refused, and a server that goes takes nothing new.
func (s *server) ready(w http.ResponseWriter, _ *http.Request) {
	switch {
	case s.leaving.Load():
		plain(w, http.StatusServiceUnavailable, "the server is going down")
	case s.ledger.Ready() != nil:
		plain(w, http.StatusServiceUnavailable, "the audit cannot be written")
	case s.policies.Guard.Ready() != nil:
		plain(w, http.StatusServiceUnavailable, "the policies cannot be read")
	default:
		plain(w, http.StatusOK, "ready")
	}
}

// leave says that the server goes, until the balancer must have noticed. broken gives the
// error if it ceases to serve meanwhile.
func (s *server) leave(broken <-chan error) error {
	s.leaving.Store(true)
	notice := s.config.Stop.Notice
	if notice == nil || *notice <= 0 {
		return nil
	}
	s.log.Info("going down", "notice", notice.String(), "drain", s.config.Stop.Drain.String())
	t := time.NewTimer(*notice)
	defer t.Stop()
	select {
	case err := <-broken:
		return errors.Join(errors.New("the server ceased to serve while it was going down"), err)
	case <-t.C:
		return nil
	}
}

// farewell closes each connection with its answer once the server goes: a balancer that kept it
// might send the next request just as it is cut.
func (s *server) farewell(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}
