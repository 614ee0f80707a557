package fhir

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// readWait is how long a read or search waits for slow systems, in milliseconds: as long
// as readers may (answers.max_wait), because a FHIR client cannot ask for the rest.
const readWait = 60_000

// search answers a searchset.
func (s *Server) search(w http.ResponseWriter, r *http.Request, k *kind, form url.Values) {
	if k.name == "Patient" {
		s.searchPatient(w, r, k, form)
		return
	}
	q, problem := k.parse(form)
	if problem != "" {
		s.refuse(w, r, http.StatusBadRequest, "invalid", problem)
		return
	}
	if q.patient == "" { // every id asked for is malformed: of nobody
		s.reply(w, r, http.StatusOK, s.page(r, k.name, q, found{}))
		return
	}
	data, err := s.run(w, r, k.operation, k.query, map[string]any{"id": q.patient, "wait": readWait})
	if err != nil {
		return
	}
	person := data.one("patient")
	if person == nil { // nobody that may be opened: not somebody without resources
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such person that you may open")
		return
	}
	f := shown(r.Context(), k, scope.Search, k.resources(person))
	f.resources = slices.DeleteFunc(f.resources, func(o object) bool { return !q.matches(k, o) })
	s.reply(w, r, http.StatusOK, s.page(r, k.name, q, f))
}

// read answers one resource. Another person's, one that is hidden and one that does not
// exist are not told apart.
func (s *Server) read(w http.ResponseWriter, r *http.Request, k *kind, id string) {
	if k.name == "Patient" {
		s.readPatient(w, r, k, id)
		return
	}
	patient, ok := patientOf(id)
	if !ok {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	data, err := s.run(w, r, k.operation, k.query, map[string]any{"id": patient, "wait": readWait})
	if err != nil {
		return
	}
	person := data.one("patient")
	if person == nil {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	s.oneOf(w, r, shown(r.Context(), k, scope.Read, k.resources(person)), id)
}

// oneOf answers the one with an id. Where somebody did not answer it may be there.
func (s *Server) oneOf(w http.ResponseWriter, r *http.Request, f found, id string) {
	for _, o := range f.resources {
		if o["id"] == id {
			s.reply(w, r, http.StatusOK, o)
			return
		}
	}
	if len(f.missing) > 0 {
		s.reply(w, r, http.StatusServiceUnavailable, object{"resourceType": "OperationOutcome", "issue": f.missing})
		return
	}
	s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
}

// query is a search as understood.
type query struct {
	patient    string
	ids        []string // nil for any
	codes      [][]string
	categories [][]string
	statuses   []string
	dates      []dateBound
	count      int
	// progress is where the page begins, or offset, of all together.
	progress progress
	offset   int
	// summary: `_summary=count`.
	summary bool
	// provenance: `_revinclude=Provenance:target`.
	provenance bool
	issues     []object
	form       url.Values
}

// parse understands the parameters. One that it does not know is told in the outcome and
// not used (FHIR R4 §3.1.1.3.1 lenient handling); a wrong value is a problem.
func (k *kind) parse(form url.Values) (q query, problem string) {
	q = query{count: defaultCount, form: url.Values{}}
	for name, values := range form {
		if handled, problem := q.paging(name, values); problem != "" {
			return q, problem
		} else if handled {
			continue
		}
		switch name {
		case "patient", "subject":
			id := strings.TrimPrefix(values[0], "Patient/")
			if len(values) > 1 || q.patient != "" && q.patient != id || !goodID(id) || strings.Contains(id, ".") {
				return q, "`patient` must be one id of a Patient of this server"
			}
			q.patient = id
		case "_id":
			for _, v := range values {
				q.ids = append(q.ids, strings.Split(v, ",")...)
			}
		case "code", "category":
			switch {
			case k.uncoded:
				q.ignore(name)
				continue
			case name == "code":
				q.codes = tokens(values)
			default:
				q.categories = tokens(values)
			}
		case "status", "clinical-status":
			if k.status == "" {
				q.ignore(name)
				continue
			}
			for _, v := range values {
				q.statuses = append(q.statuses, strings.Split(v, ",")...)
			}
		case "date":
			if len(k.date) == 0 {
				q.ignore(name)
				continue
			}
			for _, v := range values {
				bound, ok := boundOf(v)
				if !ok {
					return q, "`date` must be a date, with a prefix such as ge or lt if you like: ge2026-01-31"
				}
				q.dates = append(q.dates, bound)
			}
		default:
			q.ignore(name)
			continue
		}
		q.form[name] = values
	}
	return q, q.whose()
}

// whose finds whose resources are meant: of one person at a time.
func (q *query) whose() (problem string) {
	for _, id := range q.ids {
		patient, ok := patientOf(id)
		switch {
		case !ok:
			continue
		case q.patient == "":
			q.patient = patient
		case q.patient != patient:
			return "One search is about one person, and this one names resources of several"
		}
	}
	if q.patient == "" && q.ids == nil {
		return "Say whose: `patient` is needed, or ids"
	}
	return ""
}

func (q *query) ignore(name string) {
	text := "A search parameter is not known here and was not used"
	if searchName(name) {
		text = "The search parameter " + name + " is not known here and was not used"
	}
	q.issues = append(q.issues, object{"severity": "warning", "code": "not-supported", "diagnostics": text})
}

// searchName reports whether a parameter's name may be repeated in an answer.
func searchName(name string) bool {
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' && c != ':' && c != '.' {
			return false
		}
	}
	return len(name) <= 40
}

// tokens reads `a,b` repeated: each is any of, all must hold (FHIR R4 §3.1.1.4.9).
func tokens(values []string) [][]string {
	var all [][]string
	for _, v := range values {
		all = append(all, strings.Split(v, ","))
	}
	return all
}

// matches reports whether a rendered resource fits: what is not shown cannot be searched
// by.
func (q *query) matches(k *kind, o object) bool {
	if q.ids != nil {
		id, _ := o["id"].(string)
		if id == "" || !slices.Contains(q.ids, id) {
			return false
		}
	}
	for _, any := range q.codes {
		if !coded1(o["code"], any) && !coded1(o["medicationCodeableConcept"], any) && !coded1(o["vaccineCode"], any) && !coded1(o["type"], any) {
			return false
		}
	}
	for _, any := range q.categories {
		if !coded1(o["category"], any) {
			return false
		}
	}
	if q.statuses != nil && !statusFits(o[k.status], q.statuses) {
		return false
	}
	for _, bound := range q.dates {
		if !bound.fits(k, o) {
			return false
		}
	}
	return true
}

// coded1 reports whether a CodeableConcept, a list of them, or a code has one of the tokens:
// code, system|code, |code or system|.
func coded1(v any, tokens []string) bool {
	switch v := v.(type) {
	case []object:
		return slices.ContainsFunc(v, func(o object) bool { return coded1(o, tokens) })
	case []string:
		return slices.ContainsFunc(v, func(s string) bool { return slices.Contains(tokens, s) })
	case object:
		codings, _ := v["coding"].([]object)
		return slices.ContainsFunc(codings, func(c object) bool {
			system, _ := c["system"].(string)
			code, _ := c["code"].(string)
			return slices.ContainsFunc(tokens, func(t string) bool {
				s, c, both := strings.Cut(t, "|")
				if !both {
					return t == code
				}
				return s == system && (c == "" || c == code)
			})
		})
	}
	return false
}

func statusFits(v any, wanted []string) bool {
	if s, ok := v.(string); ok {
		return slices.Contains(wanted, s)
	}
	return coded1(v, wanted)
}
