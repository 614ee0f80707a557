package mhd_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/mhd"
)

const (
	numbers  = "https://fhir.nhs.uk/Id/nhs-number"
	philippa = "9990000018"
	bernard  = "9990000026"
)

type handler func(http.ResponseWriter, *http.Request) bool

// archive is a small document responder, by the text of the profile.
type archive struct {
	*httptest.Server
	mu        sync.Mutex
	inWay     handler
	swapped   bool
	seen      []string
	paused    chan struct{}
	resources map[string][]string // by NHS number
	files     map[string]string
}

// resource is a DocumentReference as JSON.
func resource(id, number, more string) string {
	return `{"resourceType":"DocumentReference","id":"` + id + `","status":"current","type":{"coding":[{"system":"http://snomed.info/sct","code":"823691000000103","display":"Clinical letter"}]},
"category":[{"coding":[{"code":"LETTER"}]}],"subject":{"reference":"Patient/p` + number + `"},"date":"2026-03-04T10:30:00Z","author":[{"display":"Dr Iris Quell"}],
"securityLabel":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]}],
"custodian":{"identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"RZH"},"display":"Westmarch Infirmary"}` + more + `}`
}

func content(kind, url string) string {
	return `,"content":[{"attachment":{"contentType":"` + kind + `","url":"` + url + `","title":"Letter","size":5,"creation":"2026-03-01"}}]`
}

func newArchive(t testing.TB) *archive {
	t.Helper()
	a := &archive{paused: make(chan struct{})}
	a.Server = httptest.NewServer(http.HandlerFunc(a.serve))
	a.resources = map[string][]string{
		philippa: {resource("a1", philippa, content("text/plain", "/fhir/files/a1")), resource("a2", philippa, content("application/pdf", "http://127.0.0.1:1/fhir/files/a2")),
			strings.Replace(resource("a3", philippa, content("text/xml", a.URL+"/fhir/files/a3")), "823691000000103", "34133-9", 1),
			resource("a4", philippa, `,"relatesTo":[{"code":"replaces","target":{"reference":"DocumentReference/a5"}}]`), resource("a5", philippa, "")},
		bernard: {resource("b1", bernard, content("text/plain", a.URL+"/fhir/files/b1"))},
	}
	a.files = map[string]string{"a1": "hello", "b1": "howdy", "a3": `<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><effectiveTime value="20260304"/>
<recordTarget><patientRole><id root="2.16.840.1.113883.2.1.4.1" extension="` + philippa + `"/></patientRole></recordTarget><component><structuredBody><component><section>
<code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><entry><observation><id root="1" extension="2"/><value xsi:type="CD" code="233604007" codeSystem="2.16.840.1.113883.6.96" displayName="Pneumonia"/></observation></entry></section></component></structuredBody></component></ClinicalDocument>`}
	t.Cleanup(func() { close(a.paused); a.CloseClientConnections(); a.Close() })
	return a
}

func (a *archive) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	a.mu.Lock()
	h, swapped := a.inWay, a.swapped
	a.seen = append(a.seen, r.Method+" "+r.URL.RequestURI()+" "+string(body))
	a.mu.Unlock()
	if h != nil && h(w, r) {
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/fhir/files/"); ok && a.files[name] != "" {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, a.files[name])
		return
	}
	if !strings.HasPrefix(r.URL.Path, "/fhir/DocumentReference") {
		http.NotFound(w, r)
		return
	}
	number := strings.TrimPrefix(r.FormValue("patient.identifier"), numbers+"|")
	if swapped {
		number = map[string]string{philippa: bernard, bernard: philippa}[number]
	}
	page, _ := strconv.Atoi(r.FormValue("page"))
	count, _ := strconv.Atoi(r.FormValue("_count"))
	a.bundle(w, number, page, count)
}

func (a *archive) bundle(w http.ResponseWriter, number string, page, count int) {
	all := a.resources[number]
	from := min(page*count, len(all))
	to := min(from+count, len(all))
	var entries []string
	for _, x := range all[from:to] {
		entries = append(entries, `{"resource":`+x+`,"search":{"mode":"match"}}`)
	}
	if len(entries) > 0 {
		entries = append(entries, `{"resource":{"resourceType":"Patient","id":"p`+number+`","identifier":[{"system":"`+numbers+`","value":"`+number+`"}]},"search":{"mode":"include"}}`)
	}
	next := ""
	if to < len(all) {
		next = fmt.Sprintf(`,"link":[{"relation":"next","url":"%s/fhir/DocumentReference?patient.identifier=%s%%7C%s&page=%d&_count=%d"}]`, a.URL, numbers, number, page+1, count)
	}
	w.Header().Set("Content-Type", "application/fhir+json")
	_, _ = fmt.Fprintf(w, `{"resourceType":"Bundle","type":"searchset","total":%d%s,"entry":[%s]}`, len(all), next, strings.Join(entries, ","))
}

func (a *archive) behave(h handler, swapped bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.inWay, a.swapped, a.seen = h, swapped, nil
}

func (a *archive) asked() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.seen)
}

func (a *archive) config() *mhd.Config {
	c := &mhd.Config{URL: a.URL + "/fhir", PatientSystem: numbers, CDAAuthority: "2.16.840.1.113883.2.1.4.1"}
	c.SectionsFrom.CDA = &cda.Rule{Types: []string{"34133-9"}, Sections: []string{"problems"}}
	return c
}

func open(t testing.TB, c *mhd.Config) sources.Source {
	t.Helper()
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	london, _ := time.LoadLocation("Europe/London")
	s, err := c.Open(t.Context(), sources.Env{ID: "archive", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }})
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

func (a *archive) hang(_ http.ResponseWriter, r *http.Request) bool {
	select {
	case <-r.Context().Done():
	case <-a.paused:
	}
	panic(http.ErrAbortHandler)
}

// searchset wraps resources, and checks that what a test writes is JSON.
func searchset(t testing.TB, more string, resources ...string) string {
	t.Helper()
	var entries []string
	for _, r := range resources {
		entries = append(entries, `{"resource":`+r+`}`)
	}
	text := `{"resourceType":"Bundle","type":"searchset"` + more + `,"entry":[` + strings.Join(entries, ",") + `]}`
	if !json.Valid([]byte(text)) {
		t.Fatal("the test writes no JSON")
	}
	return text
}
