package rest_test

import (
	"bytes"
	"context"
	_ "embed"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/demo/homecare"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/rest"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

//go:embed testdata/demo-homecare.yaml
var demo string

const theKey = "a-key-of-the-tests"

// handler answers a request in the system's place; false leaves it to the system.
type handler func(http.ResponseWriter, *http.Request) bool

// server is the demo's home-care system, which shares no code with this package, behind
// something that can get in the way.
type server struct {
	*httptest.Server
	fault  string // of the format
	mu     sync.Mutex
	inWay  handler
	seen   []*http.Request
	paused chan struct{}
}

func newServer(t testing.TB) *server {
	t.Helper()
	s := &server{paused: make(chan struct{})}
	system := homecare.New(clients(), []homecare.Caseload{{Worker: "W-01", Name: "Edith Larkin", Clients: []int{17, 18}}, {Worker: "W-02", Name: "Jon Pike"}},
		homecare.Options{Key: theKey, Elsewhere: "http://localhost:1"})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.seen = append(s.seen, r.Clone(context.Background()))
		h, fault := s.inWay, s.fault
		s.mu.Unlock()
		if h == nil || !h(w, r) {
			system.Serve(w, r, fault)
		}
	}))
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

func (s *server) behave(h handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inWay, s.seen, s.fault = h, nil, ""
}

// faulty has the system itself answer with a fault of its format.
func (s *server) faulty(fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

func (s *server) asked() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*http.Request(nil), s.seen...)
}

func clients() []homecare.Client {
	visit := func(id, at, status string) homecare.Visit {
		return homecare.Visit{ID: id, At: at, Minutes: 45, Kind: "Morning call", Worker: "Edith Larkin", Status: status, Note: "Ate well"}
	}
	return []homecare.Client{
		{ID: 17, Number: "LC-00017", NHS: "9990000018", Traced: true, Title: "Mrs", First: "Mary", Last: "Ashworth", Born: "1956-03-12", Gender: "F",
			Lines: []string{"1 Mill Lane", "Harrowmere"}, Postcode: "WM1 2AB", Phone: "01632 960001",
			Packages: []homecare.Package{
				{ID: "PK-1", Title: "Four calls a day", Kind: "Home care", Status: "ACTIVE", Start: "2026-01-05", Review: "2026-07-05", Funder: "Westmarch Council", Planner: "Edith Larkin",
					Goals: []string{"Stay at home", "No falls"}, Services: []homecare.Service{{Name: "Personal care", Frequency: "4 calls a day", Worker: "Edith Larkin"}, {Name: "Meals", Frequency: "Daily", Worker: "Jon Pike"}}},
				{ID: "PK-0", Title: "Wrong person", Kind: "Home care", Status: "VOID", Start: "2026-01-04", Funder: "Nobody"}},
			Team:     []homecare.Member{{Worker: "W-01", Name: "Edith Larkin", Role: "Care worker", Phone: "01632 960701", Since: "2026-01-05", Key: true}, {Worker: "W-02", Name: "Jon Pike", Role: "Cook", Since: "2026-01-05", Until: "2026-03-01"}},
			Contacts: []homecare.Contact{{ID: "K1", Name: "Ted Ashworth", Relation: "Husband", Phone: "01632 960002", NextOfKin: true, Carer: true}, {ID: "K2", Name: "Sue Hill", Relation: "Daughter"}, {ID: "K3", Name: "Joe Hill", Relation: "Grandson"}},
			Risks:    []homecare.Risk{{ID: "R1", Kind: "Key safe", Text: "Code at the office", Since: "2026-01-05"}, {ID: "R2", Kind: "Safeguarding", Text: "See the file", Since: "2026-02-01", Confidential: true}},
			Visits:   []homecare.Visit{visit("V1", "2026-07-01T09:30", "DONE"), visit("V2", "2026-07-02T09:30", "MISSED"), visit("V3", "2026-12-24T09:30", "PLANNED")},
			Letters:  []homecare.Letter{{ID: "L-17-1", Title: "Care review", Date: "2026-02-03", Text: "She manages well."}}},
		{ID: 18, Number: "LC-00018", NHS: "9990000026", First: "Tom", Last: "Bellamy", Born: "1971-11-30", Gender: "M",
			Packages: []homecare.Package{{ID: "PK-2", Title: "Overnight care", Kind: "Hospice at home", Status: "PAUSED", Start: "2026-02-01", Funder: "ICB"}},
			Team:     []homecare.Member{{Worker: "W-01", Name: "Edith Larkin", Role: "Care worker", Since: "2026-02-01"}},
			Visits:   []homecare.Visit{visit("V4", "2026-01-02T11:00", "DONE")}},
		{ID: 19, Number: "LC-00019", First: "Ada", Last: "Corrigan", Born: "1956-03-12", Gender: "X"},
	}
}

// stanza reads a stanza as patchwork.yaml would hold it.
func stanza(t testing.TB, text string) *rest.Config {
	t.Helper()
	var c rest.Config
	decode(t, text, &c)
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	return &c
}

// decode reads strictly, as patchwork.yaml is read.
func decode(t testing.TB, text string, c *rest.Config) {
	t.Helper()
	dec := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
}

func demoStanza(t testing.TB, s *server) *rest.Config {
	t.Helper()
	return stanza(t, "url: "+s.URL+homecare.Base+"\nauth: {kind: header, header: X-Api-Key, key_file: "+keyFile(t, theKey)+"}\n"+demo)
}

func keyFile(t testing.TB, key string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func env() sources.Env {
	london, _ := time.LoadLocation("Europe/London")
	return sources.Env{ID: "homecare", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}

func open(t testing.TB, c *rest.Config) sources.Source {
	t.Helper()
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

func fetchOne(t testing.TB, s sources.Source, section record.Section, id string) sources.Result {
	t.Helper()
	k := sources.Key{Section: section, LocalID: id}
	r, ok := fetch(t.Context(), s, k)[k]
	if !ok {
		t.Fatal("no answer")
	}
	return r
}

func status(code int, headers ...string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		(&homecare.Server{}).Unwell(w, code)
		return true
	}
}

func text(code int, kind, body string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		if kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(code)
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
	_, _ = r.Body.Read(make([]byte, 1<<16)) // a body unread hides the client's going away
	select {
	case <-r.Context().Done():
	case <-s.paused:
	}
	panic(http.ErrAbortHandler)
}

// split cuts a case's input: a stanza, a line of three hyphens, and the answer.
func split(t *testing.T, input []byte) (config, answer string) {
	t.Helper()
	before, after, ok := bytes.Cut(input, []byte("\n---\n"))
	if !ok {
		t.Fatal("the case has no line of three hyphens")
	}
	return string(before), string(after)
}

// golden serves one answer to whatever is asked.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	config, answer := split(t, input)
	s := newServer(t)
	s.behave(text(200, "application/json", answer))
	return fetchOne(t, open(t, stanza(t, "url: "+s.URL+"\n"+config)), section, "P1")
}

// goldenRoster serves the lists at /lists and one answer to all other questions.
func goldenRoster(t *testing.T, kind sources.RosterKind, input []byte) (a sourcetest.RosterAnswer) {
	config, answer := split(t, input)
	lists, rest, _ := bytes.Cut([]byte(answer), []byte("\n---\n"))
	s := newServer(t)
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/lists" {
			return text(200, "application/json", string(lists))(w, r)
		}
		return text(200, "application/json", string(rest))(w, r)
	})
	x := open(t, stanza(t, "url: "+s.URL+"\n"+config)).(sources.Rosters)
	if a.Rosters, a.Err = x.Rosters(t.Context()); a.Err == nil {
		a.People, a.Err = x.Roster(t.Context(), kind, "r1")
	}
	return a
}
