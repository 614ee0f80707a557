package resolvers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Being on a roster is a fact of the record: in which ward somebody lies tells where they
// are, and that they are in a hospital. It is shown to those who may see that fact in the
// record, from that system; so a person who must not be located stands on no roster.

// rosterFact is the class and field that being on a roster of a kind tells.
func rosterFact(kind model.RosterKind) (section record.Section, field string) {
	switch kind {
	case model.RosterKindWard:
		return record.Admissions, "ward"
	case model.RosterKindClinic:
		return record.FutureAppointments, "location"
	}
	return record.ProfessionalContacts, "team"
}

// tells reports whether a grant lets the fact be known; if not, whether it conceals it.
func tells(g policy.Grant, field string) (shown, concealed bool) {
	if g.Field(field) {
		return true, false
	}
	return false, g.Conceals() || g.Allowed() && !g.Has(g.Withheld(nil, g.Fields()), field)
}

func (r *Resolver) rosterOf(l *lists.Roster) *model.Roster {
	out := &model.Roster{Source: &record.Origin{ID: l.Source}, Kind: model.RosterKind(l.Kind), ID: l.ID, Name: l.Name}
	if s := r.system(l.Source); s != nil {
		out.Source = s.Origin()
	}
	return out
}

// rosterPeople is a page of the people of a team list, as the system has them now.
func (r *Resolver) rosterPeople(ctx context.Context, roster *model.Roster, first int, after string, until time.Time) (*model.ListPeople, error) {
	q := requestFrom(ctx)
	page := &pageOfPeople{out: &model.ListPeople{People: []*model.ListPerson{}}, on: map[string]bool{}}
	people, outcome := r.readRoster(ctx, roster, until)
	page.out.Outcome = &outcome
	from, err := r.rosterPlace(ctx, roster, people, after)
	if err != nil {
		return nil, err
	}
	counts := outcome.Count
	for room := first; room > 0 && from < len(people); room = first - len(page.out.People) - page.out.Hidden - page.out.Unidentified {
		part := people[from:min(from+room, len(people))]
		if err := r.decideRoster(ctx, page, roster, part, until); err != nil {
			return nil, err
		}
		from += len(part)
	}
	concealing := q.mightConcealFrom(roster)
	follow := from < len(people)
	if follow && concealing {
		if follow, err = r.someFollowOnRoster(ctx, page, roster, people[from:], until); err != nil {
			return nil, err
		}
	}
	if follow {
		next, err := r.rosterCursor(ctx, roster, people, from)
		if err != nil {
			return nil, err
		}
		page.out.Next = &next
	}
	if concealing { // how many there are would tell of those who are not told of
		counts = len(page.out.People) + page.out.Hidden + page.out.Unidentified
	}
	if outcome.Count = counts; after == "" {
		outcome = settled(outcome)
	}
	r.open(ctx, until, page.opened, selectedOfListed(ctx))
	return page.out, nil
}

// someFollowOnRoster is someFollow for a team list.
func (r *Resolver) someFollowOnRoster(ctx context.Context, page *pageOfPeople, roster *model.Roster, rest []record.Person, until time.Time) (bool, error) {
	q := requestFrom(ctx)
	for part := range slices.Chunk(rest, mostPeople) {
		people, err := r.whoAre(ctx, r.system(roster.Source.ID), part, until)
		if err != nil {
			return false, err
		}
		if err := r.standAndLearn(ctx, distinct(people)); err != nil {
			return false, err
		}
		for i, p := range people {
			if p == nil {
				return true, nil
			}
			if seen := q.seesOnRoster(p, &part[i], roster); seen == sightHidden || seen == sightShown && !page.on[p.ID] {
				return true, nil
			}
		}
	}
	return false, nil
}

// readRoster asks the system who is there. What it does not answer is an outcome, and
// never an empty ward (hazard H-02).
func (r *Resolver) readRoster(ctx context.Context, roster *model.Roster, until time.Time) ([]record.Person, record.Outcome) {
	q, s := requestFrom(ctx), r.system(roster.Source.ID)
	if s == nil || !s.CanRoster() {
		return nil, record.Outcome{Source: roster.Source, Status: record.Unavailable, Code: "no-rosters", Reason: "It offers no wards, clinics or caseloads (any more)"}
	}
	if q.rosterNotYet(roster.Kind, s.Origin()) {
		return nil, record.Outcome{Source: s.Origin(), Status: record.NotOffered}
	}
	section, field := rosterFact(roster.Kind)
	if !q.policy.MightFrom(q.session, policy.Read, sectionClass(section), s.Origin(), func(g policy.Grant) bool { return g.Field(field) }) {
		return nil, record.Outcome{Source: s.Origin(), Status: record.Withheld, Code: "policy", Reason: "Your role does not include who is there"}
	}
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	asked := time.Now()
	people, err := s.Roster(ctx, sources.RosterKind(roster.Kind), roster.ID)
	return people, r.rosterOutcome(ctx, s, len(people), time.Since(asked), err)
}

func (r *Resolver) rosterOutcome(ctx context.Context, s *sources.System, found int, took time.Duration, err error) record.Outcome {
	if err != nil {
		o := sources.OutcomeOf(sources.Answer{Source: s.Origin(), Took: took, Result: sources.Result{Err: sources.AsError(err)}}, r.Now())
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			o.Status = record.TimedOut
		}
		return o
	}
	o := record.Outcome{Source: s.Origin(), Status: record.Empty, Count: found, AsOf: r.Now().Add(-took), Age: took, Took: took}
	if found > 0 {
		o.Status = record.Answered
	}
	return o
}

// mightConcealFrom reports whether policy might hide somebody on the roster so that
// nothing tells of them.
func (q *request) mightConcealFrom(roster *model.Roster) bool {
	section, field := rosterFact(roster.Kind)
	concealing := func(g policy.Grant) bool { _, concealed := tells(g, field); return concealed }
	return q.mightConceal() ||
		q.policy.MightFrom(q.session, policy.Read, sectionClass(section), roster.Source, concealing) ||
		q.policy.MightFrom(q.session, policy.Read, sectionClass(record.Demographics), roster.Source, policy.Grant.Conceals)
}

// decideRoster puts those of the system's people onto the page who may be seen.
func (r *Resolver) decideRoster(ctx context.Context, page *pageOfPeople, roster *model.Roster, part []record.Person, until time.Time) error {
	people, err := r.whoAre(ctx, r.system(roster.Source.ID), part, until)
	if err != nil {
		return err
	}
	if err := r.standAndLearn(ctx, distinct(people)); err != nil {
		return err
	}
	q := requestFrom(ctx)
	for i, p := range people {
		if p == nil {
			page.out.Unidentified++
			continue
		}
		switch q.seesOnRoster(p, &part[i], roster) {
		case sightShown:
			page.add(&model.ListPerson{Patient: p})
		case sightHidden:
			page.out.Hidden++
		}
	}
	return nil
}

// seesOnRoster decides a person on a roster: as on any list, and that they are there.
func (q *request) seesOnRoster(p *patient.Patient, person *record.Person, roster *model.Roster) sight {
	if seen := q.seesListed(p); seen != sightShown {
		return seen
	}
	if record.Restricted(person.Labels) && !p.Restricted {
		return sightHidden // the index has not heard of it yet, so that nothing was decided by it
	}
	section, field := rosterFact(roster.Kind)
	if shown, concealed := tells(q.grant(p, sectionClass(section), roster.Source), field); concealed {
		return sightConcealed
	} else if !shown {
		return sightHidden
	}
	switch _, seen := q.grant(p, sectionClass(record.Demographics), roster.Source).Entry(person); seen {
	case policy.Shown:
		return sightShown
	case policy.Concealed:
		return sightConcealed
	}
	return sightHidden
}
