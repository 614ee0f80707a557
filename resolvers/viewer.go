package resolvers

import (
	"context"
	"errors"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/viewer"
)

// CodeLayoutChanged: the caller changed the layout in another window; nothing was changed.
const CodeLayoutChanged = "LAYOUT_CHANGED"

// layout is how the summary is arranged for the caller.
func (r *Resolver) layout(ctx context.Context) (*model.ViewerLayout, error) {
	q := requestFrom(ctx)
	l, err := r.Viewer.LayoutOf(ctx, viewer.UserOf(q.session), q.session.Role)
	return r.arranged(ctx, l, err)
}

func (r *Resolver) setLayout(ctx context.Context, sections []*model.ViewerSectionInput, version int) (*model.ViewerLayout, error) {
	q := requestFrom(ctx)
	order := make(viewer.Order, len(sections))
	for i, s := range sections {
		order[i] = viewer.Placed{Name: s.Name, Folded: s.Folded}
	}
	l, err := r.Viewer.Arrange(ctx, viewer.UserOf(q.session), q.session.Role, order, int64(version))
	return r.arranged(ctx, l, err)
}

func (r *Resolver) resetLayout(ctx context.Context, version int) (*model.ViewerLayout, error) {
	q := requestFrom(ctx)
	l, err := r.Viewer.Reset(ctx, viewer.UserOf(q.session), q.session.Role, int64(version))
	return r.arranged(ctx, l, err)
}

// arranged shows what the room gave.
func (r *Resolver) arranged(ctx context.Context, l viewer.Layout, err error) (*model.ViewerLayout, error) {
	if err != nil {
		return nil, viewerRefusal(ctx, err)
	}
	q := requestFrom(ctx)
	out := &model.ViewerLayout{Own: l.Order != nil, Version: int(l.Version), Sections: []*model.ViewerSection{}}
	for _, p := range l.Within(r.Summaries.For(q.session.Role, q.session.CareSetting)) {
		out.Sections = append(out.Sections, &model.ViewerSection{Name: p.Name, Folded: p.Folded})
	}
	return out, nil
}

// viewerRefusal words an error of the room.
func viewerRefusal(ctx context.Context, err error) error {
	var bad *viewer.InputError
	switch {
	case errors.Is(err, viewer.ErrChanged):
		return refuse(ctx, CodeLayoutChanged, "You have changed the order in another window: look again")
	case errors.Is(err, viewer.ErrNobody):
		return refuse(ctx, CodeForbidden, "This is for people who have signed in and taken a role")
	case errors.As(err, &bad):
		return refuse(ctx, CodeBadInput, bad.Error())
	}
	return err
}

// look notes what the caller is shown of a person, in digests that only the viewer can make
// something of. It tells them nothing of the person that they did not say themselves, so
// that it is no reading of the record: what was shown is in the ledger by its own event.
func (r *Resolver) look(ctx context.Context, id string, parts []*model.LookedPart) (*model.Looked, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	q := requestFrom(ctx)
	shown := make([]viewer.Part, len(parts))
	for i, part := range parts {
		shown[i] = viewer.Part{Of: part.Of, Whole: part.Whole, Statements: part.Statements}
	}
	seen, err := r.Viewer.Look(ctx, viewer.UserOf(q.session), q.session.ID, p.ID, p.FormerIDs, shown)
	if err != nil {
		return nil, viewerRefusal(ctx, err)
	}
	return &model.Looked{Since: timeOrNil(seen.Since), Fresh: orNone(seen.Fresh), Unknown: orNone(seen.Unknown)}, nil
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
