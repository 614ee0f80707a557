package demo

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"strings"
)

// fhirServer answers FHIR R4 over HTTP for one store: read, search, paging,
// batch of reads and searches, and the errors of a strict server.
type fhirServer struct {
	name   string
	store  *fhirStore
	params map[string]map[string]param
	trap   string // the origin of links nobody should follow
}

func newFHIRServer(name string, store *fhirStore) *fhirServer {
	return &fhirServer{name: name, store: store, params: searchParams()}
}

// fhirPath is the path a request is counted under: its type, without ids.
func fhirPath(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return "/" + first
}

// fhirError is an answer that is an OperationOutcome.
type fhirError struct {
	status int
	code   string // http://hl7.org/fhir/issue-type
	text   string
}

func (e *fhirError) Error() string { return e.text }

func failure(status int, code, format string, args ...any) *fhirError {
	return &fhirError{status, code, fmt.Sprintf(format, args...)}
}

// serve answers one request; v is how badly.
func (s *fhirServer) serve(w http.ResponseWriter, r *http.Request, v visit) {
	if v.fault.Name == faultOutcomeIn200 {
		s.write(w, r, http.StatusOK, outcomeIn200(v.turn))
		return
	}
	if err := negotiate(r); err != nil {
		s.fail(w, r, err)
		return
	}
	if id, ok := strings.CutPrefix(r.URL.Path, "/Binary/"); ok && r.Method == http.MethodGet {
		if err := s.binary(w, id, v); err != nil {
			s.fail(w, r, err)
		}
		return
	}
	body, err := s.route(r, v)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.write(w, r, http.StatusOK, body)
}

// route finds the interaction of a request and performs it.
func (s *fhirServer) route(r *http.Request, v visit) ([]byte, *fhirError) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case r.URL.Path == "/":
		return s.batch(r, v)
	case parts[0] == "metadata" && len(parts) == 1 && read:
		return s.capability(), nil
	case s.params[parts[0]] == nil:
		return nil, failure(http.StatusNotFound, "not-supported", "unknown resource type %q", parts[0])
	case len(parts) == 1 && read:
		return s.search(r, parts[0], r.URL.Query(), v)
	case len(parts) == 2 && parts[1] == "_search" && (read || r.Method == http.MethodPost):
		query, err := searchForm(r)
		if err != nil {
			return nil, err
		}
		return s.search(r, parts[0], query, v)
	case len(parts) == 2 && read:
		return s.read(parts[0], parts[1], v)
	case !read:
		return nil, failure(http.StatusMethodNotAllowed, "not-supported", "%s is not supported here: this server is read-only", r.Method)
	}
	return nil, failure(http.StatusNotFound, "not-found", "no such interaction")
}

// searchForm is the query of a search, with what a POST has in its body.
func searchForm(r *http.Request) (url.Values, *fhirError) {
	if r.Method != http.MethodPost {
		return r.URL.Query(), nil
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil, failure(http.StatusUnsupportedMediaType, "not-supported", "_search takes application/x-www-form-urlencoded")
	}
	if err := r.ParseForm(); err != nil {
		return nil, failure(http.StatusBadRequest, "structure", "the form cannot be read")
	}
	return r.Form, nil
}

func (s *fhirServer) read(kind, id string, v visit) ([]byte, *fhirError) {
	found := s.store.byReference[kind+"/"+id]
	if found == nil {
		return nil, failure(http.StatusNotFound, "not-found", "%s is not known", kind)
	}
	if v.fault.Name == faultWrongPatient && len(found.patients) > 0 {
		other := s.store.other(kind, found.patients[0])
		if others := s.store.byPatient[kind][other]; len(others) > 0 {
			return others[0].body, nil
		}
	}
	return found.body, nil
}

// negotiate refuses what this server cannot speak: it has JSON only.
func negotiate(r *http.Request) *fhirError {
	format := r.URL.Query().Get("_format")
	if format != "" && !strings.Contains(format, "json") {
		return failure(http.StatusNotAcceptable, "not-supported", "only JSON is served")
	}
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if accept == "" || format != "" || strings.Contains(accept, "json") || strings.Contains(accept, "*/*") || strings.Contains(accept, "application/*") {
		return nil
	}
	return failure(http.StatusNotAcceptable, "not-supported", "only application/fhir+json is served")
}

// write sends a body with its ETag, as 304 when the client has it, compressed
// when the client takes it and it is worth while.
func (s *fhirServer) write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	hash := fnv.New64a()
	_, _ = hash.Write(body)
	etag := fmt.Sprintf(`W/"%x"`, hash.Sum64())
	h := w.Header()
	h.Set("Content-Type", "application/fhir+json; charset=utf-8")
	h.Set("Vary", "Accept, Accept-Encoding")
	if status == http.StatusOK {
		h.Set("ETag", etag)
		if match := r.Header.Get("If-None-Match"); match != "" && (match == "*" || strings.Contains(match, etag)) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	const worthwhile = 2 << 10
	if len(body) < worthwhile || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		_, _ = w.Write(body)
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	zip, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	_, _ = zip.Write(body)
	_ = zip.Close()
}

func (s *fhirServer) fail(w http.ResponseWriter, r *http.Request, err *fhirError) {
	s.write(w, r, err.status, outcome("error", err.code, err.text))
}

// unwell words an error status of a fault as a FHIR server does.
func (s *fhirServer) unwell(w http.ResponseWriter, status int) {
	code := map[int]string{401: "login", 429: "throttled", 503: "transient", 413: "too-long"}[status]
	if code == "" {
		code = "exception"
	}
	w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(outcome("error", code, http.StatusText(status)))
}

func outcome(severity, code, text string) []byte {
	body, _ := json.Marshal(object{"resourceType": "OperationOutcome", "issue": list{object{
		"severity": severity, "code": code, "diagnostics": text,
	}}})
	return bytes.TrimSpace(body)
}
