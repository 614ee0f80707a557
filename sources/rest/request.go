package rest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// asking is an Ask made ready.
type asking struct {
	Ask
	key                                                   string
	rows, expect, about, next, cursor, items, more, total *program
	// leads is where the member stands that leads to the next page; nil if that is not known.
	leads []string
}

// sectionKey and peopleKey are how the keys of sections and of searches begin.
const (
	sectionKey = "sections."
	peopleKey  = "people."
)

// inPath reports whether it is the path that says who is searched for.
func inPath(path string) bool {
	return slices.ContainsFunc(parse(path), func(x part) bool { return personal(x.param) })
}

// The words of not_found.
const (
	notFoundJSON  = "json"
	notFoundAny   = "any"
	notFoundFault = "fault"
)

// newAsking makes an Ask ready that Validate found no fault with; nil of nil.
func newAsking(key string, a *Ask) *asking {
	if a == nil {
		return nil
	}
	made := &asking{Ask: *a, key: key}
	if a.NotFound == "" {
		made.NotFound = notFoundJSON
		if strings.HasPrefix(key, sectionKey) || strings.HasPrefix(key, peopleKey) && key != peopleKey+"by_local_id" && !inPath(a.Path) {
			made.NotFound = notFoundFault
		}
	}
	switch a.Pages.Style {
	case "next":
		made.leads = path(a.Pages.Next)
	case "cursor":
		made.leads = path(a.Pages.Cursor)
	}
	for _, one := range []struct {
		key, text string
		to        **program
	}{
		{"rows", a.Rows, &made.rows}, {"expect", a.Expect, &made.expect}, {"about", a.About, &made.about},
		{"pages.next", a.Pages.Next, &made.next},
		{"pages.cursor", a.Pages.Cursor, &made.cursor}, {"pages.items", a.Pages.Items, &made.items},
		{"pages.more", a.Pages.More, &made.more}, {"pages.total", a.Pages.Total, &made.total},
	} {
		if one.text != "" {
			*one.to, _ = compile(key+"."+one.key, one.text)
		}
	}
	return made
}

// many reports whether one request is about several people.
func (a *asking) many(list string) bool {
	found := parse(a.Path).uses(list)
	for _, all := range []map[string]columns.OneOrMore{a.Query, a.Form} {
		for _, texts := range all {
			for _, text := range texts {
				found = found || parse(text).uses(list)
			}
		}
	}
	for _, text := range a.Headers {
		found = found || parse(text).uses(list)
	}
	_, _ = eachText(a.Body, func(text string) (any, error) {
		p, ok := whole(text)
		found = found || ok && p.param == list
		return nil, nil
	})
	return found
}

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

func (a *asking) size() int  { return or(a.Pages.Size, defaultSize) }
func (a *asking) batch() int { return or(a.Batch, defaultBatch) }

// request fills the templates.
func (a *asking) request(base string, p params) (q jsonapi.Request, err error) {
	join := a.Join
	if join == "" {
		join = ","
	}
	p["limit"] = []string{strconv.Itoa(a.size())}
	q.Method = a.Method
	if q.Method == "" {
		q.Method = http.MethodGet
	}
	ok := true
	path, _ := parse(a.Path).fill(p, join, func(v string) string {
		// One segment of the path, whatever stands in it; a dot alone would be taken out.
		ok = ok && v != "" && !isDots(v)
		return url.PathEscape(v)
	})
	if !ok {
		return q, a.unaskable()
	}
	q.URL = base + path
	if query := values(a.Query, p, join); len(query) > 0 {
		q.URL += "?" + query.Encode()
	}
	q.Header = http.Header{}
	for name, text := range a.Headers {
		value, given := parse(text).fill(p, join, func(v string) string { return v })
		if !jsonapi.IsHeaderValue(value) {
			return q, a.unaskable()
		}
		if given {
			q.Header.Set(name, value)
		}
	}
	return q, a.body(&q, p, join)
}

func (a *asking) body(q *jsonapi.Request, p params, join string) error {
	switch {
	case a.Body != nil:
		filled, err := eachText(a.Body, func(text string) (any, error) {
			if x, ok := whole(text); ok {
				return x.inBody(p)
			}
			return text, nil
		})
		if err != nil {
			return a.unaskable()
		}
		if q.Body, err = json.Marshal(filled); err != nil {
			return a.unaskable()
		}
		q.ContentType = jsonapi.JSONType
	case len(a.Form) > 0:
		q.Body, q.ContentType = []byte(values(a.Form, p, join).Encode()), jsonapi.FormType
	case q.Method == http.MethodPost:
		q.Body, q.ContentType = []byte("{}"), jsonapi.JSONType
	}
	return nil
}

func values(all map[string]columns.OneOrMore, p params, join string) url.Values {
	out := url.Values{}
	for name, texts := range all {
		for _, text := range texts {
			if value, given := parse(text).fill(p, join, func(v string) string { return v }); given {
				out.Add(name, value)
			}
		}
	}
	return out
}

// unaskable is the error of a value that cannot be put where the request has it.
func (a *asking) unaskable() *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: "unaskable", Reason: "A value cannot stand where the request " + a.key + " puts it"}
}

// identity tells requests that are the same.
func identity(a *asking, q jsonapi.Request) string {
	var b strings.Builder
	b.WriteString(q.Method + "\n" + q.URL + "\n" + q.ContentType + "\n" + string(q.Body) + "\n" + a.NotFound + "\n" + a.Expect + "\n" + a.About)
	for _, name := range slices.Sorted(mapKeys(q.Header)) {
		b.WriteString("\n" + name + ": " + q.Header.Get(name))
	}
	p := a.Pages
	b.WriteString("\n" + strings.Join([]string{p.Style, p.Next, p.Cursor, p.Items, p.More, p.Total, strconv.Itoa(p.Max)}, "\n"))
	return b.String()
}
