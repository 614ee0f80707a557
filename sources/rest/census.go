package rest

import (
	"sync"

	"github.com/patchworkcare/patchwork/sources"
)

// census lists the people of a Fetch by their local ids. An API that mixes up people
// within one batch gives no row about a stranger, and so cannot be caught by looking at a
// section alone: but among the people themselves, one each, somebody is then a stranger or
// there twice (hazard H-01).
type census struct {
	open    sync.WaitGroup
	mu      sync.Mutex
	results map[string]sources.Result
	err     error
}

// people are those of a Fetch of whom several are asked for at once; nil where the
// configuration cannot list people.
func (s *source) batched(keys []sources.Key) (ids []string) {
	if s.who == nil || !s.who.many {
		return nil
	}
	seen := map[string]bool{}
	many := false
	for _, k := range keys {
		many = many || s.sections[k.Section].many
		if !seen[k.LocalID] {
			seen[k.LocalID] = true
			ids = append(ids, k.LocalID)
		}
	}
	if !many || len(ids) < 2 {
		return nil
	}
	return ids
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

// of is why a person's answer out of a batch cannot be used; nil if it can.
func (c *census) of(j *job, id string) error {
	if len(j.ids) < 2 {
		return nil // a stranger would show by themselves
	}
	c.open.Wait()
	if c.err != nil {
		return c.err
	}
	return c.results[id].Err
}
