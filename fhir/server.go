package fhir

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
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

// Server answers under /fhir. Make it with New.
type Server struct {
	Executor Executor
	// Base is the address of the API as clients write it, without a slash at the end.
	Base func(r *http.Request) string
	Log  *slog.Logger
	Now  func() time.Time
	// LiteralNil words summaries as the national draft does to the letter: where nothing is
	// recorded they say "nilknown" instead of "notasked". Never where a system did not answer.
	LiteralNil bool
	// OAuth are the addresses of the authorization server for the CapabilityStatement, by
	// authorize, token, introspect, revoke and manage; nil for none.
	OAuth map[string]string

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
	kind := s.kinds[path[0]]
	switch {
	case formatOf(r) == "":
		s.refuse(w, r, http.StatusNotAcceptable, "not-supported", "This server answers in application/fhir+json and application/fhir+xml, a summary also in text/html")
	case len(path) == 1 && path[0] == "metadata":
		s.get(w, r, s.metadata)
	case len(path) == 2 && path[0] == "OperationDefinition" && path[1] == "graphql":
		s.get(w, r, s.graphOperation)
	case auth.SessionFrom(r.Context()) == nil:
		w.Header().Set("WWW-Authenticate", "Bearer")
		s.refuse(w, r, http.StatusUnauthorized, "login", "Sign in, or send an access token")
	case kind == nil && path[0] != "Practitioner" && path[0] != "Provenance":
		s.refuse(w, r, http.StatusNotFound, "not-supported", "This server does not offer this resource type; its CapabilityStatement lists those it offers")
	case len(path) == 1:
		s.get(w, r, func(w http.ResponseWriter, r *http.Request) { s.find(w, r, path[0], r.URL.Query()) })
	case len(path) == 2 && path[1] == "_search":
		s.posted(w, r, path[0])
	case len(path) == 3 && path[0] == "Patient" && path[2] == "$everything":
		s.get(w, r, func(w http.ResponseWriter, r *http.Request) { s.everything(w, r, path[1]) })
	case len(path) == 3 && path[0] == "Patient" && path[2] == "$summary":
		s.operation(w, r, func(w http.ResponseWriter, r *http.Request) { s.summary(w, r, path[1]) })
	case len(path) == 2:
		s.get(w, r, func(w http.ResponseWriter, r *http.Request) { s.readOne(w, r, path[0], path[1]) })
	default:
		s.refuse(w, r, http.StatusNotFound, "not-supported", "This server does not offer this interaction: it reads and searches")
	}
}

// find searches one type.
func (s *Server) find(w http.ResponseWriter, r *http.Request, name string, form url.Values) {
	switch name {
	case "Practitioner":
		s.practitionerRequest(w, r, "", form)
	case "Provenance":
		s.provenanceRequest(w, r, "", form)
	default:
		if s.allowed(w, r, name, scope.Search) {
			s.search(w, r, s.kinds[name], form)
		}
	}
}

// readOne reads one resource of a type.
func (s *Server) readOne(w http.ResponseWriter, r *http.Request, name, id string) {
	switch name {
	case "Practitioner":
		s.practitionerRequest(w, r, id, nil)
	case "Provenance":
		s.provenanceRequest(w, r, id, nil)
	default:
		if s.allowed(w, r, name, scope.Read) {
			s.read(w, r, s.kinds[name], id)
		}
	}
}

func (s *Server) get(w http.ResponseWriter, r *http.Request, then http.HandlerFunc) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		s.refuse(w, r, http.StatusMethodNotAllowed, "not-supported", "This server is read-only: nothing is created, changed or deleted")
		return
	}
	then(w, r)
}

// operation runs an operation that changes nothing, by GET or by POST (R4 §3.2.0.2). What a
// POST sends beside its headers is not needed and not read.
func (s *Server) operation(w http.ResponseWriter, r *http.Request, then http.HandlerFunc) {
	if r.Method == http.MethodPost {
		then(w, r)
		return
	}
	s.get(w, r, then)
}

// posted searches by a form: for what should stand in no address, such as an NHS number.
func (s *Server) posted(w http.ResponseWriter, r *http.Request, name string) {
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
	if formatOf(r) == "" { // by `_format` in the form
		s.refuse(w, r, http.StatusNotAcceptable, "not-supported", "This server answers in application/fhir+json and application/fhir+xml")
		return
	}
	s.find(w, r, name, r.Form)
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
	case "BAD_INPUT", "GRAPHQL_VALIDATION_FAILED", "OPERATION_TOO_LARGE":
		return http.StatusBadRequest, "invalid"
	case "AUDIT_UNAVAILABLE":
		return http.StatusServiceUnavailable, "transient"
	}
	return http.StatusInternalServerError, "exception"
}

// refuse answers with an OperationOutcome; text holds no personal data.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, code, text string) {
	s.reply(w, r, status, outcome(code, text))
}
