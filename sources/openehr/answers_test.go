package openehr_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	cdr "github.com/patchworkcare/patchwork/demo/openehr"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func codes(r sources.Result) string {
	var all []string
	for _, g := range r.Gaps {
		all = append(all, g.Code)
	}
	if e := sources.AsError(r.Err); e != nil {
		all = append(all, e.Kind.String()+" "+e.Code)
	}
	return strings.Join(all, ",")
}

const problems = `
sections:
  problems:
    aql: SELECT e/ehr_id/value AS subject, c/uid/value AS id FROM EHR e CONTAINS COMPOSITION c WHERE e/ehr_id/value = $ehr_id ORDER BY c/uid/value
`

func rows(from, n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`["P1","r%d"]`, from+i))
	}
	return `{"columns":[{"name":"subject"},{"name":"id"}],"rows":[` + strings.Join(all, ",") + `]}`
}

// Pages are read to their end, or it is said that they were not.
func TestPages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pages string
		serve func(call int, body string) (int, string)
		want  int
		gap   string
		calls int
	}{
		"none":            {"{}", func(int, string) (int, string) { return 200, rows(0, 5) }, 5, "", 1},
		"until empty":     {"{by: fetch, size: 3}", func(n int, _ string) (int, string) { return 200, rows(n*3, max(0, 3-n)) }, 6, "", 4},
		"short ends":      {"{by: fetch, size: 3, short_ends: true}", func(n int, _ string) (int, string) { return 200, rows(n*3, max(0, 3-n)) }, 5, "", 2},
		"fewer than size": {"{by: limit, size: 100}", func(n int, _ string) (int, string) { return 200, rows(n*2, 2-n/2*2) }, 4, "", 3},
		"not heeded":      {"{by: fetch, size: 3}", func(int, string) (int, string) { return 200, rows(0, 3) }, 3, "next-loop", 2},
		"without end":     {"{by: fetch, size: 3, max: 4}", func(n int, _ string) (int, string) { return 200, rows(n*3, 3) }, 12, "page-cap", 4},
		"one fails":       {"{by: fetch, size: 3}", func(n int, _ string) (int, string) { return 200 + n*303, rows(n*3, 3) }, 3, "page-http-503", 2},
		"one is another": {"{by: fetch, size: 3}", func(n int, _ string) (int, string) {
			return 200, strings.Replace(rows(n*3, 3), "subject", map[bool]string{true: "subject", false: "who"}[n == 0], 1)
		}, 3, "page-not-result-set", 2},
		"the first fails":    {"{by: fetch}", func(int, string) (int, string) { return 503, "{}" }, 0, "unavailable http-503", 1},
		"the query is wrong": {"{}", func(int, string) (int, string) { return 400, `{"message":"Ashworth"}` }, 0, "malformed bad-query", 1},
		"no such query":      {"{}", func(int, string) (int, string) { return 404, `{}` }, 0, "malformed bad-query", 1},
		"it takes too long":  {"{}", func(int, string) (int, string) { return 408, `{}` }, 0, "unavailable http-408", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			calls := 0
			s.behave(func(w http.ResponseWriter, r *http.Request) bool {
				code, body := c.serve(calls, "")
				calls++
				return text(code, "application/json", body)(w, r)
			}, "")
			got := fetchOne(t, open(t, stanza(t, "url: "+s.URL+problems+"    pages: "+c.pages)), record.Problems, "P1")
			if codes(got) != c.gap || len(got.Entries) != c.want || calls != c.calls {
				t.Errorf("%q, %d entries, %d calls; want %q, %d, %d", codes(got), len(got.Entries), calls, c.gap, c.want, c.calls)
			}
			if e := sources.AsError(got.Err); e != nil && strings.Contains(e.Error(), "Ashworth") {
				t.Error(e)
			}
		})
	}
}

// An id is a parameter beside the query, whatever it is made of, and never in a URL.
func TestIDsAreParameters(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	x := open(t, demoStanza(t, s))
	for _, id := range []string{"' OR 1=1", "$ehr_ids", "\"}", "a\nb", "../..", "é"} {
		s.behave(nil, "")
		if got := fetchOne(t, x, record.Problems, id); codes(got) != "" || len(got.Entries) > 0 {
			t.Errorf("%q: %s", id, codes(got))
		}
		paths, bodies := s.asked()
		for i, path := range paths {
			if path != cdr.Base+"/query/aql" || !strings.Contains(bodies[i], `matches {$ehr_ids}`) {
				t.Errorf("%q: %s %s", id, path, bodies[i])
			}
		}
	}
}

// The EHR of a subject is that of the very subject, or nobody's.
func TestSubjects(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	x := open(t, stanza(t, "url: "+s.URL+cdr.Base+"\npeople: {namespace: nhs_number}\ntrust_nhs_numbers: verified"+problems)).(sources.Finder)
	find := func(q record.PersonQuery) (string, string) {
		found, err := x.Find(t.Context(), []record.PersonQuery{q})
		if err != nil {
			return "", sources.AsError(err).Code
		}
		var ids []string
		for _, p := range found[0] {
			ids = append(ids, p.Subject+" "+string(p.NHSNumberStatus))
		}
		return strings.Join(ids, ","), ""
	}
	for _, c := range []struct {
		number, want, code string
		answer             handler
		fault              string
	}{
		{"9990000018", maryID + " VERIFIED", "", nil, ""},
		{"9990000034", "", "", nil, ""},
		{"9990000018", "", "wrong-patient", nil, "wrong-patient"},
		{"9990000018", "", "http-404", text(404, "text/html", "<html>"), ""},
		{"9990000018", "", "http-500", text(500, "application/json", "{}"), ""},
		{"9990000018", "", "not-ehr", text(200, "application/json", "{}"), ""},
		{"9990000018", "", "not-ehr", text(200, "application/json", `{"ehr_id":{"value":"x"},"ehr_status":{"subject":{"external_ref":{"id":{"value":"9990000018"},"namespace":"hospital"}}}}`), ""},
	} {
		s.behave(c.answer, c.fault)
		if got, code := find(record.PersonQuery{NHSNumber: record.NHSNumber(c.number)}); got != c.want || code != c.code {
			t.Errorf("%s: %q %q, want %q %q", c.number, got, code, c.want, c.code)
		}
	}
	s.behave(nil, "")
	if _, code := find(record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12"}); code != "search-not-offered" {
		t.Errorf("a search by name: %q", code)
	}
}

// A stanza says what is wrong with it.
func TestProblems(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"aql: SELECT a AS b FROM EHR e WHERE e/ehr_id/value = $ehr_id":                 "",
		"aql: SELECT a AS b FROM EHR e":                                                "sections.problems.aql",
		"aql: SELECT '$ehr_id' AS b FROM EHR e -- $ehr_id":                             "sections.problems.aql",
		"aql: SELECT a AS b FROM EHR e WHERE e/x = $ehr_id AND e/y matches {$ehr_ids}": "sections.problems.aql",
		"aql: SELECT a AS b FROM EHR e WHERE e/x = $ehr_id AND e/y = $other":           "sections.problems.aql",
		"aql: DELETE $ehr_id": "sections.problems.aql",
		"aql: SELECT a AS b FROM EHR e WHERE e/x = $ehr_id; DROP": "sections.problems.aql",
		"{}":                                   "sections.problems.aql",
		"{stored: \"org.example::q/1.0\"}":     "",
		"{stored: \"../../admin\"}":            "sections.problems.stored",
		"{stored: \"q\", aql: SELECT $ehr_id}": "sections.problems.aql",
		"{stored: \"q\", pages: {by: limit}}":  "sections.problems.pages.by",
		"{aql: SELECT a FROM EHR e WHERE e/x = $ehr_id, pages: {by: fetch}}":                      "sections.problems.pages.by",
		"{aql: SELECT a FROM EHR e WHERE e/x = $ehr_id ORDER BY a LIMIT 3, pages: {by: fetch}}":   "sections.problems.pages.by",
		"{aql: SELECT a FROM EHR e WHERE e/x = $ehr_id ORDER BY a, pages: {by: other}}":           "sections.problems.pages.by",
		"{aql: SELECT a FROM EHR e WHERE e/x = $ehr_id ORDER BY a, pages: {by: fetch, size: -1}}": "sections.problems.pages",
		"{aql: SELECT a FROM EHR e WHERE e/x = $ehr_id, batch: 501}":                              "sections.problems.batch",
		"{aql: SELECT a FROM EHR e WHERE e/x = $ehr_id, columns: {nothing: x}}":                   "sections.problems.columns.nothing",
	} {
		if !strings.HasPrefix(text, "{") {
			text = "{" + strings.Replace(text, "aql: ", `aql: "`, 1) + `"}`
		} else {
			text = strings.Replace(text, "matches {$ehr_ids}", "= $ehr_id", 1)
		}
		got := ""
		for _, p := range decode(t, "url: https://cdr.example.org\nsections: {problems: "+text+"}").Validate() {
			if got == "" || p.Path == want {
				got = p.Path
			}
		}
		if got != want {
			t.Errorf("%s reports %q, want %q", text, got, want)
		}
	}
}
