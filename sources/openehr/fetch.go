package openehr

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Fetch makes one query for each section and as many people as it takes, all at once.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	ids := map[record.Section][]string{}
	var order []record.Section
	seen := make(map[sources.Key]bool, len(keys))
	for _, k := range keys {
		if seen[k] {
			continue
		}
		seen[k] = true
		if ids[k.Section] == nil {
			order = append(order, k.Section)
		}
		ids[k.Section] = append(ids[k.Section], k.LocalID)
	}
	var running sources.Group
	for _, section := range order {
		v := s.sections[section]
		for part := range slices.Chunk(ids[section], v.size()) {
			running.Go(func() {
				results, err := s.section(ctx, v, part)
				for _, id := range part {
					r := results[id]
					if err != nil {
						r = sources.Result{Err: err}
					}
					answer(sources.Key{Section: section, LocalID: id}, r)
				}
			})
		}
	}
	running.Wait()
}

func (s *source) section(ctx context.Context, v *view, ids []string) (map[string]sources.Result, error) {
	t, err := s.run(ctx, v, about("ehr_id", v.list, ids))
	if err != nil {
		return nil, err
	}
	var c *columns.Collector
	err = t.each(v, func(b *columns.Binding) func([]string) error {
		c = b.Collect(ids)
		return func(cells []string) error { c.Add(cells); return nil }
	})
	switch {
	case err != nil:
		return nil, err
	case c == nil: // no rows at all
		out := map[string]sources.Result{}
		for _, id := range ids {
			out[id] = sources.Result{Gaps: slices.Clone(t.gaps)}
		}
		return out, nil
	case c.Strays() > 0:
		// A query that was asked about these people and answers about others is wrong, and
		// may be wrong about these too (hazard H-01).
		return nil, columns.WrongPatient()
	}
	return c.Results(t.gaps...), nil
}

// about are the parameters of a query about people: one, or a list. They travel beside the
// query, never in it.
func about(name string, list bool, values []string) map[string]any {
	if list {
		return map[string]any{name + "s": values}
	}
	return map[string]any{name: values[0]}
}
