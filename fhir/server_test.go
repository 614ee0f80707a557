package fhir

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// answering is a graph that gives one answer to everything.
type answering struct {
	answer Answer
	err    error
}

func (a answering) Run(context.Context, string, string, map[string]any) (Answer, error) {
	return a.answer, a.err
}

// TestAFaultIsNoEmptyList: what the graph could not say does not read as none (hazard H-02).
func TestAFaultIsNoEmptyList(t *testing.T) {
	t.Parallel()
	problem := func(code string) answering {
		return answering{answer: Answer{Problems: []Problem{{code, "A sentence"}}}}
	}
	data := func(text string) answering { return answering{answer: Answer{Data: []byte(text)}} }
	for name, c := range map[string]struct {
		graph  answering
		path   string
		status int
		says   string
	}{
		"nobody, no problem":       {data(`{"patient":null}`), "AllergyIntolerance?patient=p", 404, "not-found"},
		"nobody, one resource":     {data(`{"patient":null}`), "AllergyIntolerance/p.a", 404, "not-found"},
		"nobody, everything":       {data(`{"patient":null}`), "Patient/p/$everything", 404, "not-found"},
		"no data":                  {data(``), "AllergyIntolerance?patient=p", 404, "not-found"},
		"a section not answered":   {data(`{"patient":{"id":"p","allergies":null}}`), "AllergyIntolerance?patient=p", 200, "was not answered"},
		"one of it":                {data(`{"patient":{"id":"p","allergies":null}}`), "AllergyIntolerance/p.a", 503, "was not answered"},
		"a status not known":       {data(`{"patient":{"id":"p","allergies":{"title":"A","outcomes":[{"status":"UNKNOWN"}]}}}`), "AllergyIntolerance?patient=p", 200, "transient"},
		"what is no JSON":          {data(`{`), "AllergyIntolerance?patient=p", 500, "exception"},
		"some systems not asked":   {problem("LOOKUP_INCOMPLETE"), "Patient?identifier=1", 503, "incomplete"},
		"the graph's own trouble":  {problem("INTERNAL"), "AllergyIntolerance?patient=p", 500, "exception"},
		"a code of another kind":   {problem("SOMETHING"), "Patient/p", 500, "exception"},
		"the audit is not written": {answering{err: errors.New("no")}, "AllergyIntolerance?patient=p", 503, "transient"},
	} {
		s := New(c.graph, func(*http.Request) string { return "https://care.example/fhir" }, slog.New(slog.DiscardHandler), time.Now)
		r := httptest.NewRequestWithContext(auth.WithSession(t.Context(), &auth.Session{Role: auth.RoleGP}), http.MethodGet, "/fhir/"+c.path, nil)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}
