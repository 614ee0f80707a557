package openehr

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// Base is the path under which the API answers, and Namespace that of subjects whose id is
// their NHS number.
const (
	Base      = "/rest/openehr/v1"
	Namespace = "nhs_number"
)

// Server is the repository.
type Server struct {
	ehrs   []*EHR
	stored map[string]string
	// User and Password are who may ask, by basic authentication; "" lets everybody.
	User, Password string
}

// New makes a repository with stored queries, AQL by name ("org.example::name").
func New(ehrs []EHR, stored map[string]string) *Server {
	s := &Server{stored: stored}
	for i := range ehrs {
		s.ehrs = append(s.ehrs, &ehrs[i])
	}
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Serve(w, r, "") }

// Serve answers with a fault of the format, one of "wrong-patient", "mixed-patients",
// "duplicates", "endless-paging", "next-loop" and "outcome-in-200"; "" is none.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, fault string) {
	user, password, _ := r.BasicAuth()
	path, below := strings.CutPrefix(r.URL.Path, Base)
	switch {
	case s.User != "" && (user != s.User || password != s.Password):
		w.Header().Set("WWW-Authenticate", `Basic realm="cdr"`)
		s.Unwell(w, http.StatusUnauthorized)
	case fault == "outcome-in-200":
		write(w, http.StatusOK, object{"error": "Service Unavailable", "message": "the store does not answer"})
	case !below:
		s.Unwell(w, http.StatusNotFound)
	case path == "/ehr" && r.Method == http.MethodGet:
		s.subject(w, r, fault)
	case strings.HasPrefix(path, "/query/") && r.Method == http.MethodPost:
		s.query(w, r, strings.TrimPrefix(path, "/query/"), fault)
	default:
		s.Unwell(w, http.StatusNotFound)
	}
}

// Unwell writes an error status as the repository words it.
func (s *Server) Unwell(w http.ResponseWriter, status int) {
	write(w, status, object{"error": http.StatusText(status), "message": "the request was refused"})
}

func write(w http.ResponseWriter, status int, body object) {
	text, _ := json.Marshal(body) // strings, numbers and lists of them
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(bytes.TrimSpace(text))
}

func (s *Server) subject(w http.ResponseWriter, r *http.Request, fault string) {
	q := r.URL.Query()
	for i, e := range s.ehrs {
		if e.NHS != "" && e.NHS == q.Get("subject_id") && q.Get("subject_namespace") == Namespace {
			if fault == "wrong-patient" || fault == "mixed-patients" {
				e = s.ehrs[(i+1)%len(s.ehrs)]
			}
			write(w, http.StatusOK, e.object())
			return
		}
	}
	s.Unwell(w, http.StatusNotFound)
}

// question is the body of a query.
type question struct {
	Q          string         `json:"q"`
	Parameters map[string]any `json:"query_parameters"`
	Offset     int            `json:"offset"`
	Fetch      int            `json:"fetch"`
}

func (s *Server) query(w http.ResponseWriter, r *http.Request, name, fault string) {
	var body question
	if json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&body) != nil {
		s.Unwell(w, http.StatusBadRequest)
		return
	}
	if name != "aql" {
		name, _, _ = strings.Cut(name, "/") // any version is the one there is
		stored, ok := s.stored[name]
		if !ok {
			s.Unwell(w, http.StatusNotFound)
			return
		}
		body.Q = stored
	}
	q, ok := parse(body.Q)
	if !ok {
		s.Unwell(w, http.StatusBadRequest)
		return
	}
	rows, ok := q.run(s.ehrs, body.Parameters)
	if !ok {
		s.Unwell(w, http.StatusBadRequest)
		return
	}
	s.mistake(fault, rows, body.Parameters)
	if q.limit < 0 && body.Fetch > 0 {
		q.limit, q.offset = body.Fetch, body.Offset
	}
	answer := object{"_type": "RESULTSET", "q": body.Q, "columns": []object{}}
	var heads []object
	for i, name := range q.names {
		heads = append(heads, object{"path": "/" + strings.Join(strings.Split(q.paths[i], "/")[1:], "/"), "name": name})
	}
	answer["columns"], answer["rows"] = heads, spoil(fault, rows, &q)
	write(w, http.StatusOK, answer)
}

// mistake puts a stranger's ids in place of those that were asked for: in all rows, or in
// every second one. The rows are then said to be somebody else's.
func (s *Server) mistake(fault string, rows [][]any, parameters map[string]any) {
	if fault != "wrong-patient" && fault != "mixed-patients" {
		return
	}
	asked := map[any]bool{}
	for _, v := range parameters {
		list, many := v.([]any)
		if !many {
			list = []any{v}
		}
		for _, one := range list {
			asked[one] = true
		}
	}
	for n, row := range rows {
		for i, v := range row {
			if text, ok := v.(string); ok && (fault == "wrong-patient" || n%2 == 0) {
				row[i] = s.stranger(text, asked)
			}
		}
	}
}

// stranger is the id of somebody who was not asked for, if text is that of somebody.
func (s *Server) stranger(text string, asked map[any]bool) string {
	of := func(e *EHR) []string { return []string{e.ID, e.NHS} }
	for _, e := range s.ehrs {
		for kind, id := range of(e) {
			if id == "" || id != text {
				continue
			}
			for _, other := range s.ehrs {
				if other := of(other)[kind]; other != "" && other != id && !asked[other] {
					return other
				}
			}
		}
	}
	return text
}

// spoil gives the page that was asked for, or as the fault has it.
func spoil(fault string, rows [][]any, q *query) [][]any {
	if fault == "duplicates" {
		rows = append(slices.Clone(rows), rows...)
	}
	if q.limit < 0 {
		return rows
	}
	from := q.offset
	switch {
	case fault == "next-loop":
		from = 0
	case fault == "endless-paging" && len(rows) > 0:
		from %= len(rows)
	}
	from = min(from, len(rows))
	return append([][]any{}, rows[from:min(from+q.limit, len(rows))]...)
}
