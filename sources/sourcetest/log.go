package sourcetest

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

// captured is everything a connector logged, at every level.
type captured struct {
	mu  sync.Mutex
	out bytes.Buffer
}

// Write is for slog.
func (c *captured) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.Write(p)
}

func (c *captured) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(c, &slog.HandlerOptions{Level: slog.LevelDebug - 4}))
}

func (c *captured) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.String()
}

// clean fails the test if text holds one of the case's secrets. It prints
// both, because they are a test's own data.
func (c *Case) clean(t *testing.T, where, text string) {
	t.Helper()
	for _, s := range c.secrets() {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			t.Errorf("%s holds personal data (%q): %s", where, s, text)
		}
	}
}

func (c *Case) secrets() []string {
	var all []string
	for _, s := range append(append([]string{c.Unknown}, c.Known...), c.Secrets...) {
		if len(s) >= 4 {
			all = append(all, s)
		}
	}
	return all
}
