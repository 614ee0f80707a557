package sqlview

import (
	"slices"
	"sync"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// census lists the people of a Fetch by their local ids. A database that mixes up
// patients within one batch gives no row about a stranger, and so cannot be caught
// by looking at a section alone: but among the rows of the people themselves, one
// each, somebody is then a stranger or there twice (hazard H-01).
type census struct {
	jobs []job
	// answersDemographics: its query is also that section's.
	answersDemographics bool

	open    sync.WaitGroup
	mu      sync.Mutex
	results map[string]sources.Result
	err     error
}

// census is without jobs for one person, where a stranger's row shows by itself,
// and where the configuration cannot list people.
func (s *source) census(keys []sources.Key) *census {
	c := &census{results: map[string]sources.Result{}}
	var ids []string
	seen := map[string]bool{}
	for _, k := range keys {
		if !seen[k.LocalID] {
			seen[k.LocalID] = true
			ids = append(ids, k.LocalID)
		}
	}
	if len(ids) < 2 || s.who == nil {
		return c
	}
	for part := range slices.Chunk(ids, maxIDs) {
		c.jobs = append(c.jobs, job{ids: part})
	}
	c.answersDemographics = s.sections[record.Demographics] == s.who
	c.open.Add(len(c.jobs))
	return c
}

func (c *census) take(results map[string]sources.Result, err error) {
	defer c.open.Done()
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, r := range results {
		c.results[id] = r
	}
	if err != nil {
		c.err = err
	}
}

// settle answers a job's keys once it is known who is who. Who cannot be made sure
// of is not shown.
func (c *census) settle(j job, results map[string]sources.Result, err error, answer func(sources.Key, sources.Result)) {
	c.open.Wait()
	if err == nil {
		err = c.err
	}
	for _, id := range j.ids {
		r, who := results[id], c.results[id]
		switch {
		case err != nil:
			r = sources.Result{Err: err}
		case who.Err != nil:
			r = sources.Result{Err: who.Err}
		case results == nil:
			r = who
		}
		answer(sources.Key{Section: j.section, LocalID: id}, r)
	}
}
