package patient

import (
	"maps"
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// merge makes two patients one: from was stored under a superseded number of into. Its
// id goes on to lead to into.
func (w *settling) merge(from, into *stored) error {
	if err := w.exec(`UPDATE patient_number SET patient_id = $1, is_current = $2 WHERE patient_id = $3`, into.id, false, from.id); err != nil {
		return err
	}
	numbers := append([]record.NHSNumber{from.current}, from.formers...)
	into.formers = append(into.formers, numbers...)
	for _, n := range numbers {
		w.book[n] = into
	}
	if err := w.fold(from.id, into, "merged: same person under a superseded NHS number"); err != nil {
		return err
	}
	w.doubt(into)
	return w.carry(from, into)
}

// fold ends what is stored of a patient, who turned out to be another: links, and
// registrations. What was decided by hand goes over.
func (w *settling) fold(from string, into *stored, why string) error {
	if err := w.loadProposals([]string{from}, nil); err != nil {
		return err
	}
	for _, statement := range []struct {
		text string
		args []any
	}{
		{`UPDATE patient_link SET ended = $1, ended_why = $2 WHERE patient_id = $3 AND ended IS NULL`, []any{stamp(w.now), why, from}},
		{`DELETE FROM patient_registration WHERE patient_id = $1`, []any{from}},
		{`UPDATE patient SET merged_into = $1 WHERE id = $2 OR merged_into = $2`, []any{into.id, from}},
	} {
		if err := w.exec(statement.text, statement.args...); err != nil {
			return err
		}
	}
	var inherited []*proposal
	for at, p := range w.pairs {
		if at.patient == from {
			inherited = append(inherited, p)
		}
	}
	for _, p := range inherited {
		w.inherit(p, into)
	}
	w.heirs = append(w.heirs, into)
	if p := w.people[from]; p != nil {
		into.merged = append(into.merged, p.merged...)
	}
	into.merged = append(into.merged, from)
	delete(w.people, from)
	maps.DeleteFunc(w.owners, func(_ owned, h holding) bool { return h.patient == from })
	maps.DeleteFunc(w.registrations, func(at place, _ *Registration) bool { return at.patient == from })
	maps.DeleteFunc(w.links, func(_ string, l newLink) bool { return l.patient == from })
	return nil
}

// carry takes over the links of systems that into has none in; what was only scored is
// found again, or not. What was refused of either stays so, and while the birth date of
// one is not established nothing is known of the other's (hazard H-01).
func (w *settling) carry(from, into *stored) error {
	if from.birth != into.birth {
		return nil
	}
	for source, r := range from.registrations {
		if have := into.registrations[source]; have != nil && have.State == Linked || r.State != Linked {
			continue
		}
		moved := *r
		moved.Links = slices.DeleteFunc(slices.Clone(r.Links), func(l Link) bool {
			return l.Status.scored() || w.decided(into.id, owned{source, l.LocalID}) == ProposalRefused
		})
		if len(moved.Links) == 0 {
			continue
		}
		for i := range moved.Links {
			moved.Links[i].Status, moved.Links[i].Evidence, moved.Links[i].Since = LinkTraced, evidenceTraced, w.now
		}
		if err := w.keep(into, &moved); err != nil {
			return err
		}
	}
	return nil
}
