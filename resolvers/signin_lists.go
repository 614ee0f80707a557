package resolvers

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/graph/model"
)

// accounts is a page of who has an account.
func (r *Resolver) accounts(ctx context.Context, f accounts.Filter) (*model.Accounts, error) {
	if f.First < 1 || f.First > mostLines {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 100")
	}
	requestFrom(ctx).trail.looked("", "accounts")
	page, more, err := r.Accounts.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &model.Accounts{Items: make([]*model.UserAccount, len(page))}
	for i := range page {
		out.Items[i] = accountOf(&page[i])
	}
	if more {
		out.Next = &page[len(page)-1].ID
	}
	return out, nil
}

func accountOf(a *accounts.Account) *model.UserAccount {
	out := &model.UserAccount{
		ID: a.ID, Issuer: a.Issuer, Subject: a.Subject, Login: orNil(a.Login), Name: orNil(a.Name), Disabled: a.Disabled, Off: offOf(a.Off),
		Created: timeOrNil(a.Created), SignedIn: timeOrNil(a.SignedIn), Identifiers: []*model.UserIdentifier{}, Positions: []*model.UserPosition{},
	}
	for _, kind := range slices.Sorted(maps.Keys(a.Identifiers)) {
		out.Identifiers = append(out.Identifiers, &model.UserIdentifier{Kind: orNil(kind), Value: orNil(a.Identifiers[kind])})
	}
	for i := range a.Positions {
		p := &a.Positions[i]
		out.Positions = append(out.Positions, &model.UserPosition{Role: orNil(string(p.Role)), Organisation: &p.Organisation, CareSetting: orNil(p.CareSetting)})
	}
	return out
}

// sessions is a page of what is open; of an account, if one is named.
func (r *Resolver) sessions(ctx context.Context, account string, f auth.SessionFilter) (*model.OpenSessions, error) {
	switch {
	case f.First < 1 || f.First > mostLines:
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 100")
	case f.After != "" && !sessionID.MatchString(f.After):
		return nil, refuse(ctx, CodeBadInput, "`after` is not a cursor of this list")
	case strings.ContainsRune(f.Organisation+f.Login, 0): // which PostgreSQL does not take
		return nil, refuse(ctx, CodeBadInput, "There is no organisation or login of this id")
	}
	if account != "" {
		a, err := r.Accounts.Find(ctx, account)
		if err != nil {
			return nil, accountRefusal(ctx, err)
		}
		f.Issuer, f.Subject = a.Issuer, a.Subject
	}
	requestFrom(ctx).trail.looked("", "sessions")
	first := f.First
	f.First = min(first+1, mostLines) // the most that a page has
	page, err := r.Sessions.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &model.OpenSessions{Items: []*model.OpenSession{}}
	for _, s := range page[:min(first, len(page))] {
		out.Items = append(out.Items, sessionOf(ctx, s))
	}
	if len(page) == f.First {
		out.Next = &out.Items[len(out.Items)-1].ID
	}
	return out, nil
}

func sessionOf(ctx context.Context, s *auth.Session) *model.OpenSession {
	return &model.OpenSession{
		ID: s.ID, Name: orNil(s.Name), Role: orNil(string(s.Role)), Organisation: &s.Organisation, Login: orNil(s.Login),
		Device: orNil(s.Device), Address: orNil(s.Address), Created: timeOrNil(s.Created), LastSeen: timeOrNil(s.LastSeen),
		Locked: s.Locked, Current: s.ID == requestFrom(ctx).session.ID,
	}
}

// eachSession visits every open session, newest first.
func (r *Resolver) eachSession(ctx context.Context, visit func(*auth.Session)) error {
	const page = 100
	f := auth.SessionFilter{First: page}
	for {
		found, err := r.Sessions.List(ctx, f)
		if err != nil {
			return err
		}
		for _, s := range found {
			visit(s)
		}
		if len(found) < page {
			return nil
		}
		f.After = found[page-1].ID
	}
}
