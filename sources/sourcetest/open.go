package sourcetest

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// patience is how long the suite waits for anything that should come at once.
const patience = 20 * time.Second

// openWithin bounds Open, whose context ends with it: a source that keeps the context
// for later cannot be read.
const openWithin = 3 * time.Second

// opened is a Source opened without System around it, to see what it does itself.
type opened struct {
	sources.Source
	log *captured
}

func (c *Case) open(t *testing.T, w World, call func(context.Context, func(context.Context) error) error) opened {
	t.Helper()
	log := &captured{}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), openWithin)
	defer cancel()
	source, err := w.Connector.Open(ctx, sources.Env{
		ID: "conformance", Log: log.logger(), Now: time.Now, Zone: london, Call: call,
	})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { c.clean(t, "the log", log.text()) })
	return opened{source, log}
}

func (o opened) closeAtEnd(t *testing.T) opened {
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return o
}

// system opens the world's connector as the server does. Nothing is remembered.
func (c *Case) system(t *testing.T, w World, timeout time.Duration) *sources.System {
	t.Helper()
	log := &captured{}
	ctx, cancel := context.WithTimeout(t.Context(), openWithin)
	defer cancel()
	s, err := sources.Open(ctx, w.Connector, sources.Settings{
		Origin: record.Origin{ID: "conformance"}, Timeout: timeout,
		// The breaker has its own tests and must not hide what a connector says.
		Breaker: sources.Breaker{Failures: 1 << 20, Of: 1 << 20},
	}, sources.Env{Log: log.logger()}, nil)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		c.clean(t, "the log", log.text())
	})
	return s
}

// keys are all offered sections of all known people.
func (c *Case) keys(s sources.Source) []sources.Key {
	var keys []sources.Key
	for _, id := range c.Known {
		for _, section := range s.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	return keys
}

// fetch reads keys and reports every breach of Fetch's contract about answer.
func (o opened) fetch(t *testing.T, keys []sources.Key) map[sources.Key]sources.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	results := o.fetchUntil(ctx, t, keys)
	for _, k := range keys {
		if _, ok := results[k]; !ok {
			t.Errorf("%s was not answered", k.Section.Name())
		}
	}
	return results
}

// fetchUntil is fetch for a context that may end before all is answered.
func (o opened) fetchUntil(ctx context.Context, t *testing.T, keys []sources.Key) map[sources.Key]sources.Result {
	t.Helper()
	var mu sync.Mutex
	results := map[sources.Key]sources.Result{}
	returned := false
	o.Fetch(ctx, slices.Clone(keys), func(k sources.Key, r sources.Result) {
		mu.Lock()
		defer mu.Unlock()
		if returned {
			t.Errorf("%s was answered after Fetch returned", k.Section.Name())
			return
		}
		if !slices.Contains(keys, k) {
			t.Errorf("%s was answered for somebody who was not asked for", k.Section.Name())
		}
		if _, twice := results[k]; twice {
			t.Errorf("%s was answered twice", k.Section.Name())
		}
		results[k] = r
	})
	mu.Lock()
	defer mu.Unlock()
	returned = true
	return maps.Clone(results)
}

// await waits for a read.
func await(t *testing.T, r *sources.Read) sources.Answer {
	t.Helper()
	select {
	case <-r.Done():
	case <-time.After(patience):
		t.Fatal("no answer")
	}
	return r.Answer()
}
