package csvfile

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Find looks all people up in one pass over the people file.
func (f *finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	m, err := f.manifest(ctx)
	if err != nil {
		return nil, err
	}
	found := make([][]record.Person, len(queries))
	index := newIndex(queries)
	err = f.env.Call(ctx, func(ctx context.Context) error {
		clear(found)
		var b *columns.Binding
		_, err := f.scan(ctx, m, []reader{{part: f.people,
			begin: func(header []string) (err error) {
				b, err = f.people.mapping.Bind(header)
				return err
			},
			each: func(cells []string) error {
				return index.try(b, cells, queries, found)
			},
		}})
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, q := range queries {
		for _, p := range found[i] {
			if q.LocalID == "" {
				f.given.add(&p)
			}
		}
	}
	return found, nil
}

// index leads from what stands in a row to the queries it may answer, so that a row
// is only read as a person where that is worth it.
type index struct {
	numbers map[record.NHSNumber][]int
	ids     map[string][]int
	names   map[string][]int
	locals  map[string][]int
	similar []int // read every row: they go by the birth date alone
}

func newIndex(queries []record.PersonQuery) index {
	x := index{numbers: map[record.NHSNumber][]int{}, ids: map[string][]int{}, names: map[string][]int{}, locals: map[string][]int{}}
	for i, q := range queries {
		switch {
		case q.NHSNumber != "":
			x.numbers[q.NHSNumber] = append(x.numbers[q.NHSNumber], i)
		case q.LocalID != "":
			x.ids[q.LocalID] = append(x.ids[q.LocalID], i)
		case q.Identifier != "":
			x.locals[lowered(q.Identifier)] = append(x.locals[lowered(q.Identifier)], i)
		case q.Fuzzy && q.BirthDate != "":
			x.similar = append(x.similar, i)
		case q.FamilyName != "" && q.BirthDate != "":
			name := sources.FoldName(q.FamilyName)
			x.names[name] = append(x.names[name], i)
		}
	}
	return x
}

func lowered(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// maxMatches is how many people one query may find, unless it asks for similar ones.
const maxMatches = 50

func most(q record.PersonQuery) int {
	if q.Fuzzy {
		return sources.MostSimilar
	}
	return maxMatches
}

func (x index) try(b *columns.Binding, cells []string, queries []record.PersonQuery, found [][]record.Person) error {
	may := x.may(b, cells)
	if len(may) == 0 || b.Left(cells) || b.Subject(cells) == "" {
		return nil
	}
	p := b.Person(cells)
	for _, i := range may {
		if !columns.Matches(&p, queries[i]) || slices.ContainsFunc(found[i], func(o record.Person) bool { return o.Subject == p.Subject }) {
			continue
		}
		if len(found[i]) == most(queries[i]) {
			return sources.TooManyPeople()
		}
		found[i] = append(found[i], p)
	}
	return nil
}

func (x index) may(b *columns.Binding, cells []string) []int {
	var may []int
	for _, field := range []string{"nhs_number", "former_nhs_number"} {
		if n, err := record.ParseNHSNumber(b.Value(cells, field)); err == nil {
			may = append(may, x.numbers[n]...)
		}
	}
	may = append(may, x.ids[b.Subject(cells)]...)
	if len(x.locals) > 0 {
		may = append(may, x.locals[lowered(b.Subject(cells))]...)
		may = append(may, x.locals[lowered(b.Value(cells, "local_number"))]...)
	}
	may = append(may, x.similar...)
	if len(x.names) > 0 {
		for _, field := range []string{"family_name", "former_family_name"} {
			may = x.named(may, b.Value(cells, field))
		}
	}
	slices.Sort(may)
	return slices.Compact(may)
}

// named adds the queries for a name, or for one part of a double name.
func (x index) named(may []int, name string) []int {
	may = append(may, x.names[sources.FoldName(name)]...)
	if !strings.ContainsAny(name, " -‐‑–") {
		return may
	}
	for asked, queries := range x.names {
		if sources.NameFits(name, asked) {
			may = append(may, queries...)
		}
	}
	return may
}
