package check_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/sources/rest"
)

// hospice is a strange JSON API: an envelope, a cursor of one, and everybody where it does
// not know what it is asked by.
type hospice struct {
	guests []object
	lists  map[string][]object
}

func guests() *hospice {
	return &hospice{guests: []object{
		{"guestNo": "g-canary-1", "nhs": number, "sur": family, "fore": "Canaria", "dob": born, "sx": "F"},
		{"guestNo": "g-canary-2", "nhs": "9990000026", "sur": "Canarywood", "fore": "Canarius", "dob": "1978-11-30", "sx": "M"},
	}, lists: map[string][]object{
		"visits": {
			{"v": "1", "guestNo": "g-canary-1", "what": "Home visit", "when": "2025-05-04", "state": "DONE", "by": wrote},
			{"v": "2", "guestNo": "g-canary-1", "what": "Telephone call", "when": "2025-05-11", "state": "DONE", "by": wrote},
			{"v": "3", "guestNo": "g-canary-2", "what": "Day centre", "when": "2025-05-12", "state": "DONE", "by": wrote},
		},
		"warnings": {{"w": "9", "guestNo": "g-canary-1", "alert": "Key safe", "since": "2025-01-01", "by": wrote}},
	}}
}

func (h *hospice) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := func(status int, v any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	if r.URL.Path == "/api" {
		answer(200, object{})
		return
	}
	if r.URL.Path == "/api/find" {
		var by map[string]any
		_ = json.NewDecoder(r.Body).Decode(&by)
		found := []object{}
		for _, g := range h.guests {
			fits := true
			for _, key := range []string{"nhs", "guestNo", "sur", "dob"} {
				if v, asked := by[key]; asked {
					many, _ := v.([]any)
					fits = fits && (v == g[key] || slices.Contains(many, g[key]))
				}
			}
			if fits {
				found = append(found, g)
			}
		}
		answer(200, object{"guests": found})
		return
	}
	path := strings.Split(r.URL.Path, "/") // /api/guests/ID/LIST
	if len(path) != 5 || h.lists[path[4]] == nil || !slices.ContainsFunc(h.guests, func(g object) bool { return g["guestNo"] == path[3] }) {
		answer(404, object{"fault": "unknown guest"})
		return
	}
	rows := []object{}
	for _, row := range h.lists[path[4]] {
		if row["guestNo"] == path[3] {
			rows = append(rows, row)
		}
	}
	var after any
	at := 0
	if r.URL.Query().Get("after") == "1" {
		at = 1
	}
	if at+1 < len(rows) {
		after = "1"
	}
	answer(200, object{"rows": rows[min(at, len(rows)):min(at+1, len(rows))], "meta": object{"after": after}})
}

const hospiceStanza = `
trust_nhs_numbers: verified
people:
  rows: ".guests[] | {subject: .guestNo, nhs_number: .nhs, family_name: .sur, given_names: .fore, birth_date: .dob, gender: .sx}"
  values: {gender: {F: female, M: male}}
  by_nhs_number: {method: POST, path: /find, body: {nhs: "{nhs_numbers}"}}
  by_local_id: {method: POST, path: /find, body: {guestNo: "{ids}"}}
  by_name: {method: POST, path: /find, body: {sur: "{family_name}", dob: "{birth_date}"}}
sections:
  contacts:
    path: /guests/{id}/visits
    query: {after: "{cursor}"}
    pages: {style: cursor, cursor: .meta.after}
    rows: ".rows[] | {subject: .guestNo, id: .v, code_text: .what, start: .when, status: .state, practitioner_name: .by}"
    values: {status: {DONE: finished}}
  alerts:
    path: /guests/{id}/warnings
    pages: {style: next, next: .meta.after}
    rows: ".rows[] | {subject: .guestNo, id: .w, code_text: .alert, start: .since, author_name: .by}"
    constants: {status: active}
`

// Each stanza is wrong in one place, and exactly that is found: nothing that the API is not
// asked rightly reads as nothing recorded.
func TestStanzasOfRestThatAreWrongInOnePlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to   string
		change     func(*hospice)
		origin     func(*record.Origin)
		fail, warn []string
		said       string
	}{
		"none":                    {},
		"a section's path":        {from: "{id}/warnings", to: "{id}/warning", fail: []string{"path-missing"}, said: "sections.alerts"},
		"a path, and a 404 is no": {from: "{id}/warnings", to: "{id}/warning\n    not_found: json", fail: []string{"section-unknown"}},
		"the cursor's member":     {from: "cursor: .meta.after}\n    rows: \".rows[] | {subject: .guestNo, id: .v", to: "cursor: .meta.next}\n    rows: \".rows[] | {subject: .guestNo, id: .v", fail: []string{"cut-off"}, said: "page-cursor-missing"},
		"the link's member":       {from: "next: .meta.after", to: "next: .meta.nxt", warn: []string{"next-never"}, said: "sections.alerts"},
		"no pages": {from: "    query: {after: \"{cursor}\"}\n    pages: {style: cursor, cursor: .meta.after}\n    rows: \".rows[] | {subject: .guestNo, id: .v", to: "    rows: \".rows[] | {subject: .guestNo, id: .v",
			warn: []string{"pages-unread"}, said: "sections.contacts"},
		"the number's key":   {from: "body: {nhs:", to: "body: {nhsNumber:", fail: []string{"search-anybody", "wrong-subject"}, said: "people.by_nhs_number"},
		"the name's keys":    {from: "body: {sur: \"{family_name}\", dob:", to: "body: {surname: \"{family_name}\", birth:", fail: []string{"search-anybody", "wrong-subject"}, said: "people.by_name"},
		"the search's path":  {from: "by_nhs_number: {method: POST, path: /find", to: "by_nhs_number: {method: POST, path: /fnd", fail: []string{"search-failed"}, said: "people.by_nhs_number"},
		"no birth date":      {from: ", birth_date: .dob", to: "", fail: []string{"birth-date-missing"}},
		"no number":          {from: " nhs_number: .nhs,", to: "", fail: []string{"nhs-number-missing"}},
		"a word of its own":  {change: func(h *hospice) { h.lists["visits"][2]["state"] = "DNA" }, warn: []string{"status-word"}, said: "contacts.status: DNA"},
		"a name as a status": {change: func(h *hospice) { h.lists["visits"][2]["state"] = "CANARYWOOD" }, warn: []string{"status-word"}},
		"no ODS code":        {origin: func(o *record.Origin) { o.Organisation.ODS = "" }, fail: []string{"organisation-code"}},
		"the probe's path":   {from: "\npeople:", to: "\nprobe: {path: /nowhere}\npeople:", fail: []string{"path-unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, s := guests(), settings
			s.Origin.Kind = "rest"
			if c.change != nil {
				c.change(h)
			}
			if c.origin != nil {
				c.origin(&s.Origin)
			}
			server := httptest.NewServer(h)
			defer server.Close()
			if !strings.Contains(hospiceStanza, c.from) {
				t.Fatal("the stanza has no such place")
			}
			config := stanza(t, new(rest.Config), "url: "+server.URL+"/api\n"+strings.Replace(hospiceStanza, c.from, c.to, 1))
			r := checked(t, config, s, check.Options{People: []string{"g-canary-1", "g-canary-2"}, Wait: patience})
			if fail, warn := r.Found(check.Fail), r.Found(check.Warn); !slices.Equal(fail, c.fail) || !slices.Equal(warn, c.warn) {
				t.Errorf("failed %v, not %v; warned %v, not %v", fail, c.fail, warn, c.warn)
			}
			if c.said == "" {
				return
			}
			text, _ := json.Marshal(r)
			if !strings.Contains(string(text), c.said) {
				t.Errorf("%q is not said: %s", c.said, text)
			}
		})
	}
}

// A section whose path is mistyped does not count against the system as a whole.
func TestAMistypedPathOpensNoBreaker(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(guests())
	defer server.Close()
	config := stanza(t, new(rest.Config), "url: "+server.URL+"/api\n"+strings.Replace(hospiceStanza, "{id}/warnings", "{id}/warning", 1))
	s := settings
	s.Remember, s.RememberLate = 0, -1
	system, err := sources.Open(t.Context(), config, s, sources.Env{Now: clock}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = system.Close() }()
	for range 20 {
		for _, read := range system.Begin([]sources.Key{{Section: record.Alerts, LocalID: "g-canary-1"}}) {
			<-read.Done()
			if e := sources.AsError(read.Answer().Err); e == nil || e.Code != "http-404" {
				t.Fatalf("%v", e)
			}
		}
	}
	if system.Health().BreakerOpen {
		t.Error("the breaker is open")
	}
}
