package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// linksOf gives the records of p in the i-th system; none unless they are linked. A
// presumed link is never followed (hazard H-01).
func linksOf(p *patient.Patient, i int, s *sources.System) []patient.Link {
	reg := registration(p, i, s)
	if reg == nil || reg.State != patient.Linked {
		return nil
	}
	for _, l := range reg.Links {
		if l.Status == patient.LinkPresumed {
			return followed(reg.Links)
		}
	}
	return reg.Links
}

func followed(links []patient.Link) []patient.Link {
	var out []patient.Link
	for _, l := range links {
		if l.Status != patient.LinkPresumed {
			out = append(out, l)
		}
	}
	return out
}

func registration(p *patient.Patient, i int, s *sources.System) *patient.Registration {
	if i < len(p.Registrations) && p.Registrations[i].Source == s.Origin().ID {
		return &p.Registrations[i]
	}
	for j := range p.Registrations {
		if p.Registrations[j].Source == s.Origin().ID {
			return &p.Registrations[j]
		}
	}
	return nil
}

// unlinked is the outcome of a system in which no record of p may be read. Only a
// system that said it does not know the person is complete: all else could hide data.
func unlinked(p *patient.Patient, i int, s *sources.System) record.Outcome {
	o := record.Outcome{Source: s.Origin(), Status: record.Unavailable, Code: "not-asked", Reason: "It is not known whether it knows this person"}
	reg := registration(p, i, s)
	if reg == nil {
		return o
	}
	if reg.Reason != "" {
		o.Code, o.Reason = reg.Code, reg.Reason
	}
	switch reg.State {
	case patient.Absent:
		o.Status, o.Code, o.Reason = record.NotRegistered, "", ""
	case patient.Pending:
		o.Status, o.Code, o.Reason = record.Pending, "finding", "It is being asked whether it knows this person"
	case patient.Conflict, patient.Unverified:
		o.Status = record.Mismatched
	case patient.Unanswered:
		if o.Code == "consent" { // the source holds the person back, which is no outage
			o.Status = record.Withheld
		}
	}
	return o
}

// registrations are which systems know the person, as far as the caller may know: that
// a system has somebody tells of their care.
func (r *Resolver) registrations(ctx context.Context, p *patient.Patient) []*patient.Registration {
	q := requestFrom(ctx)
	list := make([]*patient.Registration, 0, len(p.Registrations))
	for i := range p.Registrations {
		reg := &p.Registrations[i]
		switch g := q.grant(p, sectionClass(record.Demographics), r.origin(reg.Source)); {
		case g.Allowed():
			list = append(list, reg)
		case !g.Conceals():
			list = append(list, &patient.Registration{Source: reg.Source, State: patient.Withheld, Code: g.Why().Code(), Reason: g.Why().Words()})
		}
	}
	return list
}
