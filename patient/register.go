package patient

import (
	"slices"
	"strings"
)

// register works what one system said into a patient's registration and links. A
// fault never unlinks: only an answer does.
func (w *settling) register(p *stored, r *Registration, also seen, q *inquiry, system int) error {
	r.trust = w.systems[system].Trust
	if r.State != Unanswered {
		if err := w.score(p, r, also, q, system); err != nil {
			return err
		}
	}
	return w.keep(p, r)
}

// keep stores a registration with its links, if anything was answered.
func (w *settling) keep(p *stored, r *Registration) error {
	old := p.registrations[r.Source]
	if r.State == Unanswered && old != nil && (old.State == Linked || p.current != "" && p.birth == "" && old.State == Conflict) {
		return nil // nor does it settle whose a number is
	}
	if r.State == Unanswered && old != nil {
		r.label(old.Labels) // only an answer lifts them
		r.traced, r.trust = old.traced, old.trust
	}
	return w.replace(p, r)
}

// replace stores a registration with its links, whatever was there before.
func (w *settling) replace(p *stored, r *Registration) error {
	old := p.registrations[r.Source]
	if err := w.claim(p, r); err != nil {
		return err
	}
	var before []Link
	if old != nil {
		before = old.Links
	}
	if err := w.end(p, before, r); err != nil {
		return err
	}
	for i := range r.Links {
		l := &r.Links[i]
		if at := slices.IndexFunc(before, func(b Link) bool { return b.LocalID == l.LocalID && b.Status == l.Status }); at >= 0 {
			*l = before[at] // it holds since then
			continue
		}
		w.hold(p, l)
	}
	p.registrations[r.Source] = r
	w.registrations[place{p.id, r.Source}] = r
	return nil
}

// hold links a record with a patient. Where there is no doubt whose it is, nobody needs
// to decide whether it is another's.
func (w *settling) hold(p *stored, l *Link) {
	at := owned{l.Source, l.LocalID}
	w.links[newID()] = newLink{p.id, *l}
	w.owners[at] = holding{p.id, l.Status}
	for _, other := range w.records[at] {
		if other.Patient == p.id || !l.Status.scored() || l.Status == LinkConfirmed {
			w.withdraw(other)
		}
	}
}

// claim refuses local ids that another patient holds: the system has said two people
// of one id, and nobody can tell whose record it is. Both lose it until the system is
// asked again (hazard H-01). Only a verified number outweighs what was scored.
func (w *settling) claim(p *stored, r *Registration) error {
	mine := r.Links[:0:0]
	for _, l := range r.Links {
		at := owned{l.Source, l.LocalID}
		holder := w.owners[at]
		switch {
		case holder.patient == "" || holder.patient == p.id:
			mine = append(mine, l)
		case l.Status.scored(): // whoever holds it keeps it
		case holder.status.scored():
			if err := w.yield(at, p, "a verified NHS number of somebody else"); err != nil {
				return err
			}
			mine = append(mine, l)
		default:
			if err := w.dispossess(holder.patient, at, "the local id was given for another person too", Conflict, codeShared, reasonShared); err != nil {
				return err
			}
			w.owners[at] = holding{patient: nobody} // neither a third person nor the holder gets the id now
		}
	}
	if len(mine) < len(r.Links) && len(mine) == 0 {
		r.State, r.Code, r.Reason = Conflict, codeShared, reasonShared
	}
	r.Links = mine
	return nil
}

// yield takes a record that another patient holds without a verified number. Somebody who
// is known only from it is p.
func (w *settling) yield(at owned, p *stored, why string) error {
	holder := w.owners[at]
	delete(w.owners, at)
	if holder.status == LinkOwn {
		return w.fold(holder.patient, p, "merged: the record is of a person with a verified NHS number, or was linked with one")
	}
	return w.dispossess(holder.patient, at, why, Unanswered, codeUnasked, reasonUnasked)
}

const (
	codeShared   = "local-id-shared"
	reasonShared = "It gives one local id for two people; its record is not shown"
)

// dispossess ends another patient's hold of a local id; state is what remains of the
// registration if it was all.
func (w *settling) dispossess(holder string, at owned, why string, state State, code, reason string) error {
	if err := w.exec(`UPDATE patient_link SET ended = $1, ended_why = $2 WHERE source = $3 AND local_id = $4 AND ended IS NULL`,
		stamp(w.now), why, at.source, at.localID); err != nil {
		return err
	}
	forget := ""
	if state == Unanswered { // it is asked again before anything is called absence
		forget = ", checked = 0, traced = 0"
	}
	if err := w.exec(`UPDATE patient_registration SET state = $1, code = $2, reason = $3`+forget+`
			WHERE patient_id = $4 AND source = $5
			AND NOT EXISTS (SELECT 1 FROM patient_link WHERE patient_id = $4 AND source = $5 AND ended IS NULL)`,
		string(state), code, reason, holder, at.source); err != nil {
		return err
	}
	for id, l := range w.links { // held since a moment ago, in this transaction
		if l.patient == holder && l.Source == at.source && l.LocalID == at.localID {
			delete(w.links, id)
		}
	}
	lose := func(r *Registration) {
		r.Links = slices.DeleteFunc(r.Links, func(l Link) bool { return l.LocalID == at.localID })
		switch {
		case len(r.Links) > 0:
		case state == Unanswered:
			r.unasked()
		default:
			r.State, r.Code, r.Reason = state, code, reason
		}
	}
	pending := w.registrations[place{holder, at.source}]
	if pending != nil {
		lose(pending)
	}
	if p := w.people[holder]; p != nil && p.registrations[at.source] != nil && p.registrations[at.source] != pending {
		lose(p.registrations[at.source])
	}
	return nil
}

// nobody is the owner of a local id that the system gave for two people; no patient's id.
const nobody = "-"

// end ends the links that no longer hold, keeping them as history.
func (w *settling) end(p *stored, before []Link, r *Registration) error {
	why := map[State]string{
		Absent:     "the system no longer knows the person",
		Conflict:   "the birth date no longer agrees, or the local id is shared",
		Unverified: "the NHS number is no longer verified",
		Linked:     "the system no longer gives this local id",
		Unanswered: "it was decided so by hand, or the system made two of its records one",
	}[r.State]
	for _, l := range before {
		if slices.ContainsFunc(r.Links, func(n Link) bool { return n.LocalID == l.LocalID && n.Status == l.Status }) {
			continue
		}
		if err := w.exec(`UPDATE patient_link SET ended = $1, ended_why = $2 WHERE patient_id = $3 AND source = $4 AND local_id = $5 AND ended IS NULL`,
			stamp(w.now), why, p.id, l.Source, l.LocalID); err != nil {
			return err
		}
		if at := (owned{l.Source, l.LocalID}); w.owners[at].patient == p.id {
			delete(w.owners, at)
		}
		for id, n := range w.links {
			if n.patient == p.id && n.Source == l.Source && n.LocalID == l.LocalID {
				delete(w.links, id)
			}
		}
	}
	return nil
}

// flush writes the registrations and new links, many rows to a statement.
func (w *settling) flush() error {
	rows := make([][]any, 0, max(len(w.registrations), len(w.links)))
	for at, r := range w.registrations {
		rows = append(rows, []any{at.patient, at.source, string(r.State), r.Code, r.Reason, stamp(r.Checked), writeLabels(r.Labels), stamp(r.traced), r.trust})
	}
	if err := w.insert(`INSERT INTO patient_registration (patient_id, source, state, code, reason, checked, labels, traced, trust) VALUES `, rows,
		` ON CONFLICT (patient_id, source) DO UPDATE SET state = excluded.state, code = excluded.code,
			reason = excluded.reason, checked = excluded.checked, labels = excluded.labels, traced = excluded.traced, trust = excluded.trust`, false); err != nil {
		return err
	}
	rows = rows[:0]
	for id, l := range w.links {
		rows = append(rows, []any{id, l.patient, l.Source, l.LocalID, string(l.Status), l.Evidence, stamp(l.Since)})
	}
	if err := w.insert(`INSERT INTO patient_link (id, patient_id, source, local_id, status, evidence, since) VALUES `, rows,
		` ON CONFLICT DO NOTHING`, true); err != nil {
		return err
	}
	return w.flushProposals()
}

// rowsAtOnce bounds an insert: SQLite looks each parameter up in a list, so that the time
// of a statement grows with the square of them.
const rowsAtOnce = 40

// insert writes rows in few statements; with all, a row that was refused is errRaced.
func (w *settling) insert(head string, rows [][]any, tail string, all bool) error {
	for part := range slices.Chunk(rows, rowsAtOnce) {
		var b strings.Builder
		b.WriteString(head)
		args := make([]any, 0, len(part)*len(part[0]))
		for i, row := range part {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("(" + list(len(args), len(row)) + ")")
			args = append(args, row...)
		}
		b.WriteString(tail)
		done, err := w.tx.ExecContext(w.ctx, b.String(), args...)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); all && (err != nil || n != int64(len(part))) {
			return errRaced
		}
	}
	return nil
}
