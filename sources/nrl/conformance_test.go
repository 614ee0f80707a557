package nrl_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/nrl"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

const (
	fhir     = "application/fhir+json;version=1"
	numbers  = "https://fhir.nhs.uk/Id/nhs-number"
	philippa = "9990000018"
	bernard  = "9990000026"
	crisis   = "736253002"
)

type handler func(http.ResponseWriter, *http.Request) bool

// locator is a small record locator, by the text of its API.
type locator struct {
	*httptest.Server
	mu      sync.Mutex
	inWay   handler
	swapped bool
	seen    []string
	paused  chan struct{}
}

func newLocator(t testing.TB) *locator {
	t.Helper()
	l := &locator{paused: make(chan struct{})}
	l.Server = httptest.NewServer(http.HandlerFunc(l.serve))
	t.Cleanup(func() { close(l.paused); l.CloseClientConnections(); l.Close() })
	return l
}

func (l *locator) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	l.mu.Lock()
	h, swapped := l.inWay, l.swapped
	l.seen = append(l.seen, r.Method+" "+r.URL.RequestURI()+" "+r.Header.Get("NHSD-End-User-Organisation-ODS")+" "+string(body))
	l.mu.Unlock()
	if h != nil && h(w, r) {
		return
	}
	number := strings.TrimPrefix(r.FormValue("subject:identifier"), numbers+"|")
	if swapped {
		number = map[string]string{philippa: bernard, bernard: philippa}[number]
	}
	var all []string
	for _, p := range []struct{ number, kind string }{{philippa, crisis}, {philippa, "861421000000109"}, {bernard, crisis}} {
		if p.number == number && (r.FormValue("type") == "" || r.FormValue("type") == "http://snomed.info/sct|"+p.kind) {
			all = append(all, fmt.Sprintf(`{"resource":{"resourceType":"DocumentReference","id":"RZH-%s-%s","status":"current","type":{"coding":[{"system":"http://snomed.info/sct","code":"%s","display":"A plan"}]},
"subject":{"identifier":{"system":"%s","value":"%s"}},"date":"2026-03-04T10:30:00Z","custodian":{"identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"RZH"}},
"content":[{"attachment":{"contentType":"application/pdf","url":"https://records.example.nhs.uk/plan"},"format":{"code":"urn:nhs-ic:unstructured"}}]}}`, p.number[8:], p.kind, p.kind, numbers, p.number))
		}
	}
	w.Header().Set("Content-Type", fhir)
	_, _ = fmt.Fprintf(w, `{"resourceType":"Bundle","type":"searchset","total":%d,"entry":[%s]}`, len(all), strings.Join(all, ","))
}

func (l *locator) behave(h handler, swapped bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inWay, l.swapped, l.seen = h, swapped, nil
}

func (l *locator) asked() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.seen)
}

func (l *locator) config() *nrl.Config {
	return &nrl.Config{URL: l.URL, Organisation: "RZH", LinkHosts: []string{"records.example.nhs.uk"}}
}

func answering(code int, kind, body string, headers ...string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
		return true
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) bool {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
	return true
}

func (l *locator) hang(_ http.ResponseWriter, r *http.Request) bool {
	select {
	case <-r.Context().Done():
	case <-l.paused:
	}
	panic(http.ErrAbortHandler)
}

func open(t testing.TB, c *nrl.Config) sources.Source {
	t.Helper()
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	s, err := c.Open(t.Context(), sources.Env{ID: "nrl", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: time.UTC,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func fetchOne(t testing.TB, s sources.Source, id string) sources.Result {
	t.Helper()
	var got *sources.Result
	s.Fetch(t.Context(), []sources.Key{{Section: record.Documents, LocalID: id}}, func(_ sources.Key, r sources.Result) { got = &r })
	if got == nil {
		t.Fatal("no answer")
	}
	return *got
}

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			l := newLocator(t)
			return sourcetest.World{Connector: l.config(), Behave: func(b sourcetest.Behaviour) (bool, string) {
				l.behave(map[sourcetest.Behaviour]handler{
					sourcetest.Down:         hangUp,
					sourcetest.Slow:         l.hang,
					sourcetest.Unauthorised: answering(401, fhir, "{}"),
					sourcetest.TooMany:      answering(429, fhir, "{}", "Retry-After", "2"),
					sourcetest.Malformed:    answering(200, "text/html", "<html>Sign in</html>"),
					sourcetest.Truncated:    answering(200, fhir, `{"resourceType":"Bundle","entry":[`),
				}[b], b == sourcetest.WrongPatient)
				return true, ""
			}}
		},
		Known: []string{philippa, bernard}, Unknown: "9990000034",
		Secrets: []string{"records.example.nhs.uk"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: philippa}, Want: []string{philippa}},
			{Query: record.PersonQuery{LocalID: bernard}, Want: []string{bernard}},
			{Query: record.PersonQuery{NHSNumber: philippa, LocalID: bernard}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{LocalID: "x"}},
		},
		Golden: func(t *testing.T, _ record.Section, input []byte) sources.Result {
			l := newLocator(t)
			l.behave(answering(200, fhir, string(input)), false)
			c := l.config()
			c.Types = []string{crisis}
			return fetchOne(t, open(t, c), "9000000009")
		},
	})
}

// Only the types that the stanza names are asked for; an answer without one of them is
// none.
func TestTypes(t *testing.T) {
	l := newLocator(t)
	c := l.config()
	c.Types = []string{crisis, "861421000000109"}
	if r := fetchOne(t, open(t, c), philippa); len(r.Entries) != 2 || len(r.Gaps) != 0 {
		t.Errorf("%+v", r)
	}
	asked := l.asked()
	if len(asked) != 2 || !strings.HasPrefix(asked[0], "POST /DocumentReference/_search RZH ") || strings.Contains(strings.SplitN(asked[0], " ", 4)[1], "999000") {
		t.Errorf("%q", asked)
	}
	l.behave(func(w http.ResponseWriter, r *http.Request) bool {
		return strings.HasSuffix(r.FormValue("type"), "861421000000109") && answering(500, fhir, "")(w, r)
	}, false)
	if r := fetchOne(t, open(t, c), philippa); r.Err == nil {
		t.Errorf("%+v", r)
	}
	for _, id := range []string{"", "x", "9990000019", "999 000 0018", "9990000018|"} {
		if r := fetchOne(t, open(t, c), id); sources.AsError(r.Err) == nil || sources.AsError(r.Err).Code != "not-an-nhs-number" {
			t.Errorf("%s: %+v", id, r)
		}
	}
}

// Nothing is ever fetched by a pointer's own address.
func TestOpensNothing(t *testing.T) {
	l := newLocator(t)
	s := open(t, l.config())
	for _, e := range fetchOne(t, s, philippa).Entries {
		if d := e.(*record.Document); d.Reference != "" || d.Content.Reason == "" || d.Provenance.Link == "" {
			t.Errorf("%+v", d)
		}
	}
	l.behave(nil, false)
	if err := s.(sources.DocumentOpener).OpenDocument(t.Context(), philippa, l.URL+"/x", nil); err == nil {
		t.Error("it opened")
	}
	if n := len(l.asked()); n != 0 {
		t.Error(l.asked())
	}
}

func TestProblems(t *testing.T) {
	c := &nrl.Config{URL: "x", Organisation: "R H", Types: []string{"crisis"}, LinkHosts: []string{"https://x"}, MaxBody: -1}
	var paths []string
	for _, p := range c.Validate() {
		paths = append(paths, p.Path)
	}
	if got := strings.Join(paths, " "); got != "link_hosts max_body organisation types url" {
		t.Error(got)
	}
}
