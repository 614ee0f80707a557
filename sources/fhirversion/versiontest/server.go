// Package versiontest is a small FHIR server over HTTP for the tests of the connectors
// of other versions: it searches what it was given and knows nothing of any version.
package versiontest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// Server is a running server.
type Server struct {
	*httptest.Server

	mu        sync.Mutex
	resources []string
	answer    func(http.ResponseWriter, *http.Request) bool
	asked     []string
	paused    chan struct{}
}

// New starts a server that holds resources, each one JSON object. It stops by t.Cleanup.
func New(t testing.TB, resources ...string) *Server {
	t.Helper()
	s := &Server{resources: resources, paused: make(chan struct{})}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

// Behave makes answer answer from now on; nil heals. It says false for what it leaves to
// the server.
func (s *Server) Behave(answer func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer, s.asked = answer, nil
}

// Asked are the paths and queries since Behave.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// Hang takes a request and answers nothing until the client goes.
func (s *Server) Hang(_ http.ResponseWriter, r *http.Request) bool {
	select {
	case <-r.Context().Done():
	case <-s.paused:
	}
	panic(http.ErrAbortHandler)
}

// Confuse answers about the one when asked about the other, and about everybody it holds
// and a third, whom nobody asked about, when asked about both.
func (s *Server) Confuse(one, other string, third ...string) func(http.ResponseWriter, *http.Request) bool {
	swap := strings.NewReplacer(one, other, other, one)
	return func(w http.ResponseWriter, r *http.Request) bool {
		q := url.Values{}
		for name, values := range r.Form {
			for _, v := range values {
				if !strings.Contains(v, one) || !strings.Contains(v, other) {
					q.Add(name, swap.Replace(v))
				}
			}
		}
		s.search(w, r.URL.Path, q, third...)
		return true
	}
}

// Text answers with a body.
func Text(contentType, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body)
		return true
	}
}

// Status answers with a status and headers.
func Status(code int, headers ...string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		return true
	}
}

// HangUp closes the connection without an answer.
func HangUp(w http.ResponseWriter, _ *http.Request) bool {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
	return true
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	_, _ = io.Copy(io.Discard, r.Body) // unread, it hides the client's going away
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.Path+"?"+r.Form.Encode())
	answer := s.answer
	s.mu.Unlock()
	if answer != nil && answer(w, r) {
		return
	}
	s.search(w, r.URL.Path, r.Form)
}

// search answers with what matches, and with everything that is not about anybody as
// sent along.
func (s *Server) search(w http.ResponseWriter, path string, q url.Values, more ...string) {
	kind := strings.Trim(strings.TrimSuffix(path, "/_search"), "/")
	w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
	if kind == "metadata" {
		_, _ = io.WriteString(w, `{"resourceType":"CapabilityStatement"}`)
		return
	}
	var out []string
	for _, text := range append(s.resources[:len(s.resources):len(s.resources)], more...) {
		o, err := fhirversion.Decode([]byte(text))
		switch {
		case err != nil:
		case o.Text("resourceType") == kind && matches(o, text, q):
			out = append(out, `{"resource":`+text+`,"search":{"mode":"match"}}`)
		case !strings.Contains(text, `"Patient/`) && o.Text("resourceType") != "Patient" && q.Has("_include"):
			out = append(out, `{"resource":`+text+`,"search":{"mode":"include"}}`)
		}
	}
	_, _ = io.WriteString(w, `{"resourceType":"Bundle","type":"searchset","entry":[`+strings.Join(out, ",")+`]}`)
}

func matches(o *fhirversion.Node, text string, q url.Values) bool {
	any := func(values, before, after string) bool {
		for v := range strings.SplitSeq(values, ",") {
			if _, bare, ok := strings.Cut(v, "|"); ok {
				v = bare
			}
			if strings.Contains(text, before+v+after) {
				return true
			}
		}
		return false
	}
	switch {
	case q.Has("patient"):
		return any(strings.ReplaceAll(q.Get("patient"), "Patient/", ""), `"Patient/`, `"`)
	case q.Has("_id"):
		return any(q.Get("_id"), `"id":"`, `"`)
	case q.Has("identifier"):
		return any(q.Get("identifier"), `"value":"`, `"`)
	case q.Has("family"):
		return any(q.Get("family"), `"family":"`, ``) && o.Text("birthDate") == q.Get("birthdate")
	}
	return true
}

// Resources are the resources of a Bundle, one by one.
func Resources(t testing.TB, bundle []byte) []string {
	t.Helper()
	var b struct {
		Entry []struct{ Resource json.RawMessage }
	}
	if err := json.Unmarshal(bundle, &b); err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(b.Entry))
	for i, e := range b.Entry {
		all[i] = string(e.Resource)
	}
	return all
}
