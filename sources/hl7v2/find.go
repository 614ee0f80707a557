package hl7v2

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// maxMatches is how many people one query may find, unless it asks for similar ones.
const maxMatches = 50

// Find looks people up in the store.
func (s *source) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	known := map[string]*record.Person{}
	for i, q := range queries {
		err := s.env.Call(ctx, func(ctx context.Context) (err error) {
			found[i], err = s.find(ctx, q, known)
			return fault(ctx, err)
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// find gives the people of one query; known are those that were read for another.
func (s *source) find(ctx context.Context, q record.PersonQuery, known map[string]*record.Person) ([]record.Person, error) {
	most := maxMatches
	if q.Fuzzy {
		most = sources.MostSimilar
	}
	var ids []string
	for _, key := range keysOf(q) {
		some, err := s.store.Find(ctx, clip(key), 4*most)
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	var people []record.Person
	for _, id := range slices.Compact(ids) {
		p := known[id]
		if p == nil {
			c, err := s.chart(ctx, id)
			if err != nil {
				return nil, err
			}
			if p = c.person; p == nil {
				p = &record.Person{}
			}
			known[id] = p
		}
		if p.Subject == "" || !columns.Matches(p, q) {
			continue
		}
		if len(people) == most {
			return nil, sources.TooManyPeople()
		}
		people = append(people, *p)
	}
	return people, nil
}

// keysOf are what a query is looked up by; none finds nobody.
func keysOf(q record.PersonQuery) []string {
	switch {
	case q.NHSNumber != "":
		return []string{numberKey(q.NHSNumber)}
	case q.LocalID != "":
		return []string{localKey(q.LocalID)}
	case q.Identifier != "":
		return []string{localKey(q.Identifier)}
	case q.Fuzzy && q.BirthDate != "":
		var keys []string
		for _, day := range sources.SimilarDays(q.BirthDate) {
			keys = append(keys, birthKey(day))
		}
		return keys
	case q.FamilyName != "" && q.BirthDate != "":
		return []string{nameKey(q.FamilyName, q.BirthDate)}
	}
	return nil
}

// Probe reads one row.
func (s *source) Probe(ctx context.Context) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		_, err := s.store.Last(ctx)
		return fault(ctx, err)
	})
}
