package fhirr4

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// maxCount is the largest page asked for, however many people it is about.
const maxCount = 1000

// count is the page size for a search about n people.
func (s *source) count(n int) int { return min(s.PageSize*max(1, n), max(maxCount, s.PageSize)) }

// query is the search as the query of a URL.
func (s *source) query(q *search, includes bool) string {
	var b strings.Builder
	b.WriteString(q.by + "=")
	for i, id := range q.ids {
		if i > 0 {
			b.WriteByte(',')
		}
		if q.typed && q.by == "patient" {
			b.WriteString("Patient/")
		}
		b.WriteString(escape(id))
	}
	b.WriteString(q.also)
	b.WriteString("&_count=" + strconv.Itoa(s.count(len(q.ids))))
	if includes {
		for _, v := range s.includes(q.kind) {
			b.WriteString("&_include=" + url.QueryEscape(v))
		}
	}
	return b.String()
}

// escape writes a value as a search parameter takes it: the separators of R4
// §3.1.1.4.1 lose their meaning.
func escape(value string) string {
	return url.QueryEscape(unsplit(value))
}

// escapeToken writes a token, whose "system|code" keeps its bar.
func escapeToken(value string) string {
	return url.QueryEscape(strings.NewReplacer(`\`, `\\`, `,`, `\,`, `$`, `\$`).Replace(value))
}

// newReader makes the reader for one search.
func (s *source) newReader(q *search) *reader {
	return &reader{
		workspace: s.spaces.take(), base: s.URL, kind: q.kind, zone: s.env.Zone, today: record.Date(today(s.env.Now(), s.env.Zone)),
		ids: q.ids, categories: q.categories, numbers: s.numbers, full: s.count(len(q.ids)),
	}
}

// read asks one search and reads its pages into r.
func (s *source) read(ctx context.Context, q *search, r *reader) error {
	plain := s.plain.has(q.kind)
	req := request{method: http.MethodGet, url: s.URL + "/" + s.spoken(q.kind) + "?" + s.query(q, !plain)}
	// A server that does not know an _include may refuse the whole search: ask once
	// more without, and remember it. Asked in the other form, it may refuse that.
	req.tolerate400 = !plain && !q.again && len(s.includes(q.kind)) > 0
	next, err := s.page(ctx, req, r)
	if errors.Is(err, errTolerated) {
		s.plain.add(q.kind)
		req.url, req.tolerate400 = s.URL+"/"+s.spoken(q.kind)+"?"+s.query(q, false), false
		next, err = s.page(ctx, req, r)
	}
	if err != nil {
		return ofType(q.kind, err)
	}
	return s.follow(ctx, req.url, next, len(q.ids), r)
}

// page asks for one page and reads it into r.
func (s *source) page(ctx context.Context, req request, r *reader) (next string, err error) {
	err = s.call(ctx, req, func(body []byte) (err error) {
		next, err = s.readPage(r, body)
		return err
	})
	return next, err
}

// readPage reads one page, of whichever version the server speaks.
func (s *source) readPage(r *reader, body []byte) (next string, err error) {
	if body, err = s.inR4(body); err != nil {
		return "", err
	}
	return r.page(body)
}

// follow reads the pages after the first, within all bounds. What was read before
// something went wrong is kept, and the gap says so.
func (s *source) follow(ctx context.Context, at, next string, people int, r *reader) error {
	visited := map[string]bool{at: true}
	most := s.MaxEntries * max(1, people)
	for pages := 1; next != ""; pages++ {
		if pages >= s.MaxPages || r.matches >= most {
			r.gap("page-cap", "Only the first "+strconv.Itoa(r.matches)+" were read; it holds more")
			return nil
		}
		target, ok := s.nextURL(at, next)
		if !ok {
			r.gap("next-link", "Its link to the next page leads elsewhere and is not followed")
			return nil
		}
		if visited[target] {
			r.gap("next-loop", "Its pages go in circles")
			return nil
		}
		visited[target], at = true, target
		var err error
		if next, err = s.page(ctx, request{method: http.MethodGet, url: target}, r); err != nil {
			e := sources.AsError(err)
			r.gap("page-"+e.Code, "Not all of its pages could be read: "+e.Reason)
			return nil
		}
	}
	return nil
}

// nextURL resolves a link to the next page. It must be of the same origin (scheme,
// host and port) and at or below the base's path: nothing else is ever asked, least
// of all with our credentials.
func (s *source) nextURL(at, next string) (string, bool) {
	from, err := url.Parse(at)
	if err != nil {
		return "", false
	}
	u, err := from.Parse(next)
	if err != nil || u.User != nil || u.Scheme != s.base.Scheme || !strings.EqualFold(u.Host, s.base.Host) {
		return "", false
	}
	base := strings.TrimRight(s.base.Path, "/")
	clean := path.Clean("/" + u.Path)
	if clean != base && !strings.HasPrefix(clean, base+"/") && base != "" {
		return "", false
	}
	u.Fragment = ""
	return u.String(), true
}
