package gpconnect_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	practice "github.com/patchworkcare/patchwork/demo/gpconnect"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/gpconnect"
)

// handler answers a request in the practice's place; false leaves it to the practice.
type handler func(http.ResponseWriter, *http.Request) bool

// server is the demo's GP system, which shares no code with this package, behind
// something that can get in the way.
type server struct {
	*httptest.Server
	practice *practice.Server

	mu     sync.Mutex
	inWay  handler
	seen   []seen
	paused chan struct{}
}

// seen is a request as it came.
type seen struct {
	method, url string
	header      http.Header
	body        []byte
}

func newServer(t *testing.T, people ...practice.Record) *server {
	t.Helper()
	s := &server{practice: practice.New(people, practice.Options{ASID: "918999198738"}), paused: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // unread, it hides the client's going away
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	s.seen = append(s.seen, seen{r.Method, r.URL.String(), r.Header.Clone(), body})
	h := s.inWay
	s.mu.Unlock()
	if h == nil || !h(w, r) {
		s.practice.ServeHTTP(w, r)
	}
}

func (s *server) behave(h handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inWay, s.seen = h, nil
}

// asked are the requests since the last behave.
func (s *server) asked() []seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]seen(nil), s.seen...)
}

func (s *server) base() string { return s.URL + practice.Base }

// config is a stanza that reads the server at url.
func config(url string) *gpconnect.Config {
	return &gpconnect.Config{URL: url, From: "200000000359", To: "918999198738", Requester: gpconnect.Requester{
		System: "https://patchwork.example.nhs.uk", Organisation: "RZH", OrganisationName: "Westmarch", UserID: "555021935107", Family: "Record", Given: "Shared"}}
}

func snomed(code, display string) practice.Concept {
	return practice.Concept{Code: code, Display: display}
}

// people are those of most tests: one with something of everything, one with little, one
// with nothing, and one who objects.
func people() []practice.Record {
	at := practice.Organisation{ODS: "Z99081", Name: "Westmarch Out of Hours", Phone: "01632 960105", Line: "1 Night Row", Town: "Harrowmere", Postcode: "WM1 1AB"}
	by := practice.Clinician{ID: "g1", Title: "Dr", Given: "Edwina", Family: "Nightingale-Orr", Role: "General Medical Practitioner"}
	one := func(number, id, family, given, born string) practice.Record {
		return practice.Record{Number: number, ID: id, Family: family, Given: given, Title: "Mx", Gender: "other", Born: born, Practice: at, Clinician: by,
			Lines: []string{"1 Mill Lane"}, Town: "Harrowmere", Postcode: "WM1 2AB", Phone: "01632 960001"}
	}
	full := one("9990000018", "pt-1", "Ashworth", "Philippa", "1956-03-12")
	full.Contact = practice.Relative{Given: "Hugo", Family: "Ashworth-Bell", Relation: "Brother", Phone: "01632 960009"}
	full.Allergies = []practice.Allergy{
		{Code: snomed("91936005", "Allergy to penicillin"), At: "2001-05-04", Recorded: "2001-05-04T10:00:00+01:00", Category: "medication", Criticality: "high",
			Reaction: snomed("271807003", "Eruption of skin"), Severity: "moderate", Note: "Told by her mother"},
		{Code: snomed("91935009", "Allergy to peanut"), At: "1962-08-12", Recorded: "2001-05-04T10:00:00+01:00", Ended: "2016-11-01T00:00:00+00:00", EndedWhy: "Desensitised"},
		{Code: snomed("300913006", "Allergy to shellfish"), At: "1999-01-01", Recorded: "1999-01-01T10:00:00+00:00", Mistaken: true}}
	full.Medicines = []practice.Medicine{{Code: snomed("317291008", "Omeprazole 20mg gastro-resistant capsules"), At: "2024-02-01T00:00:00+00:00", LastIssued: "2026-01-05T00:00:00+00:00",
		Dose: "1 capsule once a day", Type: "repeat", Status: "active", Quantity: 28, Unit: "capsule", Issues: 3, Note: "Review in June"}}
	full.Problems = []practice.Problem{{Code: snomed("38341003", "Hypertension"), At: "2010-01-01", Recorded: "2010-01-02T09:00:00+00:00", Significance: "major", Status: "active"}}
	full.Consultations = []practice.Consultation{{At: "2026-01-05T13:25:00+00:00", Until: "2026-01-05T13:38:00+00:00", Kind: "GP Surgery",
		Notes: [][2]string{{"History", "Heartburn again after meals"}, {"Plan", "Carry on"}}}}
	full.Vaccinations = []practice.Vaccination{{Code: snomed("86198006", "Influenza vaccination"), At: "2025-10-01T10:00:00+01:00", Recorded: "2025-10-01T10:05:00+01:00", Batch: "FLU25"}}
	full.Observations = []practice.Observation{{Code: snomed("163020007", "Blood pressure reading"), At: "2026-01-05T13:30:00+00:00", Comment: "Left arm", Parts: []practice.Observation{
		{Code: snomed("72313002", "Systolic arterial pressure"), Value: "138", Unit: "mm[Hg]"}, {Code: snomed("1091811000000102", "Diastolic arterial pressure"), Value: "82", Unit: "mm[Hg]"}}}}
	full.Reports = []practice.Report{{Code: snomed("1022441000000101", "Full blood count"), At: "2025-12-01T15:00:00+00:00", Specimen: "BLOOD", Results: []practice.Result{
		{Code: snomed("1022431000000105", "Haemoglobin estimation"), Value: "128", Unit: "g/L", Low: "115", High: "165", Flag: "N"}}}}
	full.Documents = []practice.Document{{At: "2025-11-09T11:59:00+00:00", Title: "Letter from the clinic", Kind: "Clinical letter", Type: "text/plain"}}
	little := one("9990000026", "pt-2", "Birtwistle", "Bernard", "1961-07-04")
	little.Allergies = []practice.Allergy{{Code: snomed("716186003", "No known allergy"), At: "2020-01-01", Recorded: "2020-01-01T09:00:00+00:00"}}
	little.Problems = []practice.Problem{{Code: snomed("195967001", "Asthma"), At: "1970-01-01", Recorded: "1990-01-02T09:00:00+00:00", Significance: "minor", Status: "active"}}
	nothing := one("9990000042", "pt-3", "Quietwell", "Octavia", "1994-08-23")
	objects := one("9990000050", "pt-4", "Naysmith", "Nola", "1970-01-01")
	objects.Dissent = true
	return []practice.Record{full, little, nothing, objects}
}

func env() sources.Env {
	london, _ := time.LoadLocation("Europe/London")
	return sources.Env{ID: "gp-connect", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}

func open(t *testing.T, c *gpconnect.Config) sources.Source {
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

func status(code int, headers ...string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		(&practice.Server{}).Unwell(w, code)
		return true
	}
}

func text(kind, body string) handler { return answering(http.StatusOK, kind, body) }

func answering(code int, kind, body string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", kind)
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
	select {
	case <-r.Context().Done():
	case <-s.paused:
	}
	panic(http.ErrAbortHandler)
}

// swapped answers about the one when asked about the other.
func (s *server) swapped(_ http.ResponseWriter, r *http.Request) bool {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(strings.NewReplacer("9990000018", "9990000026", "9990000026", "9990000018").Replace(string(body))))
	return false
}
