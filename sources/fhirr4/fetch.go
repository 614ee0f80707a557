package fhirr4

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Fetch implements sources.Source: people in groups of PatientSearchLimit, one
// search per resource type for each group, all at once; a section is answered as
// soon as its types have arrived.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	var wg sources.Group
	for _, a := range group(keys, s.PatientSearchLimit) {
		wg.Go(func() { s.fetch(ctx, a, answer) })
	}
	wg.Wait()
}

// group sorts distinct keys by section, into groups of at most limit people.
func group(keys []sources.Key, limit int) []asked {
	var groups []asked
	place := map[string]int{}
	seen := make(map[sources.Key]bool, len(keys))
	for _, k := range keys {
		if seen[k] {
			continue
		}
		seen[k] = true
		at, ok := place[k.LocalID]
		if !ok {
			at = len(place) / limit
			place[k.LocalID] = at
		}
		if at == len(groups) {
			groups = append(groups, asked{})
		}
		groups[at][k.Section] = append(groups[at][k.Section], k.LocalID)
	}
	return groups
}

// fetch reads one group.
func (s *source) fetch(ctx context.Context, a asked, answer func(sources.Key, sources.Result)) {
	f := &gathering{source: s, asked: a, answer: answer, got: map[string]*got{}, left: map[record.Section]int{}}
	searches := s.plan(a, today(s.env.Now(), s.env.Zone))
	for _, q := range searches {
		q.typed = s.form.is(true)
		for _, section := range q.sections {
			f.left[section]++
		}
	}
	if s.Batch && len(searches) > 1 {
		s.readBatch(ctx, searches, f.arrived)
		f.askAgain(ctx)
		return
	}
	f.inTurn(ctx, searches)
	f.askAgain(ctx)
}

// inTurn asks the searches in their order, as many at a time as the server takes: were
// all begun at once, chance would decide which of a slow server's answers come a whole
// round later, and that must not be the allergies.
func (f *gathering) inTurn(ctx context.Context, searches []*search) {
	workers := len(searches)
	if f.env.AtOnce > 0 {
		workers = min(workers, f.env.AtOnce)
	}
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < len(searches); i = int(next.Add(1)) - 1 {
			f.one(ctx, searches[i])
		}
	}
	var wg sources.Group
	for range workers - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// gathering is one group being read: what has arrived, and how many searches each
// section still waits for.
type gathering struct {
	*source
	asked  asked
	answer func(sources.Key, sources.Result)

	mu   sync.Mutex
	got  map[string]*got
	left map[record.Section]int
	held []held
}

// got is the answer to one search.
type got struct {
	*reader
	err error
}

func (f *gathering) one(ctx context.Context, q *search) {
	r := f.newReader(q)
	f.arrived(q, r, f.read(ctx, q, r))
}

// arrived takes the answer to a search.
func (f *gathering) arrived(q *search, r *reader, err error) {
	if err == nil {
		r.resolve()
	}
	f.spaces.give(r)
	if !f.hold(q, r, err) {
		f.settle(q, r, err)
	}
}

// settle answers the sections that waited for the search last.
func (f *gathering) settle(q *search, r *reader, err error) {
	var ready []record.Section
	f.mu.Lock()
	f.got[q.kind] = &got{r, err}
	for _, section := range q.sections {
		if f.left[section]--; f.left[section] == 0 {
			ready = append(ready, section)
		}
	}
	f.mu.Unlock()
	for _, section := range ready {
		f.section(section)
	}
}

// section answers every key of a section whose searches have all arrived.
func (f *gathering) section(section record.Section) {
	ids := f.asked[section]
	f.mu.Lock()
	parts, err := f.parts(f.resources(section))
	f.mu.Unlock()
	if err != nil {
		for _, id := range ids {
			f.answer(sources.Key{Section: section, LocalID: id}, sources.Result{Err: err})
		}
		return
	}
	left := f.leftOut(section)
	for i, result := range f.deal(section, ids, together(section, parts)) {
		if len(left) > 0 && len(result.Asserted) > 0 && len(result.Entries) == 0 && result.Err == nil {
			result.Gaps = append(result.Gaps, unasked(left))
		}
		f.answer(sources.Key{Section: section, LocalID: ids[i]}, result)
	}
}

// parts are the answers of a section's types, or why there is none: of several types that
// were refused alike all are named, so that they are mended at once.
func (f *gathering) parts(kinds []string) ([]*reader, error) {
	var parts []*reader
	var failed *sources.Error
	for _, kind := range kinds {
		g := f.got[kind]
		e := sources.AsError(g.err)
		switch {
		case e == nil:
			parts = append(parts, g.reader)
		case failed == nil:
			failed = e
		case failed.About != "" && e.About != "" && e.Code == failed.Code:
			failed = refusedTypes(failed, failed.About+", "+e.About)
		}
	}
	if failed != nil {
		return nil, failed
	}
	return parts, nil
}

// together puts reports and their measurements together, which come by two searches.
func together(section record.Section, parts []*reader) []*reader {
	if section != record.Results {
		return parts
	}
	whole := &reader{}
	results(whole, parts...)
	for _, p := range parts {
		whole.gaps = append(whole.gaps, p.gaps...)
		whole.people = append(whole.people, p.people...)
	}
	return []*reader{whole}
}

// deal sorts the statements of a section by the person they are about. One about
// somebody who was not asked for is never dropped in silence: alone, it goes to the
// one person asked for, whose answer the wrong-patient guard then refuses; among
// many nobody can say whom it was meant for, so nobody's answer stands (hazard H-01).
func (f *gathering) deal(section record.Section, ids []string, parts []*reader) []sources.Result {
	d := dealing{results: make([]sources.Result, len(ids)), place: make(map[string]int, len(ids))}
	for i, id := range ids {
		d.place[id] = i
	}
	// A search may be shared by sections that want different people.
	for _, all := range f.asked {
		for _, id := range all {
			if _, here := d.place[id]; !here {
				d.others = append(d.others, id)
			}
		}
	}
	for _, r := range parts {
		for i := range d.results {
			d.add(i, r.gaps...)
		}
		for _, id := range r.people {
			d.met(id)
		}
		for _, m := range r.marks {
			if at, ok := d.place[m.subject]; ok && m.section == section {
				d.add(at, m.flaws.gaps()...)
			}
		}
		for _, x := range r.statements {
			if x.section == section {
				d.statement(x)
			}
		}
		for _, x := range r.asserted {
			if x.section != section {
				continue
			}
			if at := d.whose(x.said.Subject); at >= 0 {
				d.results[at].Asserted = append(d.results[at].Asserted, x.said)
			}
		}
	}
	return d.finish(f.MaxEntries)
}
