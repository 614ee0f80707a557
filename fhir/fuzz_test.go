package fhir

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// FuzzRequest: whatever stands in an address is answered by a resource or an OperationOutcome
// in JSON; nothing of the address but what is known by name comes back in a refusal.
func FuzzRequest(f *testing.F) {
	for _, s := range [][2]string{
		{"AllergyIntolerance", "patient=p"}, {"Observation", "patient=p&code=http://loinc.org|1234-5&date=ge2026-01-31&_count=3"}, {"Observation", "patient=Patient/p&_id=p.a,p.b&category=x&date=lt2026"},
		{"Patient", "identifier=https://fhir.nhs.uk/Id/nhs-number|9434765919"}, {"Patient", "family=Smith&birthdate=1999-12-31"}, {"Patient/p/$everything", ""}, {"Patient/p/$summary", "_format=html"},
		{"Provenance", "target=Observation/p.a"}, {"Practitioner/x", ""}, {"metadata", ""}, {"Observation/p.%00", "_format=json"}, {"Observation", "patient=p&_count=-1&_offset=99999999999999999999"},
		{"Observation", "_revinclude=Provenance:target&patient=p&_summary=count"}, {"../metadata", "%"}, {"Observation", "date=gene2026&date=&patient=p&patient=q"},
	} {
		f.Add(s[0], s[1])
	}
	const person = `{"patient":{"id":"p","observations":{"title":"O","entries":[{"id":"a","code":{"text":"c"},"date":"2026-01-31"}],"outcomes":[{"status":"ANSWERED"}]},"allergies":null}}`
	s := New(answering{answer: Answer{Data: []byte(person)}}, func(*http.Request) string { return "https://care.example/fhir" }, slog.New(slog.DiscardHandler), time.Now)
	f.Fuzz(func(t *testing.T, path, query string) {
		r := (&http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/fhir/" + path, RawQuery: query}, Header: http.Header{"Accept": {"application/fhir+json"}}}).
			WithContext(auth.WithSession(t.Context(), &auth.Session{Role: auth.RoleGP}))
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		kind := w.Header().Get("Content-Type")
		if strings.Contains(kind, "xml") || strings.Contains(kind, "html") {
			return
		}
		var o struct{ ResourceType string }
		if err := json.Unmarshal(w.Body.Bytes(), &o); err != nil || o.ResourceType == "" {
			t.Fatalf("%q ? %q: %d %s %v", path, query, w.Code, w.Body, err)
		}
		if w.Code >= 500 && !strings.Contains(path, ".") {
			t.Fatalf("%q ? %q: %d %s", path, query, w.Code, w.Body)
		}
		if w.Code >= 400 && (strings.Contains(query, "9434765919") || strings.Contains(path, "9434765919")) && strings.Contains(w.Body.String(), "9434765919") {
			t.Fatalf("%q ? %q is repeated: %s", path, query, w.Body)
		}
	})
}
