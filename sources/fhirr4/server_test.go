package fhirr4_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// object is a piece of JSON.
type object = map[string]any

// server is a small FHIR R4 server over HTTP: searches by patient, _id, identifier,
// family and birthdate, paging, includes by a fixed list, batch.
type server struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	entries  []object // Bundle entries
	requests []string // "GET /AllergyIntolerance", in order
	queries  []url.Values
	// answer, if set, answers instead; false means it did not.
	answer func(w http.ResponseWriter, r *http.Request) bool
}

func newServer(t *testing.T, entries ...object) *server {
	t.Helper()
	s := &server{t: t, entries: entries}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// bundleServer serves the resources of a Bundle.
func bundleServer(t *testing.T, bundle []byte) *server {
	t.Helper()
	var b struct{ Entry []object }
	dec := json.NewDecoder(bytes.NewReader(bundle))
	dec.UseNumber() // 7.10 stays 7.10
	if err := dec.Decode(&b); err != nil {
		t.Fatal(err)
	}
	return newServer(t, b.Entry...)
}

func (s *server) behave(f func(w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = f
}

func (s *server) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // unread, it hides the client's going away
	r.Body = io.NopCloser(bytes.NewReader(body))
	_ = r.ParseForm()
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	s.requests = append(s.requests, r.Method+" "+r.URL.Path)
	s.queries = append(s.queries, r.Form)
	answer := s.answer
	s.mu.Unlock()
	if answer != nil && answer(w, r) {
		return
	}
	switch {
	case r.URL.Path == "/metadata":
		reply(w, object{"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"})
	case r.Method == http.MethodPost && r.URL.Path == "/":
		s.batch(w, r)
	default:
		reply(w, s.search(r.URL.Path, r.Form))
	}
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v)
}

func (s *server) batch(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Entry []struct{ Request struct{ URL string } }
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	var out []object
	for _, e := range in.Entry {
		u, _ := url.Parse(e.Request.URL)
		out = append(out, object{"response": object{"status": "200 OK"}, "resource": s.search("/"+u.Path, u.Query())})
	}
	reply(w, object{"resourceType": "Bundle", "type": "batch-response", "entry": out})
}

// search answers a search; pages are by _offset.
func (s *server) search(path string, q url.Values) object {
	kind := strings.Trim(strings.TrimSuffix(path, "/_search"), "/")
	var matches, included []object
	s.mu.Lock()
	for _, e := range s.entries {
		res, _ := e["resource"].(object)
		switch mode, _ := e["search"].(object)["mode"].(string); {
		case mode == "include" && len(q["_include"]) > 0, mode == "outcome":
			included = append(included, e)
		case res["resourceType"] == kind && mode != "include" && about(res, q):
			matches = append(matches, e)
		}
	}
	s.mu.Unlock()
	total := len(matches)
	offset, _ := strconv.Atoi(q.Get("_offset"))
	count, _ := strconv.Atoi(q.Get("_count"))
	matches = matches[min(offset, total):]
	b := object{"resourceType": "Bundle", "type": "searchset", "total": total}
	if count > 0 && len(matches) > count {
		matches = matches[:count]
		q.Set("_offset", strconv.Itoa(offset+count))
		b["link"] = []object{{"relation": "self", "url": s.URL}, {"relation": "next", "url": s.URL + "/" + kind + "?" + q.Encode()}}
	}
	if all := append(slices.Clone(matches), included...); len(all) > 0 {
		b["entry"] = all
	}
	return b
}

// about reports whether a resource matches the search.
func about(res object, q url.Values) bool {
	text, _ := json.Marshal(res)
	holds := func(format, values string) bool {
		for v := range strings.SplitSeq(values, ",") {
			if _, after, ok := strings.Cut(v, "|"); ok {
				v = after
			}
			if strings.Contains(string(text), fmt.Sprintf(format, v)) {
				return true
			}
		}
		return false
	}
	switch {
	case q.Has("patient"):
		return holds(`"reference":"Patient/%s"`, q.Get("patient"))
	case q.Has("_id"):
		return slices.Contains(strings.Split(q.Get("_id"), ","), res["id"].(string))
	case q.Has("identifier"):
		return holds(`"value":"%s"`, q.Get("identifier"))
	case q.Has("family"): // as R4 compares: without regard to case, from the beginning
		text = bytes.ToLower(text)
		return holds(`"family":"%s`, strings.ToLower(q.Get("family"))) && holds(`"birthdate":"%s"`, q.Get("birthdate"))
	case q.Has("birthdate"):
		return holds(`"birthDate":"%s"`, q.Get("birthdate"))
	}
	return true
}

// gzipped answers with the ordinary answer, packed.
func (s *server) gzipped(w http.ResponseWriter, r *http.Request) bool {
	w.Header().Set("Content-Type", "application/fhir+json")
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_ = json.NewEncoder(z).Encode(s.search(r.URL.Path, r.Form))
	_ = z.Close()
	return true
}

// hang waits until the client has gone.
func hang(_ http.ResponseWriter, r *http.Request) bool {
	select {
	case <-r.Context().Done():
	case <-time.After(30 * time.Second):
	}
	return true
}

func status(code int, headers ...string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		return true
	}
}

func text(contentType, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		_, _ = w.Write([]byte(body))
		return true
	}
}
