package resolvers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/views"
)

// The codes of what can be wrong with a view.
const (
	// CodeViewNotFound: there is no such view or run that the caller may see.
	CodeViewNotFound = "VIEW_NOT_FOUND"
	// CodeViewChanged: somebody has changed it meanwhile; nothing was changed.
	CodeViewChanged = "VIEW_CHANGED"
	// CodeViewNotApproved: it is not approved, or not any more.
	CodeViewNotApproved = "VIEW_NOT_APPROVED"
)

// viewRefusal words what the room of views refuses.
func viewRefusal(ctx context.Context, err error) error {
	var input *views.InputError
	switch {
	case errors.Is(err, views.ErrNotFound):
		return refuse(ctx, CodeViewNotFound, "There is no such view that you may see")
	case errors.Is(err, views.ErrNoSchedule):
		return refuse(ctx, CodeViewNotFound, "You have no such repeated view")
	case errors.Is(err, views.ErrChanged):
		return refuse(ctx, CodeViewChanged, "Somebody has changed the view meanwhile: look again")
	case errors.Is(err, views.ErrNotApproved):
		return refuse(ctx, CodeViewNotApproved, "The view is not approved, or not any more")
	case errors.Is(err, views.ErrOwner), errors.Is(err, views.ErrOwnApproval), errors.Is(err, views.ErrNobody):
		return refuse(ctx, CodeForbidden, strings.ToUpper(err.Error()[:1])+err.Error()[1:])
	case errors.As(err, &input):
		return refuse(ctx, CodeBadInput, input.Error())
	}
	return unwritten(ctx, err)
}

func (r *Resolver) viewOf(q *request, v *views.View) *model.View {
	out := &model.View{
		ID: v.ID, Version: int(v.Version), Title: v.Title, Description: orNil(v.Description), Purpose: string(v.Purpose), Secondary: views.Secondary(v.Purpose),
		State: model.ViewState(strings.ToUpper(string(v.State))), Owner: v.OwnerName, Yours: v.Owns(q.session), Organisation: orNil(v.Organisation),
		Roles: []string{}, Organisations: append([]string{}, v.Organisations...), Definition: orNil(string(v.Definition)), Selection: orNil(v.Selection), Chart: orNil(string(v.Chart)),
		Saved: timeOrNil(v.Saved), Decided: timeOrNil(v.Decided), Approver: orNil(v.Approver), Reason: orNil(v.Reason), Until: timeOrNil(v.Until),
		Runnable: r.Views.Runnable(v, q.session), Problems: append([]string{}, v.Problems...),
	}
	for _, role := range v.Roles {
		out.Roles = append(out.Roles, string(role))
	}
	for _, c := range v.Columns {
		shown := &model.ViewColumn{Name: c.Name, Section: c.Section, Field: orNil(c.Field)}
		if c.Take != "" {
			take := model.ViewTake(strings.ToUpper(string(c.Take)))
			shown.Take = &take
		}
		out.Columns = append(out.Columns, shown)
	}
	return out
}

func (r *Resolver) viewsOf(q *request, list []*views.View) []*model.View {
	out := make([]*model.View, len(list))
	for i, v := range list {
		out[i] = r.viewOf(q, v)
	}
	return out
}

// bodyOf reads what is to be kept.
func bodyOf(in model.ViewInput) views.Body {
	b := views.Body{
		Title: in.Title, Description: textOf(in.Description), Purpose: auth.Purpose(in.Purpose), Selection: textOf(in.Selection),
		Definition: json.RawMessage(textOf(in.Definition)), Chart: json.RawMessage(textOf(in.Chart)),
	}
	if list, ok := in.Roles.ValueOK(); ok {
		for _, role := range list {
			b.Roles = append(b.Roles, auth.Role(role))
		}
	}
	if list, ok := in.Organisations.ValueOK(); ok {
		b.Organisations = list
	}
	if list, ok := in.Columns.ValueOK(); ok {
		for _, c := range list {
			column := views.Column{Name: c.Name, Section: c.Section, Field: textOf(c.Field)}
			if take, ok := c.Take.ValueOK(); ok && take != nil {
				column.Take = views.Take(strings.ToLower(string(*take)))
			}
			b.Columns = append(b.Columns, column)
		}
	}
	return b
}

func textOf(o graphql.Omittable[*string]) string {
	s, _ := o.ValueOK()
	return deref(s)
}

func runOf(v *views.Run) *model.ViewRun {
	out := &model.ViewRun{
		ID: v.ID, View: v.View, Version: int(v.Version), Title: v.Title, Purpose: string(v.Purpose), Secondary: v.Secondary, List: orNil(v.List), Lacking: orNil(v.Lacking),
		State: model.ViewRunState(strings.ToUpper(string(v.State))), Problem: orNil(v.Problem), People: int(v.People), LeftOut: int(v.LeftOut), Rows: int(v.Rows),
		Waiting: int(v.Waiting), Created: timeOrNil(v.Created), Ended: timeOrNil(v.Ended), Expires: timeOrNil(v.Expires), Headings: []*model.ViewHeading{},
		Schedule: orNil(v.Schedule), Differences: differencesOf(v.Differences),
	}
	for _, h := range v.Headings {
		out.Headings = append(out.Headings, &model.ViewHeading{Name: h.Name, Kind: h.Kind, Description: orNil(h.Description), Coverage: h.Coverage})
	}
	return out
}

// cellText is a cell as text; nil for no value.
func cellText(v any) *string {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return &v
	}
	s := fmt.Sprint(v)
	return &s
}
