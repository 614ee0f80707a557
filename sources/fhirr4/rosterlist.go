package fhirr4

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// rostering is a source that offers rosters.
type rostering struct {
	*source
	kept []keeping
}

var _ sources.Rosters = (*rostering)(nil)

// rosterPage is how many resources a page of a roster may hold.
const rosterPage = maxCount

// Rosters implements sources.Rosters: one search for each kind.
func (s *rostering) Rosters(ctx context.Context) ([]sources.Roster, error) {
	found := make([][]sources.Roster, len(s.kept))
	errs := make([]error, len(s.kept))
	var wg sources.Group
	for i, k := range s.kept {
		wg.Go(func() { found[i], errs[i] = s.listed(ctx, k) })
	}
	wg.Wait()
	if err := first(errs); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}

// listed are the rosters of one kind, in the server's order. Without a name a roster
// could not be told from others, and is called by its id.
func (s *rostering) listed(ctx context.Context, k keeping) ([]sources.Roster, error) {
	r, err := s.gather(ctx, rosterSearch{kind: k.of, query: strings.TrimPrefix(k.also, "&"), each: (*reader).headed})
	if err != nil {
		return nil, err
	}
	var all []sources.Roster
	seen := map[string]bool{}
	for _, h := range r.heads {
		id, name := h.id, cmp.Or(h.name, h.id)
		if k.of == "CareTeam" { // there is one for each person: the caseload is the organisation's
			id = strings.TrimPrefix(h.by.to, "Organization/")
			name = cmp.Or(h.by.display, r.known[h.by.reference].called(), id)
		}
		if !k.is(h) || h.ended || seen[id] || !resourceID.MatchString(id) {
			continue
		}
		seen[id] = true
		all = append(all, sources.Roster{Kind: k.kind, ID: id, Name: name})
		if len(all) > sources.MostRosters {
			return nil, sources.TooManyRosters()
		}
	}
	if len(all) == 0 {
		// Servers answer who may not read a type with an empty list.
		return nil, httpfault.Malformed("none-listed", "It lists nothing of what it is configured to offer as team lists: "+noun(k.kind))
	}
	return all, nil
}

func noun(kind sources.RosterKind) string {
	return map[sources.RosterKind]string{sources.Ward: "wards", sources.Clinic: "clinics", sources.Caseload: "caseloads"}[kind]
}

func (in *included) called() string {
	if in == nil {
		return ""
	}
	return in.name
}

// resourceID is what FHIR allows as an id; nothing else is asked for.
var resourceID = regexp.MustCompile(`^[A-Za-z0-9.-]{1,64}$`)

// rosterSearch is one search about rosters. It names nobody.
type rosterSearch struct {
	kind, query, include string
	each                 func(*reader)
}

// gather asks one search to its end: what could not be read whole is an error, since a
// shorter list would read as "not there" (hazard H-02).
func (s *source) gather(ctx context.Context, q rosterSearch) (*reader, error) {
	r := s.newReader(&search{kind: q.kind})
	defer s.spaces.give(r)
	r.roster, r.now, r.full = q.each, s.env.Now(), rosterPage
	address := s.URL + "/" + q.kind + "?" + strings.TrimPrefix(q.query+"&_count="+strconv.Itoa(rosterPage), "&")
	req := request{method: http.MethodGet, url: address}
	if q.include != "" && !s.plain.has("roster "+q.kind) {
		req.url += "&_include=" + url.QueryEscape(q.include)
		req.tolerate400 = true
	}
	next, err := s.page(ctx, req, r)
	if errors.Is(err, errTolerated) {
		s.plain.add("roster " + q.kind)
		req = request{method: http.MethodGet, url: address}
		next, err = s.page(ctx, req, r)
	}
	if err == nil {
		err = s.follow(ctx, req.url, next, s.MaxPages*rosterPage, r)
	}
	switch {
	case err != nil:
		return nil, err
	case len(r.gaps) > 0:
		return nil, httpfault.Malformed(r.gaps[0].Code, "Its list could not be read to the end: "+r.gaps[0].Reason)
	}
	r.resolve()
	return r, nil
}

// headed notes the resource at hand as one that stands for a roster.
func (r *reader) headed() { r.heads = append(r.heads, r.head()) }

// along takes a Patient that was sent along: to be referred to, and as a person.
func (r *reader) along() string {
	raw := r.Raw()
	r.Again(raw)
	known := r.include(0)
	r.Again(raw)
	if r.Object() {
		r.patient()
	}
	return known
}

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sent are the people that were sent along, by local id. Two that are not the same
// under one id are nobody's.
func (r *reader) sent() (map[string]*record.Person, error) {
	all := map[string]*record.Person{}
	for _, x := range r.statements {
		p, ok := x.entry.(*record.Person)
		if !ok || p.Subject == "" {
			continue
		}
		p.Provenance.LocalID = p.Subject
		if was := all[p.Subject]; was != nil && (was.BirthDate != p.BirthDate || was.NHSNumber != p.NHSNumber) {
			return nil, twoPeople()
		}
		all[p.Subject] = p
	}
	return all, nil
}

func twoPeople() error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "two-people", Reason: "It describes two different people under one of its ids; nothing of that answer is shown"}
}
