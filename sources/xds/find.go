package xds

import (
	"context"
	"slices"
	"sync"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// Find implements sources.Finder, where the archive numbers people by NHS number: whom
// the registry knows by theirs is found, with what its newest entry says of them. It
// has no search by name. One that fails fails all: an answer that lacks somebody would
// read as nobody.
func (s *finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	byNumber := map[record.NHSNumber][]int{}
	for i, q := range queries {
		switch {
		case q.NHSNumber != "" || q.LocalID != "":
			if n := wanted(q); n != "" {
				byNumber[n] = append(byNumber[n], i)
			}
		default:
			return nil, sources.SearchNotOffered()
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sources.Group
	var mu sync.Mutex
	var failed error
	for n, which := range byNumber {
		wg.Go(func() {
			var p *record.Person
			var err error
			dochttp.Safely(func() { p, err = s.person(ctx, n) }, func(fault error) { err = fault })
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil && failed == nil: // the others then end by our own cancel
				failed = err
				cancel()
			case err == nil && p != nil:
				for _, i := range which {
					if b := queries[i].BirthDate; b == "" || p.BirthDate == "" || b.Day() == p.BirthDate {
						found[i] = append(found[i], *p)
					}
				}
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	return found, nil
}

// wanted is the number that a query asks by; "" if it names none, which nobody has.
func wanted(q record.PersonQuery) record.NHSNumber {
	if q.NHSNumber != "" && q.LocalID != "" && string(q.NHSNumber) != q.LocalID {
		return ""
	}
	text := q.LocalID
	if q.NHSNumber != "" {
		text = string(q.NHSNumber)
	}
	if n, err := record.ParseNHSNumber(text); err == nil && string(n) == text {
		return n
	}
	return ""
}

// person is whom the registry knows by a number; nil if it knows nobody.
func (s *finder) person(ctx context.Context, n record.NHSNumber) (*record.Person, error) {
	found, err := s.ask(ctx, string(n))
	if err != nil || found.unknown || len(found.entries) == 0 {
		// Without a document there is nothing to tell a registration by: registries say
		// "nothing" of strangers too.
		return nil, err
	}
	newest := slices.MaxFunc(found.entries, func(a, b *entry) int {
		at, _ := a.document.Date.Time()
		bt, _ := b.document.Date.Time()
		return at.Compare(bt)
	})
	for _, e := range found.entries {
		if e.document.Subject != string(n) {
			return nil, &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "It answered about another person; nothing of that answer is shown"}
		}
	}
	p := &record.Person{NHSNumber: n, NHSNumberStatus: record.NumberUnverified, BirthDate: newest.person.born, Gender: newest.person.sex}
	if s.TrustNHSNumbers == "verified" {
		p.NHSNumberStatus = record.NumberVerified
	}
	p.Name.Family = newest.person.family
	if newest.person.given != "" {
		p.Name.Given = []string{newest.person.given}
	}
	p.Subject, p.Provenance.LocalID = string(n), string(n)
	return p, nil
}
