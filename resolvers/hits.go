package resolvers

import (
	"context"
	"strings"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// searchable reports whether every field that a search goes by may be seen.
func searchable(g policy.Grant, query record.PersonQuery) bool {
	return g.Field("name") && g.Field("birthDate") && (query.Postcode == "" || g.Field("postcode") && g.Field("addresses"))
}

// hidden are people of a search who may not be located (S-flag), by what tells them
// apart: a copy in a system that does not mark them must not locate them either.
type hidden map[string]bool

func personKeys(p *record.Person) []string {
	keys := []string{strings.ToLower(p.Name.Family) + "|" + string(p.BirthDate.Day())}
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
}

// identify finds who of the answers may not be located: whom an answer marks, and whom
// a system that has not answered this time marked before; and what stands between the
// caller and those whom the index knows.
func (r *Resolver) identify(ctx context.Context, answers []answer) (whoIsWho, error) {
	w := whoIsWho{hidden: hidden{}}
	var numbers []record.NHSNumber
	for _, a := range answers {
		for i := range a.people {
			if n := a.people[i].NHSNumber; n != "" {
				numbers = append(numbers, n)
			}
		}
	}
	var err error
	if w.known, err = r.Index.Known(ctx, numbers); err != nil {
		return w, err
	}
	people := make([]*patient.Patient, 0, len(w.known))
	for _, p := range w.known {
		people = append(people, p)
	}
	if err := r.stand(ctx, people); err != nil {
		return w, err
	}
	for _, a := range answers {
		for i := range a.people {
			p := &a.people[i]
			if known := w.known[p.NHSNumber]; record.Restricted(p.Labels) || known != nil && known.Restricted {
				for _, k := range personKeys(p) {
					w.hidden[k] = true
				}
			}
		}
	}
	return w, nil
}

// about is what stands between the caller and somebody found. Nothing does where the
// index does not know them.
func (q *request) about(w whoIsWho, p *record.Person) *policy.About {
	st := relationship.Standing{}
	if known := w.known[p.NHSNumber]; known != nil {
		st = q.standing(known).Standing
	}
	return policy.AboutPatient(st, w.hidden.has(p))
}

// hits are the people whom one system found, each with what the caller may see of them
// there.
func (q *request) hits(a *answer, query record.PersonQuery, w whoIsWho) []*model.PatientHit {
	var list []*model.PatientHit
	held := false
	for i := range a.people {
		p := &a.people[i]
		g := q.policy.Check(q.session, q.about(w, p), policy.Search, sectionClass(record.Demographics), a.outcome.Source)
		fields, seen := g.Entry(p)
		see := func(field string) bool { return q.policy.Has(sectionClass(record.Demographics), fields, field) }
		switch {
		case seen == policy.Held:
			held = true
		case seen == policy.Shown && !(see("name") && see("birthDate")),
			seen == policy.Shown && query.Postcode != "" && !(see("postcode") && see("addresses")):
			// That they were found by what may not be seen would tell it, and so would
			// saying that somebody was left out.
		case seen == policy.Shown:
			list = append(list, hitOf(p, a.outcome.Source, see))
		}
	}
	if held && a.outcome.Status.Complete() {
		a.outcome.Status, a.outcome.Code, a.outcome.Reason = record.Withheld, "label", "Somebody is marked as sensitive and not for your role"
	}
	return list
}

func hitOf(p *record.Person, source *record.Origin, see func(string) bool) *model.PatientHit {
	h := &model.PatientHit{Name: &p.Name, BirthDate: ptr(p.BirthDate.Day()), Sources: []*record.Origin{source}}
	if see("gender") {
		h.Gender = orNil(p.Gender)
	}
	if see("nhsNumber") && p.NHSNumberStatus == record.NumberVerified && p.NHSNumber != "" {
		h.NhsNumber = &p.NHSNumber
	}
	if see("postcode") && see("addresses") {
		for _, a := range p.Addresses {
			if a.Use != "old" && a.Postcode != "" {
				h.Postcode = &a.Postcode
				break
			}
		}
	}
	return h
}
