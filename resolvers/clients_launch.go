package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/smart"
)

// testLaunch tries what an EPR has registered and sends.
func (r *Resolver) testLaunch(ctx context.Context, id string, way model.LaunchWay, sent string) ([]*model.LaunchCheck, error) {
	ctx, cancel := context.WithTimeout(ctx, testPatience)
	defer cancel()
	if way == model.LaunchWayIssuer {
		return r.testLauncher(ctx, id)
	}
	all := r.allLogins()
	checks, err := r.SelfTest(ctx, smart.Trial{
		EPR: id, Way: smart.Way(strings.ToLower(string(way))), Sent: sent,
		IsLogin: func(id string) bool { return slices.ContainsFunc(all, func(l Login) bool { return l.ID == id }) },
	})
	if err != nil {
		return nil, err
	}
	if len(checks) > 1 { // it is registered: else the id is only what somebody wrote
		requestFrom(ctx).trail.told(audit.ActionAccess, "", "test launch:"+strings.TrimSpace(id))
	}
	out := make([]*model.LaunchCheck, len(checks))
	for i, c := range checks {
		out[i] = &model.LaunchCheck{Name: c.Name, Ok: c.OK, Found: orNil(c.Found), Mend: orNil(c.Mend)}
	}
	return out, nil
}

// testLauncher tries the connection of an EPR that is a SMART server itself.
func (r *Resolver) testLauncher(ctx context.Context, id string) ([]*model.LaunchCheck, error) {
	steps, known, err := r.TestLauncher(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case !known:
		return []*model.LaunchCheck{{
			Name: "The configuration has it", Found: ptr("There is no launcher of this id in patchwork.yaml"),
			Mend: ptr("Add a stanza under launchers: `patchwork launcher init` writes one"),
		}}, nil
	}
	requestFrom(ctx).trail.told(audit.ActionAccess, "", "test launcher:"+id)
	out := make([]*model.LaunchCheck, len(steps))
	for i, s := range steps {
		out[i] = &model.LaunchCheck{Name: s.Name, Ok: s.OK}
		if s.OK {
			out[i].Found = orNil(s.Detail)
		} else {
			out[i].Mend = orNil(s.Detail)
		}
	}
	return out, nil
}
