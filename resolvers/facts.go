package resolvers

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// sources lists the region's systems with their health.
func (r *Resolver) sources(ctx context.Context) []*model.Source {
	q := requestFrom(ctx)
	list := make([]*model.Source, 0, len(r.Systems))
	for _, s := range r.Systems {
		o := s.Origin()
		src := &model.Source{
			ID: o.ID, Name: orNil(o.Name), Kind: orNil(o.Kind), Organisation: &o.Organisation,
			CareSetting: orNil(o.CareSetting), Sections: []string{}, Health: healthOf(s.Health()),
		}
		for _, h := range record.Headings() {
			if s.Offers(h.Section) && !q.policy.Check(q.session, nil, policy.Read, sectionClass(h.Section), o).NotYet() {
				src.Sections = append(src.Sections, h.Name)
			}
		}
		if q.policy.Hides(q.session, o.ID) && !q.may(policy.Administer, "sources:administer", nil).Allowed() {
			src.Health = healthOf(sources.Health{}) // how it is doing would tell of what it holds
		}
		list = append(list, src)
	}
	return list
}

func healthOf(h sources.Health) *model.Health {
	m := &model.Health{State: model.HealthState(h.State), Since: timeOrNil(h.Since), LastAnswer: timeOrNil(h.LastAnswer)}
	if !m.State.IsValid() {
		m.State = model.HealthStateUnknown
	}
	m.LastReason, m.Off = orNil(h.LastErrorReason), h.Off
	if !h.LastAnswer.IsZero() {
		m.P50Milliseconds, m.P95Milliseconds = ptr(int(h.P50/time.Millisecond)), ptr(int(h.P95/time.Millisecond))
	}
	return m
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// me is the caller as policy and audit see them.
func (r *Resolver) me(ctx context.Context) *model.Me {
	s := requestFrom(ctx).session
	return &model.Me{
		Name: s.Name, Role: string(s.Role), Organisation: &s.Organisation, CareSetting: orNil(s.CareSetting),
		Purpose: string(s.Purpose), Expires: timeOrNil(s.Expires),
	}
}
