package rest

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// finder is a source whose people can be looked up.
type finder struct {
	*source
	byNHSNumber, byLocalID, byName, byBirthDate, byLocalNumber *view
}

// Find looks people up: as many at once as each request takes.
func (f *finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	var numbers, ids, locals lookup
	for i, q := range queries {
		var err error
		switch {
		case q.NHSNumber != "":
			numbers.add(i, string(q.NHSNumber))
		case q.LocalID != "":
			ids.add(i, q.LocalID)
		case q.Identifier != "":
			locals.add(i, q.Identifier)
			locals.also(strings.ToUpper(q.Identifier)) // another value to many systems
		case q.Fuzzy && q.BirthDate != "":
			err = f.similar(ctx, q, &found[i])
		case q.FamilyName != "" && q.BirthDate != "":
			err = f.named(ctx, q, &found[i])
		}
		if err != nil {
			return nil, err
		}
	}
	for _, one := range []struct {
		view   *view
		param  string
		lookup lookup
	}{{f.byNHSNumber, "nhs_number", numbers}, {f.byLocalID, "id", ids}, {f.byLocalNumber, "local_number", locals}} {
		if err := f.listed(ctx, one.view, one.param, one.lookup, queries, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// lookup is the queries that go by one kind of number.
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
	stray := false
	err := f.by(ctx, v, param, l.values, func(p record.Person) {
		wanted := false
		for _, i := range l.queries {
			q := queries[i]
			if columns.Matches(&p, q) {
				found[i] = with(found[i], p)
				wanted = true
			}
			q.BirthDate = "" // whoever has the number was meant
			wanted = wanted || columns.Matches(&p, q)
		}
		if !wanted {
			f.env.Tell(sources.Strangers, v.asking.key)
			stray = true
		}
	})
	// A request that names nobody lists everybody, and strangers are to be expected.
	if err == nil && stray && (v.asking.many(param) || v.asking.many(param+"s")) && slices.ContainsFunc(l.queries, func(i int) bool { return len(found[i]) == 0 }) {
		return sources.Strayed()
	}
	return err
}

// by asks for people by values of one kind: all in one request, where it takes a list.
func (f *finder) by(ctx context.Context, v *view, param string, values []string, each func(record.Person)) error {
	if len(values) == 0 {
		return nil
	}
	if v == nil {
		return sources.SearchNotOffered()
	}
	size := 1
	if v.asking.many(param + "s") {
		size = v.asking.batch()
	}
	for part := range slices.Chunk(values, size) {
		p := params{param + "s": part}
		if len(part) == 1 {
			p[param] = part
		}
		if err := f.people(ctx, v, p, len(part) == 1, each); err != nil {
			return err
		}
	}
	return nil
}

// named searches by name: what the API does not narrow by, the comparison does.
func (f *finder) named(ctx context.Context, q record.PersonQuery, found *[]record.Person) error {
	if f.byName == nil {
		return sources.SearchNotOffered()
	}
	p := params{"family_name": {q.FamilyName}, "family_names": sources.Spellings(q.FamilyName), "given_name": {q.GivenName}, "postcode": {q.Postcode},
		"gender": {q.Gender}, "birth_date": {f.byName.mapping.WriteDate("birth_date", q.BirthDate)}}
	stray := false
	err := f.people(ctx, f.byName, p, true, func(p record.Person) {
		switch {
		case columns.Matches(&p, q):
			*found = with(*found, p)
		case p.BirthDate != q.BirthDate && !strings.EqualFold(p.Name.Family, q.FamilyName): // neither was asked for
			f.env.Tell(sources.Strangers, f.byName.asking.key)
			stray = true
		}
	})
	names := slices.ContainsFunc([]string{"family_name", "family_names", "birth_date"}, f.byName.asking.many)
	if err == nil && stray && names && len(*found) == 0 {
		return sources.Strayed()
	}
	return err
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
	err := f.by(ctx, f.byBirthDate, "birth_date", days, func(p record.Person) {
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

// people makes one request and gives the people in its answer. One of which something is
// missing is an error: whoever was asked for may be what is missing (hazard H-02).
func (f *finder) people(ctx context.Context, v *view, p params, alone bool, each func(record.Person)) error {
	p["today"] = f.today()
	t, gaps, _, err := f.table(ctx, v.asking, p, alone)
	if err != nil {
		return err
	}
	if len(gaps) > 0 {
		if gaps[0].Code == "page-cap" || gaps[0].Code == "row-cap" {
			return sources.TooManyPeople()
		}
		return &sources.Error{Kind: sources.Malformed, Code: gaps[0].Code, Reason: gaps[0].Reason}
	}
	return f.persons(v, t, func(p record.Person) error { each(p); return nil })
}

// table makes one request with its pages and gathers its rows.
func (s *source) table(ctx context.Context, a *asking, p params, alone bool) (t *table, gaps []sources.Gap, unknown bool, err error) {
	if err := s.turn(ctx); err != nil {
		return nil, nil, false, err
	}
	defer s.leave()
	t = newTable(a.rows, s.maxRows)
	gaps, unknown, err = s.read(ctx, a, p, alone, func(page any) error { return a.rows.run(ctx, page, t.take) })
	return t, append(gaps, t.gaps()...), unknown, err
}

// persons reads a table's rows as people.
func (s *source) persons(v *view, t *table, each func(record.Person) error) error {
	return t.each(func(header []string) (func([]string) error, error) {
		b, err := v.mapping.Bind(header)
		if err != nil {
			return nil, err
		}
		if gap, ok := s.unused(v, b); ok {
			return nil, &sources.Error{Kind: sources.Malformed, Code: gap.Code, Reason: gap.Reason}
		}
		return func(cells []string) error {
			switch {
			case b.Left(cells):
				return nil
			case b.Subject(cells) == "":
				return v.asking.rows.noSubject()
			}
			return each(b.Person(cells))
		}, nil
	})
}
