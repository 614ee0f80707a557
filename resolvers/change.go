package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/graph/model"
)

// claim states a relationship of the caller's own.
func (r *Resolver) claim(ctx context.Context, id, reason, explanation string) (*model.Access, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := r.Relations.Claim(ctx, requestFrom(ctx).session, p.ID, reason, explanation); err != nil {
		return nil, refusal(ctx, err)
	}
	return r.standAgain(ctx, p)
}

// breakGlass shows, for some hours, what policy holds back of one person.
func (r *Resolver) breakGlass(ctx context.Context, id, reason, explanation string) (*model.Access, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := r.Relations.Break(ctx, requestFrom(ctx).session, p.ID, reason, explanation); err != nil {
		return nil, refusal(ctx, err)
	}
	return r.standAgain(ctx, p)
}

// endBreakGlass ends the caller's own before its time.
func (r *Resolver) endBreakGlass(ctx context.Context, id string) (*model.Access, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	q := requestFrom(ctx)
	if broken := q.standing(p).BreakGlass; broken != nil {
		if err := r.Relations.EndBreak(ctx, q.session, broken.ID); err != nil {
			return nil, refusal(ctx, err)
		}
	}
	return r.standAgain(ctx, p)
}

func accessReasons() *model.AccessReasons {
	words := func(list []relationship.Reason) []*model.Reason {
		out := make([]*model.Reason, len(list))
		for i, reason := range list {
			out[i] = &model.Reason{Code: reason.Code, Words: reason.Words}
		}
		return out
	}
	return &model.AccessReasons{Claim: words(relationship.ClaimReasons()), BreakGlass: words(relationship.BreakReasons())}
}

// objections are the person's, those that were withdrawn too.
func (r *Resolver) objections(ctx context.Context, id string) ([]*model.Objection, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	found, err := r.Relations.Objections(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.told(audit.ActionRead, p.ID, "objections")
	list := make([]*model.Objection, len(found))
	for i := range found {
		list[i] = objectionOf(&found[i])
	}
	return list, nil
}

func (r *Resolver) recordObjection(ctx context.Context, id string, in *model.ObjectionInput) (*model.Objection, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	source := deref(in.Source.Value())
	if source != "" && r.system(source) == nil {
		return nil, refuse(ctx, CodeBadInput, "`source` is not a system of this region")
	}
	o, err := r.Relations.Object(ctx, requestFrom(ctx).session, relationship.Objection{
		Patient: p.ID, Source: source, Section: deref(in.Section.Value()),
		Organisation: deref(in.Organisation.Value()), Absolute: in.Absolute, Reason: in.Reason,
	})
	if err != nil {
		return nil, refusal(ctx, err)
	}
	return objectionOf(&o), nil
}

func (r *Resolver) withdrawObjection(ctx context.Context, id, reason string) (*model.Objection, error) {
	o, err := r.Relations.Objection(ctx, id)
	if err != nil {
		return nil, refusal(ctx, err)
	}
	if _, err := r.person(ctx, o.Patient); err != nil {
		return nil, refusal(ctx, relationship.ErrNotFound)
	}
	if o, err = r.Relations.Withdraw(ctx, requestFrom(ctx).session, id, reason); err != nil {
		return nil, refusal(ctx, err)
	}
	return objectionOf(&o), nil
}

func objectionOf(o *relationship.Objection) *model.Objection {
	return &model.Objection{
		ID: o.ID, Source: orNil(o.Source), Section: orNil(o.Section), Organisation: orNil(o.Organisation), Absolute: o.Absolute,
		Reason: orNil(o.Reason), RecordedBy: orNil(o.RecordedBy), From: timeOrNil(o.From), Ended: timeOrNil(o.Ended),
	}
}
