package mhd

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
	"github.com/patchworkcare/patchwork/sources/docref"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// parameters are the search about one person (ITI-67 §2:3.67.4.1.2).
func (s *source) parameters(id string) url.Values {
	q := url.Values{"patient.identifier": {s.PatientSystem + "|" + id}, "status": {"current"}, "_count": {strconv.Itoa(s.PageSize)}}
	if !s.NoInclude {
		q.Set("_include", "DocumentReference:patient")
	}
	if len(s.Types) > 0 {
		q.Set("type", strings.Join(s.Types, ","))
	}
	if len(s.Categories) > 0 {
		q.Set("category", strings.Join(s.Categories, ","))
	}
	return q
}

// usable reports whether an id means itself within a search.
func usable(id string) bool {
	return id != "" && len(id) <= 256 && !strings.ContainsAny(id, "|,$\\\r\n\x00")
}

// documents are the person's documents, of all pages.
func (s *source) documents(ctx context.Context, id string) sources.Result {
	if !usable(id) {
		return sources.Result{Err: &sources.Error{Kind: sources.Refused, Code: "bad-id", Reason: "It was asked by something that is no id of its own"}}
	}
	l := &list{source: s, replaced: map[string]bool{}}
	next := ""
	for page := 0; ; page++ {
		a, err := s.page(ctx, id, next)
		if err == nil {
			err = l.take(a)
		}
		if err != nil {
			return sources.Result{Err: sources.AsError(err)}
		}
		if next = a.Next; next == "" {
			if a.Total > l.seen {
				l.gap("fewer-than-total", "It holds more than it sent")
			}
			return l.result()
		}
		if page+1 >= s.MaxPages {
			l.gap("page-cap", "It holds more pages than are read")
			return l.result()
		}
	}
}

// page asks for a page. The address of a further one must be of this archive.
func (s *source) page(ctx context.Context, id, next string) (*docref.Answer, error) {
	var out *docref.Answer
	err := s.env.Call(ctx, func(ctx context.Context) error {
		req, err := s.searchRequest(ctx, id, next)
		if err != nil {
			return err
		}
		req.Header.Set("Accept", "application/fhir+json")
		resp, err := s.client.Do(req)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if err := s.client.Failure(resp); err != nil {
			return err
		}
		if !dochttp.IsJSON(resp.Header.Get("Content-Type")) {
			return httpfault.Malformed("not-fhir", "Its answer is not FHIR")
		}
		body, err := dochttp.Read(resp.Body, s.MaxBody)
		if err != nil {
			return err
		}
		out, err = docref.Read(body)
		return err
	})
	return out, err
}

func (s *source) searchRequest(ctx context.Context, id, next string) (*http.Request, error) {
	method, address, form := http.MethodPost, s.URL+"/DocumentReference/_search", s.parameters(id).Encode()
	switch {
	case next != "":
		address, _ = below(next, s.URL+"/")
		if address == "" {
			return nil, httpfault.Malformed("foreign-page", "Its next page is somewhere else, which is not followed")
		}
		method, form = http.MethodGet, ""
	case s.SearchByGet:
		method, address, form = http.MethodGet, s.URL+"/DocumentReference?"+form, ""
	}
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form))
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	if form != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		req.Body, req.ContentLength = http.NoBody, 0
	}
	return req, nil
}

// below gives an address in full if it lies below a place; "" and false if it does not,
// whatever it is made to look like.
func below(address, place string) (string, bool) {
	base, err := url.Parse(place)
	if err != nil {
		return "", false
	}
	u, err := base.Parse(address)
	if err != nil || u.User != nil || u.Fragment != "" || u.Opaque != "" || u.Scheme != base.Scheme || !strings.EqualFold(u.Host, base.Host) {
		return "", false
	}
	for _, p := range []string{u.Path, u.EscapedPath()} {
		if lower := strings.ToLower(p); strings.Contains(p, "/../") || strings.HasSuffix(p, "/..") || strings.Contains(lower, "%2e") || strings.Contains(lower, "%2f") ||
			strings.ContainsAny(p, "\\\x00") {
			return "", false
		}
	}
	// A query alone ("?page=2") is the search itself.
	if !strings.HasPrefix(u.Path, base.Path) && u.Path+"/" != base.Path {
		return "", false
	}
	return u.String(), true
}

// list puts the pages together.
type list struct {
	*source
	seen     int
	entries  []*record.Document
	replaced map[string]bool
	gaps     []sources.Gap
}

func (l *list) gap(code, reason string) {
	for _, g := range l.gaps {
		if g.Code == code {
			return
		}
	}
	l.gaps = append(l.gaps, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

// take takes one page. An entry of which nobody can say whom it is about condemns the
// answer: the guard could not see a mix-up in it.
func (l *list) take(a *docref.Answer) error {
	for i := range a.Pointers {
		p := &a.Pointers[i]
		l.seen++
		switch p.Status {
		case "current":
			for _, r := range p.Replaces {
				l.replaced[r] = true
			}
		case "superseded", "entered-in-error":
			continue
		default:
			l.gap("status", "It lists documents without saying whether they still hold")
			continue
		}
		subject := ""
		for _, id := range p.Identifiers(a) {
			if id.System == l.PatientSystem && id.Value != "" {
				if subject != "" && subject != id.Value {
					return dochttp.OtherPatient()
				}
				subject = id.Value
			}
		}
		if subject == "" {
			return httpfault.Malformed("no-subject", "It lists documents without saying whom they are about")
		}
		d := p.Document()
		d.Subject = subject
		if p.ID == "" || d.Code.IsZero() {
			l.gap("not-understood", "Some of what it lists could not be understood")
			continue
		}
		l.opens(d, p.Formats)
		l.entries = append(l.entries, d)
	}
	if a.Warned {
		l.gap("warning", "It says that something is missing")
	}
	if a.BadDates {
		l.gap("bad-date", "Some dates could not be read and are left out")
	}
	if a.Unread > 0 {
		l.gap("not-understood", "Some of what it lists could not be understood")
	}
	return nil
}

func (l *list) result() sources.Result {
	r := sources.Result{Gaps: l.gaps}
	given := map[string]bool{}
	for _, d := range l.entries {
		if id := d.Provenance.LocalID; !l.replaced[id] && !given[id] {
			given[id] = true
			r.Entries = append(r.Entries, d)
		}
	}
	return r
}
