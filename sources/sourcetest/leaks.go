package sourcetest

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/sources"
)

// nothingLeft reads, is cancelled or fails, and closes; then no goroutine may be left
// that was not there when the world had started. Cancelled calls and a system that is
// down cut connections, which would hide a source that keeps them: so each has a world
// of its own.
func nothingLeft(t *testing.T, c *Case) {
	c.leavesNothing(t, func(_ World, s opened, keys []sources.Key) {
		s.fetch(t, keys)
	})
	c.leavesNothing(t, func(w World, s opened, keys []sources.Key) {
		if applies, _ := w.Behave(Slow); applies {
			ctx, cancel := context.WithTimeout(t.Context(), shortDeadline/5)
			defer cancel()
			s.fetchUntil(ctx, t, keys)
		}
	})
	c.leavesNothing(t, func(w World, s opened, keys []sources.Key) {
		if applies, _ := w.Behave(Down); applies {
			s.fetch(t, keys)
		}
	})
}

func (c *Case) leavesNothing(t *testing.T, do func(World, opened, []sources.Key)) {
	t.Helper()
	w := c.start(t, Normal)
	before := goleak.IgnoreCurrent()
	s := c.open(t, w, direct)
	do(w, s, c.keys(s))
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}
