package csvfile

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

var written = time.Date(2026, 3, 18, 2, 0, 0, 0, time.UTC)

// served is a folder served over HTTP that can misbehave.
type served struct {
	addr     string
	mu       sync.Mutex
	files    map[string]string
	behaves  sourcetest.Behaviour
	handler  http.HandlerFunc // in place of the files
	server   *http.Server
	requests map[string]int
	ended    sync.WaitGroup
}

func serve(t testing.TB, files map[string]string) *served {
	t.Helper()
	s := &served{files: files, requests: map[string]int{}, behaves: sourcetest.Normal}
	s.listen(t, "127.0.0.1:0")
	t.Cleanup(s.shut)
	return s
}

func (s *served) listen(t testing.TB, addr string) {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	s.addr, s.server = l.Addr().String(), &http.Server{Handler: http.HandlerFunc(s.answer)}
	server := s.server
	s.ended.Go(func() { _ = server.Serve(l) })
}

func (s *served) shut() {
	if s.server != nil {
		_ = s.server.Close()
		s.server = nil
	}
	s.ended.Wait()
}

func (s *served) url() string { return "http://" + s.addr + "/extract" }

func (s *served) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests[r.URL.Path]++
	behaves, handler := s.behaves, s.handler
	body, ok := s.files[strings.TrimPrefix(r.URL.Path, "/extract/")]
	s.mu.Unlock()
	if handler != nil {
		handler(w, r)
		return
	}
	w.Header().Set("Last-Modified", written.Format(http.TimeFormat))
	w.Header().Set("Content-Type", "text/csv")
	switch behaves {
	case sourcetest.Slow:
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Second):
		}
	case sourcetest.Unauthorised:
		w.WriteHeader(http.StatusUnauthorized)
	case sourcetest.TooMany:
		w.Header().Set("Retry-After", "2")
		w.WriteHeader(http.StatusTooManyRequests)
	case sourcetest.Malformed:
		_, _ = w.Write([]byte("{\"resourceType\": \"Bundle\"}\n"))
	case sourcetest.Truncated:
		_, _ = w.Write([]byte(body[:len(body)-7]))
	case sourcetest.WrongPatient:
		// Joined on the wrong row; among the people the right rows are still there too.
		mixed := strings.NewReplacer("SC-1,", "SC-2,", "SC-2,", "SC-1,").Replace(body)
		if r.URL.Path == "/extract/people.csv" {
			_, rows, _ := strings.Cut(body, "\n")
			mixed += rows
		}
		_, _ = w.Write([]byte(mixed))
	default:
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(body))
	}
}

func (s *served) behave(t testing.TB) func(b sourcetest.Behaviour) (bool, string) {
	return func(b sourcetest.Behaviour) (bool, string) {
		s.mu.Lock()
		s.behaves = b
		s.mu.Unlock()
		if b == sourcetest.Down {
			s.shut()
		} else if s.server == nil {
			s.listen(t, s.addr)
		}
		return true, ""
	}
}

func direct(ctx context.Context, do func(context.Context) error) error { return do(ctx) }

func stanza(t testing.TB, text string) *Config {
	t.Helper()
	var c Config
	if err := yaml.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	return &c
}

func open(t testing.TB, c *Config) sources.Source {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Open(t.Context(), sources.Env{ID: "council", Log: slog.New(slog.DiscardHandler), Zone: london, Call: direct,
		Now: func() time.Time { return written.Add(9 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

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

func one(t testing.TB, s sources.Source, section record.Section, id string) sources.Result {
	t.Helper()
	k := sources.Key{Section: section, LocalID: id}
	return read(t, s, k)[k]
}

func code(r sources.Result) string {
	if r.Err == nil {
		return ""
	}
	return sources.AsError(r.Err).Code
}

// write puts files in a folder, with the time of the extract.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, written, written); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
