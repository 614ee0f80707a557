package resolvers

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
)

// standing is what stands between the caller and one person of this request.
type standing struct {
	relationship.Standing
	about *policy.About
}

// stand finds what stands between the caller and the people, before anything of them is
// decided. Without it nothing is shown: an objection that cannot be read could be there.
func (r *Resolver) stand(ctx context.Context, people []*patient.Patient) error {
	q := requestFrom(ctx)
	ids := make([]string, 0, len(people))
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	for _, p := range people { // what was said before two patients turned out to be one
		ids = append(ids, p.FormerIDs...)
	}
	found, err := r.Relations.Standings(ctx, q.session, ids)
	if err != nil {
		return err
	}
	former := found[len(people):]
	for i, p := range people {
		join(&found[i], former[:len(p.FormerIDs)])
		former = former[len(p.FormerIDs):]
	}
	for i, p := range people {
		if registered := r.registered(q, p); registered != nil {
			found[i].Relationships = slices.Insert(found[i].Relationships, 0, *registered)
		}
	}
	if err := r.byLists(ctx, people, found); err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	clear(q.grants) // what was decided by what stood before
	for i, p := range people {
		q.stands[p.ID] = &standing{found[i], policy.AboutPatient(found[i], p.Restricted)}
	}
	return nil
}

// join adds what stands with former ids of the same person.
func join(s *relationship.Standing, former []relationship.Standing) {
	for _, f := range former {
		s.Relationships = append(s.Relationships, f.Relationships...)
		s.Objections = append(s.Objections, f.Objections...)
		if s.BreakGlass == nil {
			s.BreakGlass = f.BreakGlass
		}
	}
}

// standAndLearn is stand for people who are opened: relationships that are only written
// in the record are found there first.
func (r *Resolver) standAndLearn(ctx context.Context, people []*patient.Patient) error {
	if err := r.learn(ctx, people); err != nil {
		return err
	}
	return r.stand(ctx, people)
}

// standing gives what stand found; nil for a person who was not opened.
func (q *request) standing(p *patient.Patient) *standing {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.stands[p.ID]
}

// registered is the relationship of everybody who works for an organisation in one of
// whose systems the person is registered; nil if they are in none. It is never kept:
// the index is asked each time.
func (r *Resolver) registered(q *request, p *patient.Patient) *relationship.Relationship {
	ods := q.session.Organisation.ODS
	if ods == "" {
		return nil
	}
	for i, sys := range r.Systems {
		if sys.Origin().Organisation.ODS != ods {
			continue
		}
		if links := linksOf(p, i, sys); len(links) > 0 {
			return &relationship.Relationship{
				Patient: p.ID, Kind: relationship.Registration, Organisation: ods, From: links[0].Since,
				Evidence: "registered in " + sys.Origin().ID,
			}
		}
	}
	return nil
}

// rests is on what the caller's reading of a person rests, for the audit.
func (s *standing) rests() rests {
	var words []string
	for _, r := range s.Relationships {
		words = append(words, string(r.Kind)+": "+r.Evidence)
	}
	on := rests{relationship: strings.Join(words, "; ")}
	if s.BreakGlass != nil {
		on.breakGlass, on.reason = s.BreakGlass.ID, s.BreakGlass.ReasonCode+": "+s.BreakGlass.Reason
	}
	return on
}

// access is the standing as the caller is told. An app whose scopes narrow is told
// nothing: what a relationship rests on is of the record.
func (r *Resolver) access(ctx context.Context, p *patient.Patient) *model.Access {
	q := requestFrom(ctx)
	s := q.standing(p)
	if s == nil || policy.Narrowed(q.session) {
		return &model.Access{Relationships: []*model.Relationship{}}
	}
	a := &model.Access{
		Relationships: make([]*model.Relationship, 0, len(s.Relationships)), BreakGlass: brokenOf(s.BreakGlass),
		MayClaim:      q.decide(grantKey{policy.Read, "patient:claim", p.ID, nil}, s.about).Allowed() && !s.has(relationship.SelfClaimed),
		MayBreakGlass: q.decide(grantKey{policy.Read, "patient:break-glass", p.ID, nil}, s.about).Allowed() && s.BreakGlass == nil,
	}
	for _, rel := range s.Relationships {
		a.Relationships = append(a.Relationships, &model.Relationship{
			Kind: model.RelationshipKind(strings.ToUpper(strings.ReplaceAll(string(rel.Kind), "-", "_"))),
			From: timeOrNil(rel.From), Until: timeOrNil(rel.Until), Evidence: orNil(rel.Evidence),
		})
	}
	for _, o := range s.Objections {
		if o.Organisation == "" || o.Organisation == q.session.Organisation.ODS {
			a.Objections++
		}
	}
	return a
}

func (s *standing) has(kind relationship.Kind) bool {
	return slices.ContainsFunc(s.Relationships, func(r relationship.Relationship) bool { return r.Kind == kind })
}

func brokenOf(b *relationship.BreakGlass) *model.BreakGlass {
	if b == nil {
		return nil
	}
	return &model.BreakGlass{ID: b.ID, Reason: b.ReasonCode, Started: timeOrNil(b.Started), Until: timeOrNil(b.Until)}
}

// person opens a person by id for a change or a report: no section is asked for, and
// nobody else than the pinned one can be.
func (r *Resolver) person(ctx context.Context, id string) (*patient.Patient, error) {
	p, err := r.withID(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := r.standAndLearn(ctx, []*patient.Patient{p}); err != nil {
		return nil, err
	}
	return p, r.mayOpen(ctx, p)
}

// standAgain gives the access after a change of it.
func (r *Resolver) standAgain(ctx context.Context, p *patient.Patient) (*model.Access, error) {
	if err := r.stand(ctx, []*patient.Patient{p}); err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.told(audit.ActionRead, p.ID, "access")
	return r.access(ctx, p), nil
}

// refusal words an error of a change of access.
func refusal(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, relationship.ErrNotConfirmed):
		return refuse(ctx, CodeConfirmFirst, "Confirm who you are before you break the glass")
	case errors.Is(err, relationship.ErrOtherPatient):
		return refuse(ctx, CodeForbidden, "This session was opened for another person")
	case errors.Is(err, relationship.ErrNotFound):
		return refuse(ctx, CodeBadInput, "There is none of this id, or it is not yours")
	}
	return unwritten(ctx, err)
}
