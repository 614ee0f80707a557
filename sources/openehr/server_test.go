package openehr_test

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

	cdr "github.com/patchworkcare/patchwork/demo/openehr"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/openehr"
)

//go:embed testdata/demo-openehr.yaml
var demo string

// handler answers a request in the repository's place; false leaves it to the repository.
type handler func(http.ResponseWriter, *http.Request) bool

// server is the demo's repository, which shares no code with this package, behind
// something that can get in the way.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	inWay  handler
	fault  string
	bodies []string
	paths  []string
	paused chan struct{}
}

const (
	maryID = "7d44b88c-4199-4bad-97dc-d78268e01398"
	tomID  = "297c3e91-7c17-4497-85dd-01e05aaae44e"
	adaID  = "0a34f3f2-4b1e-4a3d-9d0f-3a2b7f1d9c11"
)

func ehrs() []cdr.EHR {
	entry := func(uid, archetype, at string, values map[string]any) cdr.Entry {
		return cdr.Entry{UID: uid + "::cdr.westmarch.example::1", Archetype: archetype, Composer: "Nurse Abiola", Started: at, Values: values}
	}
	const risk, problem, weight = "openEHR-EHR-EVALUATION.adverse_reaction_risk.v1", "openEHR-EHR-EVALUATION.problem_diagnosis.v1", "openEHR-EHR-OBSERVATION.body_weight.v2"
	return []cdr.EHR{
		{ID: maryID, NHS: "9990000018", Details: map[string]any{"items[at0001]/value": cdr.Text("Ashworth"), "items[at0002]/value": cdr.Text("Mary"), "items[at0003]/value": cdr.Date("1956-03-12")}, Entries: []cdr.Entry{
			entry("a1", risk, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0001]/items[at0002]/value": cdr.Coded("SNOMED-CT", "91936005", "Allergy to penicillin"),
				"data[at0001]/items[at0101]/value": cdr.Coded("local", "at0103", "High"), "data[at0001]/items[at0009]/items[at0011]/value": cdr.Text("Rash")}),
			entry("p1", problem, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0001]/items[at0002]/value": cdr.Text("Venous leg ulcer"), "data[at0001]/items[at0077]/value": cdr.When("2023-11-01")}),
			entry("w1", weight, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0002]/events[at0003]/data[at0001]/items[at0004]/value": cdr.Quantity("61.50", "kg")}),
			entry("w2", weight, "2024-03-03T10:00:00+00:00", map[string]any{"data[at0002]/events[at0003]/data[at0001]/items[at0004]/value": cdr.Quantity("60.00", "kg")}),
		}},
		{ID: tomID, NHS: "9990000026", Entries: []cdr.Entry{
			entry("a2", risk, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0001]/items[at0002]/value": cdr.Text("Latex")}),
			entry("p2", problem, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0001]/items[at0002]/value": cdr.Coded("SNOMED-CT", "195967001", "Asthma")}),
			entry("w3", weight, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0002]/events[at0003]/data[at0001]/items[at0004]/value": cdr.Quantity("80.0", "kg")}),
		}},
		{ID: adaID},
		{ID: "c5d0e8a4-0000-4000-8000-00000000dead", NHS: "9990000042", Entries: []cdr.Entry{
			entry("a9", risk, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0001]/items[at0002]/value": cdr.Text("Nuts")}),
			entry("p9", problem, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0001]/items[at0002]/value": cdr.Text("Diabetes")}),
			entry("w9", weight, "2024-02-03T10:00:00+00:00", map[string]any{"data[at0002]/events[at0003]/data[at0001]/items[at0004]/value": cdr.Quantity("70.0", "kg")}),
		}},
	}
}

// stored are the queries of the repository.
func stored() map[string]string {
	return map[string]string{"uk.westmarch.community::body_weight": `SELECT e/ehr_id/value AS subject, c/uid/value AS id, o/data[at0002]/events[at0003]/data[at0001]/items[at0004]/value AS weight,
		c/context/start_time/value AS date, c/composer/name AS author_name FROM EHR e CONTAINS COMPOSITION c CONTAINS OBSERVATION o[openEHR-EHR-OBSERVATION.body_weight.v2]
		WHERE e/ehr_id/value matches {$ehr_ids} ORDER BY c/context/start_time/value DESC`}
}

func newServer(t testing.TB) *server {
	t.Helper()
	s := &server{paused: make(chan struct{})}
	system := cdr.New(ehrs(), stored())
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		_, _ = body.ReadFrom(http.MaxBytesReader(w, r.Body, 1<<20))
		r.Body = http.NoBody
		if body.Len() > 0 {
			r.Body = nopCloser{bytes.NewReader(body.Bytes())}
		}
		s.mu.Lock()
		s.paths, s.bodies = append(s.paths, r.URL.String()), append(s.bodies, body.String())
		h, fault := s.inWay, s.fault
		s.mu.Unlock()
		if h == nil || !h(w, r) {
			system.Serve(w, r, fault)
		}
	}))
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

type nopCloser struct{ *bytes.Reader }

// Close implements io.Closer.
func (nopCloser) Close() error { return nil }

func (s *server) behave(h handler, fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inWay, s.fault, s.paths, s.bodies = h, fault, nil, nil
}

func (s *server) asked() (paths, bodies []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.paths...), append([]string(nil), s.bodies...)
}

// decode reads strictly, as patchwork.yaml is read.
func decode(t testing.TB, text string) *openehr.Config {
	t.Helper()
	var c openehr.Config
	dec := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return &c
}

func stanza(t testing.TB, text string) *openehr.Config {
	t.Helper()
	c := decode(t, text)
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	return c
}

func demoStanza(t testing.TB, s *server) *openehr.Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("a-secret-of-the-tests"), 0o600); err != nil {
		t.Fatal(err)
	}
	return stanza(t, "url: "+s.URL+cdr.Base+"\nauth: {kind: basic, username: reader, password_file: "+file+"}\n"+demo)
}

func open(t testing.TB, c *openehr.Config) sources.Source {
	t.Helper()
	london, _ := time.LoadLocation("Europe/London")
	s, err := c.Open(t.Context(), sources.Env{ID: "cdr", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }})
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

func text(code int, kind, body string, headers ...string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
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
	select {
	case <-r.Context().Done():
	case <-s.paused:
	}
	panic(http.ErrAbortHandler)
}
