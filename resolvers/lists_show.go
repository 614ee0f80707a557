package resolvers

import (
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/record"
)

// listOf shows a list. How many are on it is not told where policy might conceal one of
// them from the caller: a number that includes them would tell.
func (r *Resolver) listOf(q *request, l *lists.List) *model.PatientList {
	out := &model.PatientList{
		ID: l.ID, Version: int(l.Version), Title: l.Title, Description: orNil(l.Description), Owner: listUserOf(&l.Owner),
		May: permissionOf(l.May), Created: timeOrNil(l.Created), Changed: timeOrNil(l.Changed), ChangedBy: orNil(l.ChangedBy),
		Archived: timeOrNil(l.Archived), Columns: make([]*model.ListColumn, len(l.Columns)),
	}
	for i, c := range l.Columns {
		out.Columns[i] = &model.ListColumn{
			Section: c.Section, Show: model.ListColumnShow(c.Show), Code: orNil(c.Code), Title: orNil(c.Title),
		}
	}
	switch {
	case l.Roster != nil:
		out.Roster = r.rosterOf(l.Roster)
	case !q.mightConceal():
		out.Size, out.News = &l.Size, l.News
	}
	return out
}

// mightConceal reports whether policy might hide somebody on a list from the caller so
// that nothing tells of them.
func (q *request) mightConceal() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.conceals == nil {
		q.conceals = ptr(q.policy.MightFrom(q.session, policy.List, classListed, nil, policy.Grant.Conceals))
	}
	return *q.conceals
}

func permissionOf(p lists.Permission) model.ListPermission {
	switch p {
	case lists.Own:
		return model.ListPermissionOwn
	case lists.Edit:
		return model.ListPermissionEdit
	}
	return model.ListPermissionRead
}

func listUserOf(c *lists.Colleague) *model.ListUser {
	return &model.ListUser{ID: c.ID, Name: c.Name, Organisation: organisationIn(c.Organisation), Role: orNil(string(c.Role))}
}

func organisationIn(o record.Organisation) *record.Organisation {
	if o == (record.Organisation{}) {
		return nil
	}
	return &o
}

func shareOf(s *lists.Share, zone *time.Location) *model.ListShare {
	out := &model.ListShare{ID: s.ID, With: granteeOf(&s.With), May: permissionOf(s.May), By: s.By, Since: timeOrNil(s.Since)}
	if !s.Until.IsZero() { // it ends with its last day
		out.Until = ptr(record.Date(s.Until.In(zone).Add(-time.Nanosecond).Format(time.DateOnly)))
	}
	return out
}

func granteeOf(g *lists.Grantee) *model.ShareTarget {
	kind := model.GranteeKindPerson
	switch g.Kind {
	case lists.KindTeam:
		kind = model.GranteeKindTeam
	case lists.KindRole:
		kind = model.GranteeKindRole
	}
	return &model.ShareTarget{Kind: kind, ID: g.ID, Name: g.Name, Organisation: organisationIn(g.Organisation)}
}
