package pds

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// search looks for people by name and birth date: as the name is written first, and only
// if that finds nobody and the query allows it, for similar ones. The register keeps an
// audit of everybody a search matches, so that a wide search touches many.
func (s *source) search(ctx context.Context, q record.PersonQuery, correlation string) ([]record.Person, error) {
	people, err := s.searchBy(ctx, q, s.exact(q), correlation)
	if err != nil || len(people) > 0 || !q.Fuzzy {
		return people, err
	}
	if form := s.fuzzy(q); form != nil {
		return s.searchBy(ctx, q, form, correlation)
	}
	return nil, sources.SearchNotOffered() // not asked is not nobody (hazard H-02)
}

// exact asks for the name as it is written.
func (s *source) exact(q record.PersonQuery) url.Values {
	form := s.form(q)
	if s.History {
		form.Set("_history", "true")
	}
	if s.ExactMatch {
		form.Set("_exact-match", "true")
	}
	return form
}

// fuzzy asks for similar people; nil if the query has too little for it: the register
// wants a given name, or gender and postcode.
func (s *source) fuzzy(q record.PersonQuery) url.Values {
	if q.GivenName == "" && (q.Gender == "" || q.Postcode == "") {
		return nil
	}
	form := s.form(q)
	form.Set("_fuzzy-match", "true")
	return form
}

// form is what both searches ask. Wildcards are taken out: nobody here asks for them, and
// with them one search would touch half the country.
func (s *source) form(q record.PersonQuery) url.Values {
	form := url.Values{"birthdate": {"eq" + string(q.BirthDate.Day())}}
	for name, value := range map[string]string{"family": q.FamilyName, "given": q.GivenName, "gender": q.Gender, "address-postalcode": q.Postcode} {
		if value = strings.TrimSpace(strings.ReplaceAll(value, "*", "")); value != "" {
			form.Set(name, value)
		}
	}
	if s.MaxResults > 0 {
		form.Set("_max-results", strconv.Itoa(s.MaxResults))
	}
	return form
}

// searchBy runs one search and gives the people by their score, best first.
func (s *source) searchBy(ctx context.Context, q record.PersonQuery, form url.Values, correlation string) ([]record.Person, error) {
	if form.Get("family") == "" || len(form.Get("birthdate")) != len("eq2006-01-02") {
		return nil, nil // the register searches for nobody by less
	}
	got, err := s.ask(ctx, request{method: http.MethodGet, url: s.URL + "/Patient?" + form.Encode(), correlation: correlation}, nil)
	if err != nil {
		return nil, err
	}
	var hits []hit
	err = guarded(func() error {
		var err error
		hits, err = readBundle(got.body, today(s.env.Now(), s.env.Zone))
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(hits) > 50 {
		return nil, errTooMany
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var people []record.Person
	stray := false
	for _, h := range hits {
		p := found(h.patient)
		stray = stray || !q.Fuzzy && p.BirthDate != "" && !born(p.BirthDate, q)
		if born(p.BirthDate, q) && !slices.ContainsFunc(people, func(x record.Person) bool { return x.NHSNumber == p.NHSNumber }) {
			people = append(people, p)
		}
	}
	if stray && len(people) == 0 {
		return nil, sources.Strayed()
	}
	return people, nil
}

// born checks the answer against the question: whoever ignores a parameter answers with
// people who were not meant. A search for similar people may exchange day and month.
func born(day record.Date, q record.PersonQuery) bool {
	day, want := day.Day(), q.BirthDate.Day()
	if day == want {
		return true
	}
	return q.Fuzzy && len(day) == 10 && len(want) == 10 && day[:4] == want[:4] && day[5:7] == want[8:] && day[8:] == want[5:7]
}

// hit is one person of a search.
type hit struct {
	patient *patient
	score   float64
}

// readBundle reads the answer to a search. R4 §3.1.3: a Bundle of type searchset.
func readBundle(body []byte, today record.Date) (hits []hit, err error) {
	r := newReader(body, today)
	var kind, bundle string
	total, entries := -1, 0
	r.Members(func(name string) {
		switch name {
		case "resourceType":
			kind = r.String()
		case "type":
			bundle = r.String()
		case "total":
			if n, e := strconv.Atoi(string(r.Number())); e == nil {
				total = n
			}
		case "entry":
			r.Each(func() {
				entries++
				h, e := r.hit(body)
				if e != nil && err == nil {
					err = e
				}
				if h.patient != nil && !h.patient.redacted {
					hits = append(hits, h)
				}
			})
		}
	})
	switch {
	case r.End() != nil:
		return nil, httpfault.NotJSON(nil)
	case kind == "OperationOutcome" && outcomeCode(body) == codeTooMany:
		return nil, errTooMany
	case kind != "Bundle" || bundle != "searchset":
		return nil, httpfault.Malformed("not-fhir", "Its answer is not the answer to a search")
	case err != nil:
		return nil, err
	case r.Odd() > 0 || total < 0: // entries that are no list would read as nobody
		return nil, httpfault.Malformed("bad-value", "Its answer is not as the register's specification has it")
	case total > entries:
		return nil, errTooMany
	}
	return hits, nil
}

// hit takes an entry.
func (r *reader) hit(body []byte) (h hit, err error) {
	r.Members(func(name string) {
		switch name {
		case "search":
			r.Members(func(name string) {
				if name == "score" {
					h.score, _ = strconv.ParseFloat(string(r.Number()), 64)
				}
			})
		case "resource":
			one := newReader(r.Raw(), r.today)
			if h.patient, err = one.patient(); err == nil && one.End() != nil {
				err = httpfault.NotJSON(nil)
			}
		}
	})
	if err == nil && h.patient == nil && r.Err() == nil {
		err = httpfault.Malformed("not-fhir", "Its answer holds something that is no person")
	}
	return h, err
}
