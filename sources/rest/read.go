package rest

import (
	"context"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// reading is one request with all its pages.
type reading struct {
	*source
	asking *asking
	params params
	// alone: it is about one person, so that a 404 can mean that they are unknown.
	alone bool
	each  func(answer any) error

	unknown bool
	seen    int // items
	total   int // that there are, as it says; -1 if it does not
	gaps    []sources.Gap
}

// read asks and gives each page's answer to each. unknown says that the one person asked
// about is not known there.
func (s *source) read(ctx context.Context, a *asking, p params, alone bool, each func(answer any) error) (gaps []sources.Gap, unknown bool, err error) {
	r := &reading{source: s, asking: a, params: maps.Clone(p), alone: alone, each: each, total: -1}
	if err := r.all(ctx); err != nil {
		return nil, false, err
	}
	return r.gaps, r.unknown, nil
}

func (r *reading) gap(code, reason string) {
	r.gaps = append(r.gaps, columns.Partial(code, reason))
}

// place is where in its pages a reading is.
type place struct {
	url    string // of the next page; "" where the request itself is asked anew
	cursor string
	page   int
	offset int
	later  bool // it is not the first
}

// all reads page after page. What cannot be read of them after the first is named as
// missing.
func (r *reading) all(ctx context.Context) error {
	at := place{page: 1}
	if r.asking.Pages.First != nil {
		at.page = *r.asking.Pages.First
	}
	met := map[string]bool{}
	var before any
	led := false // a page had the member that leads to the next
	for n := 0; ; n++ {
		if n == or(r.asking.Pages.Max, defaultPages) {
			r.gap("page-cap", "It has more pages than are read")
			return nil
		}
		answer, url, err := r.page(ctx, at)
		if err != nil {
			e := sources.AsError(err)
			if n == 0 || e.Kind == sources.WrongPatient {
				return e
			}
			r.gap("page-"+e.Code, "Not all of its pages could be read: "+e.Reason)
			return nil
		}
		if r.unknown {
			return nil
		}
		again := n > 0 && reflect.DeepEqual(before, answer.Value)
		before = answer.Value
		led = r.leads(answer.Value, led)
		r.unread(answer)
		next, more, err := r.after(ctx, at, url, answer)
		if err != nil {
			if n == 0 {
				return err
			}
			r.gap("page-"+sources.AsError(err).Code, "Not all of its pages could be read: "+sources.AsError(err).Reason)
			return nil
		}
		if !more {
			break
		}
		if key := next.url + "\n" + next.cursor + "\n" + strconv.Itoa(next.page) + "\n" + strconv.Itoa(next.offset); met[key] || again {
			r.gap("next-loop", "Its pages go in circles")
			return nil
		} else {
			met[key] = true
		}
		at = next
		at.later = true
	}
	if r.total > r.seen {
		r.gap("fewer-than-total", "It holds more than it sent")
	}
	return nil
}

// page asks for one page and hands its answer on.
func (r *reading) page(ctx context.Context, at place) (answer jsonapi.Answer, url string, err error) {
	r.params["page"], r.params["offset"] = []string{strconv.Itoa(at.page)}, []string{strconv.Itoa(at.offset)}
	r.params["cursor"] = nil
	if at.cursor != "" {
		r.params["cursor"] = []string{at.cursor}
	}
	q, err := r.asking.request(r.client.URL, r.params)
	if err != nil {
		return answer, "", err
	}
	if at.url != "" { // a link is followed as it stands
		q.Method, q.URL, q.Body, q.ContentType = "GET", at.url, nil, ""
	} else if !at.later {
		q.Tolerate = r.tolerates
	}
	if answer, err = r.client.Ask(ctx, q); err != nil {
		return answer, q.URL, err
	}
	if answer.Status == http.StatusNotFound {
		if !r.unknownBy(answer) {
			return answer, q.URL, r.asking.notThere()
		}
		r.unknown = true
		return answer, q.URL, nil
	}
	if x := r.asking.expect; x != nil {
		if v, err := x.one(ctx, answer.Value); err != nil {
			return answer, q.URL, err
		} else if v != true {
			return answer, q.URL, x.fault("not-expected", "says that the answer is not what is expected")
		}
	}
	if err := r.about(ctx, answer.Value); err != nil {
		return answer, q.URL, err
	}
	return answer, q.URL, r.each(answer.Value)
}

// tolerates reports whether a status that is no success is an answer. A path of a section or
// a search that is not there says nothing about the system as a whole, and does not count
// against it.
func (r *reading) tolerates(a jsonapi.Answer) bool {
	return r.unknownBy(a) || a.Status == http.StatusNotFound && (strings.HasPrefix(r.asking.key, sectionKey) || strings.HasPrefix(r.asking.key, peopleKey))
}

// unknownBy reports whether an answer says that the one person asked about is unknown.
func (r *reading) unknownBy(a jsonapi.Answer) bool {
	return a.Status == http.StatusNotFound && r.alone && (r.asking.NotFound == notFoundAny || r.asking.NotFound == notFoundJSON && a.JSON)
}

// notThere is the error of a section or search that was answered with 404: its path may be
// mistyped, so that it must not read as nothing recorded or nobody known (hazard H-02).
func (a *asking) notThere() error {
	return &sources.Error{Kind: sources.Unavailable, Code: "http-404", About: a.key, Reason: "It answers that what " + a.key + " asks for is not there"}
}

// about refuses an answer that says it is about somebody who was not asked for.
func (r *reading) about(ctx context.Context, answer any) error {
	p := r.asking.about
	if p == nil {
		return nil
	}
	return p.run(ctx, answer, func(v any) error {
		who, ok := plain(v)
		switch {
		case !ok || who == "":
			return p.unfit()
		case !slices.Contains(r.params["ids"], who):
			return columns.WrongPatient()
		}
		return nil
	})
}

// after is where the next page is, if there is one.
func (r *reading) after(ctx context.Context, at place, url string, answer jsonapi.Answer) (next place, more bool, err error) {
	items, err := r.count(ctx, answer.Value)
	if err != nil {
		return next, false, err
	}
	next = place{page: at.page + 1, offset: at.offset + items}
	a := r.asking
	switch a.Pages.Style {
	case "next", "cursor":
		p := a.next
		if a.Pages.Style == "cursor" {
			p = a.cursor
		}
		v, err := p.one(ctx, answer.Value)
		text, ok := plain(v)
		switch {
		case err != nil || !ok || v == true:
			return next, false, p.unfit()
		case text == "" || v == false:
			return next, false, nil
		case a.Pages.Style == "cursor":
			return place{cursor: text}, true, nil
		}
		return r.link(url, text)
	case "link":
		if text := nextLink(answer.Link); text != "" {
			return r.link(url, text)
		}
		return next, false, nil
	case "page", "offset":
		if a.more != nil {
			v, err := a.more.one(ctx, answer.Value)
			if b, ok := v.(bool); err != nil || !ok && v != nil {
				return next, false, a.more.unfit()
			} else {
				return next, b, nil
			}
		}
		return next, items > 0 && (r.total < 0 || r.seen < r.total), nil
	}
	return next, false, nil
}

// leads reports whether this page or one before it had the member that leads to the next.
// One that is absent may be mistyped: then no page but the first would ever be read, and
// nobody would know (hazard H-02). An API that leaves it out of its last page says so by
// `// null`. Links are left out by so many that only whoever joins the system is told.
func (r *reading) leads(answer any, led bool) bool {
	path := r.asking.leads
	switch {
	case path == nil || led:
	case holds(answer, path):
		r.env.Tell(sources.NextSeen, r.asking.key)
		return true
	case r.asking.Pages.Style == "cursor":
		r.gap("page-cursor-missing", "Its answer has no "+r.asking.key+".pages.cursor: there may be more pages")
	default:
		r.env.Tell(sources.NextAbsent, r.asking.key)
	}
	return led
}

// link follows a link to the next page, if it may be followed.
func (r *reading) link(url, text string) (next place, more bool, err error) {
	to, ok := r.client.Next(url, text)
	if !ok {
		r.gap("next-link", "Its link to the next page leads elsewhere and is not followed")
		return next, false, nil
	}
	return place{url: to}, true, nil
}

// count notes how many items the page has, and how many it says there are.
func (r *reading) count(ctx context.Context, answer any) (items int, err error) {
	number := func(p *program) (int, error) {
		v, err := p.one(ctx, answer)
		text, _ := plain(v)
		n, bad := strconv.Atoi(text)
		if err != nil || bad != nil || n < 0 {
			return 0, p.unfit()
		}
		return n, nil
	}
	if r.asking.items != nil {
		if items, err = number(r.asking.items); err != nil {
			return 0, err
		}
		r.seen += items
	}
	if r.asking.total != nil {
		if r.total, err = number(r.asking.total); err != nil {
			return 0, err
		}
	}
	return items, nil
}

var linkHeader = regexp.MustCompile(`<([^<>]*)>((?:\s*;\s*[a-zA-Z0-9*-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)`)

// nextLink finds the link to the next page in a Link header (RFC 8288).
func nextLink(header string) string {
	for _, m := range linkHeader.FindAllStringSubmatch(header, -1) {
		for param := range strings.SplitSeq(m[2], ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
			if strings.EqualFold(strings.TrimSpace(name), "rel") && hasWord(strings.Trim(strings.TrimSpace(value), `"`), "next") {
				return m[1]
			}
		}
	}
	return ""
}

func hasWord(s, word string) bool {
	for w := range strings.FieldsSeq(s) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
