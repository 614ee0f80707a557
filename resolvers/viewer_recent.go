package resolvers

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/viewer"
)

// classOpened is the class of opening one person, by which those who were opened lately are
// decided again.
const classOpened = "patient:read"

// recent are the people whom the caller opened last. Each is decided as if they were opened
// now; who may not be is not there, and nothing says that somebody is left out.
func (r *Resolver) recent(ctx context.Context, first int, wait *int) ([]*model.RecentPatient, error) {
	q := requestFrom(ctx)
	if first < 1 || first > viewer.MaxRecent {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 50")
	}
	if err := q.errPinned(ctx); err != nil {
		return nil, err
	}
	if !q.takePeople(first) {
		return nil, refuse(ctx, CodeBadInput, "An operation shows at most 50 people of lists; ask for the rest in another request")
	}
	until := r.waitFor(ctx, wait)
	u := viewer.UserOf(q.session)
	opened, err := r.Viewer.Recent(ctx, u)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(opened))
	for i := range opened {
		ids[i] = opened[i].Patient
	}
	people, err := r.Index.Many(ctx, ids)
	if err != nil {
		return nil, err
	}
	if err := r.standAndLearn(ctx, distinct(people)); err != nil {
		return nil, err
	}
	out, shown := []*model.RecentPatient{}, []*patient.Patient{}
	there := map[string]bool{} // two who turned out to be one are there once
	for i, p := range people {
		if p == nil || there[p.ID] || !q.mayOpenAgain(p) {
			continue
		}
		there[p.ID] = true
		out = append(out, &model.RecentPatient{Patient: p, Opened: opened[i].Opened})
		if shown = append(shown, p); len(out) == first {
			break
		}
	}
	if err := r.refresh(ctx, shown, until); err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Patient = shown[i]
	}
	r.open(ctx, until, shown, selectedUnder(ctx, "patient"))
	return out, nil
}

// mayOpenAgain decides whether somebody who was opened before could be opened now. That they
// could not is no refusal of anything that was asked for.
func (q *request) mayOpenAgain(p *patient.Patient) bool {
	s := q.standing(p)
	return s != nil && q.decide(grantKey{actionOf(classOpened), classOpened, p.ID, nil}, s.about).Allowed()
}

// selectedUnder are the fields that are selected of a Patient under a field of that name.
func selectedUnder(ctx context.Context, name string) []graphql.CollectedField {
	var selected []graphql.CollectedField
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name == name {
			selected = append(selected, graphql.CollectFields(graphql.GetOperationContext(ctx), f.Selections, []string{"Patient"})...)
		}
	}
	return selected
}

// openedPatient notes that the caller has opened a person. Nobody notes whom they may not
// open: a wrong id and one that is hidden are refused alike.
func (r *Resolver) openedPatient(ctx context.Context, id string) (*bool, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	u := viewer.UserOf(requestFrom(ctx).session)
	if err := r.Viewer.Opened(ctx, u, p.ID); err != nil {
		return nil, viewerRefusal(ctx, err)
	}
	if len(p.FormerIDs) > 0 { // they are known by this id from now on
		if err := r.Viewer.Forget(ctx, u, p.FormerIDs...); err != nil && !errors.Is(err, context.Canceled) {
			r.Log.Warn("whom somebody opened is kept twice", "request", auth.CallerFrom(ctx).RequestID)
		}
	}
	return ptr(true), nil
}

// forgetPatients forgets that the caller opened a person, by whichever of their ids, or
// everybody.
func (r *Resolver) forgetPatients(ctx context.Context, id *string) (*bool, error) {
	u := viewer.UserOf(requestFrom(ctx).session)
	var ids []string
	if id != nil {
		ids = []string{*id}
		people, err := r.Index.Many(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, p := range distinct(people) {
			ids = append(append(ids, p.ID), p.FormerIDs...)
		}
	}
	if err := r.Viewer.Forget(ctx, u, ids...); err != nil {
		return nil, err
	}
	return ptr(true), nil
}
