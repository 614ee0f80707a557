package resolvers

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

const (
	// slowHalf and slowMost are within how long half, and nearly all, of the reads of a system that
	// is not slow are answered: about as long as readers wait.
	slowHalf, slowMost = time.Second, 3 * time.Second
	// enoughReads are of how many a share is told: one of less would tell of single looks.
	enoughReads = 20
)

// systemStatus tells whoever works with the record how its systems are doing. One that is hidden
// from the caller is no part of it, and how it is doing would tell of what it holds.
func (r *Resolver) systemStatus(ctx context.Context) []*model.SystemStatus {
	q := requestFrom(ctx)
	list := make([]*model.SystemStatus, 0, len(r.Systems))
	for _, s := range r.Systems {
		o := s.Origin()
		if q.policy.Hides(q.session, o.ID) {
			continue
		}
		m := &model.SystemStatus{Source: o.ID, Name: orNil(o.Name), Organisation: &o.Organisation, CareSetting: orNil(o.CareSetting),
			About: orNil(r.About[o.ID]), Sections: []string{}}
		for _, h := range record.Headings() {
			if s.Offers(h.Section) && !q.policy.Check(q.session, nil, policy.Read, sectionClass(h.Section), o).NotYet() {
				m.Sections = append(m.Sections, h.Name)
			}
		}
		r.stateOf(ctx, s, m)
		if asked, answered := s.Day(); asked >= enoughReads {
			m.AnsweredPercent = ptr(answered * 100 / asked) // down: 100 is all of them
		}
		list = append(list, m)
	}
	return list
}

// stateOf says how one is doing. What is not asked on purpose is told before how it did when it was.
func (r *Resolver) stateOf(ctx context.Context, s *sources.System, m *model.SystemStatus) {
	h := s.Health()
	m.Since = timeOrNil(h.Since)
	closed := s.Closed()
	switch {
	case h.Off:
		m.State = model.SystemStateOff
		states, err := r.Switches.States(ctx)
		if last := states[s.Origin().ID]; err == nil && last.Off { // that it is off is told all the same
			m.Reason = orNil(last.Reason)
		}
	case closed != nil:
		m.State, m.Since, m.Reason = model.SystemStateClosed, nil, orNil(closed.Reason)
	case h.State == sources.StateDown:
		m.State = model.SystemStateDown
	case h.State == sources.StateDegraded:
		m.State = model.SystemStatePartly
	case h.State == sources.StateUp && (h.P50 > slowHalf || h.P95 > slowMost):
		m.State, m.Since = model.SystemStateSlow, nil
	case h.State == sources.StateUp:
		m.State = model.SystemStateAnswers
	default:
		m.State, m.Since = model.SystemStateUnknown, nil
	}
}
