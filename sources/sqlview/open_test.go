package sqlview

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

func parts(t *testing.T, input []byte) (config string, statements []string) {
	t.Helper()
	config, tables, ok := strings.Cut(string(input), "\n---\n")
	if !ok {
		t.Fatal("a case needs a stanza, ---, and its tables")
	}
	for _, s := range strings.Split(strings.TrimSpace(tables), ";\n") {
		statements = append(statements, strings.TrimSuffix(s, ";"))
	}
	return config, statements
}

func direct(ctx context.Context, do func(context.Context) error) error { return do(ctx) }

func open(t testing.TB, c *Config) sources.Source {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Open(t.Context(), sources.Env{ID: "pas", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london, Call: direct})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// read fetches sections of people, by configuration name.
func read(t testing.TB, s sources.Source, keys ...sources.Key) map[sources.Key]sources.Result {
	t.Helper()
	var mu sync.Mutex
	out := map[sources.Key]sources.Result{}
	s.Fetch(t.Context(), keys, func(k sources.Key, r sources.Result) {
		mu.Lock()
		defer mu.Unlock()
		out[k] = r
	})
	return out
}
