package rest

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// Ask is one request and how its answer is read. Where {id} and the other parameters
// stand, and nowhere else, their values are put.
type Ask struct {
	// Method is GET (default) or POST.
	Method string `yaml:"method"`
	// Path is below the base, for example /clients/{id}/packages.
	Path string `yaml:"path"`
	// Query, Headers and Form are parameters by name; one that is empty is left out.
	Query   map[string]columns.OneOrMore `yaml:"query"`
	Headers map[string]string            `yaml:"headers"`
	Form    map[string]columns.OneOrMore `yaml:"form"`
	// Body is what is sent as JSON. A text of it that is a parameter is replaced: "{id}",
	// "{ids}" (a list), "{id:number}".
	Body any `yaml:"body"`
	// Batch is how many people one request is about where it takes {ids}; default 50.
	Batch int `yaml:"batch"`
	// Join stands between the values of a list in a path, query, header or form; default a
	// comma.
	Join string `yaml:"join"`
	// NotFound says what a 404 about one person means: "json" (that the person is unknown
	// there, if it comes with JSON, so not from a proxy), "any" (unknown, whatever comes with
	// it) or "fault". The default of a section is "fault": a mistyped path is answered so too
	// and would read as nothing recorded (hazard H-02). So is that of a search whose path does
	// not hold whom it is about. That of all others is "json".
	NotFound string `yaml:"not_found"`
	// Rows is jq from an answer to its rows: an object of named fields for each.
	Rows string `yaml:"rows"`
	// Expect is jq that must give true for every answer, for example has("items").
	Expect string `yaml:"expect"`
	// About is jq to the id of whom an answer is about, where it says so beside its rows: an
	// empty list about somebody else would read as nothing recorded.
	About string `yaml:"about"`
	Pages Pages  `yaml:"pages"`
}

// Pages is how an answer goes on.
type Pages struct {
	// Style is "none" (default), "next" (a link in the answer), "link" (the Link header),
	// "cursor", "page" (a number) or "offset".
	Style string `yaml:"style"`
	// Next is jq to the next page's address, or null.
	Next string `yaml:"next"`
	// Cursor is jq to the next page's {cursor}, or null.
	Cursor string `yaml:"cursor"`
	// Items is jq to how many items a page holds; More to whether there are more pages;
	// Total to how many items there are on all of them.
	Items string `yaml:"items"`
	More  string `yaml:"more"`
	Total string `yaml:"total"`
	// Size is {limit}; default 100. First is the first {page}; default 1.
	Size  int  `yaml:"size"`
	First *int `yaml:"first"`
	// Max is how many pages are read; default 20. What is beyond is named as missing.
	Max int `yaml:"max"`
}

const (
	defaultBatch = 50
	defaultSize  = 100
	defaultPages = 20
)

// needs are the parameters of a request: one of each group, and what else there may be.
type needs struct {
	oneOf [][]string
	may   []string
	rows  bool
}

func (n needs) known(p Pages) []string {
	return slices.Concat(append(slices.Clone(n.oneOf), n.may, p.parameters())...)
}

// parameters are those of the paging style.
func (p Pages) parameters() []string {
	switch p.Style {
	case "cursor":
		return []string{"cursor", "limit"}
	case "page":
		return []string{"page", "limit"}
	case "offset":
		return []string{"offset", "limit"}
	}
	return []string{"limit"}
}

// check gathers problems of a stanza.
type check struct {
	personal bool // personal data may stand in URLs
	problems []sources.Problem
}

func (v *check) add(path, text string) {
	v.problems = append(v.problems, sources.Problem{Path: path, Text: text})
}

// ask reports what is wrong with one request.
func (v *check) ask(path string, a *Ask, n needs) {
	if a.Method != "" && a.Method != http.MethodGet && a.Method != http.MethodPost {
		v.add(path+".method", "must be GET or POST")
	}
	if a.Method != http.MethodPost && (a.Body != nil || len(a.Form) > 0) {
		v.add(path+".method", "must be POST where there is a body or form")
	}
	if a.Body != nil && len(a.Form) > 0 {
		v.add(path+".form", "give body or form")
	}
	if !strings.HasPrefix(a.Path, "/") || strings.ContainsAny(a.Path, "?#\\") || slices.ContainsFunc(strings.Split(a.Path, "/"), isDots) {
		v.add(path+".path", "must begin with a slash, and have no ?, # or ..")
	}
	if a.Batch < 0 || a.Batch > 500 {
		v.add(path+".batch", "must be between 1 and 500")
	}
	if !slices.Contains([]string{"", notFoundJSON, notFoundAny, notFoundFault}, a.NotFound) {
		v.add(path+".not_found", "must be json, any or fault")
	}
	used := v.templates(path, a, n.known(a.Pages))
	for _, group := range n.oneOf {
		if !slices.ContainsFunc(group, func(name string) bool { return used[name] }) {
			v.add(path, "must say where {"+strings.Join(group, "} or {")+"} is put")
		}
		if len(group) > 1 && used[group[0]] && used[group[1]] {
			v.add(path, "puts {"+group[0]+"} and {"+group[1]+"}: one person or many")
		}
	}
	v.pages(path+".pages", a.Pages, used)
	v.program(path+".expect", a.Expect, false)
	v.program(path+".about", a.About, false)
	if a.About != "" && !slices.ContainsFunc(n.oneOf, func(group []string) bool { return slices.Contains(group, "id") }) {
		v.add(path+".about", "goes with a request about people by {id} or {ids}")
	}
	v.program(path+".rows", a.Rows, n.rows)
}

func isDots(s string) bool { return s == "." || s == ".." }

// templates reports the problems of all places, and which parameters they use.
func (v *check) templates(path string, a *Ask, known []string) map[string]bool {
	used := map[string]bool{}
	take := func(at string, t template, url bool) {
		for _, p := range t {
			switch {
			case p.param == "":
			case !slices.Contains(known, p.param):
				v.add(at, "{"+p.param+"} is no parameter here; there are {"+strings.Join(known, "}, {")+"}")
			case url && !v.personal && personal(p.param):
				v.add(at, "puts {"+p.param+"} into a URL, which proxies log; use a POST, or set personal_urls: true")
			}
			used[p.param] = true
		}
	}
	take(path+".path", parse(a.Path), true)
	lists := func(key string, all map[string]columns.OneOrMore, url bool) {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			for _, text := range all[name] {
				take(path+"."+key+"."+name, parse(text), url)
			}
		}
	}
	lists("query", a.Query, true)
	lists("form", a.Form, false)
	for _, name := range slices.Sorted(maps.Keys(a.Headers)) {
		at := path + ".headers." + name
		if !jsonapi.IsToken(name) || !jsonapi.IsHeaderValue(a.Headers[name]) || jsonapi.ReservedHeader(name) {
			v.add(at, "is no header that can be sent")
		}
		take(at, parse(a.Headers[name]), false)
	}
	if _, bad := eachText(a.Body, func(text string) (any, error) {
		if p, ok := whole(text); ok {
			take(path+".body", template{p}, false)
		}
		return nil, nil
	}); bad != nil {
		v.add(path+".body", "must be what JSON can hold: names are texts")
	}
	return used
}

// pages reports what is wrong with the paging style.
func (v *check) pages(path string, p Pages, used map[string]bool) {
	for _, one := range []struct{ name, text string }{{"next", p.Next}, {"cursor", p.Cursor}, {"items", p.Items}, {"more", p.More}, {"total", p.Total}} {
		v.program(path+"."+one.name, one.text, false)
	}
	if p.Size < 0 || p.Size > 10_000 || p.Max < 0 || p.Max > 1000 {
		v.add(path, "size must be between 1 and 10000, and max between 1 and 1000")
	}
	need := func(key, text string, ok bool) {
		if !ok {
			v.add(path+"."+key, text)
		}
	}
	switch p.Style {
	case "", "none":
		need("style", "must be next, link, cursor, page or offset", p.Next+p.Cursor+p.More == "")
	case "next":
		need("next", "is missing: jq to the next page's address, or null", p.Next != "")
	case "link":
	case "cursor":
		need("cursor", "is missing: jq to the next page's cursor, or null", p.Cursor != "")
		need("style", "needs {cursor} somewhere in the request", used["cursor"])
	case "page":
		need("items", "is missing: jq to how many items a page holds (or more: jq to whether there are more pages)", p.Items != "" || p.More != "")
		need("style", "needs {page} somewhere in the request", used["page"])
	case "offset":
		need("items", "is missing: jq to how many items a page holds", p.Items != "")
		need("style", "needs {offset} somewhere in the request", used["offset"])
	default:
		need("style", "must be none, next, link, cursor, page or offset", false)
	}
	need("total", "needs items: jq to how many items a page holds", p.Total == "" || p.Items != "")
}

// program reports what is wrong with a jq program.
func (v *check) program(path, text string, required bool) {
	if text == "" {
		if required {
			v.add(path, "is missing: jq from the answer to an object for each row, for example .items[] | {subject: .client, id, …}")
		}
		return
	}
	if _, fault := compile(path, text); fault != "" {
		v.add(path, fault)
	}
}
