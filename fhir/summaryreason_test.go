package fhir

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestWhyASectionIsEmpty (hazard H-02): "nil known" is what somebody has stated; nothing that
// was not answered reads as it, whatever is configured.
func TestWhyASectionIsEmpty(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sections       string
		plain, literal string
	}{
		"nobody was asked":               {`[null]`, unavailable, unavailable},
		"no section":                     {`[]`, unavailable, unavailable},
		"no outcome":                     {`[{"verdict":"NONE_KNOWN","outcomes":[]}]`, unavailable, unavailable},
		"stated":                         {`[{"verdict":"NONE_KNOWN","outcomes":[{"status":"ASSERTED_NONE"},{"status":"EMPTY"}]}]`, nilKnown, nilKnown},
		"nothing recorded":               {`[{"verdict":"NOT_RECORDED","outcomes":[{"status":"EMPTY"}]}]`, notAsked, nilKnown},
		"entries that belong elsewhere":  {`[{"verdict":"KNOWN","outcomes":[{"status":"ANSWERED"}]}]`, notAsked, nilKnown},
		"a conflict":                     {`[{"verdict":"CONFLICT","outcomes":[{"status":"ANSWERED"},{"status":"ASSERTED_NONE"}]}]`, notAsked, notAsked},
		"nobody offers it":               {`[{"verdict":"UNAVAILABLE","outcomes":[{"status":"NOT_OFFERED"},{"status":"NOT_REGISTERED"}]}]`, unavailable, unavailable},
		"held back":                      {`[{"verdict":"WITHHELD","outcomes":[{"status":"WITHHELD"},{"status":"EMPTY"}]}]`, withheld, withheld},
		"held back, and stated":          {`[{"verdict":"WITHHELD","outcomes":[{"status":"WITHHELD"},{"status":"ASSERTED_NONE"}]}]`, withheld, withheld},
		"held back, and not answered":    {`[{"verdict":"UNAVAILABLE","outcomes":[{"status":"WITHHELD"},{"status":"TIMED_OUT"}]}]`, unavailable, unavailable},
		"a verdict that is wrong":        {`[{"verdict":"NONE_KNOWN","outcomes":[{"status":"ASSERTED_NONE"},{"status":"UNAVAILABLE"}]}]`, unavailable, unavailable},
		"a verdict that is not known":    {`[{"verdict":"FINE","outcomes":[{"status":"EMPTY"}]}]`, unavailable, unavailable},
		"a status that is not known":     {`[{"verdict":"NOT_RECORDED","outcomes":[{"status":"FINE"}]}]`, unavailable, unavailable},
		"pending":                        {`[{"verdict":"PENDING","outcomes":[{"status":"PENDING"}]}]`, unavailable, unavailable},
		"in part":                        {`[{"verdict":"KNOWN_INCOMPLETE","outcomes":[{"status":"PARTIAL"}]}]`, unavailable, unavailable},
		"another person's":               {`[{"verdict":"UNAVAILABLE","outcomes":[{"status":"MISMATCHED"}]}]`, unavailable, unavailable},
		"two, one not answered":          {`[{"verdict":"NONE_KNOWN","outcomes":[{"status":"ASSERTED_NONE"}]},{"verdict":"UNAVAILABLE","outcomes":[{"status":"TIMED_OUT"}]}]`, unavailable, unavailable},
		"two, the first not answered":    {`[{"verdict":"UNAVAILABLE","outcomes":[{"status":"TIMED_OUT"}]},{"verdict":"NONE_KNOWN","outcomes":[{"status":"ASSERTED_NONE"}]}]`, unavailable, unavailable},
		"two, one held back":             {`[{"verdict":"WITHHELD","outcomes":[{"status":"WITHHELD"}]},{"verdict":"NOT_RECORDED","outcomes":[{"status":"EMPTY"}]}]`, withheld, withheld},
		"two, one stated, one not asked": {`[{"verdict":"NONE_KNOWN","outcomes":[{"status":"ASSERTED_NONE"}]},{"verdict":"NOT_RECORDED","outcomes":[{"status":"EMPTY"}]}]`, notAsked, nilKnown},
		"the same, the other way round":  {`[{"verdict":"NOT_RECORDED","outcomes":[{"status":"EMPTY"}]},{"verdict":"NONE_KNOWN","outcomes":[{"status":"ASSERTED_NONE"}]}]`, notAsked, nilKnown},
	} {
		var sections []node
		if err := json.Unmarshal([]byte(c.sections), &sections); err != nil {
			t.Fatal(err)
		}
		if got := emptyReason(sections, false); got != c.plain {
			t.Errorf("%s: %s, want %s", name, got, c.plain)
		}
		if got := emptyReason(sections, true); got != c.literal {
			t.Errorf("%s, to the letter: %s, want %s", name, got, c.literal)
		}
	}
}

// TestSummaryOfLittle: a person of whom nothing could be read has a document all the same;
// what a pharmacy handed over, which is no resource here, is told and is not "none".
func TestSummaryOfLittle(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data        string
		status      int
		says, never []string
	}{
		"nobody":          {`{"patient":null}`, 404, []string{"not-found"}, []string{"Composition"}},
		"nothing of them": {`{"patient":{"id":"p"}}`, 200, []string{`"code":"unavailable"`, `"_birthDate"`, "Name not known"}, []string{"nilknown", "notasked"}},
		"handed over": {`{"patient":{"id":"p","medications":{"title":"M","verdict":"KNOWN","outcomes":[{"status":"ANSWERED","source":{"id":"s","name":"S"}}],
			"entries":[{"id":"a","kind":"DISPENSE","code":{"text":"Aspirin"}}]}}}`, 200, []string{"Aspirin", "handed over by a pharmacy"}, []string{"nilknown", "notasked"}},
		"held back in part": {`{"patient":{"id":"p","allergies":{"title":"A","verdict":"KNOWN","withheldFields":["code"],"outcomes":[{"status":"ANSWERED","source":{"id":"s","name":"S"}}],
			"entries":[{"clinicalStatus":"active"}]}}}`, 200, []string{"held back of every entry: code", "Not stated", `"code":{"extension"`}, []string{"nilknown"}},
	} {
		s := serverOf(t, answering{answer: Answer{Data: []byte(c.data)}})
		s.LiteralNil = true
		w := ask(t, s, http.MethodGet, "Patient/p/$summary", nil)
		body := w.Body.String()
		if w.Code != c.status {
			t.Errorf("%s: %d %s", name, w.Code, body)
		}
		for _, part := range c.says {
			if !strings.Contains(body, part) {
				t.Errorf("%s: %s is not in %s", name, part, body)
			}
		}
		for _, part := range c.never {
			if strings.Contains(body, part) {
				t.Errorf("%s: %s is in %s", name, part, body)
			}
		}
		if w := ask(t, s, http.MethodGet, "Patient/p/$summary", map[string]string{"Accept": "text/html"}); w.Code != c.status {
			t.Errorf("%s as a page: %d", name, w.Code)
		}
	}
}
