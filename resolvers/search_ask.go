package resolvers

import (
	"context"
	"errors"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// answer is what one system said to one question.
type answer struct {
	people  []record.Person
	outcome record.Outcome
	// here: there is one; asked: the system itself was asked.
	here, asked bool
}

// find asks one system, if it can be asked and the caller may search there by this. It
// is one call to the system.
func (r *Resolver) find(ctx context.Context, s *sources.System, qn question, query record.PersonQuery) answer {
	a := answer{here: true, outcome: record.Outcome{Source: s.Origin(), Status: record.NotOffered}}
	if !qn.asks(s) {
		a.outcome.Code, a.outcome.Reason = "not-asked", "It is of another organisation, and was not asked"
		return a
	}
	if !s.CanFind() {
		return a
	}
	q, class := requestFrom(ctx), sectionClass(record.Demographics)
	if !q.policy.MightFrom(q.session, policy.Search, class, s.Origin(), qn.searchable) {
		if !q.may(policy.Search, class, s.Origin()).Conceals() {
			a.outcome.Status, a.outcome.Code, a.outcome.Reason = record.Withheld, "policy", "Your role does not include searching there, or not by this"
		}
		return a
	}
	a.asked = true
	began := time.Now()
	found, err := s.Find(ctx, []record.PersonQuery{query})
	a.outcome.Took = time.Since(began)
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
