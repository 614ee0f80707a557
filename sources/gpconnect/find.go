package gpconnect

import (
	"context"
	"errors"
	"sync"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Find implements sources.Finder. The practice is asked by NHS number only, with the
// operation itself and no area of the record: so the number stands in a body, where the
// search for a Patient would put it into a URL. Not being asked is not knowing nobody:
// every other question is refused (hazard H-02).
func (s *source) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	found := make([][]record.Person, len(queries))
	asked := map[string][]int{}
	for i, q := range queries {
		if q.NHSNumber == "" && q.LocalID == "" {
			return nil, sources.SearchNotOffered()
		}
		if n := numberOf(q); n != "" {
			asked[n] = append(asked[n], i)
		}
	}
	var wg sources.Group
	var mu sync.Mutex
	var first error
	for number, which := range asked {
		wg.Go(func() {
			person, err := s.lookUp(ctx, number)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				if first == nil { // the others then end by our own cancel
					first = err
				}
				cancel()
				return
			}
			for _, i := range which {
				if person != nil && fits(person, queries[i]) {
					found[i] = []record.Person{*person}
				}
			}
		})
	}
	wg.Wait()
	return found, first
}

// numberOf is the NHS number by which a query can be asked; "" if it cannot. The local
// id is the NHS number, so that a query with both must have one of them twice.
func numberOf(q record.PersonQuery) string {
	switch {
	case q.NHSNumber != "" && q.LocalID != "" && string(q.NHSNumber) != q.LocalID:
		return ""
	case q.NHSNumber != "":
		return string(q.NHSNumber)
	}
	return q.LocalID
}

// lookUp reads who a number belongs to; nil if the practice does not have them.
func (s *source) lookUp(ctx context.Context, number string) (*record.Person, error) {
	var found *record.Person
	err := s.structured(ctx, number, nil, func(a *answer) error {
		r := a.section(s.reading(), areaOf(record.Demographics))
		if r.Err != nil {
			return r.Err
		}
		for _, e := range r.Entries {
			p, ok := e.(*record.Person)
			if ok && p.Subject != number {
				return sources.Strayed()
			}
			if ok {
				p.Provenance.LocalID = number
				found = p
			}
		}
		return nil
	})
	if errors.Is(err, errNotThere) {
		return nil, nil
	}
	return found, err
}

// fits compares what came back with what was asked: a number alone is not enough where
// the birth date is known (GP Connect: demographics SHALL be cross-checked).
func fits(p *record.Person, q record.PersonQuery) bool {
	return q.BirthDate == "" || p.BirthDate.Day() == q.BirthDate.Day()
}
