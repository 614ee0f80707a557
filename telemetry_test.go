package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	collected "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// collector takes OTLP by HTTP, as an OpenTelemetry collector does.
type collector struct {
	*httptest.Server
	mu    sync.Mutex
	spans []*traces.Span
	bytes []byte // all of it, as it came
}

func startCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			unpacked, err := gzip.NewReader(from)
			if err != nil {
				t.Error(err)
				return
			}
			from = unpacked
		}
		body, err := io.ReadAll(from)
		var request collected.ExportTraceServiceRequest
		if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &request) != nil {
			t.Errorf("%s: not OTLP: %v", r.URL.Path, err)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.bytes = append(c.bytes, body...)
		for _, resource := range request.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				c.spans = append(c.spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// traced is a region whose every request is traced.
func traced(t *testing.T, c *collector, change func(*Config)) *region {
	t.Helper()
	all := 1.0
	return startRegion(t, demo.Options{Patients: 60}, func(config *Config) {
		config.Telemetry = TelemetryConfig{OTLP: c.URL, Sample: &all}
		remember(config, 0)
		if change != nil {
			change(config)
		}
	})
}

// told ends the server's tracing, which sends what is left, and gives every span.
func (c *collector) told(t *testing.T, r *region) []*traces.Span {
	t.Helper()
	for _, s := range r.server.systems { // the reads that are told of when they end
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	r.server.endTraces()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spans
}

func attributeOf(s *traces.Span, key string) string {
	for _, a := range s.Attributes {
		if a.Key == "patchwork."+key {
			switch v := a.Value.Value.(type) {
			case *common.AnyValue_StringValue:
				return v.StringValue
			case *common.AnyValue_IntValue:
				return fmt.Sprint(v.IntValue)
			}
		}
	}
	return ""
}

// One page is one trace: the request, under it a span for each section of each system, and the
// ledger's commit.
func TestAPageIsATrace(t *testing.T) {
	t.Parallel()
	c := startCollector(t)
	r := traced(t, c, nil)
	status, body := r.withHeaders(t, r.tokens[auth.RoleGP], operation(t, "full-record"), map[string]any{"nhsNumber": r.Scenario("everything").NHSNumber},
		map[string]string{"Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
	if status != http.StatusOK {
		t.Fatalf("%d %.300s", status, body)
	}
	spans := c.told(t, r)
	i := slices.IndexFunc(spans, func(s *traces.Span) bool { return s.Name == "request graphql" })
	if i < 0 {
		t.Fatalf("no request among %d spans", len(spans))
	}
	page := spans[i]
	if attributeOf(page, "status") != "200" || attributeOf(page, "operation") != "other" || attributeOf(page, "requestId") == "" || len(page.ParentSpanId) > 0 {
		t.Errorf("the request: %v", page)
	}
	if fmt.Sprintf("%x", page.TraceId) == "0af7651916cd43dd8448eb211c80319c" {
		t.Error("a caller's traceparent was taken, which nobody allowed")
	}
	reads, ledgers := map[string]string{}, 0
	for _, s := range spans {
		if !bytes.Equal(s.ParentSpanId, page.SpanId) || !bytes.Equal(s.TraceId, page.TraceId) {
			continue
		}
		switch {
		case s.Name == "ledger":
			ledgers++
		case strings.HasPrefix(s.Name, "read "):
			reads[attributeOf(s, "source")+" "+attributeOf(s, "section")] = attributeOf(s, "outcome")
			if s.StartTimeUnixNano < page.StartTimeUnixNano || s.EndTimeUnixNano < s.StartTimeUnixNano || attributeOf(s, "people") != "1" {
				t.Errorf("%s is of another time, or of several: %v", s.Name, s)
			}
		}
	}
	if ledgers == 0 || reads["gp allergies"] != "answered" || reads["hospital demographics"] != "answered" || len(reads) < 20 {
		t.Errorf("%d ledger spans, reads: %v", ledgers, reads)
	}
}

// Where the proxies before the server are trusted, their trace goes on here.
func TestAProxysTraceGoesOn(t *testing.T) {
	t.Parallel()
	c := startCollector(t)
	r := traced(t, c, func(config *Config) { config.Telemetry.TrustTraceparent = true })
	send := func(flags, state string) {
		r.withHeaders(t, r.tokens[auth.RoleGP], `{ me { name } }`, nil, map[string]string{
			"Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333" + flags, "Tracestate": state, "Baggage": "who=Quenby"})
	}
	send("1-01", "who=Quenby")
	send("2-00", "")
	parents := map[string]bool{}
	for _, s := range c.told(t, r) {
		if fmt.Sprintf("%x", s.TraceId) == "0af7651916cd43dd8448eb211c80319c" {
			parents[fmt.Sprintf("%x", s.ParentSpanId)] = true
			if s.TraceState != "" {
				t.Errorf("a caller's words: %q", s.TraceState)
			}
		}
	}
	if !parents["b7ad6b7169203331"] || parents["b7ad6b7169203332"] {
		t.Errorf("parents %v: the first was to be traced, the second not", parents)
	}
}

// No source is sent the trace of who asks: what it is asked for, and how often, is nobody's trace
// but ours.
func TestSourcesAreSentNoTrace(t *testing.T) {
	t.Parallel()
	c := startCollector(t)
	var mu sync.Mutex
	asked, sent := 0, []string{}
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked++
		for _, h := range []string{"Traceparent", "Tracestate", "Baggage", "B3", "X-B3-Traceid"} {
			if req.Header.Get(h) != "" {
				sent = append(sent, h)
			}
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(between.Close)
	r := traced(t, c, func(config *Config) {
		for i := range config.Sources {
			if config.Sources[i].ID == "gp" {
				config.Sources[i].connector.(*fhirr4.Config).URL = between.URL
			}
		}
	})
	r.post(t, r.tokens[auth.RoleGP], operation(t, "full-record"), map[string]any{"nhsNumber": r.Scenario("everything").NHSNumber})
	mu.Lock()
	defer mu.Unlock()
	if asked == 0 || len(sent) > 0 {
		t.Errorf("asked %d times, and sent %v", asked, sent)
	}
}

// withHeaders asks with headers of the test's own.
func (r *region) withHeaders(t *testing.T, token, query string, variables map[string]any, headers map[string]string) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	return send(t, req)
}

var wholeWord = regexp.MustCompile(`[\p{L}\p{N}'-]+`)

// Nothing of anybody stands in a span, a metric or a line of the log, whatever is asked and however
// it goes wrong: pages, searches, documents, faults of every kind, and callers who put people where
// nobody should.
func TestNobodyIsInWhatOperatorsSee(t *testing.T) {
	t.Parallel()
	c := startCollector(t)
	r := traced(t, c, func(config *Config) {
		config.Telemetry.TrustTraceparent = true
		config.Introspection = false
	})
	token := r.tokens[auth.RoleGP]
	person := r.Scenario("everything")
	page := func() {
		r.post(t, token, operation(t, "full-record"), map[string]any{"nhsNumber": person.NHSNumber})
	}
	for _, p := range r.Patients[:20] {
		r.post(t, token, operation(t, "full-record"), map[string]any{"nhsNumber": p.NHSNumber})
	}
	for _, p := range r.Patients[:12] {
		r.post(t, token, operation(t, "search"), map[string]any{"familyName": p.FamilyName, "birthDate": p.BirthDate})
	}
	word := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}, person.FamilyName)
	for _, text := range []string{
		`query ` + word + `_` + person.NHSNumber + ` { me { name } }`,
		`query ` + word + ` { patientByNHSNumber(nhsNumber: "` + person.NHSNumber + `") { ` + word + ` } }`,
		`{ patientByNHSNumber(nhsNumber: "` + person.NHSNumber + `") { id } } # ` + person.FamilyName,
		`{ patient(id: "` + person.NHSNumber + `") { id } }`, `{ ` + person.FamilyName, person.NHSNumber,
	} {
		r.withHeaders(t, token, text, nil, map[string]string{
			"X-Request-Id": person.NHSNumber, "User-Agent": person.FamilyName + " " + person.BirthDate, "Referer": "http://x/" + person.NHSNumber,
			"Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "Tracestate": "who=" + word, "Baggage": "who=" + person.NHSNumber,
		})
	}
	for _, path := range []string{"/" + person.NHSNumber, "/patient/" + person.FamilyName + "?nhs=" + person.NHSNumber, "/fhir/Patient?identifier=" + person.NHSNumber,
		"/fhir/Patient/" + person.NHSNumber, "/fhir/" + word + "/x", "/auth/start/" + word, "/views/files/" + person.NHSNumber, "/smart/" + person.NHSNumber} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		send(t, req)
	}
	r.openDocument(t, token, person.NHSNumber, person.FamilyName)
	for _, fault := range demo.FaultNames() {
		if fault == "" || !r.misbehave(t, "gp", fault) {
			continue
		}
		short := operation(t, "search")
		r.post(t, token, short, map[string]any{"familyName": person.FamilyName, "birthDate": person.BirthDate})
		page()
		r.control(t, "DELETE", "gp", "", "")
	}
	_, metrics := r.get(t, "/metrics")
	spans := c.told(t, r)
	if len(spans) < 500 {
		t.Fatalf("only %d spans", len(spans))
	}
	var ofSpans strings.Builder
	for _, s := range spans { // ids of spans are random bytes, and no text
		ofSpans.WriteString(s.Name + " " + s.GetStatus().GetMessage() + " " + s.TraceState)
		for _, a := range s.Attributes {
			ofSpans.WriteString(" " + a.Key + "=" + attributeOf(s, strings.TrimPrefix(a.Key, "patchwork.")))
		}
		for _, e := range s.Events {
			ofSpans.WriteString(" " + e.String())
		}
		ofSpans.WriteString("\n")
	}
	for where, text := range map[string]string{"spans": ofSpans.String(), "metrics": string(metrics), "log": r.log.String()} {
		words := map[string]bool{}
		for _, w := range wholeWord.FindAllString(strings.ReplaceAll(text, "_", " "), -1) {
			words[w] = true
		}
		for _, p := range r.Patients {
			if words[p.FamilyName] || words[p.GivenName] {
				t.Errorf("%s: a name of %s", where, p.Scenario)
			}
			for _, secret := range []string{p.NHSNumber, p.BirthDate, strings.ReplaceAll(p.BirthDate, "-", "")} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: a number or a date of birth of %s", where, p.Scenario)
				}
			}
			for system, id := range p.LocalIDs {
				if words[id] && len(id) > 3 {
					t.Errorf("%s: a local id in %s", where, system)
				}
			}
		}
	}
	if t.Failed() {
		for _, line := range strings.Split(r.log.String(), "\n") {
			if strings.Contains(line, person.NHSNumber) || strings.Contains(line, person.FamilyName) {
				t.Logf("%.400s", line)
			}
		}
	}
}

func (r *region) get(t *testing.T, path string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, req)
}
