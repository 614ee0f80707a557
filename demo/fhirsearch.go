package demo

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	defaultCount = 50
	maxCount     = 1000
)

// query is one search, understood.
type query struct {
	kind     string
	values   url.Values // as asked, for links
	filters  []filter
	patients []string // asked for by patient or subject; nil: everybody
	includes []string
	count    int
	offset   int
	summary  bool // _summary=count
	oldest   bool // oldest first
	page     int  // pages asked so far, for endless paging
}

// filter is one parameter to be matched.
type filter struct {
	param           param
	modifier, value string
}

// search performs one search and renders its Bundle.
func (s *fhirServer) search(r *http.Request, kind string, values url.Values, v visit) ([]byte, *fhirError) {
	strict := strings.Contains(r.Header.Get("Prefer"), "handling=strict")
	q, err := s.parse(kind, values, strict)
	if err != nil {
		return nil, err
	}
	found := confuse(s.store, q, s.find(q), v)
	return s.bundle(r, q, found, v), nil
}

// parse reads the parameters of a search and refuses what cannot be obeyed.
func (s *fhirServer) parse(kind string, values url.Values, strict bool) (*query, *fhirError) {
	q := &query{kind: kind, values: url.Values{}, count: defaultCount}
	for _, name := range sortedKeys(values) {
		for _, value := range values[name] {
			if value == "" {
				continue
			}
			if err := s.parameter(q, name, value, strict); err != nil {
				return nil, err
			}
		}
	}
	return q, nil
}

func (s *fhirServer) parameter(q *query, name, value string, strict bool) *fhirError {
	if name != cursorParam {
		q.values.Add(name, value)
	}
	switch name {
	case "_count":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return failure(http.StatusBadRequest, "invalid", "_count must be a number")
		}
		q.count, q.summary = min(n, maxCount), q.summary || n == 0
		return nil
	case "_sort":
		q.oldest = !strings.HasPrefix(value, "-")
		return nil
	case "_include", "_include:iterate":
		q.includes = append(q.includes, value)
		return nil
	case "_summary":
		q.summary = q.summary || value == "count"
		return nil
	case "_format", "_pretty", "_total", "_elements":
		return nil
	case cursorParam:
		return q.resume(value)
	}
	return s.filter(q, name, value, strict)
}

func (s *fhirServer) filter(q *query, name, value string, strict bool) *fhirError {
	bare, modifier, _ := strings.Cut(name, ":")
	if base, chained := strings.CutSuffix(bare, ".identifier"); chained && (base == "patient" || base == "subject") {
		q.restrict(s.identified(value))
		return nil
	}
	p, known := s.params[q.kind][bare]
	if !known {
		if strict {
			return failure(http.StatusBadRequest, "not-supported", "unknown search parameter %q for %s", bare, q.kind)
		}
		return nil
	}
	if !p.allows(modifier) {
		return failure(http.StatusBadRequest, "not-supported", "modifier %q is not supported for %s", modifier, bare)
	}
	if p.kind == dateParam {
		for date := range strings.SplitSeq(value, ",") {
			if _, _, ok := parseDateParameter(date); !ok {
				return failure(http.StatusBadRequest, "invalid", "%s is not a date", bare)
			}
		}
	}
	if bare == "patient" || bare == "subject" {
		q.restrict(patientIDs(value))
		return nil
	}
	q.filters = append(q.filters, filter{p, modifier, value})
	return nil
}

// allows names the modifiers each type of parameter understands.
func (p param) allows(modifier string) bool {
	switch p.kind {
	case stringParam:
		return slices.Contains([]string{"", "exact", "contains"}, modifier)
	case tokenParam:
		return slices.Contains([]string{"", "not"}, modifier)
	case referenceParam:
		return modifier == "" || (modifier[0] >= 'A' && modifier[0] <= 'Z')
	}
	return modifier == ""
}

func patientIDs(value string) []string {
	ids := []string{}
	for one := range strings.SplitSeq(value, ",") {
		reference := referenceOf(strings.TrimSpace(one))
		if id, ok := strings.CutPrefix(reference, "Patient/"); ok || !strings.Contains(reference, "/") {
			ids = append(ids, id)
		}
	}
	return ids
}

// identified are the patients with one of these identifiers.
func (s *fhirServer) identified(value string) []string {
	ids := []string{}
	for _, patient := range s.store.byKind["Patient"] {
		if tokenAt("identifier").matches(patient, "", value) {
			ids = append(ids, patient.id)
		}
	}
	return ids
}

// restrict narrows the patients asked for; said twice, both must hold.
func (q *query) restrict(ids []string) {
	if q.patients == nil {
		q.patients = ids
		return
	}
	q.patients = slices.DeleteFunc(slices.Clone(q.patients), func(id string) bool { return !slices.Contains(ids, id) })
}

// find returns the matches in the order of the answer.
func (s *fhirServer) find(q *query) []*resource {
	candidates := s.store.byKind[q.kind]
	if q.patients != nil {
		candidates = s.store.of(q.kind, q.patients)
	}
	found := make([]*resource, 0, len(candidates))
	for _, r := range candidates {
		if q.fits(r) {
			found = append(found, r)
		}
	}
	if q.oldest {
		slices.Reverse(found)
	}
	return found
}

func (q *query) fits(r *resource) bool {
	for _, f := range q.filters {
		if !f.param.matches(r, f.modifier, f.value) {
			return false
		}
	}
	return true
}

// of is what the store has of one type about some patients.
func (s *fhirStore) of(kind string, patients []string) []*resource {
	var all []*resource
	for i, patient := range patients {
		if slices.Contains(patients[:i], patient) {
			continue
		}
		for _, r := range s.byPatient[kind][patient] {
			if len(r.patients) == 1 || !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// cursorParam carries the place in a paged answer, opaque to clients.
const cursorParam = "_cursor"

func cursor(offset, page int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "o%d.p%d", offset, page))
}

func (q *query) resume(text string) *fhirError {
	plain, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		_, err = fmt.Sscanf(string(plain), "o%d.p%d", &q.offset, &q.page)
	}
	if err != nil || q.offset < 0 {
		return failure(http.StatusBadRequest, "invalid", "the page link is not one of this server's")
	}
	return nil
}
