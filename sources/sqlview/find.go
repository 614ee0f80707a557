package sqlview

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Find looks people up: all NHS numbers in one query, all local ids in one, all local
// numbers in one, and each name with its birth date, and each birth date of people who
// may be similar, in one of its own.
func (f *finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	var numbers, ids, locals lookup
	for i, q := range queries {
		switch {
		case q.NHSNumber != "":
			numbers.add(i, string(q.NHSNumber))
		case q.LocalID != "":
			ids.add(i, q.LocalID)
		case q.Identifier != "":
			locals.add(i, q.Identifier)
			locals.also(strings.ToUpper(q.Identifier)) // another value to many databases
		case q.Fuzzy && q.BirthDate != "":
			if err := f.similar(ctx, q, &found[i]); err != nil {
				return nil, err
			}
		case q.FamilyName != "" && q.BirthDate != "":
			if err := f.named(ctx, q, &found[i]); err != nil {
				return nil, err
			}
		}
	}
	if err := f.listed(ctx, f.byNHSNumber, "nhs_numbers", numbers, queries, found); err != nil {
		return nil, err
	}
	if err := f.listed(ctx, f.byLocalNumber, "local_numbers", locals, queries, found); err != nil {
		return nil, err
	}
	return found, f.listed(ctx, f.byLocalID, "ids", ids, queries, found)
}

// lookup is the queries that go into one IN (…).
type lookup struct {
	queries []int
	values  []string
}

func (l *lookup) add(query int, value string) {
	l.queries = append(l.queries, query)
	l.also(value)
}

// also asks for another value of the last query.
func (l *lookup) also(value string) {
	if !slices.Contains(l.values, value) {
		l.values = append(l.values, value)
	}
}

func (f *finder) listed(ctx context.Context, v *view, param string, l lookup, queries []record.PersonQuery, found [][]record.Person) error {
	for part := range slices.Chunk(l.values, maxIDs) {
		err := f.people(ctx, v, map[string][]string{param: part}, func(p record.Person) {
			for _, i := range l.queries {
				if columns.Matches(&p, queries[i]) {
					found[i] = with(found[i], p)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// named searches by name. Whether a name fits is the query's own affair: it may
// know of other spellings.
func (f *finder) named(ctx context.Context, q record.PersonQuery, found *[]record.Person) error {
	if f.byName == nil {
		return sources.SearchNotOffered()
	}
	params := map[string][]string{
		"family_name": {q.FamilyName}, "family_names": written(q.FamilyName), "given_name": {q.GivenName}, "postcode": {q.Postcode}, "gender": {q.Gender},
		"birth_date": {f.byName.mapping.WriteDate("birth_date", q.BirthDate)},
	}
	q.FamilyName = ""
	return f.people(ctx, f.byName, params, func(p record.Person) {
		if columns.Matches(&p, q) {
			*found = with(*found, p)
		}
	})
}

// written are the ways to write a name, each as typed and in capitals.
func written(name string) []string {
	var all []string
	for _, s := range sources.Spellings(name) {
		for _, s := range []string{s, strings.ToUpper(s)} {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// similar searches for everybody born on the days in question.
func (f *finder) similar(ctx context.Context, q record.PersonQuery, found *[]record.Person) error {
	if f.byBirthDate == nil {
		return sources.SearchNotOffered()
	}
	var days []string
	for _, d := range sources.SimilarDays(q.BirthDate) {
		days = append(days, f.byBirthDate.mapping.WriteDate("birth_date", d))
	}
	err := f.people(ctx, f.byBirthDate, map[string][]string{"birth_dates": days}, func(p record.Person) {
		if columns.Matches(&p, q) && len(*found) <= sources.MostSimilar {
			*found = with(*found, p)
		}
	})
	if err == nil && len(*found) > sources.MostSimilar {
		return sources.TooManyPeople()
	}
	return err
}

func with(list []record.Person, p record.Person) []record.Person {
	if slices.ContainsFunc(list, func(o record.Person) bool { return o.Subject == p.Subject }) {
		return list
	}
	return append(list, p)
}

func (f *finder) people(ctx context.Context, v *view, params map[string][]string, each func(record.Person)) error {
	if v == nil {
		return sources.SearchNotOffered()
	}
	return f.env.Call(ctx, func(ctx context.Context) error {
		gaps, err := f.run(ctx, v, params, func(b *columns.Binding) take {
			return func(cells []string) {
				if !b.Left(cells) && b.Subject(cells) != "" {
					each(b.Person(cells))
				}
			}
		})
		if err == nil && len(gaps) > 0 {
			return sources.TooManyPeople()
		}
		return err
	})
}
