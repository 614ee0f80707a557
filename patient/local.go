package patient

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Local is a record of one system, with the birth date that it states.
type Local struct {
	Source, LocalID string
	// Birth is a full day, or "" if the record has none.
	Birth record.Date
}

const evidenceOwn = "the record itself"

// Adopt gives the patients of records that have no verified NHS number, aligned: those
// with whom the records are linked, else new ones who are known only from them. The id is
// "" for a record that cannot be anybody's: of no system, or without a local id. Whoever
// calls it has just read the records, and has found no verified number in them.
func (x *Index) Adopt(ctx context.Context, locals []Local) (ids []string, err error) {
	ids = make([]string, len(locals))
	err = x.store.change(ctx, x.now(), func(w *settling) error {
		var keys []string
		for _, l := range locals {
			keys = append(keys, l.LocalID)
		}
		if err := w.loadRecords(keys); err != nil {
			return err
		}
		for i, l := range locals {
			at := owned{l.Source, l.LocalID}
			system := slices.IndexFunc(x.systems, func(s System) bool { return s.ID == l.Source })
			if !usable(l.LocalID) || system < 0 {
				continue
			}
			if w.owners[at].patient == "" {
				if err := w.adopt(l, x.systems[system].Trust); err != nil {
					return err
				}
			}
			ids[i] = w.owners[at].patient
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("adopting records: %w", err)
	}
	return ids, nil
}

// adopt makes a patient who is known from one record, read when its system was trusted so.
func (w *settling) adopt(l Local, trust string) error {
	birth := l.Birth.Day()
	if _, ok := birth.Time(); !ok || len(birth) != len("2006-01-02") {
		birth = ""
	}
	p := &stored{id: newID(), birth: birth, registrations: map[string]*Registration{}}
	if err := w.exec(`INSERT INTO patient (id, birth_date, created) VALUES ($1, $2, $3)`, p.id, string(p.birth), stamp(w.now)); err != nil {
		return err
	}
	w.people[p.id] = p
	return w.keep(p, &Registration{Source: l.Source, State: Linked, Checked: w.now, trust: trust, Links: []Link{
		{Source: l.Source, LocalID: l.LocalID, Status: LinkOwn, Since: w.now, Evidence: evidenceOwn},
	}})
}

// LinkedTo gives the ids of the patients with whom records are linked, asking nobody;
// records that are linked with nobody are left out. Births are not looked at.
func (x *Index) LinkedTo(ctx context.Context, locals []Local) (map[Local]string, error) {
	out := make(map[Local]string, len(locals))
	for part := range slices.Chunk(locals, chunk) {
		args := make([]any, 0, len(part))
		for _, l := range part {
			if usable(l.LocalID) {
				args = append(args, l.LocalID)
			}
		}
		if len(args) == 0 {
			continue
		}
		args = sized(args)
		held := map[owned]string{}
		rows, err := x.store.read.QueryContext(ctx, `SELECT source, local_id, patient_id FROM patient_link
			WHERE ended IS NULL AND local_id IN (`+list(0, len(args))+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("reading links: %w", err)
		}
		for rows.Next() {
			var at owned
			var id string
			if err := rows.Scan(&at.source, &at.localID, &id); err != nil {
				_ = rows.Close()
				return nil, fmt.Errorf("reading links: %w", err)
			}
			held[at] = id
		}
		_ = rows.Close()
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("reading links: %w", err)
		}
		for _, l := range part {
			if id := held[owned{l.Source, l.LocalID}]; id != "" {
				out[l] = id
			}
		}
	}
	return out, nil
}

// refreshLocal is Refresh of somebody without an NHS number: their own system is asked for
// the record, the others are searched by name. Where that leads to somebody with a number,
// that one is looked up: if the record is theirs, the two are one.
func (x *Index) refreshLocal(ctx context.Context, id string, wait time.Duration) (*Patient, error) {
	until := time.Now().Add(wait)
	const tries = 3
	var joined []*round
	for try := 1; ; try++ {
		x.mu.Lock()
		seen, closed := x.landed, x.closed
		x.mu.Unlock()
		s, err := x.store.byID(ctx, id)
		switch {
		case err != nil:
			return nil, fmt.Errorf("reading the patient index: %w", err)
		case s == nil:
			return nil, ErrNotFound
		case s.current != "":
			return x.Refresh(ctx, x.view(s), wait)
		}
		var ok bool
		if joined, ok = x.ask([]wanted{{stored: s}}, seen, try == tries); ok {
			break
		}
		if closed {
			return nil, errClosed
		}
	}
	if len(joined) > 0 {
		if err := x.await(ctx, joined, wait); err != nil {
			return nil, err
		}
	}
	var leads []record.NHSNumber
	for _, r := range joined {
		leads = append(leads, r.leads("id "+id)...)
	}
	if len(leads) > 0 {
		if wait > 0 {
			wait = max(time.Until(until), time.Millisecond)
		}
		if _, err := x.ByNHSNumbers(ctx, leads, wait); err != nil {
			return nil, err
		}
	}
	return x.Get(ctx, id)
}

// leads are the numbers of people whom somebody without one may be.
func (r *round) leads(about string) []record.NHSNumber {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.inquiries {
		if q.about()[0] == about {
			return slices.Clone(q.leads)
		}
	}
	return nil
}

// settleLocal works in what was found out about somebody without a number.
func (w *settling) settleLocal(q *inquiry) error {
	p := w.people[q.patient]
	if p == nil || p.current != "" { // meanwhile somebody else's, or numbered
		return nil
	}
	q.leads = nil
	own, _ := q.stated("")
	for _, c := range own {
		if merged, err := w.numbered(q, p, c); merged || err != nil {
			return err
		}
		if c.birth != "" && c.birth != p.birth { // the record is the person
			p.birth = c.birth
			if err := w.exec(`UPDATE patient SET birth_date = $1 WHERE id = $2`, string(p.birth), p.id); err != nil {
				return err
			}
		}
	}
	v := &verdict{birth: p.birth}
	for i := range q.answers {
		a := &q.answers[i]
		if !a.settled() {
			continue
		}
		r, also := register(a.source, a, v)
		if r == nil && !a.heard && a.asked { // what it said once is no answer of today
			r = &Registration{Source: a.source, State: Unanswered, Code: a.missed, Reason: a.missedReason}
			if a.missed == "" {
				r.Code, r.Reason = codeUnchecked, reasonUnchecked
			}
		}
		if r == nil {
			continue
		}
		if err := w.register(p, r, also, q, i); err != nil {
			return err
		}
	}
	return nil
}

// numbered merges somebody who was known only from a record into the person whose number
// it has by now, if that one has its birth date. Whose number it is, all systems that have
// it say together (hazard H-01): one that nobody has been asked about yet is looked up.
func (w *settling) numbered(q *inquiry, p *stored, c *candidate) (merged bool, err error) {
	if !c.verified {
		return false, nil
	}
	into := w.book[c.number]
	switch {
	case into == nil || into.birth == "":
		q.leads = append(q.leads, c.number)
		return false, nil
	case c.birth != into.birth:
		return false, nil
	}
	for _, l := range q.own {
		if w.decided(into.id, owned{l.Source, l.LocalID}) == ProposalRefused {
			return false, nil
		}
	}
	if err := w.fold(p.id, into, "merged: the record has a verified NHS number"); err != nil {
		return false, err
	}
	w.doubt(into)
	return true, nil
}

// pursue has the numbers looked up to which somebody without one leads, also where nobody
// waits for it.
func (r *round) pursue() {
	r.mu.Lock()
	var leads []record.NHSNumber
	for _, q := range r.inquiries {
		leads = append(leads, q.leads...)
	}
	r.mu.Unlock()
	if len(leads) == 0 {
		return
	}
	if _, _, err := r.x.lookUp(r.x.life, unique(leads)); err != nil && r.x.life.Err() == nil {
		r.x.log.Warn("a number that a record has by now could not be looked up", "kind", fmt.Sprintf("%T", err))
	}
}
