package resolvers

import (
	"context"
	"strings"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// section answers one section of one person: it decides for every system, asks those
// that it may and that know the person, waits no longer than the reader said, and folds
// what came back. It never fails: what could not be had is an outcome (hazard H-02).
func section[T record.Entry](ctx context.Context, r *Resolver, p *patient.Patient, s record.Section, first *int) *record.Set[T] {
	return narrowed(ctx, r, p, s, first, func(e T, _ func(string) bool) (T, kept) { return e, keep })
}

// narrowed is section with a filter of the reader's own, applied after policy.
func narrowed[T record.Entry](ctx context.Context, r *Resolver, p *patient.Patient, s record.Section, first *int, choose chooser[T]) *record.Set[T] {
	q := requestFrom(ctx)
	set := &record.Set[T]{Section: s, Outcomes: make([]record.Outcome, 0, len(r.Systems)), WithheldFields: []string{}}
	asked := q.ask(ctx, p, s)
	view := newView(q, s, asked)
	for _, a := range asked {
		entries, o := a.settle(ctx, view, q.deadline(p), r.Now())
		o.Count = 0
		var shown policy.Fields
		for _, e := range entries {
			t, ok := e.entry.(T)
			if !ok {
				continue
			}
			if person, ok := e.entry.(*record.Person); ok {
				q.trail.met(p, person)
			}
			t, kept := choose(t, func(field string) bool { return q.policy.Has(view.class, e.fields, field) })
			switch kept {
			case untold:
				o = unfiltered(o)
			case keep:
				set.Entries = append(set.Entries, t)
				shown |= e.fields
				o.Count++
			}
		}
		set.Outcomes = append(set.Outcomes, tested(a.grant, settled(o)))
		q.bill.add(p, s, a, o)
		q.trail.read(p, s, a, o, q.namesOf(view.class, shown))
	}
	set.Fields, set.WithheldFields = uint64(view.fields), q.namesOf(view.class, view.withheld)
	order(view, set.Entries)
	set.Total = len(set.Entries)
	folded := record.Fold(set.Total, ofTheRecord(set.Outcomes))
	set.Verdict, set.Missing = folded.Verdict, folded.Missing
	if first != nil && *first >= 0 && *first < len(set.Entries) {
		set.Entries = set.Entries[:*first]
	}
	return set
}

// asked is one system's part of a section on its way: the reads of its records of the
// person, or the outcome where there is nothing to ask.
type asked struct {
	system *sources.System
	grant  policy.Grant
	known  record.Outcome // if there are no reads
	links  []patient.Link
	reads  []dataloader.Thunk[*sources.Read]
}

// switchedOff is the outcome of a system that an administrator has switched off.
func switchedOff(source *record.Origin, off *sources.Error) record.Outcome {
	return record.Outcome{Source: source, Status: record.Unavailable, Code: off.Code, Reason: off.Reason, Since: off.Since}
}

// unheard corrects the outcome of a system that does not find the person, where it knows
// only of whom it was told (hazard H-02).
func unheard(o *record.Outcome, s *sources.System) {
	if gap := s.Unheard(); gap != nil {
		o.Status, o.Code, o.Reason = gap.Status, gap.Code, gap.Reason
	}
}

// ask decides for every system and issues the reads of a section without waiting for
// any. A system that policy refuses gives the same row whether or not it knows the
// person, so that nothing shows through.
func (q *request) ask(ctx context.Context, p *patient.Patient, s record.Section) []asked {
	all := make([]asked, len(q.resolver.Systems))
	var refused []string
	offered := 0
	for i, sys := range q.resolver.Systems {
		a := asked{system: sys, known: record.Outcome{Source: sys.Origin(), Status: record.NotOffered}}
		if sys.Offers(s) {
			offered++
			a.grant = q.grant(p, sectionClass(s), sys.Origin())
			off := sys.Off()
			switch {
			case a.grant.NotYet(): // no part of the record, so that nothing is withheld
				offered--
			case a.grant.Allowed() && off != nil: // also where it was found not to know the person (hazard H-02)
				a.known = switchedOff(sys.Origin(), off)
			case a.grant.Allowed():
				if a.links = linksOf(p, i, sys); len(a.links) == 0 {
					if a.known = unlinked(p, i, sys); a.known.Status == record.NotRegistered {
						unheard(&a.known, sys)
					}
				}
			case a.grant.Conceals(): // as if it were not offered
				refused = append(refused, sys.Origin().ID)
			default:
				a.known.Status, a.known.Code, a.known.Reason = record.Withheld, a.grant.Why().Code(), a.grant.Why().Words()
				refused = append(refused, sys.Origin().ID)
			}
		}
		for _, link := range a.links {
			if t := q.read(ctx, a.grant, i, sources.Key{Section: s, LocalID: link.LocalID}); t != nil {
				a.reads = append(a.reads, t)
			}
		}
		all[i] = a
	}
	q.flush()
	if what := sectionClass(s); len(refused) == offered && offered > 0 {
		q.trail.withheld(p, what)
	} else if len(refused) > 0 {
		q.trail.withheld(p, what+" from "+strings.Join(refused, ", "))
	}
	return all
}

// settle waits for the system's reads until the deadline and gives the entries that the
// Grant lets through, with the outcome. Several records of one person in one system
// are read together; the least complete of them decides the status.
func (a asked) settle(ctx context.Context, v *view, until, now time.Time) ([]shownEntry, record.Outcome) {
	if len(a.reads) == 0 {
		return nil, a.known
	}
	var entries []shownEntry
	var outcome record.Outcome
	for i, thunk := range a.reads {
		o, got := a.one(ctx, thunk, until, now)
		visible, held := v.visible(a.grant, got)
		if len(held) > 0 && o.Status.Complete() {
			o.Status, o.Code = record.Withheld, "label:"+strings.Join(held, ",")
			o.Reason = "Some of it is marked " + strings.ReplaceAll(strings.Join(held, " or "), "-", " ") + " and is not for your role"
		}
		o = limited(a.grant, o)
		o.Asserted = v.assertions(a.grant, o.Asserted)
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
