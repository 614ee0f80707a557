package sqlview

import (
	"context"
	"slices"
	"sync"

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

// Fetch makes one query for each section, all at once.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	var running sync.WaitGroup
	for _, j := range plan(keys) {
		running.Go(func() { s.do(ctx, j, answer) })
	}
	running.Wait()
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

func (s *source) do(ctx context.Context, j job, answer func(sources.Key, sources.Result)) {
	var results map[string]sources.Result
	err := s.env.Call(ctx, func(ctx context.Context) (err error) {
		results, err = s.section(ctx, j)
		return err
	})
	for _, id := range j.ids {
		r := results[id]
		if err != nil {
			r = sources.Result{Err: err}
		}
		answer(sources.Key{Section: j.section, LocalID: id}, r)
	}
}

func (s *source) section(ctx context.Context, j job) (map[string]sources.Result, error) {
	var c *columns.Collector
	gaps, err := s.run(ctx, s.sections[j.section], map[string][]string{"ids": j.ids}, func(b *columns.Binding) take {
		c = b.Collect(j.ids)
		return c.Add
	})
	if err != nil {
		return nil, err
	}
	// A query that was asked about these patients and answers about others is wrong,
	// and may be wrong about these too.
	if c.Strays() > 0 {
		return nil, &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient",
			Reason: "It answered about another person; nothing of that answer is shown"}
	}
	return c.Results(gaps...), nil
}
