package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

const (
	// lookAgainAfter is how long what was found, or not found, in the record counts.
	lookAgainAfter = 4 * time.Hour
	// evidenceWithin bounds the looking: whoever has answered by then counts.
	evidenceWithin = 700 * time.Millisecond
)

// How long before and after an event its relationship holds.
const (
	beforeAppointment = 28 * 24 * time.Hour
	afterAppointment  = 28 * 24 * time.Hour
	afterAdmission    = 28 * 24 * time.Hour
	teamHolds         = 28 * 24 * time.Hour
)

// evidenceSections are where relationships are written down.
var evidenceSections = []record.Section{record.FutureAppointments, record.Admissions, record.ProfessionalContacts}

// learn looks for relationships in the record of people with whom the caller has none:
// appointments and admissions at the caller's organisation, and its teams, in whichever
// system they are written. What is read is shown to nobody; what is found is kept with
// its evidence and its end, and holds for everybody of the organisation.
func (r *Resolver) learn(ctx context.Context, people []*patient.Patient) error {
	q := requestFrom(ctx)
	ods := q.session.Organisation.ODS
	if ods == "" || q.session.Launch != nil || !q.policy.AsksForRelationships() {
		return nil
	}
	var strangers []*patient.Patient
	var ids []string
	for _, p := range people {
		if r.registered(q, p) == nil {
			strangers, ids = append(strangers, p), append(ids, p.ID)
		}
	}
	if len(strangers) == 0 {
		return nil
	}
	looked, err := r.Relations.Learned(ctx, ods, ids)
	if err != nil {
		return err
	}
	strangers = slices.DeleteFunc(strangers, func(p *patient.Patient) bool { return r.Now().Sub(looked[p.ID]) < lookAgainAfter })
	if len(strangers) == 0 {
		return nil
	}
	evidence, whole := r.evidence(ctx, q, strangers, ods)
	if err := r.Relations.Learn(ctx, evidence); err != nil {
		return err
	}
	if len(whole) == 0 {
		return nil
	}
	return r.Relations.Looked(ctx, ods, whole, r.Now())
}

// evidence reads where relationships are written, and gives what holds; whole are those
// of the people about whom every system answered.
func (r *Resolver) evidence(ctx context.Context, q *request, people []*patient.Patient, ods string) (found []relationship.Relationship, whole []string) {
	type reading struct {
		section record.Section
		read    func() (*sources.Read, error)
	}
	reads := make([][]reading, len(people))
	for n, p := range people {
		for i, sys := range r.Systems {
			for _, section := range evidenceSections {
				if !sys.Offers(section) {
					continue
				}
				g := q.policy.Evidence(q.session, sectionClass(section), sys.Origin())
				for _, link := range linksOf(p, i, sys) {
					if t := q.read(ctx, g, i, sources.Key{Section: section, LocalID: link.LocalID}); t != nil {
						reads[n] = append(reads[n], reading{section, t})
					}
				}
			}
		}
	}
	q.flush()
	ctx, cancel := context.WithTimeout(ctx, evidenceWithin)
	defer cancel()
	for n, p := range people {
		all := len(reads[n]) > 0
		for _, rd := range reads[n] {
			read, err := rd.read()
			if err != nil {
				all = false
				continue
			}
			select {
			case <-read.Done():
			case <-ctx.Done():
				all = false
				continue
			}
			answer := read.Answer()
			all = all && answer.Err == nil
			for _, e := range answer.Entries {
				if rel := evidenceOf(e, rd.section, ods, r.Now()); rel != nil {
					rel.Patient, rel.Organisation = p.ID, ods
					found = append(found, *rel)
				}
			}
		}
		if all {
			whole = append(whole, p.ID)
		}
	}
	return found, whole
}

// evidenceOf is the relationship that an entry proves for an organisation; nil if none.
func evidenceOf(e record.Entry, section record.Section, ods string, now time.Time) *relationship.Relationship {
	b := e.Common()
	if b.Provenance.Source == nil {
		return nil
	}
	where := " in " + b.Provenance.Source.ID
	switch e := e.(type) {
	case *record.Appointment:
		at, ok := firstOf(e.Start, b.Date).Time()
		if !ok || e.Status == "cancelled" || !isOf(b, e.Practitioner, ods) {
			return nil
		}
		return &relationship.Relationship{
			Kind: relationship.Appointment, From: at.Add(-beforeAppointment), Until: at.Add(afterAppointment),
			Evidence: "appointment on " + at.Format(time.DateOnly) + where,
		}
	case *record.Admission:
		from, ok := firstOf(e.Period.Start, b.Date).Time()
		if !ok || !isOf(b, e.Consultant, ods) {
			return nil
		}
		until, ended := e.Period.End.Time()
		if !ended {
			until = now
		}
		return &relationship.Relationship{
			Kind: relationship.Admission, From: from, Until: until.Add(afterAdmission),
			Evidence: "admission on " + from.Format(time.DateOnly) + where,
		}
	case *record.ProfessionalContact:
		if end, ended := e.Period.End.Time(); ended && end.Before(now) || e.Organisation.ODS != ods {
			return nil
		}
		return &relationship.Relationship{
			Kind: relationship.Caseload, From: now.Add(-time.Minute), Until: now.Add(teamHolds), Evidence: "care team" + where,
		}
	}
	return nil
}

func firstOf(dates ...record.Date) record.Date {
	for _, d := range dates {
		if d != "" {
			return d
		}
	}
	return ""
}

// isOf reports whether an entry was made at an organisation: by whom it was recorded or
// who did it.
func isOf(b *record.Base, who *record.Actor, ods string) bool {
	return b.Provenance.Organisation.ODS == ods || who != nil && who.Organisation.ODS == ods
}
