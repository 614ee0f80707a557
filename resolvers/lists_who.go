package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// whoAre turns a system's own people into patients, aligned; nil where it is not certain
// who somebody is. A verified number leads to a patient, and a record without one to whom
// it is linked with, or to somebody who is known from it alone. They are the one only if
// the very record that the system names is linked with them and was born on the same day,
// so that whoever gives another's number, or has another's id, is nobody (hazard H-01).
func (r *Resolver) whoAre(ctx context.Context, s *sources.System, part []record.Person, until time.Time) ([]*patient.Patient, error) {
	people := make([]*patient.Patient, len(part))
	if err := r.byVerified(ctx, people, part, until); err != nil {
		return nil, err
	}
	if err := r.byRecord(ctx, people, s, part, until); err != nil {
		return nil, err
	}
	place := slices.Index(r.Systems, s)
	for i, p := range people {
		if p == nil {
			continue
		}
		own := func(l patient.Link) bool { return l.LocalID == part[i].Subject }
		if !slices.ContainsFunc(linksOf(p, place, s), own) || !bornAlike(p.BirthDate, part[i].BirthDate) {
			people[i] = nil
		}
	}
	return people, nil
}

func verified(p *record.Person) bool {
	return p.NHSNumberStatus == record.NumberVerified && p.NHSNumber != ""
}

func (r *Resolver) byVerified(ctx context.Context, people []*patient.Patient, part []record.Person, until time.Time) error {
	var numbers []record.NHSNumber
	for i := range part {
		if verified(&part[i]) {
			numbers = append(numbers, part[i].NHSNumber)
		}
	}
	found, err := r.Index.ByNHSNumbers(ctx, numbers, time.Until(until))
	if err != nil {
		return err
	}
	byNumber := make(map[record.NHSNumber]*patient.Patient, len(found))
	for i, n := range numbers {
		byNumber[n] = found[i].Patient
	}
	for i := range part {
		if verified(&part[i]) {
			people[i] = byNumber[part[i].NHSNumber]
		}
	}
	return nil
}

func (r *Resolver) byRecord(ctx context.Context, people []*patient.Patient, s *sources.System, part []record.Person, until time.Time) error {
	var locals []patient.Local
	var places []int
	for i := range part {
		if !verified(&part[i]) {
			locals = append(locals, patient.Local{Source: s.Origin().ID, LocalID: part[i].Subject, Birth: part[i].BirthDate})
			places = append(places, i)
		}
	}
	if len(locals) == 0 {
		return nil
	}
	ids, err := r.Index.Adopt(ctx, locals)
	if err != nil {
		return err
	}
	found, err := r.many(ctx, ids, until)
	if err != nil {
		return err
	}
	for i, place := range places {
		people[place] = found[i]
	}
	return nil
}

// bornAlike reports whether nothing speaks against two birth dates being one; a date that
// is not known, or not to the day, says nothing.
func bornAlike(a, b record.Date) bool {
	return len(a.Day()) != len("2006-01-02") || len(b.Day()) != len("2006-01-02") || a.Day() == b.Day()
}
