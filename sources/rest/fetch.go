package rest

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// view is one section's request with the mapping of its rows.
type view struct {
	asking  *asking
	mapping *columns.Mapping
	many    bool // by {ids}
	warned  sync.Once
}

// job is one request about some people, which several sections may read.
type job struct {
	ids   []string
	views map[record.Section]*view
	order []record.Section
	first *view
}

// Fetch makes one request for each person and section, or for many people at once where
// the API takes several ids. Sections whose requests are the same share one.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	var running sources.Group
	c := &census{results: map[string]sources.Result{}}
	for _, j := range s.plan(keys, c, answer) {
		running.Go(func() {
			results, err := s.run(ctx, j)
			if j.views[listing] != nil {
				c.take(results[listing], err)
			}
			for _, section := range j.order {
				for _, id := range j.ids {
					r := results[section][id]
					if err := firstOf(err, c.of(j, id)); err != nil {
						r = sources.Result{Err: err}
					}
					answer(sources.Key{Section: section, LocalID: id}, r)
				}
			}
		})
	}
	running.Wait()
}

// listing is the section of a job's view that lists the people for the census.
const listing record.Section = ""

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// plan groups keys into requests; what cannot be asked is answered at once.
func (s *source) plan(keys []sources.Key, c *census, answer func(sources.Key, sources.Result)) []*job {
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
	p := planner{source: s, same: map[string]*job{}}
	for _, section := range order {
		v := s.sections[section]
		size := 1
		if v.many {
			size = v.asking.batch()
		}
		for part := range slices.Chunk(ids[section], size) {
			if j, err := p.job(v, section, part); err == nil {
				j.order = append(j.order, section)
			} else {
				for _, id := range part {
					answer(sources.Key{Section: section, LocalID: id}, sources.Result{Err: err})
				}
			}
		}
	}
	if who := s.batched(keys); who != nil {
		for part := range slices.Chunk(who, s.who.asking.batch()) {
			if _, err := p.job(s.who, listing, part); err == nil {
				c.open.Add(1)
			} else {
				c.err = err
			}
		}
	}
	return p.jobs
}

// planner makes jobs, one for each request that is not the same as another.
type planner struct {
	*source
	jobs []*job
	same map[string]*job
}

func (p *planner) job(v *view, section record.Section, ids []string) (*job, error) {
	q, err := v.asking.request(p.client.URL, p.about(ids))
	if err != nil {
		return nil, err
	}
	key := identity(v.asking, q)
	j := p.same[key]
	if j == nil {
		j = &job{ids: ids, views: map[record.Section]*view{}, first: v}
		p.same[key] = j
		p.jobs = append(p.jobs, j)
	}
	j.views[section] = v
	return j, nil
}

// about are the parameters of a request about people by their local ids.
func (s *source) about(ids []string) params {
	p := params{"ids": ids, "today": s.today()}
	if len(ids) == 1 {
		p["id"] = ids
	}
	return p
}

func (s *source) today() []string { return []string{s.env.Now().In(s.env.Zone).Format("2006-01-02")} }

// run makes the job's request and reads its answer for each of its sections. A mapping
// that fails for one section says nothing about the others.
func (s *source) run(ctx context.Context, j *job) (map[record.Section]map[string]sources.Result, error) {
	if err := s.turn(ctx); err != nil {
		return nil, err
	}
	defer s.leave()
	tables := map[record.Section]*table{}
	failed := map[record.Section]error{}
	for section, v := range j.views {
		tables[section] = newTable(v.asking.rows, s.maxRows)
	}
	gaps, unknown, err := s.read(ctx, j.first.asking, s.about(j.ids), len(j.ids) == 1, func(page any) error {
		for section, v := range j.views {
			if failed[section] == nil {
				failed[section] = v.asking.rows.run(ctx, page, tables[section].take)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := map[record.Section]map[string]sources.Result{}
	for section, v := range j.views {
		results, err := map[string]sources.Result{}, failed[section]
		switch {
		case err == nil && unknown:
			for _, id := range j.ids {
				results[id] = sources.Result{Unknown: true}
			}
		case err == nil:
			results, err = s.collect(v, tables[section], j.ids, gaps)
		}
		if err != nil {
			for _, id := range j.ids {
				results[id] = sources.Result{Err: err}
			}
		}
		out[section] = results
	}
	return out, nil
}

// collect turns a table into answers.
func (s *source) collect(v *view, t *table, ids []string, gaps []sources.Gap) (map[string]sources.Result, error) {
	var c *columns.Collector
	gaps = append(slices.Clone(gaps), t.gaps()...)
	err := t.each(func(header []string) (func([]string) error, error) {
		b, err := v.mapping.Bind(header)
		if err != nil {
			return nil, err
		}
		if gap, ok := s.unused(v, b); ok {
			gaps = append(gaps, gap)
		}
		c = b.Collect(ids)
		return func(cells []string) error {
			if b.Subject(cells) == "" {
				return v.asking.rows.noSubject()
			}
			c.Add(cells)
			return nil
		}, nil
	})
	switch {
	case err != nil:
		return map[string]sources.Result{}, err
	case c == nil: // no rows at all
		out := map[string]sources.Result{}
		for _, id := range ids {
			out[id] = sources.Result{Gaps: slices.Clone(gaps)}
		}
		return out, nil
	case c.Strays() > 0:
		// An API that was asked about these people and answers about others is wrong, and
		// may be wrong about these too.
		return map[string]sources.Result{}, columns.WrongPatient()
	}
	return c.Results(gaps...), nil
}

// unused is the gap of rows with members that nothing uses: what stands in them is not
// shown, and a name may be mistyped. Their names may come out of the answer, and are told
// nobody.
func (s *source) unused(v *view, b *columns.Binding) (sources.Gap, bool) {
	n := len(b.Unused())
	if n == 0 {
		return sources.Gap{}, false
	}
	v.warned.Do(func() {
		s.env.Log.Warn("the mapping gives members that are no field: a name may be mistyped", "key", v.asking.rows.key, "members", n)
	})
	return columns.Partial("member-unknown", "The mapping "+v.asking.rows.key+" gives "+strconv.Itoa(n)+" members that are no field"), true
}

// turn waits for one of the places of requests under way.
func (s *source) turn(ctx context.Context) error {
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &sources.Error{Kind: sources.Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: ctx.Err()}
	}
}

func (s *source) leave() { <-s.slots }
