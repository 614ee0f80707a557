package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// checkSource probes a source beside the one that runs, with the same stanza, as `patchwork
// source check` does. Whom it is asked about nobody chooses: people of its own lists, or else
// some of those who are linked with it.
func (s *server) checkSource(ctx context.Context, id string) (*check.Report, error) {
	for i := range s.config.Sources {
		stanza := &s.config.Sources[i]
		if stanza.ID != id {
			continue
		}
		limits := resolvers.DefaultCheckLimits
		return check.Run(ctx, stanza.connector, stanza.settings(), sources.Env{
			ID: id, Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: s.config.zone,
		}, stanza.checking(check.Options{
			Wait: s.config.Answers.Wait, Within: limits.Within, Least: limits.Least, Beside: s.systems[i],
			Known: func(ctx context.Context, most int) ([]string, error) { return s.index.Sample(ctx, id, most) },
		}))
	}
	return nil, fmt.Errorf("there is no source %s", id)
}
