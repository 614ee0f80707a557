package xds_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	archive "github.com/patchworkcare/patchwork/demo/xds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/xds"
)

const (
	nhs        = "2.16.840.1.113883.2.1.4.1"
	repository = "1.2.826.0.1.3680043.8.498.1"
	philippa   = "9990000018"
	bernard    = "9990000026"
)

type handler func(http.ResponseWriter, *http.Request) bool

// server is the demo's archive, which shares no code with this package, behind something
// that can get in the way.
type server struct {
	*httptest.Server
	archive *archive.Server

	mu     sync.Mutex
	inWay  handler
	fault  string
	seen   []string
	paused chan struct{}
}

func newServer(t testing.TB, o archive.Options, documents ...archive.Document) *server {
	t.Helper()
	if o.Authority == "" {
		o.Authority = nhs
	}
	s := &server{archive: archive.New(documents, o), paused: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	s.mu.Lock()
	s.seen = append(s.seen, r.Header.Get("Content-Type")+"\n"+string(body))
	h, fault := s.inWay, s.fault
	s.mu.Unlock()
	if h == nil || !h(w, r) {
		s.archive.Serve(w, r, fault)
	}
}

func (s *server) behave(h handler, fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inWay, s.fault, s.seen = h, fault, nil
}

func (s *server) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.seen...)
}

func (s *server) config() *xds.Config {
	c := &xds.Config{Registry: s.URL + archive.Registry, PatientAuthority: nhs, LocalIDs: "nhs-number",
		Repositories: map[string]string{repository: s.URL + archive.Repository}}
	c.SectionsFrom.CDA = &cda.Rule{Types: []string{"34133-9"}}
	return c
}

var (
	normal     = archive.Code{Code: "N", Scheme: archive.HL7, Name: "normal"}
	restricted = archive.Code{Code: "R", Scheme: archive.HL7, Name: "restricted"}
	summaries  = archive.Code{Code: "34133-9", Scheme: "2.16.840.1.113883.6.1", Name: "Summarization of Episode Note"}
	letters    = archive.Code{Code: "51851-4", Scheme: "2.16.840.1.113883.6.1", Name: "Administrative note"}
)

func text(s string) func() []byte { return func() []byte { return []byte(s) } }

// documents are those of most tests.
func documents() []archive.Document {
	at := time.Date(2026, 3, 4, 10, 30, 0, 0, time.UTC)
	letter := func(patient, unique, title string) archive.Document {
		return archive.Document{Patient: patient, Unique: unique, Repository: repository, Title: title, Mime: "text/plain", Class: letters, Type: letters,
			Confidentiality: normal, Author: "Iris Quell", Role: "Consultant", Institution: "Westmarch Infirmary", ODS: "RZH", Created: at, Body: text("About " + title),
			Family: "Ashworth", Given: "Philippa", Born: "19560312", Sex: "F"}
	}
	summary := func(patient, unique string, at time.Time, body string) archive.Document {
		return archive.Document{Patient: patient, Unique: unique, Repository: repository, Title: "Summary", Mime: "text/xml", Class: summaries, Type: summaries,
			Confidentiality: normal, Institution: "Westmarch GP", ODS: "Z99001", Created: at, Body: text(body)}
	}
	old := letter(philippa, "1.2.3.1", "An old letter")
	old.Deprecated = true
	away := letter(philippa, "1.2.3.2", "A letter in the cellar")
	away.Offline = true
	elsewhere := letter(philippa, "1.2.3.3", "A letter kept elsewhere")
	elsewhere.Repository = "1.2.3.999"
	secret := letter(philippa, "1.2.3.4", "A letter of the clinic")
	secret.Confidentiality = restricted
	other := letter(bernard, "1.2.3.9", "A letter to the practice")
	other.Family, other.Given, other.Born, other.Sex = "Birtwistle", "Bernard", "19610704", "M"
	return []archive.Document{letter(philippa, "1.2.3.5", "A letter <urgent> & \"new\""), old, away, elsewhere, secret, other,
		summary(philippa, "1.2.3.6", at.AddDate(-1, 0, 0), summaryOf(philippa, "Latex")), summary(philippa, "1.2.3.7", at, summaryOf(philippa, "Penicillin"))}
}

// summaryOf is a small summary.
func summaryOf(patient, allergy string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="1.2.3" extension="` + allergy + `"/><title>Summary</title><effectiveTime value="20260304103000+0000"/>
<recordTarget><patientRole><id root="` + nhs + `" extension="` + patient + `"/></patientRole></recordTarget>
<component><structuredBody><component><section><code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><title>Allergies</title><text>` + allergy + `</text>
<entry><observation classCode="OBS" moodCode="EVN"><id root="1.2.3.4" extension="a1"/><code code="ASSERTION"/><statusCode code="completed"/>
<value xsi:type="CD" code="419199007" codeSystem="2.16.840.1.113883.6.96" displayName="Allergy to substance"/>
<participant typeCode="CSM"><participantRole><playingEntity><name>` + allergy + `</name></playingEntity></participantRole></participant></observation></entry>
</section></component></structuredBody></component></ClinicalDocument>`
}

func env() sources.Env {
	london, _ := time.LoadLocation("Europe/London")
	return sources.Env{ID: "archive", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}

func open(t testing.TB, c *xds.Config) sources.Source {
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

func fetchOne(t testing.TB, s sources.Source, section record.Section, id string) sources.Result {
	t.Helper()
	var got *sources.Result
	s.Fetch(t.Context(), []sources.Key{{Section: section, LocalID: id}}, func(_ sources.Key, r sources.Result) { got = &r })
	if got == nil {
		t.Fatal("no answer")
	}
	return *got
}

func status(code int, headers ...string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		(&archive.Server{}).Unwell(w, code)
		return true
	}
}

func answering(kind, body string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, body)
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
