package fhirr4

import (
	"cmp"
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
// another, all local numbers in another, one search for each family name with birth date
// and for each birth date of people who may be similar. What identifies a person stands in
// the body of a POST, never in a URL.
func (s *source) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	var jobs []lookup
	var numbers, ids, locals []int
	for i, q := range queries {
		switch {
		case q.NHSNumber != "":
			numbers = append(numbers, i)
		case q.LocalID != "":
			ids = append(ids, i)
		case q.Identifier != "":
			locals = append(locals, i)
		case q.Fuzzy && q.BirthDate != "":
			jobs = append(jobs, lookup{form: bySimilarDays(q), queries: []int{i}, most: sources.MostSimilar + 1})
		case q.FamilyName != "" && q.BirthDate != "":
			jobs = append(jobs, lookup{form: byName(q), queries: []int{i}})
		}
	}
	for some := range slices.Chunk(numbers, s.PatientSearchLimit) {
		jobs = append(jobs, lookup{form: s.byNumber(queries, some), queries: some})
	}
	for some := range slices.Chunk(ids, s.PatientSearchLimit) {
		jobs = append(jobs, lookup{form: byID(queries, some), queries: some})
	}
	for some := range slices.Chunk(locals, s.PatientSearchLimit) {
		jobs = append(jobs, lookup{form: byLocalNumber(queries, some), queries: some})
	}
	return found, s.lookUp(ctx, queries, jobs, found)
}

// lookup is one search for people, and the queries it answers.
type lookup struct {
	form    url.Values
	queries []int
	// most is how many people a page may hold; 0 is what is usual for so many queries.
	most int
}

func (s *source) lookUp(ctx context.Context, queries []record.PersonQuery, jobs []lookup, found [][]record.Person) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sources.Group
	var mu sync.Mutex
	var first error
	for _, j := range jobs {
		wg.Go(func() {
			people, gaps, err := s.people(ctx, j)
			if err == nil && len(gaps) > 0 && keyedByBirth(queries[j.queries[0]]) {
				err = incomplete(gaps[0])
			}
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				if first == nil { // the others then end by our own cancel
					first = err
				}
				cancel()
				return
			}
			stray := slices.ContainsFunc(people, func(p *record.Person) bool {
				return !slices.ContainsFunc(j.queries, func(i int) bool { return s.meant(p, queries[i]) })
			})
			for _, i := range j.queries {
				for _, p := range people {
					if s.fits(p, queries[i]) {
						found[i] = append(found[i], *p)
					}
				}
				if stray && len(found[i]) == 0 && first == nil {
					first = sources.Strayed()
				}
				if len(j.queries) == 1 && len(found[i]) == 0 && len(gaps) > 0 && first == nil {
					first = incomplete(gaps[0]) // whoever was asked for may be what is missing (hazard H-02)
				}
				if queries[i].Fuzzy && len(found[i]) > sources.MostSimilar && first == nil {
					first = sources.TooManyPeople()
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
		n := queries[i].NHSNumber
		all = append(all, s.numbers.system+"|"+string(n))
		if s.NHSNumberFormat == "spaced" { // a token is compared as it stands (R4 §3.1.1.4.10)
			all = append(all, s.numbers.system+"|"+n.Format())
		}
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

// byLocalNumber asks by value alone: whose numbering a hospital number is of, people do
// not know. It is asked for in capitals too, which to many servers is another value.
func byLocalNumber(queries []record.PersonQuery, which []int) url.Values {
	var all []string
	for _, i := range which {
		for _, number := range []string{queries[i].Identifier, strings.ToUpper(queries[i].Identifier)} {
			if number = unsplit(number); !slices.Contains(all, number) {
				all = append(all, number)
			}
		}
	}
	return url.Values{"identifier": {strings.Join(all, ",")}}
}

// bySimilarDays asks for everybody born on the day, or on it with day and month exchanged.
func bySimilarDays(q record.PersonQuery) url.Values {
	var days []string
	for _, d := range sources.SimilarDays(q.BirthDate) {
		days = append(days, string(d))
	}
	return url.Values{"birthdate": {strings.Join(days, ",")}}
}

// byName asks for all ways to write the family name at once: servers differ in whether an
// apostrophe, a hyphen or an accent counts. What narrows is not left to them either (narrowed).
func byName(q record.PersonQuery) url.Values {
	families := sources.Spellings(q.FamilyName)
	for i, f := range families {
		families[i] = unsplit(f)
	}
	return url.Values{"family": {strings.Join(families, ",")}, "birthdate": {string(q.BirthDate.Day())}}
}

// unsplit takes their meaning from the separators of a search value.
func unsplit(value string) string {
	if !strings.ContainsAny(value, "\\,|$") {
		return value
	}
	return strings.NewReplacer(`\`, `\\`, `,`, `\,`, `|`, `\|`, `$`, `\$`).Replace(value)
}

// keyedByBirth reports whether the search has an open number of answers: where some of
// them are missing, nobody knows who.
func keyedByBirth(q record.PersonQuery) bool {
	return q.NHSNumber == "" && q.LocalID == "" && q.Identifier == ""
}

func incomplete(g sources.Gap) error {
	if g.Code == "page-cap" {
		return sources.TooManyPeople()
	}
	return &sources.Error{Kind: sources.Malformed, Code: g.Code, Reason: g.Reason}
}

// people runs one search for people. The gaps say what of its answer is missing.
func (s *source) people(ctx context.Context, j lookup) ([]*record.Person, []sources.Gap, error) {
	j.form.Set("_count", strconv.Itoa(cmp.Or(j.most, s.count(len(j.queries)))))
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
		return nil, nil, err
	}
	gaps := slices.Clone(r.gaps)
	r.resolve()
	var all []*record.Person
	for _, x := range r.statements {
		switch p, ok := x.entry.(*record.Person); {
		case ok && p.Subject != "":
			p.Provenance.LocalID = p.Subject
			all = append(all, p)
		case ok:
			gaps = append(gaps, sources.Gap{Status: record.Partial, Code: "no-local-id", Reason: "It gives somebody without saying who they are"})
		}
	}
	return all, gaps, nil
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
	if q.Identifier != "" && !s.knows(p, q.Identifier) {
		return false
	}
	if q.Fuzzy {
		return slices.Contains(sources.SimilarDays(q.BirthDate), p.BirthDate.Day())
	}
	if q.FamilyName != "" && !slices.ContainsFunc(append(p.OtherNames[:len(p.OtherNames):len(p.OtherNames)], p.Name),
		func(n record.HumanName) bool { return sources.NameFits(n.Family, q.FamilyName) }) {
		return false // the server takes whoever begins with it
	}
	if !narrowed(p, q) {
		return false
	}
	return q.BirthDate == "" || p.BirthDate.Day() == q.BirthDate.Day()
}

// meant reports whether somebody may be among the answers to a question at all: who has not
// the number that was asked for, or was born on another day, is not (sources.Strayed). Names
// are not held against a server: many have wider searches.
func (s *source) meant(p *record.Person, q record.PersonQuery) bool {
	if keyedByBirth(q) {
		return q.Fuzzy || q.BirthDate == "" || p.BirthDate.Day() == q.BirthDate.Day()
	}
	return s.fits(p, record.PersonQuery{NHSNumber: q.NHSNumber, LocalID: q.LocalID, Identifier: q.Identifier})
}

// narrowed compares what narrows a search by name. What the person's record does not say
// does not speak against it.
func narrowed(p *record.Person, q record.PersonQuery) bool {
	given := slices.Clone(p.Name.Given)
	for _, n := range p.OtherNames {
		given = append(given, n.Given...)
	}
	lives, known := false, false
	for _, a := range p.Addresses {
		lives = lives || sources.SamePostcode(a.Postcode, q.Postcode)
		known = known || a.Postcode != ""
	}
	return (q.GivenName == "" || len(given) == 0 || sources.GivenFits(given, q.GivenName)) &&
		(q.Postcode == "" || lives || !known) &&
		(q.Gender == "" || p.Gender == "" || p.Gender == "unknown" || strings.EqualFold(p.Gender, q.Gender))
}

// knows reports whether the person has the local number. An NHS number is none.
func (s *source) knows(p *record.Person, number string) bool {
	return slices.ContainsFunc(p.Identifiers, func(i record.Identifier) bool {
		return i.System != s.numbers.system && strings.EqualFold(strings.TrimSpace(i.Value), number)
	})
}

var _ sources.Finder = (*source)(nil)
