package fhir

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// hostile is text that no form of an answer may take for its own; it must come out whole.
const hostile = `</div><script>alert("1")</script>&amp;'BP <140' ]]> € ` + "\U0001F600"

// filled makes the answer to an operation in which every field has a value: text gives it by
// the field's name.
func filled(t *testing.T, query string, text func(name string) any) map[string]any {
	t.Helper()
	words := regexp.MustCompile(`[{}]|\.\.\.[A-Za-z]+|[A-Za-z_]+`)
	bodies := map[string][]string{}
	operation, rest, _ := strings.Cut(query, "\nfragment ")
	for part := range strings.SplitSeq(rest, "\nfragment ") {
		name, body, _ := strings.Cut(part, " on ")
		_, body, _ = strings.Cut(body, "{")
		bodies[name] = words.FindAllString("{"+body, -1)
	}
	_, body, _ := strings.Cut(operation, "{")
	o := map[string]any{}
	body = regexp.MustCompile(`\([^)]*\)`).ReplaceAllString("{"+body, "")
	fill(words.FindAllString(body, -1)[1:], bodies, o, text)
	return o
}

// lists are the fields that are lists of objects; texts those that are lists of words.
var (
	lists = []string{"codings", "labels", "entries", "outcomes", "asserted", "reactions", "manifestations", "measurements", "components", "interpretation", "ranges",
		"diagnoses", "telecoms", "addresses", "otherNames", "concerns", "goals", "activities", "careTeam", "items"}
	texts = []string{"categories", "given", "lines", "withheldFields"}
)

// fill reads a selection's words up to its end and gives what comes after.
func fill(words []string, bodies map[string][]string, into map[string]any, text func(name string) any) []string {
	for len(words) > 0 && words[0] != "}" {
		name := words[0]
		words = words[1:]
		switch {
		case strings.HasPrefix(name, "..."):
			fill(bodies[name[3:]][1:], bodies, into, text)
		case len(words) > 0 && words[0] == "{":
			inner, _ := into[name].(map[string]any)
			if list, ok := into[name].([]any); ok {
				inner, _ = list[0].(map[string]any)
			}
			if inner == nil {
				inner = map[string]any{}
			}
			words = fill(words[1:], bodies, inner, text)
			into[name] = any(inner)
			if slices.Contains(lists, name) {
				into[name] = []any{inner}
			}
		case slices.Contains(texts, name):
			into[name] = []any{text(name)}
		default:
			into[name] = text(name)
		}
	}
	if len(words) > 0 {
		words = words[1:]
	}
	return words
}

// exact are fields whose values are no free text; some give way to status.
func exact(status string) func(name string) any {
	return func(name string) any {
		switch name {
		case "id":
			return "a1"
		case "date", "recorded", "start", "end", "asOf", "issued", "birthDate", "reviewDate", "due":
			return "2026-01-02T10:00:00Z"
		case "value":
			return json.Number("7.10")
		case "count", "size":
			return json.Number("3")
		case "deceased", "doNotPerform":
			return true
		case "kind", "cpr", "status", "clinicalStatus", "verification", "decision", "severity", "use", "comparator", "gender", "criticality", "significance":
			return status
		case "verdict":
			return "KNOWN"
		}
		return hostile
	}
}

// TestEveryFieldHasAPlace: of an answer in which everything is there, every resource of every
// type can be written in XML, and XML has the words that JSON has.
func TestEveryFieldHasAPlace(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, status := range []string{"", "active", "completed", "final", "not-done", "do-not-perform", "REPEAT", "STATEMENT", "entered-in-error", hostile} {
		s := serverOf(t, nil)
		types := s.names()
		data := node(filled(t, s.everythingQuery("A", types), exact(status)))
		person := data.one("patient")
		all := s.provenances(person)
		all.add(s.kinds["Patient"].patients([]node{person}))
		for _, name := range types[1:] {
			all.add(s.kinds[name].resources(person))
		}
		if len(all.resources) < 15 {
			t.Errorf("%q: only %d resources", status, len(all.resources))
		}
		for _, o := range append(all.resources, s.document(person).bundle("https://care.example/fhir")) {
			text, err := asXML(o)
			if err != nil {
				t.Errorf("%q: %v", status, err)
				continue
			}
			in := strings.Count(written(t, o), strings.Trim(written(t, object{"a": hostile}), "{}\n")[4:])
			seen += in
			if out := hostileIn(t, text); in != out {
				t.Errorf("%q: a %s has the hostile text %d times, in XML %d", status, o["resourceType"], in, out)
			}
		}
	}
	if seen < 1000 {
		t.Errorf("the hostile text is only there %d times", seen)
	}
}

// hostileIn counts attributes that are the hostile text, and fails on an element that it made.
func hostileIn(t *testing.T, text []byte) (n int) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(string(text)))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if start.Name.Local == "script" {
				t.Error("a text has become a script")
			}
			for _, a := range start.Attr {
				if a.Value == hostile {
					n++
				}
			}
		}
	}
}

// serverOf is a server over a graph.
func serverOf(t *testing.T, graph Executor) *Server {
	t.Helper()
	return New(graph, func(*http.Request) string { return "https://care.example/fhir" }, slog.New(slog.DiscardHandler),
		func() time.Time { return time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC) })
}

// ask asks a server as a GP and gives the answer.
func ask(t *testing.T, s *Server, method, path string, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(auth.WithSession(t.Context(), &auth.Session{Role: auth.RoleGP}), method, "/fhir/"+path, nil)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// TestAPageRunsNothing: whatever a system says, the page shows it and does nothing with it.
func TestAPageRunsNothing(t *testing.T) {
	t.Parallel()
	s := serverOf(t, nil)
	answer, err := json.Marshal(filled(t, s.everythingQuery("A", s.names()), exact("active")))
	if err != nil {
		t.Fatal(err)
	}
	s.Executor = answering{answer: Answer{Data: answer}}
	w := ask(t, s, http.MethodGet, "Patient/a1/$summary", map[string]string{"Accept": "text/html"})
	page := w.Body.String()
	if w.Code != 200 || strings.Contains(page, "<script") || !strings.Contains(page, "&lt;script&gt;") || !strings.Contains(page, "BP &lt;140") {
		t.Errorf("%d %s", w.Code, page)
	}
	if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") {
		t.Errorf("the page may %s", policy)
	}
}
