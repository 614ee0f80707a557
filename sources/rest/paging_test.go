package rest_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// row is one statement about P1.
func row(n int) string {
	return fmt.Sprintf(`{"who":"P1","id":"a%d","text":"Alert","on":"2026-01-02"}`, n)
}

const rows = `
    rows: ".items[] | {subject: .who, id, code_text: .text, date: .on}"
`

// Every style of paging reads all pages, stops where it must, and says what is missing.
func TestPaging(t *testing.T) {
	t.Parallel()
	page := func(r *http.Request, name string) int { n, _ := strconv.Atoi(r.URL.Query().Get(name)); return n }
	for name, c := range map[string]struct {
		pages string
		serve func(base string, w http.ResponseWriter, r *http.Request)
		want  int
		gap   string
		calls int
	}{
		"next": {"{style: next, next: .next}", func(_ string, w http.ResponseWriter, r *http.Request) {
			if n := page(r, "p"); n < 2 {
				fmt.Fprintf(w, `{"items":[%s],"next":"?p=%d"}`, row(n), n+1)
			} else {
				fmt.Fprintf(w, `{"items":[%s]}`, row(n))
			}
		}, 3, "", 3},
		"next on another host": {"{style: next, next: .next}", func(_ string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"next":"http://localhost:1/alerts"}`, row(1))
		}, 1, "next-link", 1},
		"next on another port": {"{style: next, next: .next}", func(base string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"next":"%s0/api/alerts"}`, row(1), strings.TrimSuffix(base, "/api"))
		}, 1, "next-link", 1},
		"next beside the base": {"{style: next, next: .next}", func(_ string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"next":"/api/../admin"}`, row(1))
		}, 1, "next-link", 1},
		"next with a user": {"{style: next, next: .next}", func(base string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"next":"%s/alerts"}`, row(1), strings.Replace(base, "//", "//a:b@", 1))
		}, 1, "next-link", 1},
		"next in a circle": {"{style: next, next: .next}", func(_ string, w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"next":"?p=%d"}`, row(page(r, "p")), 1-page(r, "p"))
		}, 2, "next-loop", 3},
		"next is a number": {"{style: next, next: .next}", func(_ string, w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"next":[1]}`, row(1))
		}, 0, "error mapping", 1},
		"link": {"{style: link}", func(_ string, w http.ResponseWriter, r *http.Request) {
			n := page(r, "p")
			w.Header().Set("Content-Type", "application/json")
			w.Header().Add("Link", `<?p=0>; rel="first"`)
			if n < 2 {
				w.Header().Add("Link", fmt.Sprintf(`<?p=%d>; title="a, b; c"; rel="prefetch next"`, n+1))
			}
			fmt.Fprintf(w, `{"items":[%s]}`, row(n))
		}, 3, "", 3},
		"cursor": {"{style: cursor, cursor: .more, items: '.items | length', total: .total}", func(_ string, w http.ResponseWriter, r *http.Request) {
			next := map[string]string{"": `"b"`, "b": `"c"`, "c": "null"}[r.URL.Query().Get("cursor")]
			fmt.Fprintf(w, `{"items":[%s],"more":%s,"total":3}`, row(len(next)*7+len(r.URL.Query().Get("cursor"))), next)
		}, 3, "", 3},
		"cursor and fewer than it says": {"{style: cursor, cursor: .more, items: '.items | length', total: .total}", func(_ string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"more":null,"total":3}`, row(1))
		}, 1, "fewer-than-total", 1},
		"a cursor that is in no answer": {"{style: cursor, cursor: .meta.after}", func(_ string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"meta":{"next":"b"}}`, row(1))
		}, 1, "page-cursor-missing", 1},
		"a cursor that is left out of the last page": {"{style: cursor, cursor: .meta.after}", func(_ string, w http.ResponseWriter, r *http.Request) {
			meta := map[string]string{"": `{"after":"b"}`, "b": `{}`}[r.URL.Query().Get("cursor")]
			fmt.Fprintf(w, `{"items":[%s],"meta":%s}`, row(len(meta)), meta)
		}, 2, "", 2},
		"a cursor that may be left out": {"{style: cursor, cursor: '.meta.after // null'}", func(_ string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"meta":{}}`, row(1))
		}, 1, "", 1},
		"a later page is unknown, in JSON": {"{style: offset, items: '.items | length'}\n    not_found: json", func(_ string, w http.ResponseWriter, r *http.Request) {
			if n := page(r, "offset"); n == 0 {
				fmt.Fprintf(w, `{"items":[%s]}`, row(n))
			} else {
				w.WriteHeader(404)
				fmt.Fprint(w, `{"error":"none"}`)
			}
		}, 1, "page-http-404", 2},
		"page numbers": {"{style: page, items: '.items | length'}", func(_ string, w http.ResponseWriter, r *http.Request) {
			if n := page(r, "page"); n <= 3 && n > 0 {
				fmt.Fprintf(w, `{"items":[%s]}`, row(n))
			} else {
				fmt.Fprint(w, `{"items":[]}`)
			}
		}, 3, "", 4},
		"page numbers that are not heeded": {"{style: page, items: '.items | length'}", func(_ string, w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"items":[%s]}`, row(1))
		}, 1, "next-loop", 2},
		"page numbers from nought": {"{style: page, first: 0, more: '.page < 2'}", func(_ string, w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"items":[%s],"page":%d}`, row(page(r, "page")), page(r, "page"))
		}, 3, "", 3},
		"offset": {"{style: offset, items: '.items | length', total: .total}", func(_ string, w http.ResponseWriter, r *http.Request) {
			n := page(r, "offset")
			fmt.Fprintf(w, `{"items":[%s,%s],"total":4}`, row(n), row(n+1))
		}, 4, "", 2},
		"without end": {"{style: offset, items: '.items | length', max: 5}", func(_ string, w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"items":[%s]}`, row(page(r, "offset")))
		}, 5, "page-cap", 5},
		"a later page fails": {"{style: offset, items: '.items | length'}", func(_ string, w http.ResponseWriter, r *http.Request) {
			if n := page(r, "offset"); n == 0 {
				fmt.Fprintf(w, `{"items":[%s]}`, row(n))
			} else {
				w.WriteHeader(503)
			}
		}, 1, "page-http-503", 2},
		"a later page is not found": {"{style: offset, items: '.items | length'}", func(_ string, w http.ResponseWriter, r *http.Request) {
			if n := page(r, "offset"); n == 0 {
				fmt.Fprintf(w, `{"items":[%s]}`, row(n))
			} else {
				w.WriteHeader(404)
			}
		}, 1, "page-http-404", 2},
		"a later page is about somebody else": {"{style: offset, items: '.items | length'}", func(_ string, w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, strings.Replace(fmt.Sprintf(`{"items":[%s]}`, row(page(r, "offset"))), "P1", map[bool]string{true: "P1", false: "P2"}[page(r, "offset") == 0], 1))
		}, 0, "error wrong-patient", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			calls := 0
			base := s.URL + "/api"
			s.behave(func(w http.ResponseWriter, r *http.Request) bool {
				calls++
				w.Header().Set("Content-Type", "application/json")
				c.serve(base, w, r)
				return true
			})
			query := ""
			for style, param := range map[string]string{"style: cursor": "cursor", "style: page": "page", "style: offset": "offset"} {
				if strings.Contains(c.pages, style) {
					query = fmt.Sprintf("    query: {%s: \"{%s}\"}\n", param, param)
				}
			}
			got := fetchOne(t, open(t, stanza(t, "url: "+base+"\nsections:\n  alerts:\n    path: /alerts/{id}\n    pages: "+c.pages+"\n"+query+rows)), record.Alerts, "P1")
			gap := ""
			for _, g := range got.Gaps {
				gap += g.Code
			}
			if got.Err != nil {
				gap = "error " + sources.AsError(got.Err).Code
			}
			if len(got.Entries) != c.want || gap != c.gap || c.calls > 0 && calls != c.calls {
				t.Errorf("%d entries, %q, %d calls; want %d, %q, %d", len(got.Entries), gap, calls, c.want, c.gap, c.calls)
			}
		})
	}
}
