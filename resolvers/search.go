package resolvers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// mostHits is how many people a search shows. PDS FHIR: at most 50 matches.
const mostHits = 50

// search asks every system that can search, at once, and puts what they found side by
// side. The same verified NHS number with the same birth date is one hit.
func (r *Resolver) search(ctx context.Context, query record.PersonQuery, wait *int) (*model.PatientSearch, error) {
	query.FamilyName = strings.TrimSpace(query.FamilyName)
	q := requestFrom(ctx)
	if err := q.errPinned(ctx); err != nil {
		return nil, err
	}
	switch {
	case len([]rune(query.FamilyName)) < 2:
		return nil, refuse(ctx, CodeBadInput, "`familyName` needs at least two letters")
	case strings.ContainsAny(query.FamilyName, "*%?"):
		return nil, refuse(ctx, CodeBadInput, "`familyName` must not hold wildcards")
	case len(query.BirthDate) != 10:
		return nil, refuse(ctx, CodeBadInput, "`birthDate` must be a whole date: YYYY-MM-DD")
	}
	until := r.waitFor(ctx, wait)
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	answers := make([]answer, len(r.Systems))
	var all sync.WaitGroup
	for i, s := range r.Systems {
		all.Go(func() { answers[i] = r.find(ctx, s, query) })
	}
	all.Wait()
	who, err := r.identify(ctx, answers)
	if err != nil {
		return nil, err
	}
	result := &model.PatientSearch{Hits: []*model.PatientHit{}, Outcomes: []*record.Outcome{}}
	for i := range answers {
		a := &answers[i]
		found := q.hits(a, query, who)
		a.outcome.Count = len(found)
		a.outcome = settled(a.outcome)
		result.Outcomes = append(result.Outcomes, &a.outcome)
		for _, h := range found {
			result.Hits = addHit(result.Hits, h)
		}
	}
	if len(result.Hits) > mostHits {
		result.Hits, result.More = result.Hits[:mostHits], true
	}
	q.trail.searched(len(result.Hits), result.Outcomes)
	return result, nil
}

type answer struct {
	people  []record.Person
	outcome record.Outcome
}

func (r *Resolver) find(ctx context.Context, s *sources.System, query record.PersonQuery) answer {
	a := answer{outcome: record.Outcome{Source: s.Origin(), Status: record.NotOffered}}
	if !s.CanFind() {
		return a
	}
	// What may not be seen may not be searched by: the answer would tell it.
	q, class := requestFrom(ctx), sectionClass(record.Demographics)
	if !q.policy.MightFrom(q.session, policy.Search, class, s.Origin(), func(g policy.Grant) bool { return searchable(g, query) }) {
		if !q.may(policy.Search, class, s.Origin()).Conceals() {
			a.outcome.Status, a.outcome.Code, a.outcome.Reason = record.Withheld, "policy", "Your role does not include searching there, or not by this"
		}
		return a
	}
	asked := time.Now()
	found, err := s.Find(ctx, []record.PersonQuery{query})
	a.outcome.Took = time.Since(asked)
	if err != nil {
		e := sources.AsError(err)
		a.outcome = sources.OutcomeOf(sources.Answer{Source: s.Origin(), Took: a.outcome.Took, Result: sources.Result{Err: e}}, r.Now())
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			a.outcome.Status = record.TimedOut
		}
		return a
	}
	a.outcome.AsOf = r.Now()
	a.outcome.Status = record.Empty
	if len(found) > 0 && len(found[0]) > 0 {
		a.people = found[0]
		a.outcome.Status, a.outcome.Count = record.Answered, len(a.people)
	}
	return a
}

// addHit puts the same verified NHS number with the same birth date into one hit.
func addHit(hits []*model.PatientHit, h *model.PatientHit) []*model.PatientHit {
	for _, old := range hits {
		if h.NhsNumber != nil && old.NhsNumber != nil && *old.NhsNumber == *h.NhsNumber &&
			h.BirthDate != nil && old.BirthDate != nil && *old.BirthDate == *h.BirthDate {
			if !slices.Contains(old.Sources, h.Sources[0]) {
				old.Sources = append(old.Sources, h.Sources[0])
			}
			return hits
		}
	}
	return append(hits, h)
}
