package resolvers

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// loader batches the asking of one source in one request, not the waiting: its batch
// function hands the keys over and returns at once with one Read per key, so it can
// never hang a thunk (design.md: batching, deadlines, progress).
type loader struct {
	*dataloader.Loader[sources.Key, *sources.Read]
	waiting atomic.Bool

	// passing: what is read is not asked for again once all of it is there.
	system  *sources.System
	passing bool
	mu      sync.Mutex
	reads   []*sources.Read // if passing
}

// safetyNet is how long a key would wait if nobody flushed. Whoever loads flushes, so
// it is never waited for; it is long so that a page of many people is never split.
const safetyNet = 5 * time.Second

// begun is told of what was asked.
type begun func(context.Context, *sources.System, []sources.Key, []*sources.Read)

func newLoader(s *sources.System, passing bool, told begun) *loader {
	l := &loader{system: s, passing: passing}
	l.Loader = dataloader.NewBatchedLoader(
		func(ctx context.Context, keys []sources.Key) []*dataloader.Result[*sources.Read] {
			reads := s.Begin(keys)
			told(ctx, s, keys, reads)
			l.note(reads)
			results := make([]*dataloader.Result[*sources.Read], len(reads))
			for i, r := range reads {
				results[i] = &dataloader.Result[*sources.Read]{Data: r}
			}
			return results
		},
		dataloader.WithWait[sources.Key, *sources.Read](safetyNet),
		dataloader.WithInputCapacity[sources.Key, *sources.Read](32),
	)
	return l
}

func (l *loader) note(reads []*sources.Read) {
	if !l.passing {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads = append(l.reads, reads...)
}

// passed lets go of what a run of a view has read, once its page has all that it asked for: the
// next page is of other people. A page that has not is asked for again, and finds it.
func (q *request) passed() {
	all := make([][]*sources.Read, len(q.loaders))
	for i, l := range q.loaders {
		l.mu.Lock()
		all[i] = l.reads
		l.mu.Unlock()
		for _, r := range all[i] {
			select {
			case <-r.Done():
			default:
				return
			}
		}
	}
	for i, l := range q.loaders {
		if len(all[i]) > 0 {
			l.system.Forget(all[i])
		}
	}
}

func (l *loader) flush() {
	if l.waiting.Swap(false) {
		l.Flush()
	}
}

// read asks one source for one key. It is the only way to a source (but
// for documents.go, which opens what came by it), and without a Grant that allows the section of that very source it asks nothing.
func (q *request) read(ctx context.Context, g policy.Grant, system int, k sources.Key) dataloader.Thunk[*sources.Read] {
	if !g.Allowed() || g.Class() != classes[k.Section] || g.Source() != q.resolver.Systems[system].Origin().ID {
		return nil
	}
	l := q.loaders[system]
	t := l.Load(ctx, k)
	l.waiting.Store(true)
	return t
}

// readAhead issues every load that the selected sections of the patients will want,
// flushes, and waits once for all of it, no longer than the readers would. So a page
// costs one Begin per source, no timer, and not one wait for every section of every
// person.
func (q *request) readAhead(ctx context.Context, patients []*patient.Patient, sections []record.Section, until time.Time) {
	q.try(patients, sections)
	var thunks []dataloader.Thunk[*sources.Read]
	for _, section := range sections {
		for i, s := range q.resolver.Systems {
			if !s.Offers(section) {
				continue
			}
			for _, p := range patients {
				g := q.grant(p, sectionClass(section), s.Origin())
				if !g.Allowed() {
					continue
				}
				for _, link := range linksOf(p, i, s) {
					thunks = append(thunks, q.read(ctx, g, i, sources.Key{Section: section, LocalID: link.LocalID}))
				}
			}
		}
	}
	q.flush()
	await(ctx, thunks, until)
}

// await returns when all reads are done, or the deadline has come.
func await(ctx context.Context, thunks []dataloader.Thunk[*sources.Read], until time.Time) {
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	for _, thunk := range thunks {
		read, err := thunk()
		if err != nil {
			continue // the section says so
		}
		select {
		case <-read.Done():
		default:
			select {
			case <-read.Done():
			case <-ctx.Done():
				return
			}
		}
	}
}

// classes are the sections' policy classes.
var classes = func() map[record.Section]string {
	m := map[record.Section]string{}
	for _, h := range record.Headings() {
		m[h.Section] = "record:" + h.Name
	}
	return m
}()

// sectionClass is a section's policy class; "" for an unknown section.
func sectionClass(s record.Section) string { return classes[s] }
