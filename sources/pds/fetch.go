package pds

import (
	"context"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Fetch implements sources.Source: one read for each number, which answers both
// sections, as many at once as the cap allows.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	asked := map[string]map[record.Section]bool{}
	for _, k := range keys {
		if asked[k.LocalID] == nil {
			asked[k.LocalID] = map[record.Section]bool{}
		}
		asked[k.LocalID][k.Section] = true
	}
	correlation := newUUID()
	var wg sources.Group
	for id, sections := range asked {
		wg.Go(func() { s.fetch(ctx, id, sections, correlation, answer) })
	}
	wg.Wait()
}

func (s *source) fetch(ctx context.Context, id string, sections map[record.Section]bool, correlation string, answer func(sources.Key, sources.Result)) {
	give := func(result func(record.Section) sources.Result) {
		for section := range sections {
			answer(sources.Key{Section: section, LocalID: id}, result(section))
		}
	}
	n, err := record.ParseNHSNumber(id)
	if err != nil || string(n) != id {
		// It would be part of an address: nothing but ten digits may be.
		give(func(record.Section) sources.Result {
			return sources.Result{Err: &sources.Error{Kind: sources.Refused, Code: "not-an-nhs-number", Reason: "It was asked by something that is no NHS number"}}
		})
		return
	}
	got, err := s.read(ctx, n, correlation)
	if err != nil {
		give(func(record.Section) sources.Result { return sources.Result{Err: sources.AsError(err)} })
		return
	}
	if p := got.patient; p != nil && !got.superseded && p.number() != n {
		give(func(section record.Section) sources.Result { return stranger(section, p.person.Subject) })
		return
	}
	give(got.result)
}
