package resolvers

import (
	"context"
	"errors"
	"regexp"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
)

// The codes of what can be wrong with a list.
const (
	// CodeListNotFound: there is none that the caller may read.
	CodeListNotFound = "LIST_NOT_FOUND"
	// CodeListChanged: somebody changed it meanwhile; nothing was changed.
	CodeListChanged = "LIST_CHANGED"
)

// actionLists is, in the ledger, the reading of a list's name and facts; who was shown on
// it is opened, each by an event of their own.
const actionLists = "list-read"

// keeper is the caller as the room of lists knows them.
func (q *request) keeper() lists.Caller { return lists.CallerOf(q.session) }

// colleague has whoever may keep lists be found by those who would share theirs, before
// they have kept any. That it fails is no reason to withhold what they ask for.
func (r *Resolver) colleague(ctx context.Context, q *request) {
	if q.session == nil || !q.may(actionOf(classLists), classLists, nil).Allowed() {
		return
	}
	if err := r.Lists.Seen(ctx, q.keeper()); err != nil && !errors.Is(err, context.Canceled) {
		r.Log.Warn("a colleague is not written down for lists", "request", auth.CallerFrom(ctx).RequestID)
	}
}

// lists are the caller's.
func (r *Resolver) lists(ctx context.Context, archived bool) ([]*model.PatientList, error) {
	q := requestFrom(ctx)
	found, err := r.Lists.Of(ctx, q.keeper(), archived)
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	q.trail.told(actionLists, "", "lists")
	out := make([]*model.PatientList, len(found))
	for i := range found {
		out[i] = r.listOf(q, &found[i])
	}
	return out, nil
}

// list is one of them.
func (r *Resolver) list(ctx context.Context, id string) (*model.PatientList, error) {
	l, err := r.Lists.Get(ctx, requestFrom(ctx).keeper(), id)
	return r.listed(ctx, l, err)
}

// listed shows what the room gave, after a reading or a change.
func (r *Resolver) listed(ctx context.Context, l lists.List, err error) (*model.PatientList, error) {
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	q := requestFrom(ctx)
	q.trail.told(actionLists, "", "list:"+l.ID)
	return r.listOf(q, &l), nil
}

// shares are with whom a list is shared; nil for who may not know.
func (r *Resolver) shares(ctx context.Context, l *model.PatientList) ([]*model.ListShare, error) {
	if l.May == model.ListPermissionRead {
		return nil, nil
	}
	found, err := r.Lists.Shares(ctx, requestFrom(ctx).keeper(), l.ID)
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	out := make([]*model.ListShare, len(found))
	for i := range found {
		out[i] = shareOf(&found[i], r.Zone)
	}
	return out, nil
}

// history is what was done to a list; nil for who may not know.
func (r *Resolver) listHistory(ctx context.Context, l *model.PatientList, first int, after *int) ([]*model.ListChange, error) {
	switch {
	case l.May == model.ListPermissionRead:
		return nil, nil
	case first < 1 || first > mostLines:
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 100")
	case after != nil && *after < 1:
		return nil, refuse(ctx, CodeBadInput, "`after` is a version to go on after")
	}
	found, err := r.Lists.History(ctx, requestFrom(ctx).keeper(), l.ID, first, int64(deref(after)))
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	out := make([]*model.ListChange, len(found))
	concealing := requestFrom(ctx).mightConceal()
	for i, c := range found {
		if concealing {
			c.What = counted.ReplaceAllString(c.What, "People ")
		}
		out[i] = &model.ListChange{Version: int(c.Version), At: timeOrNil(c.At), By: c.By, What: c.What}
	}
	return out, nil
}

// counted is how many people a change was about: those that policy conceals with the rest.
var counted = regexp.MustCompile(`^[0-9]+ (?:person|people) `)

// listRefusal words an error of the room.
func listRefusal(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, lists.ErrNotFound):
		return refuse(ctx, CodeListNotFound, "There is no list of this id that you may read")
	case errors.Is(err, lists.ErrNotAllowed):
		return refuse(ctx, CodeForbidden, "You may not do this with the list: ask its owner")
	case errors.Is(err, lists.ErrChanged):
		return refuse(ctx, CodeListChanged, "Somebody has changed the list meanwhile: look again")
	case errors.Is(err, lists.ErrNoTeam):
		return refuse(ctx, CodeBadInput, "There is no team of this id that you lead")
	}
	var bad *lists.InputError
	if errors.As(err, &bad) {
		return refuse(ctx, CodeBadInput, bad.Error())
	}
	return unwritten(ctx, err)
}
