package patient

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// fromSystem is who says that two of its records are one.
func fromSystem(source string) By { return By{Issuer: "system", Subject: source, Name: source} }

const saidSo = "the system made two of its records one"

// Merged works in that a system made two of its records one (HL7 v2 ADT^A40): what was
// linked with the record that is no more is linked with the one that remains, if that is
// there and has the person's birth date; else somebody is asked. A record in which two
// people with numbers of their own would meet is nobody's. Said again it changes nothing.
// The error is ErrSilent if the system cannot be asked now: say it again later. at is when
// the system did it; it is not earlier than what is linked.
func (x *Index) Merged(ctx context.Context, source, fromLocalID, intoLocalID string, at time.Time) error {
	if fromLocalID == intoLocalID || !usable(fromLocalID) || !usable(intoLocalID) {
		return nil
	}
	c, err := x.reread(ctx, source, intoLocalID)
	if err != nil && !errors.Is(err, ErrGone) {
		return err
	}
	from, into := owned{source, fromLocalID}, owned{source, intoLocalID}
	return x.store.change(ctx, x.now(), func(w *settling) error {
		if err := w.loadRecords([]string{fromLocalID, intoLocalID}); err != nil {
			return err
		}
		was := w.owners[from]
		if was.patient == "" {
			return nil
		}
		p, err := w.with(was.patient, fromLocalID, intoLocalID)
		if err != nil {
			return err
		}
		r := w.registration(p, source)
		i := indexOf(r.Links, fromLocalID)
		if i < 0 || !at.IsZero() && r.Links[i].Since.After(at.Add(recheckLinked)) { // linked anew since then
			return nil
		}
		link := r.Links[i]
		r.Links = without(r.Links, fromLocalID)
		r.Checked = time.Time{} // ask it soon
		if gone, err := w.meet(p, r, link, into, c); gone || err != nil {
			return err
		}
		if err := w.settleBy(p, r); err != nil {
			return err
		}
		return w.decision(pair{p.id, from}, kindMerged, fromSystem(source), saidSo)
	})
}

// meet moves a person's link to the record that remains, or proposes it; gone if the
// person turned out to be whom that one is linked with.
func (w *settling) meet(p *stored, r *Registration, link Link, into owned, c *candidate) (gone bool, err error) {
	holder := w.owners[into]
	switch {
	case c == nil || holder.patient == p.id:
		return false, nil
	case w.decided(p.id, into) == ProposalRefused:
		return false, nil
	case contradiction(p, c) != nil || c.birth == "" || p.birth == "":
		w.propose(p.id, into, nil)
		return false, nil
	case holder.patient == "":
	case holder.status == LinkOwn: // known only from it: the two are one
		if err := w.yield(into, p, ""); err != nil {
			return false, err
		}
	case link.Status == LinkOwn:
		other, err := w.with(holder.patient, into.localID)
		if err != nil {
			return false, err
		}
		if other.birth != p.birth {
			w.propose(p.id, into, nil)
			return false, nil
		}
		if err := w.fold(p.id, other, "merged: "+saidSo); err != nil {
			return false, err
		}
		return true, w.decision(pair{other.id, into}, kindMerged, fromSystem(into.source), saidSo)
	default: // two people with numbers of their own
		w.propose(p.id, into, nil)
		return false, nil
	}
	if p.current != "" && !(c.verified && (c.number == p.current || contains(p.formers, c.number))) && !link.Status.scored() {
		w.propose(p.id, into, nil) // its number spoke for the one that is no more
		return false, nil
	}
	link.LocalID, link.Since = into.localID, w.now
	if link.Status == LinkConfirmed {
		w.propose(p.id, into, nil)
		d := w.pairs[pair{p.id, into}]
		d.State, d.Decided, d.DecidedBy, d.Reason = ProposalConfirmed, w.now, into.source, saidSo
	}
	r.Links = append(r.Links, link)
	return false, nil
}

// Superseded works in that a number was superseded by another (PDS): both are one person's
// from now on. Where both are known with different birth dates, somebody is asked about
// each record of the superseded one instead. Said again it changes nothing.
func (x *Index) Superseded(ctx context.Context, from, into record.NHSNumber) error {
	if from, into = wellFormed(from), wellFormed(into); from == "" || into == "" || from == into {
		return nil
	}
	return x.store.change(ctx, x.now(), func(w *settling) error {
		var err error
		if w.book, err = load(w.ctx, w.tx, []record.NHSNumber{from, into}); err != nil {
			return err
		}
		for _, p := range w.book {
			w.people[p.id] = p
		}
		var locals []string
		for _, p := range w.people {
			for _, r := range p.registrations {
				for _, l := range r.Links {
					locals = append(locals, l.LocalID)
				}
			}
		}
		if err := w.loadRecords(locals); err != nil {
			return err
		}
		old, p := w.book[from], w.book[into]
		switch {
		case old == p || p != nil && slices.Contains(old.numbers(), into):
			return nil
		case old == nil:
			if err := w.number(p, from, false); err != nil {
				return err
			}
			w.doubt(p)
			return nil
		case p == nil:
			if old.current != from { // another superseded it already
				return nil
			}
			if err := w.promote(old, into); err != nil {
				return err
			}
			w.recall(old)
			return nil
		case old.current != from || old.birth != "" && p.birth != "" && old.birth != p.birth:
			return w.proposeAll(old, p)
		}
		return w.merge(old, p)
	})
}

// numbers are all of a person's.
func (s *stored) numbers() []record.NHSNumber {
	if s == nil {
		return nil
	}
	return append([]record.NHSNumber{s.current}, s.formers...)
}

// recall has every system asked again.
func (w *settling) recall(p *stored) {
	for source, r := range p.registrations {
		again := *r
		again.Checked, again.traced = time.Time{}, time.Time{}
		p.registrations[source] = &again
		w.registrations[place{p.id, source}] = &again
	}
}

// proposeAll has somebody decide about each record of one person whether it is another's.
func (w *settling) proposeAll(from, into *stored) error {
	for source, r := range from.registrations {
		for _, l := range r.Links {
			w.propose(into.id, owned{source, l.LocalID}, nil)
		}
		if len(r.Links) == 0 || into.registrations[source] == nil {
			continue
		}
		if err := w.settleBy(into, w.registration(into, source)); err != nil {
			return err
		}
	}
	return nil
}
