package resolvers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// linkProposals is a page of proposals, each with who the record and the person are, side
// by side, read live and audited for each person.
func (r *Resolver) linkProposals(ctx context.Context, state patient.ProposalState, first *int, after *string) (*model.LinkProposals, error) {
	if err := requestFrom(ctx).errPinned(ctx); err != nil {
		return nil, err
	}
	if *first < 1 || *first > mostProposals {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 20")
	}
	page, next, total, err := r.Index.Proposals(ctx, state, *first, deref(after))
	if err != nil {
		return nil, err
	}
	q := requestFrom(ctx)
	page = slices.DeleteFunc(page, func(d patient.Proposal) bool { return q.policy.Hides(q.session, d.Source) })
	shown, err := r.proposalsShown(ctx, page)
	if err != nil {
		return nil, err
	}
	return &model.LinkProposals{Proposals: shown, Total: total, Next: orNil(next)}, nil
}

func (r *Resolver) proposalShown(ctx context.Context, d patient.Proposal) (*model.LinkProposal, error) {
	shown, err := r.proposalsShown(ctx, []patient.Proposal{d})
	if err != nil {
		return nil, err
	}
	return shown[0], nil
}

// beside is a proposal on its way: the person, and the read of the record.
type beside struct {
	patient.Proposal
	person *patient.Patient
	record asked
}

// proposalsShown reads the records and the people, all at once, and puts them side by side.
func (r *Resolver) proposalsShown(ctx context.Context, page []patient.Proposal) ([]*model.LinkProposal, error) {
	q, until := requestFrom(ctx), r.waitFor(ctx, nil)
	list := make([]beside, len(page))
	var people []*patient.Patient
	for i, d := range page {
		p, err := r.Index.Get(ctx, d.Patient)
		if err != nil && !errors.Is(err, patient.ErrNotFound) {
			return nil, err
		}
		list[i] = beside{Proposal: d, person: p}
		if p != nil && !slices.ContainsFunc(people, func(o *patient.Patient) bool { return o.ID == p.ID }) {
			people = append(people, p)
		}
	}
	if err := r.stand(ctx, people); err != nil {
		return nil, err
	}
	for _, p := range people {
		q.waitUntil(p, until)
		q.trail.opened(p, q.standing(p).rests())
	}
	for i := range list {
		list[i].record = q.askRecord(ctx, &list[i])
	}
	q.readAhead(ctx, people, []record.Section{record.Demographics}, until)
	out := make([]*model.LinkProposal, len(list))
	for i := range list {
		out[i] = q.sideBySide(ctx, &list[i], until)
	}
	return out, nil
}

// askRecord asks for the record of a proposal, which is linked with nobody yet: who may
// see the person's demographics from its system may see whose it says it is.
func (q *request) askRecord(ctx context.Context, b *beside) asked {
	a := asked{known: record.Outcome{Source: &record.Origin{ID: b.Source}, Status: record.NotOffered}}
	for i, sys := range q.resolver.Systems {
		if sys.Origin().ID != b.Source {
			continue
		}
		a.system, a.known.Source = sys, sys.Origin()
		if b.person == nil || !sys.Offers(record.Demographics) {
			return a
		}
		a.grant = q.grant(b.person, sectionClass(record.Demographics), sys.Origin())
		if !a.grant.Allowed() {
			if !a.grant.Conceals() {
				a.known.Status, a.known.Code, a.known.Reason = record.Withheld, a.grant.Why().Code(), a.grant.Why().Words()
			}
			return a
		}
		a.links = []patient.Link{{Source: b.Source, LocalID: b.LocalID}}
		if t := q.read(ctx, a.grant, i, sources.Key{Section: record.Demographics, LocalID: b.LocalID}); t != nil {
			a.reads = append(a.reads, t)
		}
	}
	return a
}

// sideBySide waits for a record and the person's own and shows both.
func (q *request) sideBySide(ctx context.Context, b *beside, until time.Time) *model.LinkProposal {
	out := proposalOf(&b.Proposal, b.record.known.Source)
	v := newView(q, record.Demographics, []asked{b.record})
	entries, o := b.record.settle(ctx, v, until, q.resolver.Now())
	o.Count = len(entries)
	o = settled(o)
	out.CandidateOutcome = &o
	if b.person == nil {
		return out
	}
	q.trail.read(b.person, record.Demographics, b.record, o, q.namesOf(v.class, b.record.grant.Fields()))
	set := section[*record.Person](ctx, q.resolver, b.person, record.Demographics, nil)
	// Where the record is of somebody who must not be located, so may the person be.
	restricted := b.person.Restricted
	for _, e := range entries {
		if person, ok := e.entry.(*record.Person); ok {
			restricted = restricted || record.Restricted(person.Labels)
		}
	}
	for _, person := range set.Entries { // the index may not have heard of it yet
		restricted = restricted || record.Restricted(person.Labels)
	}
	about := policy.AboutPatient(q.standing(b.person).Standing, restricted)
	for _, e := range entries {
		if person, ok := e.entry.(*record.Person); ok && out.Candidate == nil {
			q.trail.met(b.person, person)
			out.Candidate = q.compared(about, person)
		}
	}
	for _, person := range set.Entries {
		if c := q.compared(about, person); c != nil {
			out.Known = append(out.Known, c)
		}
	}
	for i := range set.Outcomes {
		if known := &set.Outcomes[i]; known.Status != record.NotOffered && known.Status != record.NotRegistered {
			out.KnownOutcomes = append(out.KnownOutcomes, known)
		}
	}
	return out
}

func proposalOf(d *patient.Proposal, source *record.Origin) *model.LinkProposal {
	out := &model.LinkProposal{
		ID: d.ID, State: d.State, Patient: d.Patient, Source: source, LocalID: orNil(d.LocalID), Rules: texts(d.Rules),
		Proposed: timeOrNil(d.Proposed), ProposedBy: orNil(d.ProposedBy), Decided: timeOrNil(d.Decided), DecidedBy: orNil(d.DecidedBy),
		Reason: orNil(d.Reason), Known: []*model.ComparedPerson{}, KnownOutcomes: []*record.Outcome{}, Agreements: []*model.LinkAgreement{},
	}
	if d.Scored {
		out.Score = &d.Score
	}
	for _, a := range d.Agreements {
		out.Agreements = append(out.Agreements, &model.LinkAgreement{Field: a.Field, Level: a.Level, Weight: a.Weight})
	}
	return out
}

// compared is a person with what may be seen of them; nil if nothing may.
func (q *request) compared(about *policy.About, p *record.Person) *model.ComparedPerson {
	class := sectionClass(record.Demographics)
	fields, seen := q.policy.Check(q.session, about, policy.Read, class, p.Provenance.Source).Entry(p)
	if seen != policy.Shown {
		return nil
	}
	see := func(field string) bool {
		return q.policy.Has(class, fields, field) && !slices.Contains(p.Withheld, field)
	}
	c := &model.ComparedPerson{Source: p.Provenance.Source}
	if see("provenance") {
		c.LocalID = orNil(p.Subject)
	}
	if see("nhsNumber") && p.NHSNumber != "" {
		c.NhsNumber = &p.NHSNumber
	}
	if see("nhsNumberStatus") {
		c.NhsNumberStatus = &p.NHSNumberStatus
	}
	if see("name") && !p.Name.IsZero() {
		c.Name = &p.Name
	}
	if see("otherNames") {
		c.OtherNames = pointers(p.OtherNames)
	}
	if see("birthDate") && p.BirthDate != "" {
		c.BirthDate = ptr(p.BirthDate.Day())
	}
	if see("gender") {
		c.Gender = orNil(p.Gender)
	}
	if see("addresses") {
		c.Addresses = pointers(p.Addresses)
	}
	if see("telecoms") {
		c.Telecoms = pointers(p.Telecoms)
	}
	if see("deceased") {
		c.Deceased = &p.Deceased
	}
	return c
}

func pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}
