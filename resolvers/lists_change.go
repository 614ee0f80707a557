package resolvers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

func (r *Resolver) createList(ctx context.Context, title, description string, columns []*model.ListColumnInput, roster *model.RosterInput) (*model.PatientList, error) {
	draft := lists.Draft{Title: title, Description: description, Columns: columnsOf(columns)}
	if roster != nil {
		named, err := r.nameRoster(ctx, roster)
		if err != nil {
			return nil, err
		}
		draft.Roster = named
	}
	l, err := r.Lists.Create(ctx, requestFrom(ctx).keeper(), draft)
	return r.listed(ctx, l, err)
}

func (r *Resolver) editList(ctx context.Context, id string, version int, changes lists.Changes) (*model.PatientList, error) {
	l, err := r.Lists.Edit(ctx, requestFrom(ctx).keeper(), id, int64(version), changes)
	return r.listed(ctx, l, err)
}

// changesOf are what editList is to change: what is null stays.
func changesOf(title, description *string, columns []*model.ListColumnInput) lists.Changes {
	changes := lists.Changes{Title: title, Description: description}
	if columns != nil {
		changes.Columns = ptr(columnsOf(columns))
	}
	return changes
}

func columnsOf(in []*model.ListColumnInput) []lists.Column {
	out := make([]lists.Column, len(in))
	for i, c := range in {
		out[i] = lists.Column{Section: c.Section, Show: string(c.Show), Code: deref(c.Code.Value()), Title: deref(c.Title.Value())}
	}
	return out
}

// removeFromList takes people off, also by the ids that they had before two turned out to
// be one.
func (r *Resolver) removeFromList(ctx context.Context, id string, patients []string) (*model.PatientList, error) {
	q := requestFrom(ctx)
	if len(patients) > mostPeople {
		return nil, refuse(ctx, CodeBadInput, "At most 50 people at a time")
	}
	all, err := r.idsOf(ctx, patients, nobody)
	if err != nil {
		return nil, err
	}
	var l lists.List
	for from := 0; from < len(all) || from == 0; from += lists.MaxAtOnce {
		if l, err = r.Lists.Remove(ctx, q.keeper(), id, all[from:min(from+lists.MaxAtOnce, len(all))]); err != nil {
			break
		}
	}
	return r.listed(ctx, l, err)
}

// Ids that no patient has.
const (
	nobody     = "-"
	nobodyElse = "--"
)

// idsOf are the ids under which a list may have those of the patients whom the caller may
// see on one, or else that of somebody who is on none. So nothing is changed of those whom
// they may not see, and no answer tells whether they are there.
func (r *Resolver) idsOf(ctx context.Context, ids []string, none string) ([]string, error) {
	people, err := r.Index.Many(ctx, ids)
	if err != nil {
		return nil, err
	}
	if err := r.standAndLearn(ctx, distinct(people)); err != nil {
		return nil, err
	}
	q := requestFrom(ctx)
	var all []string
	for i, p := range people {
		if q.seesListed(p) == sightShown {
			all = append(append(all, ids[i], p.ID), p.FormerIDs...)
		}
	}
	if len(all) == 0 && len(ids) > 0 {
		all = []string{none}
	}
	return slices.Compact(all), nil
}

// moveOnList puts a person after another, by whichever of their ids the list has them.
func (r *Resolver) moveOnList(ctx context.Context, id, moved, after string) (*model.PatientList, error) {
	q := requestFrom(ctx)
	if moved == after {
		l, err := r.Lists.Move(ctx, q.keeper(), id, moved, after)
		return r.listed(ctx, l, err)
	}
	from, err := r.idsOf(ctx, []string{moved}, nobody)
	if err != nil {
		return nil, err
	}
	to := []string{""}
	if after != "" {
		if to, err = r.idsOf(ctx, []string{after}, nobodyElse); err != nil {
			return nil, err
		}
	}
	first := lists.ErrChanged
	for i, one := range from {
		for j, other := range to {
			l, err := r.Lists.Move(ctx, q.keeper(), id, one, other)
			if i == 0 && j == 0 {
				first = err
			}
			if err == nil || !errors.Is(first, lists.ErrChanged) {
				return r.listed(ctx, l, err)
			}
		}
	}
	return nil, listRefusal(ctx, first)
}

func (r *Resolver) shareList(ctx context.Context, id string, with model.GranteeInput, may model.ListPermission, until *record.Date) (*model.PatientList, error) {
	permission := lists.Read
	switch may {
	case model.ListPermissionEdit:
		permission = lists.Edit
	case model.ListPermissionOwn:
		return nil, refuse(ctx, CodeBadInput, "A share lets somebody read or edit; to give the list away, transfer it")
	}
	var end time.Time
	if until != nil {
		day, err := time.ParseInLocation(time.DateOnly, string(*until), r.Zone)
		if err != nil {
			return nil, refuse(ctx, CodeBadInput, "`until` must be a whole date: YYYY-MM-DD")
		}
		end = day.AddDate(0, 0, 1) // it holds on its last day
	}
	l, err := r.Lists.Share(ctx, requestFrom(ctx).keeper(), id, granteeFrom(with), permission, end)
	return r.listed(ctx, l, err)
}

func granteeFrom(in model.GranteeInput) lists.Grantee {
	g := lists.Grantee{Kind: lists.KindPerson, ID: in.ID}
	switch in.Kind {
	case model.GranteeKindTeam:
		g.Kind = lists.KindTeam
	case model.GranteeKindRole:
		g.Kind, g.Organisation.ODS = lists.KindRole, deref(in.Organisation.Value())
	}
	return g
}

func (r *Resolver) unshareList(ctx context.Context, id, share string) (*model.PatientList, error) {
	l, err := r.Lists.Unshare(ctx, requestFrom(ctx).keeper(), id, share)
	return r.listed(ctx, l, err)
}

func (r *Resolver) transferList(ctx context.Context, id, to string) (*model.PatientList, error) {
	l, err := r.Lists.Transfer(ctx, requestFrom(ctx).keeper(), id, to)
	return r.listed(ctx, l, err)
}

func (r *Resolver) archiveList(ctx context.Context, id string, archived bool) (*model.PatientList, error) {
	l, err := r.Lists.Archive(ctx, requestFrom(ctx).keeper(), id, archived)
	return r.listed(ctx, l, err)
}

// sawList notes that the caller has seen a list as it was at a version; at nil, as it is.
func (r *Resolver) sawList(ctx context.Context, id string, version *int) (*model.PatientList, error) {
	var at int64
	if version != nil {
		at = int64(*version)
	}
	l, err := r.Lists.Saw(ctx, requestFrom(ctx).keeper(), id, at)
	return r.listed(ctx, l, err)
}

// leaveList leaves a list that is shared with the caller.
func (r *Resolver) leaveList(ctx context.Context, id string) (*bool, error) {
	if err := r.Lists.Leave(ctx, requestFrom(ctx).keeper(), id); err != nil {
		return nil, listRefusal(ctx, err)
	}
	return ptr(true), nil
}

// groundsOf is the strongest legitimate relationship that is worth handing on: not one
// that itself rests on a list or on the caller's own word, or chains of lists would open
// what nobody had grounds to see.
func (s *standing) grounds() string {
	for _, rel := range s.Relationships {
		switch rel.Kind {
		case relationship.Caseload, relationship.SelfClaimed:
		default:
			return string(rel.Kind)
		}
	}
	return ""
}

// itemOf is a person as they come onto a list.
func (q *request) itemOf(p *patient.Patient) lists.Item {
	return lists.Item{Patient: p.ID, Grounds: q.standing(p).grounds()}
}
