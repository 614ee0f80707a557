package resolvers

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// mostLines is the largest page of looks or review items.
const mostLines = 100

// whoHasLooked reports who opened a person: all of it to a lead of an organisation with
// which the person is registered, else what the lead's own staff did.
func (r *Resolver) whoHasLooked(ctx context.Context, id string, first *int, after *string) (*model.Looks, error) {
	q := requestFrom(ctx)
	f := audit.LooksFilter{Limit: *first}
	if *first < 1 || *first > mostLines {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 100")
	}
	if after != nil {
		n, err := strconv.ParseInt(*after, 10, 64)
		if err != nil || n < 1 {
			return nil, refuse(ctx, CodeBadInput, "`after` is not a cursor of this report")
		}
		f.Before = n
	}
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	f.Patient = p.ID
	if r.registered(q, p) == nil {
		if f.Organisation = q.session.Organisation.ODS; f.Organisation == "" {
			return nil, refuse(ctx, CodeForbidden, "You act for no organisation, so there is nobody whose looks you may see")
		}
	}
	q.trail.looked(p.ID, "who-has-looked")
	looks, more, err := r.Ledger.Looks(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &model.Looks{Looks: make([]*model.Look, len(looks))}
	for i := range looks {
		out.Looks[i] = lookOf(&looks[i], r.Zone)
	}
	if more {
		out.Next = ptr(strconv.FormatInt(looks[len(looks)-1].Seq, 10))
	}
	return out, nil
}

func lookOf(l *audit.Look, zone *time.Location) *model.Look {
	out := &model.Look{
		Sentence: l.Sentence(zone), Name: orNil(l.Actor.Name), Role: orNil(l.Actor.Role), Organisation: organisationOf(l.Actor),
		From: timeOrNil(l.From), Until: timeOrNil(l.To), Events: len(l.Seqs), Actions: append([]string{}, l.Actions...),
		Sections: []string{}, Purpose: orNil(l.Purpose), Relationship: orNil(strings.Join(l.Relationships, "; ")),
		Reason: orNil(strings.Join(l.Reasons, "; ")), Flags: append([]string{}, l.Flags...), LastSeq: int(l.Seq), FirstSeq: int(l.Seqs[0]),
	}
	for _, s := range l.Sections {
		out.Sections = append(out.Sections, s.Name())
	}
	return out
}

func organisationOf(a audit.Actor) *record.Organisation {
	return &record.Organisation{ODS: a.Organisation, Name: a.OrganisationName}
}

// reviews is a page of the review queue of the caller's organisation.
func (r *Resolver) reviews(ctx context.Context, state *model.ReviewState, first *int, after *string) (*model.Reviews, error) {
	q := requestFrom(ctx)
	if err := q.errPinned(ctx); err != nil { // the queue names others
		return nil, err
	}
	f := review.Filter{Organisation: q.session.Organisation.ODS, Before: deref(after), Limit: *first}
	switch {
	case *first < 1 || *first > mostLines:
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 100")
	case f.Organisation == "":
		return nil, refuse(ctx, CodeForbidden, "You act for no organisation, so there is no queue of yours")
	}
	if state != nil {
		f.State = review.State(strings.ToLower(strings.ReplaceAll(string(*state), "_", "-")))
	}
	q.trail.looked("", "reviews")
	items, more, err := r.Reviews.Items(ctx, f)
	if err != nil {
		return nil, err
	}
	counts, err := r.Reviews.Counts(ctx, f.Organisation)
	if err != nil {
		return nil, err
	}
	out := &model.Reviews{Items: make([]*model.Review, len(items)), Waiting: counts[review.StateNew], UnderReview: counts[review.StateInReview]}
	for i := range items {
		out.Items[i] = reviewOf(&items[i])
	}
	if more {
		out.Next = &items[len(items)-1].ID
	}
	return out, nil
}

func (r *Resolver) beginReview(ctx context.Context, id string) (*model.Review, error) {
	if err := r.mineToReview(ctx, id); err != nil {
		return nil, err
	}
	item, err := r.Reviews.Begin(ctx, auth.EventOf(ctx, audit.ActionReview, audit.Permit), id)
	return stepped(ctx, &item, err)
}

func (r *Resolver) closeReview(ctx context.Context, id string, outcome model.ReviewOutcome, note string) (*model.Review, error) {
	if err := r.mineToReview(ctx, id); err != nil {
		return nil, err
	}
	found := review.Outcome(strings.ToLower(strings.ReplaceAll(string(outcome), "_", "-")))
	item, err := r.Reviews.Close(ctx, auth.EventOf(ctx, audit.ActionReview, audit.Permit), id, found, note)
	return stepped(ctx, &item, err)
}

func (r *Resolver) reopenReview(ctx context.Context, id, note string) (*model.Review, error) {
	if err := r.mineToReview(ctx, id); err != nil {
		return nil, err
	}
	item, err := r.Reviews.Reopen(ctx, auth.EventOf(ctx, audit.ActionReview, audit.Permit), id, note)
	return stepped(ctx, &item, err)
}

// mineToReview refuses items of other organisations as if they did not exist.
func (r *Resolver) mineToReview(ctx context.Context, id string) error {
	if err := requestFrom(ctx).errPinned(ctx); err != nil {
		return err
	}
	item, err := r.Reviews.Item(ctx, id)
	if err == nil && !item.In(requestFrom(ctx).session.Organisation.ODS) {
		err = review.ErrNotFound
	}
	_, err = stepped(ctx, &item, err)
	return err
}

func stepped(ctx context.Context, item *review.Item, err error) (*model.Review, error) {
	var input *review.InputError
	switch {
	case errors.As(err, &input):
		return nil, refuse(ctx, CodeBadInput, input.Error())
	case err != nil:
		return nil, unwritten(ctx, err)
	}
	return reviewOf(item), nil
}

func reviewOf(i *review.Item) *model.Review {
	out := &model.Review{
		ID: i.ID, Kind: string(i.Kind), Sentence: i.Sentence(), State: model.ReviewState(enumOf(string(i.State))),
		Name: orNil(i.Actor.Name), Role: orNil(i.Actor.Role), Organisation: organisationOf(i.Actor), Patient: orNil(i.Patient),
		Reason: orNil(i.Reason), Opened: timeOrNil(i.Opened), Reviewer: orNil(i.Reviewer.Name), Note: orNil(i.Note),
		Closed: timeOrNil(i.Closed), Seq: int(i.Seq),
	}
	if i.Outcome != "" {
		out.Outcome = ptr(model.ReviewOutcome(enumOf(string(i.Outcome))))
	}
	return out
}

// enumOf is a word as the graph's enums write it.
func enumOf(word string) string { return strings.ToUpper(strings.ReplaceAll(word, "-", "_")) }
