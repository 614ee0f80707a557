package csvfile

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

const (
	defaultRows = 5000
	// maxBytes bounds the text kept of one section.
	maxBytes = 10 << 20
)

// Fetch reads each file once, all at once, whatever the number of people.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	m, err := s.manifest(ctx)
	wanted := group(keys)
	if err != nil {
		for section, ids := range wanted {
			give(section, ids, answer, func(string) sources.Result { return failure(err) })
		}
		return
	}
	who := s.census(wanted)
	var running sources.Group
	for _, readings := range s.plan(wanted, who) {
		running.Go(func() { s.do(ctx, m, readings, who, answer) })
	}
	running.Wait()
}

// group is the distinct ids by section.
func group(keys []sources.Key) map[record.Section][]string {
	out := map[record.Section][]string{}
	seen := make(map[sources.Key]bool, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			out[k.Section] = append(out[k.Section], k.LocalID)
		}
	}
	return out
}

func give(section record.Section, ids []string, answer func(sources.Key, sources.Result), of func(id string) sources.Result) {
	for _, id := range ids {
		answer(sources.Key{Section: section, LocalID: id}, of(id))
	}
}

// plan is what is read, by file.
func (s *source) plan(wanted map[record.Section][]string, who *census) map[string][]*reading {
	out := map[string][]*reading{}
	for _, section := range slices.Sorted(maps.Keys(wanted)) {
		p := s.sections[section]
		out[p.file.File] = append(out[p.file.File], &reading{part: p, ids: wanted[section], max: or(s.config.MaxRows, defaultRows), given: &s.given})
	}
	if who.needed {
		p := s.people
		out[p.file.File] = append(out[p.file.File], &reading{part: p, ids: who.ids, who: who, max: 1 << 30, given: &s.given})
	}
	return out
}

// reading is one section being read.
type reading struct {
	part  *part
	ids   []string
	who   *census // set on the reading that is for it alone
	max   int
	rows  int
	bytes int
	got   *columns.Collector
	gaps  []sources.Gap
	given *handedOut
	// bound and owners are set where rows carry the patient's NHS number.
	bound  *columns.Binding
	owners map[uint64]string
}

func (r *reading) reader() reader {
	return reader{part: r.part,
		begin: func(header []string) error {
			b, err := r.part.mapping.Bind(header)
			if err != nil {
				return err
			}
			r.got = b.Collect(r.ids)
			if r.part.numberField() != "" {
				r.bound, r.owners = b, r.given.owners(r.ids)
			}
			return nil
		},
		each: func(cells []string) error {
			r.add(cells)
			return nil
		},
	}
}

func (r *reading) add(cells []string) {
	if !r.got.Wants(cells) {
		r.stray(cells)
		return
	}
	if len(r.gaps) > 0 {
		return
	}
	r.rows++
	for _, c := range cells {
		r.bytes += len(c)
	}
	switch {
	case r.rows > r.max:
		r.gaps = append(r.gaps, columns.Partial("row-cap", "It has more rows than are read at once"))
	case r.bytes > maxBytes:
		r.gaps = append(r.gaps, columns.Partial("size-cap", "It has more text than is read at once"))
	default:
		r.got.Add(cells)
	}
}

// stray condemns the answer of a person whose row stands under somebody else's id: what
// is left under their own id is not all of it, and must not read as none (hazards H-01,
// H-02).
func (r *reading) stray(cells []string) {
	if len(r.owners) == 0 {
		return
	}
	n, err := record.ParseNHSNumber(r.bound.Value(cells, r.part.numberField()))
	if err != nil {
		return
	}
	if owner := r.given.strayed(r.owners, r.bound.Subject(cells), n); owner != "" {
		r.got.Condemn(owner)
	}
}

// do reads one file and answers its sections.
func (s *source) do(ctx context.Context, m manifest, readings []*reading, who *census, answer func(sources.Key, sources.Result)) {
	var readers []reader
	for _, r := range readings {
		readers = append(readers, r.reader())
	}
	var written time.Time
	err := s.callFor(ctx, readings[0].part.file.File, func(ctx context.Context) (err error) {
		written, err = s.scan(ctx, m, readers)
		return err
	})
	for _, r := range readings {
		if r.who != nil {
			who.take(r.got, err)
		}
	}
	asOf, gaps := s.age(written)
	for _, r := range readings {
		if r.who == nil {
			s.settle(r, err, who, asOf, gaps, answer)
		}
	}
}

func (s *source) settle(r *reading, err error, who *census, asOf time.Time, gaps []sources.Gap, answer func(sources.Key, sources.Result)) {
	if err == nil {
		err = s.expect(r, who)
	}
	if err != nil {
		give(r.part.section, r.ids, answer, func(string) sources.Result { return failure(err) })
		return
	}
	results := r.got.Results(slices.Concat(r.gaps, gaps)...)
	give(r.part.section, r.ids, answer, func(id string) sources.Result {
		got := results[id]
		switch person := who.of(r.part, id); {
		case got.Err != nil:
		case person.Err != nil:
			got = failure(person.Err)
		default:
			got.AsOf = asOf
		}
		return got
	})
}
