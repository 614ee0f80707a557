package check

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/patchworkcare/patchwork/sources"
)

// feed looks at a source that is sent messages. It is not opened: its port and store are
// the running server's.
func (r *run) feed(ctx context.Context, feed sources.FeedKeeper, env sources.Env) error {
	if env.Log == nil {
		env.Log = slog.New(slog.DiscardHandler)
	}
	for _, check := range order {
		r.finds.skip(check, "it is sent messages and is not asked")
	}
	delete(r.finds.skipped, sections)
	waiting := 0
	err := feed.DeadLetters(ctx, env, func(sources.DeadLetter) error {
		waiting++
		return nil
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		r.failed("cannot-open", sources.AsError(err))
		return nil
	}
	r.finds.say(sections, fmt.Sprintf("%d messages wait that could not be used", waiting))
	if waiting > 0 {
		r.finds.add("dead-letters", "", "")
	}
	return nil
}
