package main

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const wholeLine = `query($n: NHSNumber!, $first: Int, $after: String, $sections: [String!], $sources: [ID!], $organisations: [String!], $text: String, $from: Date, $to: Date, $undated: Boolean) {
	patientByNHSNumber(nhsNumber: $n) { id timeline(first: $first, after: $after, sections: $sections, sources: $sources, organisations: $organisations, text: $text, from: $from, to: $to, undated: $undated) {
		edges { cursor section mark node { id date recorded provenance { source { id } organisation { ods name } } } }
		pageInfo { hasNextPage hasPreviousPage endCursor } totalCount undated span { first last } missing { section outcome { source { id } status code } }
		buckets { scale list { date count sections { section count } } }
		facets { sections { section count } sources { source { id } count } organisations { organisation { ods name } count } marks { mark count } }
	} } }`

func (r *region) line(t *testing.T, number string, more map[string]any) object {
	t.Helper()
	variables := map[string]any{"n": number, "first": 100}
	for k, v := range more {
		variables[k] = v
	}
	got := r.ask(t, auth.RoleGP, wholeLine, variables)
	line, _ := got.at("data.patientByNHSNumber.timeline").(map[string]any)
	if line == nil || got["errors"] != nil {
		t.Fatalf("%v: %v", more, got["errors"])
	}
	return line
}

func (o object) number(path string) int {
	n, _ := o.at(path).(float64)
	return int(n)
}

// What the facets and buckets promise is what the filters give, and the pages together are
// the whole line.
func TestTheLineKeepsWhatItsFacetsPromise(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	n := r.Scenario("everything").NHSNumber
	all := r.line(t, n, nil)
	total := all.number("totalCount")
	if total < 30 || all.at("span.first") == nil {
		t.Fatalf("the line has %d entries: %v", total, all["span"])
	}
	sum, check := 0, func(what string, promised int, filter map[string]any) {
		t.Helper()
		if got := r.line(t, n, filter).number("totalCount"); got != promised || promised == 0 {
			t.Errorf("%s: %d promised, %d given", what, promised, got)
		}
	}
	for _, f := range all.list("facets.sections") {
		sum += f.number("count")
		check(f.text("section"), f.number("count"), map[string]any{"sections": []string{f.text("section")}})
	}
	if sum != total {
		t.Errorf("the sections have %d entries, the line %d", sum, total)
	}
	for _, f := range all.list("facets.sources") {
		check(f.text("source.id"), f.number("count"), map[string]any{"sources": []string{f.text("source.id")}})
	}
	for _, f := range all.list("facets.organisations") {
		key := f.text("organisation.ods")
		if key == "" {
			key = f.text("organisation.name")
		}
		check(key, f.number("count"), map[string]any{"organisations": []string{key}})
	}
	sum = 0
	for i, b := range all.list("buckets.list") {
		sum += b.number("count")
		if i < 3 {
			check(b.text("date"), b.number("count"), map[string]any{"from": b.text("date"), "to": b.text("date")})
		}
	}
	if sum != total {
		t.Errorf("the buckets have %d entries, the line %d", sum, total)
	}
	var ids []string
	for after := any(nil); ; {
		page := r.line(t, n, map[string]any{"first": 20, "after": after})
		for _, e := range page.list("edges") {
			ids = append(ids, e.text("node.id"))
		}
		if page.at("pageInfo.hasNextPage") != true {
			break
		}
		after = page.at("pageInfo.endCursor")
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != total {
		t.Errorf("the pages have %d entries, the line %d", len(ids), total)
	}
	if chosen := r.line(t, n, map[string]any{"sections": []string{"results"}}); len(chosen.list("facets.sections")) != len(all.list("facets.sections")) {
		t.Errorf("with one section chosen the others are not offered: %v", chosen.at("facets.sections"))
	}
	if undated := r.line(t, n, map[string]any{"undated": true}); undated.number("totalCount") != all.number("undated") || len(undated.list("buckets.list")) != 0 {
		t.Errorf("%d entries are said to be undated, %d are shown", all.number("undated"), undated.number("totalCount"))
	}
}

// A filter hides no gap (hazard H-02), and reading the line with all that counts it costs
// each system what one page of the record does.
func TestTheLineUnderFiltersSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { remember(c, 0) })
	n := r.Scenario("everything").NHSNumber
	r.linked(t, n)
	r.record(t, auth.RoleGP, n)
	count := func(read func()) map[string]float64 {
		for _, s := range r.Systems {
			r.control(t, http.MethodDelete, s.ID, "/counts", "")
		}
		read()
		calls := map[string]float64{}
		for _, s := range r.Systems {
			counts, _ := r.control(t, http.MethodGet, s.ID, "", "").at("counts").(map[string]any)
			for path, n := range counts {
				calls[s.ID+" "+path] += n.(float64)
			}
		}
		return calls
	}
	page := count(func() { r.record(t, auth.RoleGP, n) })
	line := count(func() { r.line(t, n, map[string]any{"sections": []string{"results"}, "text": "a"}) })
	for path, calls := range line {
		if calls > page[path] {
			t.Errorf("%s: %v calls for a line, %v for the record", path, calls, page[path])
		}
	}
	t.Logf("calls for the record %v, for a line %v", page, line)
	r.control(t, "PUT", "hospital", "", `{"fault":"refused"}`)
	for _, filter := range []map[string]any{nil, {"text": "nothing has this word"}, {"sources": []string{"gp"}}, {"organisations": []string{"nobody"}}, {"from": "2200"}, {"undated": true}} {
		silent := false
		for _, g := range r.line(t, n, filter).list("missing") {
			silent = silent || g.text("outcome.source.id") == "hospital" && g.text("outcome.status") == "UNAVAILABLE"
		}
		if !silent {
			t.Errorf("%v: nothing says that the hospital does not answer", filter)
		}
	}
}

// What may be asked of a line is bounded.
func TestHostileLines(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	n := r.Scenario("everything").NHSNumber
	for want, variables := range map[string]map[string]any{
		"BAD_INPUT": {"text": fmt.Sprintf("%101s", "x")},
	} {
		variables["n"] = n
		if got := r.ask(t, auth.RoleGP, wholeLine, variables); got.code() != want {
			t.Errorf("%v: %s, want %s", variables, got.code(), want)
		}
	}
	for _, filter := range []map[string]any{
		{"sources": []string{"no-such-source", ""}}, {"organisations": []string{"", "'; DROP TABLE"}}, {"text": "\x00\u202e%_*["},
		{"from": "9999", "to": "0001"}, {"from": "0001-01-01", "to": "0001"},
	} {
		if got := r.line(t, n, filter).number("totalCount"); got != 0 {
			t.Errorf("%v finds %d", filter, got)
		}
	}
	if whole, spaces := r.line(t, n, nil), r.line(t, n, map[string]any{"text": " \t ", "organisations": []string{}, "sources": []string{}}); whole.number("totalCount") != spaces.number("totalCount") {
		t.Errorf("filters that say nothing leave %d of %d", spaces.number("totalCount"), whole.number("totalCount"))
	}
}
