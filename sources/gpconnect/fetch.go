package gpconnect

import (
	"context"
	"errors"
	"net/http"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// Fetch implements sources.Source: one call for each person, which answers all of their
// sections. The operation takes one person only; how many calls are under way at once is
// the source's concurrency.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	asked := map[string][]record.Section{}
	seen := make(map[sources.Key]bool, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			asked[k.LocalID] = append(asked[k.LocalID], k.Section)
		}
	}
	var wg sources.Group
	for number, sections := range asked {
		wg.Go(func() {
			for i, r := range s.person(ctx, number, sections) {
				answer(sources.Key{Section: sections[i], LocalID: number}, r)
			}
		})
	}
	wg.Wait()
}

// person reads the sections of one person.
func (s *source) person(ctx context.Context, number string, sections []record.Section) []sources.Result {
	results := make([]sources.Result, len(sections))
	err := s.structured(ctx, number, sections, func(a *answer) error {
		for i, section := range sections {
			results[i] = a.section(s.reading(), areaOf(section))
		}
		return nil
	})
	if errors.Is(err, errNotThere) {
		return make([]sources.Result, len(sections))
	}
	if e := sources.AsError(err); e != nil && e.Code == httpfault.TooLarge().Code && len(sections) > 1 {
		return s.oneByOne(ctx, number, sections)
	}
	if err != nil {
		for i := range results {
			results[i] = sources.Result{Err: sources.AsError(err)}
		}
	}
	return results
}

// oneByOne asks for each section by itself, where all of them together are more than is
// read: a long history of tests must not hide the allergies (hazard H-05).
func (s *source) oneByOne(ctx context.Context, number string, sections []record.Section) []sources.Result {
	results := make([]sources.Result, len(sections))
	var wg sources.Group
	for i := range sections {
		wg.Go(func() { results[i] = s.person(ctx, number, sections[i:i+1])[0] })
	}
	wg.Wait()
	return results
}

// structured asks for a person's record and gives it to take, once it is sure whose it is.
func (s *source) structured(ctx context.Context, number string, sections []record.Section, take func(*answer) error) error {
	n, err := record.ParseNHSNumber(number)
	if err != nil || string(n) != number {
		return errNotThere // nobody has such a number
	}
	q := request{method: http.MethodPost, path: "/Patient/$gpc.getstructuredrecord", interaction: readStructured, body: parameters(number, sections)}
	missing := false
	err = s.env.Call(ctx, func(ctx context.Context) error {
		got, err := s.exchange(ctx, q)
		if err != nil {
			return err
		}
		if err := got.usable(); err != nil {
			if missing = errors.Is(err, errNotThere); missing {
				return nil // it answered: the breaker must not count it
			}
			return err
		}
		return guarded(func() error {
			a, err := read(got.body)
			if err != nil {
				return err
			}
			if err := a.isAbout(n); err != nil {
				return err
			}
			return take(a)
		})
	})
	if err == nil && missing {
		return errNotThere
	}
	return err
}

// guarded keeps a fault of ours in reading one answer from ending the whole server: the
// answer counts as not understood.
func guarded(use func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = httpfault.Malformed("unreadable", "Its answer could not be read")
		}
	}()
	return use()
}
