package resolvers

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// hit is somebody found, with what of them is not shown.
type hit struct {
	hit *model.PatientHit
	// fit is how well they fit, by what may be seen of them.
	fit fit
	// locals are the systems' own records of the person.
	locals []local
}

// local is one system's record of somebody found.
type local struct {
	patient.Local
	// numbered: it has a verified NHS number, by which the person is known everywhere.
	numbered bool
	// told: the caller may see by what the record is linked.
	told bool
}

// hidden are people of a search who may not be located (S-flag), by what tells them
// apart: a copy in a system that does not mark them must not locate them either.
type hidden map[string]bool

func personKeys(p *record.Person) []string {
	keys := []string{sources.FoldName(p.Name.Family) + "|" + string(p.BirthDate.Day())}
	if p.NHSNumber != "" {
		keys = append(keys, string(p.NHSNumber))
	}
	return keys
}

func (h hidden) has(p *record.Person) bool {
	for _, k := range personKeys(p) {
		if h[k] {
			return true
		}
	}
	return record.Restricted(p.Labels)
}

// whoIsWho is what is known of the people whom a search found, before any of them is
// shown.
type whoIsWho struct {
	// hidden may not be located.
	hidden hidden
	// known are those the index knows, with what stands between them and the caller.
	known map[record.NHSNumber]*patient.Patient
	// linked are those with whom the index has linked a record, by the record: it may state
	// no number, or another.
	linked map[owned]*patient.Patient
}

// owned is a record of one system.
type owned struct{ source, localID string }

// of are those whom the index may mean by a record found, the surest first.
func (w whoIsWho) of(source string, p *record.Person) []*patient.Patient {
	var all []*patient.Patient
	if known := w.known[p.NHSNumber]; known != nil {
		all = append(all, known)
	}
	if linked := w.linked[owned{source, p.Subject}]; linked != nil && (len(all) == 0 || all[0].ID != linked.ID) {
		all = append(all, linked)
	}
	return all
}

// identify finds who of the answers may not be located: whom an answer marks, and whom
// a system that has not answered this time marked before; and what stands between the
// caller and those whom the index knows.
func (r *Resolver) identify(ctx context.Context, rounds ...[]answer) (whoIsWho, error) {
	w := whoIsWho{hidden: hidden{}}
	var found []*record.Person
	var locals []patient.Local
	var numbers []record.NHSNumber
	for _, answers := range rounds {
		for _, a := range answers {
			if !a.here {
				continue
			}
			for i := range a.people {
				p := &a.people[i]
				locals = append(locals, patient.Local{Source: a.outcome.Source.ID, LocalID: p.Subject})
				if found = append(found, p); p.NHSNumber != "" {
					numbers = append(numbers, p.NHSNumber)
				}
			}
		}
	}
	var err error
	if w.known, err = r.Index.Known(ctx, numbers); err != nil {
		return w, err
	}
	if w.linked, err = r.linkedTo(ctx, locals, w.known); err != nil {
		return w, err
	}
	people := make([]*patient.Patient, 0, len(w.known)+len(w.linked))
	for _, p := range w.known {
		people = append(people, p)
	}
	for _, p := range w.linked {
		people = append(people, p)
	}
	people = distinct(people)
	if err := r.stand(ctx, people); err != nil {
		return w, err
	}
	for i, p := range found {
		restricted := func(known *patient.Patient) bool { return known.Restricted }
		if record.Restricted(p.Labels) || slices.ContainsFunc(w.of(locals[i].Source, p), restricted) {
			for _, k := range personKeys(p) {
				w.hidden[k] = true
			}
		}
	}
	return w, nil
}

// linkedTo are the people with whom the index has linked records. A record is linked with one
// person, so that only those are asked for that are not among the links of who is known.
func (r *Resolver) linkedTo(ctx context.Context, locals []patient.Local, known map[record.NHSNumber]*patient.Patient) (map[owned]*patient.Patient, error) {
	linked := make(map[owned]*patient.Patient, len(locals))
	for _, p := range known {
		for _, l := range p.Links {
			linked[owned{l.Source, l.LocalID}] = p
		}
	}
	locals = slices.DeleteFunc(slices.Clone(locals), func(l patient.Local) bool { return linked[owned{l.Source, l.LocalID}] != nil })
	if len(locals) == 0 {
		return linked, nil
	}
	ids, err := r.Index.LinkedTo(ctx, locals)
	if err != nil {
		return nil, err
	}
	var at []owned
	var which []string
	for l, id := range ids {
		at, which = append(at, owned{l.Source, l.LocalID}), append(which, id)
	}
	people, err := r.Index.Many(ctx, which)
	if err != nil {
		return nil, err
	}
	for i, p := range people {
		if p != nil {
			linked[at[i]] = p
		}
	}
	return linked, nil
}

// about is what stands between the caller and somebody found. Nothing does where the
// index does not know them.
func (q *request) about(w whoIsWho, source string, p *record.Person) *policy.About {
	st := relationship.Standing{}
	if who := w.of(source, p); len(who) > 0 {
		st = q.standing(who[0]).Standing
	}
	return policy.AboutPatient(st, w.hidden.has(p))
}

// hits are the people whom one system found, each with what the caller may see of them
// there. held says that somebody who fits exactly is marked as sensitive and not for the
// caller's role; of people who are similar that is not said, because their names were
// not asked for.
func (q *request) hits(a *answer, qn question, w whoIsWho, similar bool) (list []*hit, held bool) {
	class := sectionClass(record.Demographics)
	for i := range a.people {
		p := &a.people[i]
		g := q.policy.Check(q.session, q.about(w, a.outcome.Source.ID, p), policy.Search, class, a.outcome.Source)
		fields, seen := g.Entry(p)
		see := func(field string) bool { return q.policy.Has(class, fields, field) }
		switch {
		case seen == policy.Held:
			held = held || !similar
		case seen != policy.Shown, slices.ContainsFunc(qn.fields(), func(f string) bool { return !see(f) }):
			// That they were found by what may not be seen would tell it, and so would
			// saying that somebody was left out.
		default:
			fit := qn.fits(p, see)
			if fit.match == "" || similar && !fit.near {
				continue
			}
			h := &hit{hit: hitOf(p, a.outcome.Source, see), fit: fit, locals: []local{{
				Local:    patient.Local{Source: a.outcome.Source.ID, LocalID: p.Subject, Birth: p.BirthDate.Day()},
				numbered: p.NHSNumber != "" && p.NHSNumberStatus == record.NumberVerified, told: see("nhsNumber"),
			}}}
			h.hit.Match = fit.match
			list = append(list, h)
		}
	}
	if held && a.outcome.Status.Complete() {
		a.outcome.Status, a.outcome.Code, a.outcome.Reason = record.Withheld, "label", "Somebody is marked as sensitive and not for your role"
	}
	return list, held
}

// hitOf is what is needed to tell people apart, and no more.
func hitOf(p *record.Person, source *record.Origin, see func(string) bool) *model.PatientHit {
	h := &model.PatientHit{Name: &p.Name, BirthDate: ptr(p.BirthDate.Day()), Sources: []*record.Origin{source}}
	if see("gender") {
		h.Gender = orNil(p.Gender)
	}
	if see("nhsNumber") && p.NHSNumberStatus == record.NumberVerified && p.NHSNumber != "" {
		h.NhsNumber = &p.NHSNumber
	}
	if see("postcode") && see("addresses") {
		h.Postcode = orNil(postcodeNow(p))
	}
	return h
}

// postcodeNow is where the person lives now, as far as it is known.
func postcodeNow(p *record.Person) string {
	for _, a := range p.Addresses {
		if a.Use != "old" && a.Postcode != "" {
			return a.Postcode
		}
	}
	return ""
}

// joined puts the same verified NHS number with the same birth date into one hit.
func joined(hits []*hit) []*hit {
	var out []*hit
	for _, h := range hits {
		at := slices.IndexFunc(out, func(old *hit) bool {
			return h.hit.NhsNumber != nil && old.hit.NhsNumber != nil && *old.hit.NhsNumber == *h.hit.NhsNumber && *old.hit.BirthDate == *h.hit.BirthDate
		})
		if at < 0 {
			out = append(out, h)
			continue
		}
		old := out[at]
		for _, s := range h.hit.Sources {
			if !slices.Contains(old.hit.Sources, s) {
				old.hit.Sources = append(old.hit.Sources, s)
			}
		}
		old.locals = append(old.locals, h.locals...)
		if better(h.fit, old.fit) { // shown as what they were found by
			old.fit, old.hit.Match, old.hit.Name = h.fit, h.hit.Match, h.hit.Name
		}
	}
	return out
}
