package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
)

// shareTargets are whom a list may be shared with.
func (r *Resolver) shareTargets(ctx context.Context, text string, organisation *string) ([]*model.ShareTarget, error) {
	q := requestFrom(ctx)
	ods := q.session.Organisation.ODS
	if organisation != nil {
		ods = *organisation
	}
	found, err := r.Lists.People(ctx, q.keeper(), text, ods)
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	out := make([]*model.ShareTarget, len(found))
	for i := range found {
		out[i] = granteeOf(&found[i])
	}
	return out, nil
}

func (r *Resolver) teams(ctx context.Context) ([]*model.Team, error) {
	found, err := r.Lists.Teams(ctx, requestFrom(ctx).keeper())
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	out := make([]*model.Team, len(found))
	for i := range found {
		out[i] = teamOf(&found[i])
	}
	return out, nil
}

func (r *Resolver) createTeam(ctx context.Context, name string) (*model.Team, error) {
	t, err := r.Lists.CreateTeam(ctx, requestFrom(ctx).keeper(), name)
	return r.team(ctx, t, err)
}

func (r *Resolver) editTeam(ctx context.Context, id string, changes lists.TeamChanges) (*model.Team, error) {
	t, err := r.Lists.EditTeam(ctx, requestFrom(ctx).keeper(), id, changes)
	return r.team(ctx, t, err)
}

func (r *Resolver) team(ctx context.Context, t lists.Team, err error) (*model.Team, error) {
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	return teamOf(&t), nil
}

func teamOf(t *lists.Team) *model.Team {
	out := &model.Team{ID: t.ID, Name: t.Name, Organisation: organisationIn(t.Organisation), Leads: t.Leads, Members: make([]*model.ListUser, len(t.Members))}
	for i := range t.Members {
		out.Members[i] = listUserOf(&t.Members[i])
	}
	return out
}
