package resolvers

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
)

// The subscriptions. What is streamed is in follow.go; here is what one answer shows, and
// how it is found out that another is due.

// listChanged is a list as it is now.
func (r *Resolver) listChanged(ctx context.Context, id string) (<-chan *model.PatientList, error) {
	if err := r.followFrom(ctx, id); err != nil {
		return nil, err
	}
	l, err := r.list(ctx, id)
	return once(l), err
}

// listsChanged are the caller's lists as they are now.
func (r *Resolver) listsChanged(ctx context.Context) (<-chan []*model.PatientList, error) {
	if err := r.followFrom(ctx, ""); err != nil {
		return nil, err
	}
	all, err := r.lists(ctx, false)
	return once(all), err
}

// followFrom notes what the stream follows and how it was before it is read, so that what
// changes in between is seen again rather than missed.
func (r *Resolver) followFrom(ctx context.Context, list string) error {
	q := requestFrom(ctx)
	was, err := r.followed(ctx, q.session, list)
	if err != nil {
		return listRefusal(ctx, err)
	}
	q.follows = &following{list: list, was: was}
	return nil
}

// followed is how a list, or "" every list of the caller, is now, in a word to compare.
func (r *Resolver) followed(ctx context.Context, session *auth.Session, list string) (string, error) {
	caller := lists.CallerOf(session)
	if list != "" {
		l, err := r.Lists.Get(ctx, caller, list)
		return stateOf(&l), err
	}
	all, err := r.Lists.Of(ctx, caller, false)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i := range all {
		b.WriteString(stateOf(&all[i]))
	}
	return b.String(), nil
}

func stateOf(l *lists.List) string {
	return fmt.Sprintf("%s %d %d %d;", l.ID, l.Version, l.May, l.News)
}

// watch gives the ids of lists that change and are, or were, the caller's; "" if it cannot
// be told which.
func (r *Resolver) watch(ctx context.Context, session *auth.Session) (<-chan lists.Change, error) {
	return r.Lists.Watch(ctx, lists.CallerOf(session))
}

// once is a channel of one answer.
func once[T any](v T) <-chan T {
	c := make(chan T, 1)
	c <- v
	close(c)
	return c
}
