package hl7v2

import (
	"context"

	"github.com/patchworkcare/patchwork/sources"
)

// Merges implements sources.Merger: the merges of ADT^A40.
func (s *source) Merges(ctx context.Context, after int64) ([]sources.Merge, error) {
	var all []sources.Merge
	err := s.env.Call(ctx, func(ctx context.Context) error {
		told, err := s.store.Merges(ctx, after)
		for _, t := range told {
			all = append(all, sources.Merge{Seq: t.Seq, From: t.Gone, Into: t.Remains, At: t.At})
		}
		return fault(ctx, err)
	})
	return all, err
}

// Tally implements sources.Tallier.
func (s *source) Tally() map[string]int64 {
	c := &s.server.Counts
	return map[string]int64{
		"used": s.counts.used.Load(), "duplicate": s.counts.duplicates.Load(), "dead_letter": s.counts.dead.Load(),
		"ignored": s.counts.ignored.Load(), "not_kept": s.counts.failed.Load(),
		"connections": c.Connections.Load(), "connections_refused": c.Refused.Load(), "frames_too_large": c.TooLarge.Load(), "frames_cut": c.Cut.Load(),
		"noise": c.Noise.Load(), "busy": c.Busy.Load(), "handshakes_failed": c.Handshakes.Load(),
	}
}
