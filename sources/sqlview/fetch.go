package sqlview

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// maxIDs is how many patients one query is about.
const maxIDs = 200

// job is one query: a section of some patients.
type job struct {
	section record.Section
	ids     []string
}

// Fetch makes one query for each section, all at once. When it is about several
// people whom the database can list, one more query makes sure who is who.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	var running sources.Group
	c := s.census(keys)
	for _, j := range c.jobs {
		running.Go(func() { c.take(s.ask(ctx, j)) })
	}
	for _, j := range plan(keys) {
		running.Go(func() {
			results, err := map[string]sources.Result(nil), error(nil)
			if j.section != record.Demographics || !c.answersDemographics {
				results, err = s.ask(ctx, j)
			}
			c.settle(j, results, err, answer)
		})
	}
	running.Wait()
}

// view is the query of the job; a job of no section lists the people.
func (j job) view(s *source) *view {
	if j.section == "" {
		return s.who
	}
	return s.sections[j.section]
}

func plan(keys []sources.Key) []job {
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
	var jobs []job
	for _, section := range order {
		for part := range slices.Chunk(ids[section], maxIDs) {
			jobs = append(jobs, job{section, part})
		}
	}
	return jobs
}

// ask makes one query under the source's cap and breaker.
func (s *source) ask(ctx context.Context, j job) (results map[string]sources.Result, err error) {
	err = s.env.Call(ctx, func(ctx context.Context) (err error) {
		results, err = s.section(ctx, j)
		return err
	})
	return results, err
}

func (s *source) section(ctx context.Context, j job) (map[string]sources.Result, error) {
	var c *columns.Collector
	gaps, err := s.run(ctx, j.view(s), map[string][]string{"ids": j.ids}, func(b *columns.Binding) take {
		c = b.Collect(j.ids)
		return c.Add
	})
	if err != nil {
		return nil, err
	}
	// A query that was asked about these patients and answers about others is wrong,
	// and may be wrong about these too.
	if c.Strays() > 0 {
		return nil, columns.WrongPatient()
	}
	return c.Results(gaps...), nil
}
