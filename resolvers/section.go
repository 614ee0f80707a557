package resolvers

import (
	"context"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// section answers one section of one person: it decides, asks every system that knows
// the person, waits no longer than the reader said, and folds what came back. It never
// fails: what could not be had is an outcome (hazard H-02).
func section[T record.Entry](ctx context.Context, r *Resolver, p *patient.Patient, s record.Section, first *int) *record.Set[T] {
	return narrowed(ctx, r, p, s, first, func(e T) (T, bool) { return e, true })
}

// narrowed is section with a filter of the reader's own, applied after policy.
func narrowed[T record.Entry](ctx context.Context, r *Resolver, p *patient.Patient, s record.Section, first *int, keep func(T) (T, bool)) *record.Set[T] {
	q := requestFrom(ctx)
	g := q.grant(ctx, policy.Read, sectionClass(s))
	set := &record.Set[T]{Section: s, Outcomes: make([]record.Outcome, 0, len(r.Systems)), WithheldFields: g.Withheld()}
	if !g.Allowed() {
		set.Outcomes = withheld(r.Systems, s)
	} else {
		for _, a := range q.ask(ctx, g, p, s) {
			entries, o := a.settle(ctx, g, q.deadline(p), r.Now())
			o.Count = 0
			for _, e := range entries {
				if t, ok := e.(T); ok {
					if t, ok = keep(t); ok {
						set.Entries = append(set.Entries, t)
						o.Count++
					}
				}
			}
			set.Outcomes = append(set.Outcomes, o)
			q.trail.read(p, s, a, o)
		}
	}
	record.NewestFirst(set.Entries)
	set.Total = len(set.Entries)
	folded := record.Fold(set.Total, set.Outcomes)
	set.Verdict, set.Missing = folded.Verdict, folded.Missing
	if first != nil && *first >= 0 && *first < len(set.Entries) {
		set.Entries = set.Entries[:*first]
	}
	if !g.Allowed() {
		q.trail.withheld(p, s)
	}
	return set
}

// withheld is the answer of a policy that refuses: one row for every system that offers
// the section, whether or not it knows the person, so that nothing shows through.
func withheld(systems []*sources.System, s record.Section) []record.Outcome {
	outcomes := make([]record.Outcome, 0, len(systems))
	for _, sys := range systems {
		o := record.Outcome{Source: sys.Origin(), Status: record.NotOffered}
		if sys.Offers(s) {
			o.Status, o.Code = record.Withheld, "policy"
			o.Reason = "Your role does not include this section"
		}
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// asked is one system's part of a section on its way: the reads of its records of the
// person, or the outcome where there is nothing to ask.
type asked struct {
	system *sources.System
	known  record.Outcome // if there are no reads
	links  []patient.Link
	reads  []dataloader.Thunk[*sources.Read]
}

// ask issues the reads of a section without waiting for any.
func (q *request) ask(ctx context.Context, g policy.Grant, p *patient.Patient, s record.Section) []asked {
	all := make([]asked, len(q.resolver.Systems))
	for i, sys := range q.resolver.Systems {
		a := asked{system: sys}
		if !sys.Offers(s) {
			a.known = record.Outcome{Source: sys.Origin(), Status: record.NotOffered}
		} else if a.links = linksOf(p, i, sys); len(a.links) == 0 {
			a.known = unlinked(p, i, sys)
		}
		for _, link := range a.links {
			if t := q.read(ctx, g, i, sources.Key{Section: s, LocalID: link.LocalID}); t != nil && sys.Offers(s) {
				a.reads = append(a.reads, t)
			}
		}
		all[i] = a
	}
	q.flush()
	return all
}

// settle waits for the system's reads until the deadline and gives the entries that the
// Grant lets through, with the outcome. Several records of one person in one system
// are read together; the least complete of them decides the status.
func (a asked) settle(ctx context.Context, g policy.Grant, until, now time.Time) ([]record.Entry, record.Outcome) {
	if len(a.reads) == 0 {
		return nil, a.known
	}
	var entries []record.Entry
	var outcome record.Outcome
	for i, thunk := range a.reads {
		o, got := a.one(ctx, thunk, until, now)
		visible, hidden := visible(g, got)
		if hidden && o.Status.Complete() {
			o.Status, o.Code, o.Reason = record.Withheld, "label", "Some of it is marked restricted and is not for your role"
		}
		entries = append(entries, visible...)
		if i == 0 {
			outcome = o
			continue
		}
		outcome = combine(outcome, o)
	}
	return entries, outcome
}

func (a asked) one(ctx context.Context, thunk dataloader.Thunk[*sources.Read], until, now time.Time) (record.Outcome, []record.Entry) {
	read, err := thunk()
	if err != nil {
		return record.Outcome{Source: a.system.Origin(), Status: record.Unavailable, Code: "failed", Reason: "It could not be asked"}, nil
	}
	select {
	case <-read.Done():
	default:
		wait := time.NewTimer(time.Until(until))
		defer wait.Stop()
		select {
		case <-read.Done():
		case <-wait.C:
			return sources.PendingOutcome(read, now), nil
		case <-ctx.Done():
			return sources.PendingOutcome(read, now), nil
		}
	}
	answer := read.Answer()
	if answer.Err != nil {
		return sources.OutcomeOf(answer, now), nil
	}
	return sources.OutcomeOf(answer, now), answer.Entries
}

// visible gives the entries whose labels the Grant covers. The slice may be the shared
// answer's own: it is not written to.
func visible(g policy.Grant, entries []record.Entry) (shown []record.Entry, hidden bool) {
	for i, e := range entries {
		if labels := e.Common().Labels; len(labels) == 0 || g.Entry(labels) {
			if hidden {
				shown = append(shown, e)
			}
			continue
		}
		if !hidden {
			shown = append(make([]record.Entry, 0, len(entries)), entries[:i]...)
			hidden = true
		}
	}
	if !hidden {
		return entries, false
	}
	return shown, true
}

// combine folds two records of one person in one system into one row.
func combine(a, b record.Outcome) record.Outcome {
	least, other := a, b
	if severity(b.Status) > severity(a.Status) {
		least, other = b, a
	}
	least.Asserted = append(append([]record.Assertion(nil), a.Asserted...), b.Asserted...)
	least.Took = max(a.Took, b.Took)
	if !other.AsOf.IsZero() && (least.AsOf.IsZero() || other.AsOf.Before(least.AsOf)) {
		least.AsOf, least.Age = other.AsOf, other.Age
	}
	return least
}

func severity(s record.Status) int {
	switch s {
	case record.Mismatched:
		return 9
	case record.Unavailable:
		return 8
	case record.TimedOut:
		return 7
	case record.Pending:
		return 6
	case record.Withheld:
		return 5
	case record.Partial:
		return 4
	case record.Answered:
		return 3
	case record.AssertedNone:
		return 2
	}
	return 1
}
