package patient

import (
	"slices"

	"github.com/patchworkcare/patchwork/patient/match"
)

// likely is a record that may be a person's, and what speaks for it.
type likely struct {
	*candidate
	likeness
}

// score adds to a registration what does not rest on a verified number: records that were
// confirmed by hand or are the person's own, and those that are like enough. Where
// anything is in doubt, somebody is asked and nothing is linked (hazard H-01).
func (w *settling) score(p *stored, r *Registration, also seen, q *inquiry, system int) error {
	a := &q.answers[system]
	old := p.registrations[r.Source]
	var before []Link
	if old != nil {
		before, r.traced = old.Links, old.traced
	}
	w.obey(p, r, &also)
	also.conflict = w.recheck(p, r, before, a, q) || also.conflict
	possible := false
	if w.linking.on() && (a.beside != nil || len(also.unverified) > 0 || len(a.scored) > 0) {
		stated, _ := q.stated(p.birth)
		var err error
		if possible, err = w.compare(p, r, before, traits(stated), q, system); err != nil {
			return err
		}
	}
	also.unverified = slices.DeleteFunc(also.unverified, func(id string) bool { return linkedIn(r.Links, id) })
	r.Links = sortLinks(r.Links)
	for _, l := range r.Links { // what a record says of its sensitivity holds until it is read again
		if c := a.record(l.LocalID); c != nil {
			r.label(c.labels)
		} else if old != nil && l.Status.scored() {
			r.label(old.Labels)
		}
	}
	for _, open := range w.open(p.id, r.Source) {
		if linkedIn(r.Links, open.LocalID) {
			w.withdraw(open)
			continue
		}
		possible = true
	}
	if !a.searched && old != nil && old.Code == codeTooMany { // so it was when it was searched last
		a.crowded = true
	}
	concluded(r, a, also, possible, q.asked != "")
	if a.searched && a.missed == "" {
		r.traced = w.now
	}
	return nil
}

// concluded gives the registration its state. A search that failed has not found that
// there is nobody; nor has one that there cannot be, of somebody without a number.
func concluded(r *Registration, a *answer, also seen, possible, numbered bool) {
	refused := r.Code == codeRefused
	r.conclude(also, possible)
	switch {
	case r.State == Absent && refused:
		r.State, r.Code, r.Reason = Conflict, codeRefused, reasonRefused
	case r.State == Absent && a.missed != "":
		r.State, r.Code, r.Reason = Unanswered, a.missed, a.missedReason
	case r.State == Absent && a.crowded:
		r.State, r.Code, r.Reason = Unsearchable, codeTooMany, reasonTooMany
	case r.State == Absent && a.unsearchable && !numbered:
		r.State, r.Code, r.Reason = Unsearchable, "search-not-offered", "It cannot be asked for a person without a verified NHS number"
	}
}

const (
	codeRefused   = "refused-by-hand"
	reasonRefused = "Somebody has decided that its record is of another person; it is not shown"
)

// obey takes out what was refused by hand.
func (w *settling) obey(p *stored, r *Registration, also *seen) {
	refused := func(id string) bool { return w.decided(p.id, owned{r.Source, id}) == ProposalRefused }
	n := len(r.Links)
	r.Links = slices.DeleteFunc(r.Links, func(l Link) bool { return refused(l.LocalID) })
	if len(r.Links) < n {
		r.Code = codeRefused
	}
	also.unverified = slices.DeleteFunc(slices.Clone(also.unverified), refused)
}

// recheck keeps what was confirmed by hand, and a person's own record, while the record is
// there and does not contradict; it reports whether one does by its birth date.
func (w *settling) recheck(p *stored, r *Registration, before []Link, a *answer, q *inquiry) (conflict bool) {
	ids := slices.Clone(a.scored)
	for _, l := range before {
		if l.Status.scored() && !slices.Contains(ids, l.LocalID) {
			ids = append(ids, l.LocalID)
		}
	}
	for _, id := range ids {
		at := owned{r.Source, id}
		i := slices.IndexFunc(before, func(l Link) bool { return l.LocalID == id && l.Status.scored() })
		link := Link{Source: r.Source, LocalID: id, Status: LinkConfirmed, Since: w.now, Evidence: evidenceConfirmed}
		if i >= 0 {
			link = before[i]
		}
		if linkedIn(r.Links, id) || link.Status != LinkOwn && w.decided(p.id, at) != ProposalConfirmed {
			continue
		}
		if link.Status == LinkProbable { // meanwhile confirmed
			link.Status, link.Evidence = LinkConfirmed, evidenceConfirmed
		}
		c := a.record(id)
		switch {
		case !a.reread[id]:
			if i < 0 {
				continue
			}
		case c == nil, c.verified && q.asked != "" && !q.mine(c.number):
			continue
		case link.Status == LinkConfirmed && c.birth != "" && p.birth != "" && c.birth != p.birth:
			conflict = true
			continue
		}
		r.Links = append(r.Links, link)
	}
	return conflict
}

const evidenceConfirmed = "somebody confirmed by hand that it is the same person"

// compare links the record that is like the person and proposes those that may be theirs.
func (w *settling) compare(p *stored, r *Registration, before []Link, stated []*match.Traits, q *inquiry, system int) (possible bool, err error) {
	a := &q.answers[system]
	found := w.alike(p, r, stated, q, system)
	for _, l := range before { // a fault unlinks nobody, nor that nobody says who it is
		unread := !a.reread[l.LocalID] && (!a.searched || a.missed != "") && !likeIn(found, l.LocalID)
		if l.Status == LinkProbable && !linkedIn(r.Links, l.LocalID) && (unread || len(stated) == 0) {
			r.Links = append(r.Links, l)
		}
	}
	alone := len(found) == 1 && len(r.Links) == 0
	for _, l := range found {
		if !alone {
			l.hold("Another record there may be theirs too")
		}
		if b := a.beside; b != nil && b.missed != "" && l.class == match.Link && !linkedIn(before, l.localID) {
			a.missed, a.missedReason = "not-checked", "It could not be checked whose a record there is"
			continue
		}
		linked, err := w.take(p, r, l)
		if err != nil {
			return false, err
		}
		possible = possible || !linked
	}
	for _, open := range w.open(p.id, r.Source) {
		if a.searched && open.ProposedBy == "" && !likeIn(found, open.LocalID) {
			w.withdraw(open)
		}
	}
	return possible, nil
}

// unproven are the records with the person's number that has not been verified.
func unproven(a *answer) (out []*candidate) {
	for i := range a.people {
		if c := &a.people[i]; !c.verified {
			out = append(out, c)
		}
	}
	return out
}

func likeIn(found []*likely, localID string) bool {
	return slices.ContainsFunc(found, func(l *likely) bool { return l.localID == localID })
}

// alike are the records of a system that are like the person and not linked yet.
func (w *settling) alike(p *stored, r *Registration, stated []*match.Traits, q *inquiry, system int) (out []*likely) {
	a := &q.answers[system]
	records := unproven(a)
	for i := range a.found {
		records = append(records, &a.found[i])
	}
	for i, c := range records {
		at := owned{r.Source, c.localID}
		again := slices.ContainsFunc(records[:i], func(o *candidate) bool { return o.localID == c.localID })
		switch {
		case again, linkedIn(r.Links, c.localID), w.decided(p.id, at) == ProposalRefused, w.keptApart(p, at):
			continue
		case c.verified && q.asked == "": // somebody with a number whom the person may be
			if like := w.linking.compare(stated, traits([]*candidate{c})[0]); like.class >= match.Ask {
				q.leads = append(q.leads, c.number)
				out = append(out, &likely{c, like})
			}
			continue
		case c.verified || w.isOthers(p, at):
			continue
		}
		like := w.linking.compare(stated, traits([]*candidate{c})[0])
		if like.class < match.Ask {
			continue
		}
		if c.number != "" && !q.mine(c.number) {
			like.hold("It has another NHS number, unverified")
		}
		if w.fitsSibling(q, c) {
			like.hold("Somebody else of that name and birth date fits too")
		}
		out = append(out, &likely{c, like})
	}
	return out
}

// isOthers reports whether a record is somebody else's beyond doubt.
func (w *settling) isOthers(p *stored, at owned) bool {
	holder := w.owners[at]
	if holder.patient == "" || holder.patient == p.id || holder.patient == nobody {
		return false
	}
	return holder.status != LinkProbable && holder.status != LinkOwn
}

// keptApart reports whether a record is all that is known of somebody of whom it was decided
// by hand that one of the person's records is not theirs: the two are not one either.
func (w *settling) keptApart(p *stored, at owned) bool {
	holder := w.owners[at]
	if holder.patient == p.id || holder.status != LinkOwn {
		return false
	}
	for source, r := range p.registrations {
		for _, l := range r.Links {
			if w.decided(holder.patient, owned{source, l.LocalID}) == ProposalRefused {
				return true
			}
		}
	}
	return false
}

// fitsSibling reports whether a record is like somebody else, with a verified number of
// their own.
func (w *settling) fitsSibling(q *inquiry, c *candidate) bool {
	for i := range q.answers {
		for k := range q.answers[i].found {
			o := &q.answers[i].found[k]
			if o.verified && !q.mine(o.number) && w.linking.compare(traits([]*candidate{o}), traits([]*candidate{c})[0]).class >= match.Ask {
				return true
			}
		}
	}
	return false
}

// take links a record with a person, or proposes it: if it may be of two people, nobody
// gets it.
func (w *settling) take(p *stored, r *Registration, l *likely) (linked bool, err error) {
	at := owned{r.Source, l.localID}
	if l.verified { // whoever has the number is found by it
		return false, nil
	}
	const two = "It may be another person's too"
	holder := w.owners[at]
	for _, other := range w.records[at] {
		theirs := other.State == ProposalOpen || other.State == ProposalConfirmed
		if theirs && other.Patient != p.id && !contains(p.merged, other.Patient) {
			l.hold(two)
		}
	}
	if d := w.pairs[pair{p.id, at}]; d != nil && d.State == ProposalOpen && d.ProposedBy != "" {
		l.hold("Somebody has asked for a decision")
	}
	switch {
	case holder.patient == "" || holder.patient == p.id:
	case holder.patient == nobody:
		l.hold(two)
	case holder.status == LinkOwn && l.class == match.Link:
		if err := w.yield(at, p, ""); err != nil {
			return false, err
		}
	case holder.status == LinkProbable:
		l.hold(two)
		w.propose(holder.patient, at, &l.likeness)
		if err := w.dispossess(holder.patient, at, "it may be another person's too", Unverified, codePossible, reasonPossible); err != nil {
			return false, err
		}
		delete(w.owners, at)
	}
	if l.class != match.Link {
		w.propose(p.id, at, &l.likeness)
		return false, nil
	}
	r.Links = append(r.Links, Link{Source: r.Source, LocalID: l.localID, Status: LinkProbable, Since: w.now, Evidence: l.evidence()})
	r.label(l.labels)
	return true, nil
}

func linkedIn(links []Link, localID string) bool {
	return slices.ContainsFunc(links, func(l Link) bool { return l.LocalID == localID })
}
