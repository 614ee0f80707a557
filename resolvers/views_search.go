package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/views"
)

// classSearch is the class of searching for people.
const classSearch = "patient:search"

// runViewOverSearch begins a run over the people whom a search finds. The run searches through
// the executor, as its user, where the search is decided, counted and audited as any; what
// cannot be searched for, or not by this user, is refused before a run begins.
func (r *Resolver) runViewOverSearch(ctx context.Context, id string, version int64, in model.ViewSearchInput) (*views.Run, error) {
	if err := requestFrom(ctx).errPinned(ctx); err != nil {
		return nil, err
	}
	q := requestFrom(ctx)
	if v, err := r.Views.Get(ctx, id, version); err == nil && views.Secondary(v.Purpose) && r.Views.Sees(v, q.session, false) {
		return nil, views.ErrNoSearch // also where the role may not search: that is not why
	}
	if !q.may(actionOf(classSearch), classSearch, nil).Allowed() {
		return nil, refuse(ctx, CodeForbidden, "Your role does not include searching for people")
	}
	asked := searchInput{
		nhsNumber: given(in.NhsNumber), birthDate: given(in.BirthDate), familyName: given(in.FamilyName), givenName: given(in.GivenName),
		gender: given(in.Gender), postcode: given(in.Postcode), localNumber: given(in.LocalNumber), organisation: given(in.Organisation),
	}
	if _, err := r.understand(ctx, asked); err != nil {
		return nil, err
	}
	search := views.Search{
		FamilyName: deref(asked.familyName), GivenName: deref(asked.givenName), Gender: deref(asked.gender),
		Postcode: deref(asked.postcode), LocalNumber: deref(asked.localNumber), Organisation: deref(asked.organisation),
	}
	if asked.nhsNumber != nil {
		search.NHSNumber = string(*asked.nhsNumber)
	}
	if asked.birthDate != nil {
		search.BirthDate = string(*asked.birthDate)
	}
	return r.Views.StartSearch(ctx, id, version, search)
}

// given is what an input has; nil if it was left out.
func given[T any](o graphql.Omittable[*T]) *T {
	v, _ := o.ValueOK()
	return v
}
