package pds_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	register "github.com/patchworkcare/patchwork/demo/pds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/pds"
)

// handler answers a request in the register's place; false leaves it to the register.
type handler func(http.ResponseWriter, *http.Request) bool

// server is the demo's register, which shares no code with this package, behind
// something that can get in the way.
type server struct {
	*httptest.Server
	register *register.Server

	mu     sync.Mutex
	inWay  handler
	seen   []*http.Request
	paused chan struct{}
}

func newServer(t *testing.T, o register.Options, people ...register.Person) *server {
	t.Helper()
	s := &server{register: register.New(people, o), paused: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.seen = append(s.seen, r.Clone(context.Background()))
	h := s.inWay
	s.mu.Unlock()
	if h == nil || !h(w, r) {
		s.register.ServeHTTP(w, r)
	}
}

func (s *server) behave(h handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inWay, s.seen = h, nil
}

// asked are the requests since the last behave.
func (s *server) asked() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*http.Request(nil), s.seen...)
}

func (s *server) base() string { return s.URL + register.Base }

// The people of most tests.
func people() []register.Person {
	return []register.Person{
		{Number: "9990000018", Replaced: []string{"9990000085"}, Title: "Mrs", Given: "Philippa", Middle: "Jane", Family: "Ashworth", FormerFamily: "Kershaw",
			FormerUntil: "1980-06-01", Born: "1956-03-12", Gender: "female", Home: register.Address{Lines: []string{"1 Mill Lane", "Harrowmere"}, Postcode: "WM1 2AB", Since: "2001-05-01"},
			Former: register.Address{Lines: []string{"9 Canal Walk"}, Postcode: "WM9 9ZZ", Since: "1980-01-01", Until: "2001-04-30"},
			Phone:  "01632 960001", Email: "p.ashworth@example.org", Practice: "Z99001", Registered: "1999-02-03", Language: "fr", LanguageName: "French",
			Interpreter: true, ContactMethod: "Letter", Format: "Braille", ContactTimes: "Not after 7pm", Pharmacy: "FZ001"},
		{Number: "9990000026", Given: "Bernard", Family: "Birtwistle", Born: "1961-07-04", Gender: "male", Died: "2026-01-05", Notified: "2", Practice: "Z99002"},
		{Number: "9990000042", Given: "Octavia", Family: "Quietwell", Born: "1994-08-23", Gender: "female", Restricted: "R", Phone: "01632 960002",
			Home: register.Address{Lines: []string{"2 Hidden Row"}, Postcode: "WM1 1ZZ"}, Practice: "Z99003"},
		{Number: "9990000050", Given: "Nullified", Family: "Voidson", Born: "1970-01-01", Invalid: true},
		{Number: "9990000069", Given: "Bernarde", Family: "Burtwissel", Born: "1961-07-04", Gender: "male"},
	}
}

func env() sources.Env {
	london, _ := time.LoadLocation("Europe/London")
	return sources.Env{ID: "pds", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}

func open(t *testing.T, c *pds.Config) sources.Source {
	t.Helper()
	if c.PerSecond == 0 {
		c.PerSecond = 1000
	}
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

func fetch(ctx context.Context, s sources.Source, keys ...sources.Key) map[sources.Key]sources.Result {
	var mu sync.Mutex
	got := map[sources.Key]sources.Result{}
	s.Fetch(ctx, keys, func(k sources.Key, r sources.Result) {
		mu.Lock()
		defer mu.Unlock()
		got[k] = r
	})
	return got
}

func fetchOne(t *testing.T, s sources.Source, section record.Section, number string) sources.Result {
	t.Helper()
	k := sources.Key{Section: section, LocalID: number}
	r, ok := fetch(t.Context(), s, k)[k]
	if !ok {
		t.Fatal("no answer")
	}
	return r
}

func find(t *testing.T, s sources.Source, q record.PersonQuery) ([]record.Person, error) {
	t.Helper()
	got, err := s.(sources.Finder).Find(t.Context(), []record.PersonQuery{q})
	if err != nil {
		return nil, err
	}
	return got[0], nil
}

func status(code int, headers ...string) handler {
	return func(w http.ResponseWriter, r *http.Request) bool {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		(&register.Server{}).Unwell(w, code)
		return true
	}
}

func text(kind, body string) handler {
	return func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write([]byte(body))
		return true
	}
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) bool {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
	return true
}

// hang takes the request and answers nothing until the client goes.
func (s *server) hang(_ http.ResponseWriter, r *http.Request) bool {
	select {
	case <-r.Context().Done():
	case <-s.paused:
	}
	panic(http.ErrAbortHandler)
}

// swapped answers about the one when asked about the other.
func (s *server) swapped(_ http.ResponseWriter, r *http.Request) bool {
	swap := strings.NewReplacer("9990000018", "9990000026", "9990000026", "9990000018")
	r.URL.Path = swap.Replace(r.URL.Path)
	return false
}
