package main

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
)

func noContext() context.Context { return context.Background() }

// facts are what questions ask about: two or three people, their names, and codes that
// are in their records.
func (r *fuzzRegion) facts(rng *rand.Rand) operations.Facts {
	f := operations.Facts{Codes: []string{"unknown"}}
	for _, h := range record.Headings() {
		f.Sections = append(f.Sections, h.Name)
		fields := r.classes["record:"+h.Name]
		f.Resources = append(f.Resources, h.Name, h.Name+"."+fields[rng.IntN(len(fields))])
	}
	for _, s := range r.world.Sources {
		f.Sources = append(f.Sources, s.ID)
	}
	for range 4 {
		f.Days = append(f.Days, time.Date(2003+rng.IntN(13), time.Month(1+rng.IntN(12)), 1+rng.IntN(28), 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	for range 3 {
		i := rng.IntN(len(r.world.People))
		p := r.world.People[i]
		number := string(p.NHSNumber)
		f.PatientIDs = append(f.PatientIDs, r.ids[i])
		f.NHSNumbers = append(f.NHSNumbers, number, p.NHSNumber.Format())
		for _, rec := range p.Records {
			d := rec.Person()
			s := operations.Search{Family: d.Name.Family, BirthDate: string(d.BirthDate), Gender: d.Gender,
				NHSNumber: string(d.NHSNumber), LocalNumber: d.Subject, Source: rec.Source}
			if len(d.Name.Given) > 0 {
				s.Given = d.Name.Given[0]
			}
			if len(d.Addresses) > 0 {
				s.Postcode = d.Addresses[0].Postcode
			}
			f.Searches = append(f.Searches, s)
			f.Codes = append(f.Codes, rec.Codes(record.Results)...)
			f.Codes = append(f.Codes, rec.Codes(record.Observations)...)
			said(&f, rec)
		}
	}
	return f
}

// said adds what a record says, to look for it in a line of time.
func said(f *operations.Facts, rec *world.Record) {
	for _, h := range record.Headings() {
		words, organisations := rec.Said(h.Section)
		for _, w := range words {
			f.Words = append(f.Words, string([]rune(w)[:min(60, len([]rune(w)))]))
		}
		f.Organisations = append(f.Organisations, organisations...)
	}
}
