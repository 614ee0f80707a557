package fhir

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Executor runs one GraphQL operation for the caller in ctx. An error means that nothing
// may leave; what the operation itself refused stands in Answer.Problems.
type Executor interface {
	Run(ctx context.Context, operation, query string, variables map[string]any) (Answer, error)
}

// Answer is what an operation gave.
type Answer struct {
	// Data is the operation's data; null or absent if there is none.
	Data json.RawMessage
	// Problems are its errors.
	Problems []Problem
}

// Problem is one error of an operation.
type Problem struct {
	// Code is the graph's: FORBIDDEN, PATIENT_NOT_FOUND …; Message one sentence for the
	// user without personal data.
	Code, Message string
}

// Server answers under /fhir. All fields must be set.
type Server struct {
	Executor Executor
	// Base is the address of the API as clients write it, without a slash at the end.
	Base func(r *http.Request) string
	Log  *slog.Logger
	Now  func() time.Time

	kinds map[string]*kind
}

// New makes the server ready.
func New(x Executor, base func(r *http.Request) string, log *slog.Logger, now func() time.Time) *Server {
	s := &Server{Executor: x, Base: base, Log: log, Now: now, kinds: map[string]*kind{}}
	for _, k := range kinds() {
		k.prepare()
		s.kinds[k.name] = k
	}
	return s
}

// mostForm is how large a search by POST may be.
const mostForm = 16 << 10

// ServeHTTP answers one request. It stands inside auth.Authenticator.Middleware.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(strings.Trim(strings.TrimPrefix(r.URL.Path, "/fhir"), "/"), "/")
	switch {
	case !acceptable(r):
		s.refuse(w, r, http.StatusNotAcceptable, "not-supported", "This server answers in application/fhir+json only")
	case len(path) == 1 && path[0] == "metadata":
		s.get(w, r, s.metadata)
	case auth.SessionFrom(r.Context()) == nil:
		w.Header().Set("WWW-Authenticate", "Bearer")
		s.refuse(w, r, http.StatusUnauthorized, "login", "Sign in, or send an access token")
	case s.kinds[path[0]] == nil:
		s.refuse(w, r, http.StatusNotFound, "not-supported", "This server does not offer this resource type; its CapabilityStatement lists those it offers")
	case len(path) == 1:
		s.get(w, r, func(w http.ResponseWriter, r *http.Request) { s.search(w, r, s.kinds[path[0]], r.URL.Query()) })
	case len(path) == 2 && path[1] == "_search":
		s.posted(w, r, s.kinds[path[0]])
	case len(path) == 3 && path[0] == "Patient" && path[2] == "$everything":
		s.get(w, r, func(w http.ResponseWriter, r *http.Request) { s.everything(w, r, path[1]) })
	case len(path) == 2:
		s.get(w, r, func(w http.ResponseWriter, r *http.Request) { s.read(w, r, s.kinds[path[0]], path[1]) })
	default:
		s.refuse(w, r, http.StatusNotFound, "not-supported", "This server does not offer this interaction: it reads and searches")
	}
}

// acceptable reports whether the client takes JSON (FHIR R4 §3.1.0.1.11).
func acceptable(r *http.Request) bool {
	wanted := r.URL.Query().Get("_format")
	if wanted == "" {
		if wanted = r.Header.Get("Accept"); wanted == "" {
			return true
		}
	}
	return slices.ContainsFunc([]string{"json", "*/*", "application/*"}, func(kind string) bool { return strings.Contains(wanted, kind) })
}

func (s *Server) get(w http.ResponseWriter, r *http.Request, then http.HandlerFunc) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		s.refuse(w, r, http.StatusMethodNotAllowed, "not-supported", "This server is read-only: nothing is created, changed or deleted")
		return
	}
	then(w, r)
}

// posted searches by a form: for what should stand in no address, such as an NHS number.
func (s *Server) posted(w http.ResponseWriter, r *http.Request, k *kind) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		s.refuse(w, r, http.StatusMethodNotAllowed, "not-supported", "Search here by POST")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, http.StatusBadRequest, "invalid", "The search is no form, or too large")
		return
	}
	s.search(w, r, k, r.Form)
}

// errAnswered: the request has been answered already.
var errAnswered = errors.New("answered")

// run runs an operation and decodes its data; if that is not to be, it has answered.
func (s *Server) run(w http.ResponseWriter, r *http.Request, operation, query string, variables map[string]any) (node, error) {
	answer, err := s.Executor.Run(r.Context(), operation, query, variables)
	return s.decoded(w, r, operation, answer, err)
}

func (s *Server) decoded(w http.ResponseWriter, r *http.Request, operation string, answer Answer, err error) (node, error) {
	if err != nil {
		s.refuse(w, r, http.StatusServiceUnavailable, "transient", "The audit cannot be written, so nothing is shown")
		return nil, errAnswered
	}
	var data node
	if len(answer.Data) > 0 {
		decoder := json.NewDecoder(strings.NewReader(string(answer.Data)))
		decoder.UseNumber()
		if err := decoder.Decode(&data); err != nil {
			s.Log.Error("an operation's answer cannot be read", "operation", operation)
			s.refuse(w, r, http.StatusInternalServerError, "exception", "Something went wrong here")
			return nil, errAnswered
		}
	}
	if len(answer.Problems) > 0 {
		p := answer.Problems[0]
		status, code := statusOf(p.Code)
		s.refuse(w, r, status, code, p.Message)
		return nil, errAnswered
	}
	return data, nil
}

// statusOf words the graph's refusals as FHIR does.
func statusOf(code string) (status int, issue string) {
	switch code {
	case "UNAUTHENTICATED":
		return http.StatusUnauthorized, "login"
	case "FORBIDDEN":
		return http.StatusForbidden, "forbidden"
	case "PATIENT_NOT_FOUND":
		return http.StatusNotFound, "not-found"
	case "LOOKUP_INCOMPLETE":
		return http.StatusServiceUnavailable, "incomplete"
	case "BAD_INPUT", "GRAPHQL_VALIDATION_FAILED":
		return http.StatusBadRequest, "invalid"
	case "AUDIT_UNAVAILABLE":
		return http.StatusServiceUnavailable, "transient"
	}
	return http.StatusInternalServerError, "exception"
}

// reply writes a resource.
func reply(w http.ResponseWriter, r *http.Request, status int, resource object) {
	h := w.Header()
	h.Set("Content-Type", "application/fhir+json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(resource)
}

// refuse answers with an OperationOutcome; text holds no personal data.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, code, text string) {
	reply(w, r, status, object{"resourceType": "OperationOutcome", "issue": []object{{"severity": "error", "code": code, "diagnostics": text}}})
}

// one gives one parameter; two of a name are told apart by ok.
func one(form url.Values, name string) (value string, ok bool) {
	return form.Get(name), len(form[name]) <= 1
}
