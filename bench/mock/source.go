package mock

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// source is one FHIR server.
type source struct {
	region *Region
	letter string
	base   string
	// records are by population and type; no entry is an empty searchset.
	records map[Population]map[string]template
	counts  map[string]*atomic.Int64
	buffers sync.Pool
}

func newSource(r *Region, letter, base string, sources int) *source {
	s := &source{region: r, letter: letter, base: base, records: map[Population]map[string]template{}, counts: map[string]*atomic.Int64{}}
	for _, of := range []Population{Whole, Listed, New} {
		s.records[of] = render(of, letter, base, sources)
	}
	for kind := range idPrefix {
		s.counts[kind] = new(atomic.Int64)
	}
	s.counts[batchKind] = new(atomic.Int64)
	return s
}

// ServeHTTP answers a search after the region's wait.
func (s *source) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	arrived := time.Now()
	if r.Method == http.MethodPost && r.URL.Path == "/R4" {
		s.counts[batchKind].Add(1)
		if err := s.batch(w, r, arrived); err != nil {
			s.refuse(w, r, batchKind, err)
		}
		return
	}
	kind, query, err := s.question(r)
	if err == nil {
		first, _, _ := strings.Cut(kind, "+")
		s.counts[first].Add(1)
		if err = s.search(w, kind, query, arrived); err == nil {
			return
		}
	}
	s.refuse(w, r, kind, err)
}

// refuse answers what cannot be answered truthfully, and remembers it.
func (s *source) refuse(w http.ResponseWriter, r *http.Request, kind string, err error) {
	s.region.complain(fmt.Sprintf("%s /%s: %v", r.Method, kind, err))
	http.Error(w, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-supported"}]}`, http.StatusBadRequest)
}

// question reads which search is asked, by GET or by POST.
func (s *source) question(r *http.Request) (kind string, query url.Values, err error) {
	kind = strings.TrimPrefix(r.URL.Path, "/R4/")
	text := r.URL.RawQuery
	body := ""
	if r.Method == http.MethodPost {
		kind = strings.TrimSuffix(kind, "/_search")
		raw := make([]byte, max(0, r.ContentLength))
		if _, err := readFull(r.Body, raw); err != nil {
			return kind, nil, err
		}
		body, text = string(raw), string(raw)
	}
	s.region.record(Call{Source: s.letter, Method: r.Method, Path: r.URL.RequestURI(), Body: body, ContentType: r.Header.Get("Content-Type")})
	for part := range strings.SplitSeq(kind, "+") { // several types in one: only the floor asks so
		if idPrefix[part] == "" {
			return kind, nil, fmt.Errorf("there is no such type here")
		}
	}
	query, err = url.ParseQuery(text)
	return kind, query, err
}

// search answers one search.
func (s *source) search(w http.ResponseWriter, kind string, query url.Values, arrived time.Time) error {
	buf := s.buffer()
	defer s.buffers.Put(buf)
	b, err := s.searchset((*buf)[:0], kind, query)
	if err != nil {
		return err
	}
	*buf = b
	s.send(w, b, arrived)
	return nil
}

func (s *source) buffer() *[]byte {
	if buf, ok := s.buffers.Get().(*[]byte); ok {
		return buf
	}
	return new([]byte)
}

// searchset appends the Bundle that answers a search.
func (s *source) searchset(b []byte, kind string, query url.Values) ([]byte, error) {
	people, limit, err := s.people(kind, query)
	if err != nil {
		return b, err
	}
	total := 0
	kinds := strings.Split(kind, "+")
	for _, p := range people {
		for _, k := range kinds {
			total += s.template(p, k).count
		}
	}
	if total > limit {
		return b, fmt.Errorf("a page of %d cannot hold %d", limit, total)
	}
	b = fmt.Appendf(b, `{"resourceType":"Bundle","id":"bench","type":"searchset","total":%d,"link":[{"relation":"self","url":"%s/%s"}],"entry":[`, total, s.base, kind)
	for _, p := range people {
		for _, k := range kinds {
			if t := s.template(p, k); t.count > 0 {
				b = append(t.append(b, p), ',')
			}
		}
	}
	if b[len(b)-1] == ',' {
		b = b[:len(b)-1]
	}
	return append(b, "]}"...), nil
}

// send sends an answer after the region's wait.
func (s *source) send(w http.ResponseWriter, b []byte, arrived time.Time) {
	s.region.pause(arrived)
	w.Header().Set("Content-Type", "application/fhir+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	s.region.bytes.Add(int64(len(b)))
	_, _ = w.Write(b)
}

func (s *source) template(p *Person, kind string) template {
	of, _ := populationOf(p.Number)
	return s.records[of][kind]
}

// people reads whom a search is about and how many entries a page may have.
func (s *source) people(kind string, query url.Values) (people []*Person, limit int, err error) {
	limit = 1 << 30
	var family, birth string
	for name, values := range query {
		switch {
		case name == "_count":
			limit, err = strconv.Atoi(values[0])
		case name == "_include", name == "date" && kind == "Appointment", name == "type" && kind == "Composition":
		case name == "patient" && kind != "Patient", name == "_id" && kind == "Patient":
			people, err = s.known(values[0], s.letter+"-")
		case name == "identifier" && kind == "Patient":
			people, err = s.known(values[0], "https://fhir.nhs.uk/Id/nhs-number|")
		case name == "family" && kind == "Patient":
			family = values[0]
		case name == "birthdate" && kind == "Patient":
			birth = values[0]
		default:
			err = fmt.Errorf("the parameter %s is not answered here", name)
		}
		if err != nil {
			return nil, 0, err
		}
	}
	switch {
	case family != "": // in several ways to write it
		for f := range strings.SplitSeq(family, ",") {
			people = append(people, s.region.named[f+birth]...)
		}
	case birth != "":
		for day := range strings.SplitSeq(birth, ",") {
			people = append(people, s.region.born[day]...)
		}
	}
	if len(people) == 0 && family == "" && birth == "" {
		return nil, 0, fmt.Errorf("it asks about nobody")
	}
	return people, limit, nil
}

// known finds the people of a list of values that begin with prefix.
func (s *source) known(list, prefix string) ([]*Person, error) {
	var all []*Person
	for value := range strings.SplitSeq(list, ",") {
		number, ok := strings.CutPrefix(value, prefix)
		p := s.region.people[number]
		if !ok || p == nil {
			return nil, fmt.Errorf("it asks about somebody who is not known here")
		}
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all, nil
}
