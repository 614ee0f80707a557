package resolvers

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// rosters are the wards, clinics and caseloads that the systems offer, all asked at once.
func (r *Resolver) rosters(ctx context.Context, wait *int) (*model.Rosters, error) {
	until := r.waitFor(ctx, wait)
	all := make([]*model.Rosters, len(r.Systems))
	var asking sync.WaitGroup
	for i, s := range r.Systems {
		asking.Go(func() { all[i] = r.rostersOf(ctx, s, until) })
	}
	asking.Wait()
	out := &model.Rosters{Rosters: []*model.Roster{}, Outcomes: []*record.Outcome{}}
	for _, one := range all {
		out.Rosters, out.Outcomes = append(out.Rosters, one.Rosters...), append(out.Outcomes, one.Outcomes...)
	}
	return out, nil
}

// rostersOf asks one system; a kind whose people the caller may never see is left out.
func (r *Resolver) rostersOf(ctx context.Context, s *sources.System, until time.Time) *model.Rosters {
	q := requestFrom(ctx)
	if !s.CanRoster() || q.rostersNotYet(s) {
		return &model.Rosters{Outcomes: []*record.Outcome{{Source: s.Origin(), Status: record.NotOffered}}}
	}
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	asked := time.Now()
	found, err := s.Rosters(ctx)
	out := &model.Rosters{}
	for _, f := range found {
		one := &model.Roster{Source: s.Origin(), Kind: model.RosterKind(f.Kind), ID: f.ID, Name: f.Name}
		section, field := rosterFact(one.Kind)
		if q.policy.MightFrom(q.session, policy.Read, sectionClass(section), s.Origin(), func(g policy.Grant) bool { return g.Field(field) }) {
			out.Rosters = append(out.Rosters, one)
		}
	}
	outcome := r.rosterOutcome(ctx, s, len(out.Rosters), time.Since(asked), err)
	out.Outcomes = []*record.Outcome{&outcome}
	return out
}

// rostersNotYet reports whether a system shows the caller no roster of any kind yet.
func (q *request) rostersNotYet(s *sources.System) bool {
	for _, kind := range model.AllRosterKind {
		if !q.rosterNotYet(kind, s.Origin()) {
			return false
		}
	}
	return true
}

// rosterNotYet reports whether a system does not show the caller rosters of a kind yet.
func (q *request) rosterNotYet(kind model.RosterKind, source *record.Origin) bool {
	section, _ := rosterFact(kind)
	return q.may(policy.Read, sectionClass(section), source).NotYet()
}

// nameRoster finds the roster that a new team list is to be of.
func (r *Resolver) nameRoster(ctx context.Context, in *model.RosterInput) (*lists.Roster, error) {
	s := r.system(in.Source)
	if s == nil || !s.CanRoster() {
		return nil, refuse(ctx, CodeBadInput, "There is no such ward, clinic or caseload")
	}
	offered := r.rostersOf(ctx, s, r.waitFor(ctx, nil))
	at := slices.IndexFunc(offered.Rosters, func(o *model.Roster) bool { return o.Kind == in.Kind && o.ID == in.ID })
	switch {
	case at >= 0:
		return &lists.Roster{Source: in.Source, Kind: string(in.Kind), ID: in.ID, Name: offered.Rosters[at].Name}, nil
	case !offered.Outcomes[0].Status.Complete():
		return nil, refuseOf(ctx, in.Source, CodeUnavailable, "The system does not say at the moment which wards, clinics and caseloads it has: try again")
	}
	return nil, refuse(ctx, CodeBadInput, "There is no such ward, clinic or caseload")
}

// rosterCursor goes on with the person at a place: with the one who stood before them, so
// that who comes and goes meanwhile moves nobody out of sight. It is sealed: neither a local
// id nor how many stand before, with those who are concealed, leaves by it.
func (r *Resolver) rosterCursor(ctx context.Context, roster *model.Roster, people []record.Person, place int) (string, error) {
	return r.Lists.Seal(ctx, rosterUse(roster), strconv.Itoa(place)+" "+people[place-1].Subject)
}

func rosterUse(roster *model.Roster) string {
	return "roster " + roster.Source.ID + " " + string(roster.Kind) + " " + roster.ID
}

// rosterPlace is where the page after a cursor begins: behind the person who was last, or,
// if they have left, where they were.
func (r *Resolver) rosterPlace(ctx context.Context, roster *model.Roster, people []record.Person, after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	plain, err := r.Lists.Unseal(ctx, rosterUse(roster), after)
	if err != nil {
		return 0, listRefusal(ctx, err)
	}
	number, last, _ := strings.Cut(plain, " ")
	place, err := strconv.Atoi(number)
	if err != nil || place < 1 || place > sources.MostOnRoster {
		return 0, refuse(ctx, CodeBadInput, "`after` is not a cursor of this list")
	}
	for i := range people {
		if people[i].Subject == last {
			return i + 1, nil
		}
	}
	return min(place-1, len(people)), nil // one who left made room: nobody is skipped
}
