package fhirr4_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// env is what a connector is given; the clock stands still.
func env() sources.Env {
	return sources.Env{
		ID: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: time.UTC,
		Now:  func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) },
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) },
	}
}

func open(t *testing.T, c *fhirr4.Config) sources.Source {
	t.Helper()
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	s, err := c.Open(t.Context(), env())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func fetch(t *testing.T, s sources.Source, keys ...sources.Key) map[sources.Key]sources.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	return fetchUntil(ctx, s, keys...)
}

func fetchUntil(ctx context.Context, s sources.Source, keys ...sources.Key) map[sources.Key]sources.Result {
	var mu sync.Mutex
	results := map[sources.Key]sources.Result{}
	s.Fetch(ctx, keys, func(k sources.Key, r sources.Result) {
		mu.Lock()
		defer mu.Unlock()
		results[k] = r
	})
	return results
}

func fetchOne(t *testing.T, c *fhirr4.Config, k sources.Key) sources.Result {
	t.Helper()
	return fetch(t, open(t, c), k)[k]
}

// confusedBatch answers a batch about the wrong person.
func (s *server) confusedBatch(w http.ResponseWriter, r *http.Request) bool {
	var in struct {
		Entry []struct{ Request struct{ URL string } }
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	var out []object
	s.mu.Lock()
	s.entries = one("p3", "9990000034", "Crompton", "1970-01-01")
	s.mu.Unlock()
	for _, e := range in.Entry {
		u, _ := url.Parse(e.Request.URL)
		out = append(out, object{"response": object{"status": "200 OK"}, "resource": s.search("/"+u.Path, url.Values{})})
	}
	reply(w, object{"resourceType": "Bundle", "type": "batch-response", "entry": out})
	return true
}
