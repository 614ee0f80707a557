package csvfile

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
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
}

func newIndex(queries []record.PersonQuery) index {
	x := index{map[record.NHSNumber][]int{}, map[string][]int{}, map[string][]int{}}
	for i, q := range queries {
		switch {
		case q.NHSNumber != "":
			x.numbers[q.NHSNumber] = append(x.numbers[q.NHSNumber], i)
		case q.LocalID != "":
			x.ids[q.LocalID] = append(x.ids[q.LocalID], i)
		case q.FamilyName != "" && q.BirthDate != "":
			x.names[folded(q.FamilyName)] = append(x.names[folded(q.FamilyName)], i)
		}
	}
	return x
}

func folded(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// maxMatches is how many people one query may find.
const maxMatches = 50

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
		if len(found[i]) == maxMatches {
			return tooMany()
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
	if len(x.names) > 0 {
		may = append(may, x.names[folded(b.Value(cells, "family_name"))]...)
		may = append(may, x.names[folded(b.Value(cells, "former_family_name"))]...)
	}
	slices.Sort(may)
	return slices.Compact(may)
}
