package pds

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// reading is what the register says about one number.
type reading struct {
	// patient is nil if it does not know the number, or has declared it invalid.
	patient *patient
	// invalid: there was such a person, and the register says not to use the record.
	invalid bool
	// superseded: it answered with another number, and stands by it.
	superseded bool
}

// read asks about one number. An answer with another number may mean that the register
// has replaced the number asked for, or that something on the way has mixed two people
// up. It is taken for a replacement only if the new number, asked for by itself, is
// answered as itself, and the one asked for leads to it once more (hazard H-01); else the
// answer stays as it is, and its subject shows whom it is about. Replacements are rare, so
// that the two requests more are too.
func (s *source) read(ctx context.Context, n record.NHSNumber, correlation string) (*reading, error) {
	got, err := s.readOne(ctx, n, correlation)
	if err != nil || got.patient == nil || got.patient.number() == n {
		return got, err
	}
	for _, ask := range []record.NHSNumber{got.patient.number(), n} {
		again, err := s.readOne(ctx, ask, correlation)
		if err != nil {
			return nil, err
		}
		if p := again.patient; p == nil || p.number() != got.patient.number() || p.person.BirthDate != got.patient.person.BirthDate {
			return got, nil
		}
	}
	got.superseded = true
	return got, nil
}

func (s *source) readOne(ctx context.Context, n record.NHSNumber, correlation string) (*reading, error) {
	q := request{method: http.MethodGet, url: s.URL + "/Patient/" + string(n), correlation: correlation}
	got, err := s.ask(ctx, q, notFound)
	if err != nil {
		return nil, err
	}
	if got.status == http.StatusNotFound {
		return &reading{invalid: outcomeCode(got.body) == codeInvalidated}, nil
	}
	var p *patient
	err = guarded(func() error {
		r := newReader(got.body, today(s.env.Now(), s.env.Zone))
		var err error
		if p, err = r.patient(); err != nil {
			return err
		}
		if r.End() != nil {
			return httpfault.NotJSON(nil)
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case p.redacted:
		return &reading{invalid: true}, nil
	}
	return &reading{patient: p}, nil
}

// today is the day at the source.
func today(now time.Time, zone *time.Location) record.Date {
	return record.Date(now.In(zone).Format(time.DateOnly))
}

// stranger is an answer about somebody who was not asked for: nothing of it but whom it is
// about, so that the wrong-patient guard sees it. A section in which that other person
// has nothing must not look empty.
func stranger(section record.Section, subject string) sources.Result {
	base := record.Base{Subject: subject}
	if section == record.GPPractice {
		return sources.Result{Entries: []record.Entry{&record.Practice{Base: base}}}
	}
	return sources.Result{Entries: []record.Entry{&record.Person{Base: base}}}
}

// result is what a reading says about a section of the person asked for by number.
func (g *reading) result(section record.Section) sources.Result {
	switch {
	case g.invalid:
		return sources.Result{Gaps: []sources.Gap{{Status: record.Withheld, Code: "invalidated",
			Reason: "The register has declared its record of this NHS number invalid"}}}
	case g.patient == nil:
		return sources.Result{}
	case g.superseded:
		return sources.Result{Err: &sources.Error{Kind: sources.Refused, Code: "superseded",
			Reason: "The register has given this person another NHS number; open the record by that one"}}
	}
	p := g.patient
	r := sources.Result{Gaps: slices.Clone(p.gaps)}
	if section == record.Demographics {
		r.Entries = append(r.Entries, &p.person)
		return r
	}
	for _, x := range p.practices {
		r.Entries = append(r.Entries, x)
	}
	if record.Restricted(p.person.Labels) {
		r.Gaps = append(r.Gaps, sources.Gap{Status: record.Withheld, Code: "restricted",
			Reason: "The register does not say where this person is registered"})
	}
	return r
}
