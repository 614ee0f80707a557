package sourcetest

import (
	"context"
	"testing"

	"go.uber.org/goleak"
)

// nothingLeft reads, is cancelled, fails and closes; then no goroutine may be left
// that was not there when the world had started.
func nothingLeft(t *testing.T, c *Case) {
	w := c.start(t, Normal)
	before := goleak.IgnoreCurrent()
	s := c.open(t, w, direct)
	keys := c.keys(s)
	s.fetch(t, keys)
	if applies, _ := w.Behave(Slow); applies {
		ctx, cancel := context.WithTimeout(t.Context(), shortDeadline/5)
		s.fetchUntil(ctx, t, keys)
		cancel()
	}
	if applies, _ := w.Behave(Down); applies {
		s.fetch(t, keys)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	w.Behave(Normal)
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}
