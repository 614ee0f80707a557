package resolvers

import (
	"context"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// CodeSearchLimited: the user searches too often, or tries numbers out; extensions have
// retryAfterSeconds.
const CodeSearchLimited = "SEARCH_LIMITED"

// admit counts a search, or refuses it; done is to be called when it is over.
func (r *Resolver) admit(ctx context.Context, qn question) (done func(), err error) {
	q := requestFrom(ctx)
	if wait := r.Probes.search(q.session); wait > 0 {
		return nil, q.limited(ctx, wait, review.SearchVolume, "searched more often than is allowed", "You have searched very often")
	}
	if qn.named() {
		return func() {}, nil
	}
	return r.mayLookUp(ctx, 1)
}

// admitSimilar counts a search for people who are similar, or refuses it.
func (r *Resolver) admitSimilar(ctx context.Context) error {
	q := requestFrom(ctx)
	if wait := r.Probes.nearby(q.session); wait > 0 {
		return q.limited(ctx, wait, review.SearchVolume, "searched for similar people more often than is allowed",
			"No system that has answered by now knows anybody who fits exactly, and you have looked for similar people very often")
	}
	return nil
}

// mayLookUp refuses numbers to who has looked up many that lead to nobody. A session that
// is bound to one patient learns nothing of others, and is not counted. done is to be
// called when it is known, and counted, what the numbers led to.
func (r *Resolver) mayLookUp(ctx context.Context, numbers int) (done func(), err error) {
	q := requestFrom(ctx)
	if q.session.Launch != nil || numbers == 0 {
		return func() {}, nil
	}
	if wait := r.Probes.number(q.session); wait > 0 {
		return nil, q.limited(ctx, wait, review.Probing, "went on looking up numbers after many that lead to nobody",
			"Many of the numbers that you looked up lead to nobody. Search by name and date of birth")
	}
	if !r.Probes.begin(q.session, numbers) {
		return nil, q.limited(ctx, time.Second, review.SearchVolume, "looked up more numbers at once than is allowed", "You look up very many numbers at once")
	}
	return func() { r.Probes.end(q.session, numbers) }, nil
}

// lookedUp counts numbers that were looked up. Who may not be opened counts as nobody:
// otherwise the counting would tell that they are there.
func (r *Resolver) lookedUp(ctx context.Context, numbers []numbered, nobody int) {
	q := requestFrom(ctx)
	if q.session.Launch != nil {
		return
	}
	if why := r.Probes.looked(q.session, numbers, nobody); why != "" {
		q.trail.flagged(audit.Permit, why, review.Probing)
	}
}

// numbersLookedUp counts a list: what it led to is no sign of anything, however it is
// ordered; what led to nobody is.
func (r *Resolver) numbersLookedUp(ctx context.Context, lookups []*model.PatientLookup) {
	var nobody []numbered
	for _, l := range lookups {
		if l.Problem != nil && *l.Problem == CodePatientNotFound {
			nobody = append(nobody, nineDigits(l.NhsNumber))
		}
	}
	if len(lookups) == 1 {
		r.lookedUp(ctx, []numbered{nineDigits(lookups[0].NhsNumber)}, len(nobody))
		return
	}
	r.lookedUp(ctx, nobody, len(nobody))
}

// noteSearch counts a search by a number.
func (r *Resolver) noteSearch(ctx context.Context, qn question, found *model.PatientSearch) {
	if qn.named() {
		return
	}
	n := lastDigits(qn.query.Identifier)
	if qn.query.NHSNumber != "" {
		n = nineDigits(qn.query.NHSNumber)
	}
	nobody := 0
	for _, o := range found.Outcomes {
		if len(found.Hits) == 0 && o.Status == record.Empty {
			nobody = 1
		}
	}
	r.lookedUp(ctx, []numbered{n}, nobody)
}

// limited refuses, says for how long, and has the privacy officer told.
func (q *request) limited(ctx context.Context, wait time.Duration, kind review.Kind, why, text string) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	q.trail.flagged(audit.Deny, why, kind)
	e := refuse(ctx, CodeSearchLimited, fmt.Sprintf("%s. Try again in %d seconds", text, seconds))
	e.Extensions["retryAfterSeconds"] = seconds
	return e
}
