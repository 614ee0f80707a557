package fhirr4

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Find implements sources.Finder: all NHS numbers in one search, all local ids in
// another, one search for each family name with birth date. What identifies a person
// stands in the body of a POST, never in a URL.
func (s *source) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	var jobs []lookup
	var numbers, ids []int
	for i, q := range queries {
		switch {
		case q.NHSNumber != "":
			numbers = append(numbers, i)
		case q.LocalID != "":
			ids = append(ids, i)
		case q.FamilyName != "" && q.BirthDate != "":
			jobs = append(jobs, lookup{byName(q), []int{i}})
		}
	}
	for some := range slices.Chunk(numbers, s.PatientSearchLimit) {
		jobs = append(jobs, lookup{s.byNumber(queries, some), some})
	}
	for some := range slices.Chunk(ids, s.PatientSearchLimit) {
		jobs = append(jobs, lookup{byID(queries, some), some})
	}
	return found, s.lookUp(ctx, queries, jobs, found)
}

// lookup is one search for people, and the queries it answers.
type lookup struct {
	form    url.Values
	queries []int
}

func (s *source) lookUp(ctx context.Context, queries []record.PersonQuery, jobs []lookup, found [][]record.Person) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for _, j := range jobs {
		wg.Go(func() {
			people, err := s.people(ctx, j)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				if first == nil { // the others then end by our own cancel
					first = err
				}
				cancel()
				return
			}
			for _, i := range j.queries {
				for _, p := range people {
					if s.fits(p, queries[i]) {
						found[i] = append(found[i], *p)
					}
				}
			}
		})
	}
	wg.Wait()
	return first
}

func (s *source) byNumber(queries []record.PersonQuery, which []int) url.Values {
	var all []string
	for _, i := range which {
		all = append(all, s.numbers.system+"|"+string(queries[i].NHSNumber))
	}
	return url.Values{"identifier": {strings.Join(all, ",")}}
}

func byID(queries []record.PersonQuery, which []int) url.Values {
	var all []string
	for _, i := range which {
		all = append(all, unsplit(queries[i].LocalID))
	}
	return url.Values{"_id": {strings.Join(all, ",")}}
}

func byName(q record.PersonQuery) url.Values {
	v := url.Values{"family": {unsplit(q.FamilyName)}, "birthdate": {string(q.BirthDate.Day())}}
	if q.GivenName != "" {
		v.Set("given", unsplit(q.GivenName))
	}
	if q.Gender != "" {
		v.Set("gender", unsplit(q.Gender))
	}
	if q.Postcode != "" {
		v.Set("address-postalcode", unsplit(q.Postcode))
	}
	return v
}

// unsplit takes their meaning from the separators of a search value.
func unsplit(value string) string {
	if !strings.ContainsAny(value, "\\,|$") {
		return value
	}
	return strings.NewReplacer(`\`, `\\`, `,`, `\,`, `|`, `\|`, `$`, `\$`).Replace(value)
}

// people runs one search for people.
func (s *source) people(ctx context.Context, j lookup) ([]*record.Person, error) {
	j.form.Set("_count", strconv.Itoa(s.count(len(j.queries))))
	r := s.newReader(&search{kind: "Patient"})
	defer s.spaces.give(r)
	r.full = 0
	req := request{method: http.MethodPost, url: s.URL + "/Patient/_search", form: []byte(j.form.Encode())}
	if s.SearchByGet {
		req = request{method: http.MethodGet, url: s.URL + "/Patient?" + j.form.Encode()}
	}
	next, err := s.page(ctx, req, r)
	if err == nil {
		err = s.follow(ctx, req.url, next, len(j.queries), r)
	}
	if err != nil {
		return nil, err
	}
	r.resolve()
	var all []*record.Person
	for _, x := range r.statements {
		if p, ok := x.entry.(*record.Person); ok && p.Subject != "" {
			p.Provenance.LocalID = p.Subject
			all = append(all, p)
		}
	}
	return all, nil
}

// fits checks the answer against the question: a server that ignores a parameter
// answers with people who were not meant, and they must not be taken for a match.
func (s *source) fits(p *record.Person, q record.PersonQuery) bool {
	if q.NHSNumber != "" && p.NHSNumber != q.NHSNumber && !slices.Contains(p.FormerNHSNumbers, q.NHSNumber) {
		return false
	}
	if q.LocalID != "" && p.Subject != q.LocalID {
		return false
	}
	return q.BirthDate == "" || p.BirthDate.Day() == q.BirthDate.Day()
}

var _ sources.Finder = (*source)(nil)
