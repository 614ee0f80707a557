package resolvers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

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
	switch {
	case q.session.Launch != nil: // opened by an EPR on one patient: nobody else
		return nil, refuse(ctx, CodeForbidden, "This session was opened on one patient and cannot search for others")
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

	result := &model.PatientSearch{Hits: []*model.PatientHit{}, Outcomes: []*record.Outcome{}}
	for _, a := range answers {
		result.Outcomes = append(result.Outcomes, &a.outcome)
		for i := range a.people {
			result.Hits = addHit(result.Hits, &a.people[i], a.outcome.Source)
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

func addHit(hits []*model.PatientHit, p *record.Person, source *record.Origin) []*model.PatientHit {
	verified := p.NHSNumberStatus == record.NumberVerified && p.NHSNumber != ""
	for _, h := range hits {
		if verified && h.NhsNumber != nil && *h.NhsNumber == p.NHSNumber && *h.BirthDate == p.BirthDate.Day() {
			if !slices.Contains(h.Sources, source) {
				h.Sources = append(h.Sources, source)
			}
			return hits
		}
	}
	h := &model.PatientHit{Name: &p.Name, BirthDate: ptr(p.BirthDate.Day()), Gender: orNil(p.Gender), Sources: []*record.Origin{source}}
	if verified {
		h.NhsNumber = &p.NHSNumber
	}
	for _, a := range p.Addresses {
		if a.Use != "old" && a.Postcode != "" {
			h.Postcode = &a.Postcode
			break
		}
	}
	return append(hits, h)
}
