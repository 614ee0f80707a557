package main

import (
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/sources"
)

// lent is what a server has from the one before it on the same database, or has left to the
// one after it: it does not close that.
type lent struct {
	database bool
	systems  []*sources.System
}

func (l lent) system(s *sources.System) bool {
	for _, one := range l.systems {
		if one == s {
			return true
		}
	}
	return false
}

// borrow takes what all servers of one process share: the database, the ledger with its proof,
// how sources were measured, and what users were counted to have tried. It is the other's until
// take.
func (s *server) borrow(from *server) {
	s.db, s.ledger, s.proof = from.db, from.ledger, from.proof
	s.metrics, s.probes, s.counts = from.metrics, from.probes, from.counts
	s.metrics.Register(s.registry)
	s.lent.database = true
}

// borrowSystem takes a source whose stanza is the same as it was, with all that it remembers:
// its breaker stays open, its connections stay, and a port that it listens at is not given up.
func (s *server) borrowSystem(from *server, id string) bool {
	if from == nil || s.config.made == nil || from.config.made == nil || s.config.zone.String() != from.config.zone.String() {
		return false
	}
	name := "source " + id
	now, there := s.config.made.parts[name]
	if before, was := from.config.made.parts[name]; !there || !was || now.digest != before.digest {
		return false
	}
	for _, system := range from.systems {
		if system.Origin().ID == id {
			s.systems = append(s.systems, system)
			s.lent.systems = append(s.lent.systems, system)
			return true
		}
	}
	return false
}

// take makes what was borrowed its own: from closes none of it any more.
func (s *server) take(from *server) {
	from.lent, s.lent = s.lent, lent{}
	from.hearing() // what others counted is counted once
	from.hearing = nil
	s.watchLedger()
	s.probes.Limit(resolvers.SearchLimits(s.config.Search))
}

// counting is whose counts of operations an executor goes on with; nil for none.
func (s *server) counting() *resolvers.Executor {
	if s == nil {
		return nil
	}
	return s.executor
}
