package main

import "errors"

// close ends everything in the opposite order.
func (s *server) close() error {
	var errs []error
	if s.hearing != nil {
		s.hearing()
	}
	if s.sweep != nil {
		s.sweep()
	}
	if s.watching != nil {
		s.watching()
	}
	if s.viewing != nil {
		s.viewing()
	}
	if s.tallying != nil {
		s.tallying()
	}
	if s.feeds != nil {
		s.feeds()
	}
	if s.hub != nil {
		s.hub.Close()
	}
	if s.launchers != nil {
		errs = append(errs, s.launchers.Close())
	}
	if s.follow != nil {
		s.follow()
	}
	if s.policies != nil {
		s.policies.Close()
	}
	if s.lists != nil {
		s.lists.Close()
	}
	if s.trials != nil {
		s.trials.Close()
	}
	if s.stages != nil {
		s.stages.Close()
	}
	if s.switches != nil {
		s.switches.Close()
	}
	if s.index != nil {
		errs = append(errs, s.index.Close())
	}
	for _, system := range s.systems {
		if !s.lent.system(system) {
			errs = append(errs, system.Close())
		}
	}
	if s.door != nil {
		errs = append(errs, s.door.Close())
	}
	if s.lent.database {
		s.endTraces()
		return errors.Join(errs...)
	}
	if s.ledger != nil {
		errs = append(errs, s.ledger.Close())
	}
	if s.proof != nil {
		errs = append(errs, s.proof.close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	s.endTraces()
	return errors.Join(errs...)
}
