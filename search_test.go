package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

const searching = `query($n: NHSNumber, $f: String, $g: String, $b: Date, $s: String, $p: String, $l: String, $o: String, $w: Int) {
	searchPatients(nhsNumber: $n, familyName: $f, givenName: $g, birthDate: $b, gender: $s, postcode: $p, localNumber: $l, organisation: $o, wait: $w) {
		similar more hits { id match nhsNumber birthDate gender postcode name { family given } sources { id } }
		outcomes { status code reason count source { id } } } }`

// found is what a search gives.
type found struct{ object }

func (f found) hits() []object { return f.list("data.searchPatients.hits") }

func (f found) outcome(source string) object {
	return outcome(f.at("data.searchPatients").(map[string]any), source)
}

func (f found) names() []string {
	var names []string
	for _, h := range f.hits() {
		names = append(names, h.text("name.given.0")+" "+h.text("name.family")+" "+h.text("match"))
	}
	return names
}

func (r *region) search(t *testing.T, role auth.Role, variables map[string]any) found {
	t.Helper()
	answer := r.ask(t, role, searching, variables)
	if answer["errors"] != nil {
		t.Fatalf("%v: %v", variables, answer["errors"])
	}
	return found{answer}
}

// callsSince are how often a system was asked since the last time.
func (r *region) callsSince(t *testing.T, system string) int {
	t.Helper()
	counts, _ := r.control(t, "GET", system, "", "").at("counts").(map[string]any)
	r.control(t, "DELETE", system, "/counts", "")
	n := 0
	for _, c := range counts {
		n += int(c.(float64))
	}
	return n
}

// TestSearchFindsAPersonEverywhere: by number, by name however it is written, and by a
// local number with its organisation; one person is one hit, and an exact search is one
// call to each system.
func TestSearchFindsAPersonEverywhere(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	p := r.Scenario("everything")
	for name, c := range map[string]struct {
		variables map[string]any
		asked     []string
	}{
		"number":                       {map[string]any{"n": p.NHSNumber}, p.Systems},
		"number as typed":              {map[string]any{"n": p.NHSNumber[:3] + " " + p.NHSNumber[3:6] + "-" + p.NHSNumber[6:]}, p.Systems},
		"name":                         {map[string]any{"f": p.FamilyName, "b": p.BirthDate}, p.Systems},
		"name in another way":          {map[string]any{"f": "  everard HOLLIS ", "b": p.BirthDate}, p.Systems},
		"half of the name":             {map[string]any{"f": "Hollis", "b": p.BirthDate}, nil},
		"name, narrowed":               {map[string]any{"f": p.FamilyName, "b": p.BirthDate, "g": "Philomena", "s": "female"}, p.Systems},
		"name with an initial":         {map[string]any{"f": p.FamilyName, "b": p.BirthDate, "g": "p"}, p.Systems},
		"hospital number, by the code": {map[string]any{"l": p.LocalIDs["hospital"], "o": r.System("hospital").Organisation}, []string{"hospital"}},
		"PAS number, by the system":    {map[string]any{"l": p.LocalIDs["mental-health"], "o": "Mental-Health"}, []string{"mental-health"}},
		"social care's number":         {map[string]any{"l": strings.ToLower(p.LocalIDs["social-care"]), "o": "social-care"}, []string{"social-care"}},
		"the practice's number":        {map[string]any{"l": p.LocalIDs["gp"], "o": "gp"}, []string{"gp"}},
	} {
		for _, s := range r.Systems {
			r.callsSince(t, s.ID)
		}
		got := r.search(t, auth.RoleGP, c.variables)
		hits := got.hits()
		if len(hits) != 1 || hits[0].text("nhsNumber") != p.NHSNumber || hits[0].text("birthDate") != p.BirthDate {
			t.Errorf("%s: %v", name, got)
			continue
		}
		if c.asked == nil { // not all of the name
			if hits[0].text("match") != "SIMILAR" || got.at("data.searchPatients.similar") != true {
				t.Errorf("%s: %v", name, got)
			}
			continue
		}
		if hits[0].text("match") != "EXACT" || got.at("data.searchPatients.similar") != false || len(hits[0].list("sources")) != len(c.asked) {
			t.Errorf("%s: %v", name, got)
		}
		for _, s := range r.Systems {
			want := 0
			if slices.Contains(c.asked, s.ID) {
				want = 1
			}
			if n := r.callsSince(t, s.ID); n != want {
				t.Errorf("%s: %s was asked %d times, not %d", name, s.ID, n, want)
			}
			if status := got.outcome(s.ID).text("status"); (want == 1) != (status == "ANSWERED") {
				t.Errorf("%s: %s says %s", name, s.ID, status)
			}
		}
	}
}

// TestSearchForSimilarPeople: only where nobody fits exactly, best first, and nobody whose
// name is another.
func TestSearchForSimilarPeople(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	twin := r.Scenario("twin-a")
	for name, c := range map[string]struct {
		variables map[string]any
		first     string // "" is nobody
		similar   bool
	}{
		"exact":                        {map[string]any{"f": "Geminiford", "g": "Rosamund", "b": twin.BirthDate}, "Rosamund Geminiford EXACT", false},
		"a slip":                       {map[string]any{"f": "Gemminiford", "g": "Rosalind", "b": twin.BirthDate}, "Rosalind Geminiford SIMILAR", true},
		"the other twin first":         {map[string]any{"f": "Geminfort", "g": "Rosamund", "b": twin.BirthDate}, "Rosamund Geminiford SIMILAR", true},
		"another given name":           {map[string]any{"f": "Geminiford", "g": "Rosamond", "b": twin.BirthDate}, "Rosamund Geminiford SIMILAR", true},
		"day and month exchanged":      {map[string]any{"f": "Twodates", "b": "1982-10-04"}, "Ignatius TWODATES EXACT", false}, // one system has it so
		"exchanged where none has":     {map[string]any{"f": "Everard-Hollis", "b": "1948-12-03"}, "Philomena Everard-Hollis SIMILAR", true},
		"names exchanged":              {map[string]any{"f": "Rosamund", "g": "Geminiford", "b": twin.BirthDate}, "Rosamund Geminiford SIMILAR", true},
		"another name on the same day": {map[string]any{"f": "Zimmermann", "b": twin.BirthDate}, "", false},
		"another day":                  {map[string]any{"f": "Geminiford", "b": "2004-05-06"}, "", false},
	} {
		got := r.search(t, auth.RoleGP, c.variables)
		names := got.names()
		if c.first == "" && len(names) > 0 || c.first != "" && (len(names) == 0 || names[0] != c.first) || got.at("data.searchPatients.similar") != c.similar {
			t.Errorf("%s: %v", name, got)
		}
		for _, o := range got.list("data.searchPatients.outcomes") {
			if s := o.text("status"); s != "ANSWERED" && s != "EMPTY" {
				t.Errorf("%s: %v", name, o)
			}
		}
	}
}

// TestSearchWithASystemDown: it is named, it is never nobody, and the others' people are
// there in time, similar ones too.
func TestSearchWithASystemDown(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.Scenario("everything")
	for fault, status := range map[string]string{"refused": "UNAVAILABLE", "hang": "TIMED_OUT"} {
		for _, family := range []string{"Everard-Hollis", "Everad-Holis", "Nobodyhere"} {
			r.control(t, "PUT", "hospital", "", `{"fault":"`+fault+`"}`)
			began := time.Now()
			got := r.search(t, auth.RoleGP, map[string]any{"f": family, "b": p.BirthDate, "w": 5000})
			if took := time.Since(began); took > 8*time.Second {
				t.Errorf("%s, %s: took %s", fault, family, took)
			}
			if o := got.outcome("hospital"); o.text("status") != status || o.text("reason") == "" {
				t.Errorf("%s, %s: the hospital says %v", fault, family, o)
			}
			hits := got.hits()
			if (len(hits) == 0) != (family == "Nobodyhere") || len(hits) > 0 && len(hits[0].list("sources")) != 3 {
				t.Errorf("%s, %s: %v", fault, family, got)
			}
			r.control(t, "DELETE", "hospital", "", "")
		}
	}
}

// TestSearchGoesByNothingHidden: a role that may not see something can neither search by
// it nor learn it from the order or the number of those found.
func TestSearchGoesByNothingHidden(t *testing.T) {
	t.Parallel()
	for hidden, c := range map[string]struct {
		variables map[string]any
		by        bool // it is searched by
	}{
		"gender":          {map[string]any{"f": "Everard-Hollis", "b": "1948-03-12", "s": "female"}, true},
		"nhsNumber":       {map[string]any{"n": "9435000010"}, true},
		"identifiers":     {map[string]any{"l": "?", "o": "hospital"}, true},
		"localId":         {map[string]any{"l": "?", "o": "hospital"}, true},
		"postcode":        {map[string]any{"f": "Everard-Hollis", "b": "1948-03-12", "p": "ZZ1 1ZZ"}, true},
		"telecoms":        {map[string]any{"f": "Everard-Hollis", "b": "1948-03-12"}, false},
		"name":            {map[string]any{"f": "Everad-Holis", "b": "1948-03-12"}, true},
		"birthDate":       {map[string]any{"f": "Everad-Holis", "b": "1948-12-03"}, true},
		"formerNHSNumber": {map[string]any{"f": "Everad-Holis", "b": "1948-12-03"}, false},
	} {
		resource := "record:demographics:" + hidden
		if hidden == "formerNHSNumber" {
			resource += "s"
		}
		r := takenAway(t, resource)
		p := r.Scenario("everything")
		if c.variables["l"] != nil {
			c.variables["l"] = p.LocalIDs["hospital"]
		}
		if c.variables["n"] != nil {
			c.variables["n"] = p.NHSNumber
		}
		got := r.search(t, auth.RoleGP, c.variables)
		if (len(got.hits()) == 0) != c.by {
			t.Errorf("without %s: %v", hidden, got)
		}
		if o := got.outcome("hospital"); c.by && (o.text("status") != "WITHHELD" || o.text("code") != "policy") {
			t.Errorf("without %s the hospital says %v", hidden, o)
		}
	}
}

// TestASearchIsAuditedPerPerson: one event for each person who is listed and known by an
// id, and one with how many there were; no name stands in any.
func TestASearchIsAuditedPerPerson(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	a, b := r.Scenario("twin-a"), r.Scenario("twin-b")
	known := r.ask(t, auth.RoleGP, byNumber, map[string]any{"n": a.NHSNumber}).text("data.patientByNHSNumber.id")
	hits := r.search(t, auth.RoleGP, map[string]any{"f": "Geminiford", "b": a.BirthDate}).hits()
	if len(hits) != 2 || known == "" {
		t.Fatalf("%v", hits)
	}
	for _, h := range hits {
		if id := h.text("id"); (id == known) != (h.text("nhsNumber") == a.NHSNumber) || id != "" && h.text("nhsNumber") == b.NHSNumber {
			t.Errorf("%v has the id %q", h, id)
		}
	}
	var listed []string
	summaries := 0
	for _, e := range r.ledgerEvents(t) {
		if e.Action != audit.ActionSearch {
			continue
		}
		if e.Patient != "" {
			listed = append(listed, e.Patient)
		} else {
			summaries++
			if e.Target != "listed 2, without an id here 1" || len(e.Sources) != 4 {
				t.Errorf("%+v", e)
			}
		}
		if text := fmt.Sprintf("%+v", e); strings.Contains(text, "Geminiford") || strings.Contains(text, a.BirthDate) || strings.Contains(text, b.NHSNumber) {
			t.Errorf("the audit names somebody: %s", text)
		}
	}
	if !slices.Equal(listed, []string{known}) || summaries != 1 {
		t.Errorf("listed %v, %d summaries", listed, summaries)
	}
}

func (r *region) ledgerEvents(t *testing.T) []audit.Event {
	t.Helper()
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Limit: audit.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// TestSearchRefusesBadInput with a plain reason, asking nobody.
func TestSearchRefusesBadInput(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	tomorrow := time.Now().AddDate(0, 0, 2).Format(time.DateOnly)
	for _, c := range []struct {
		variables map[string]any
		says      string
	}{
		{map[string]any{}, "two letters"},
		{map[string]any{"f": "S", "b": "1956-03-12"}, "two letters"},
		{map[string]any{"f": "12", "b": "1956-03-12"}, "two letters"},
		{map[string]any{"f": "Sm*", "b": "1956-03-12"}, "wildcards"},
		{map[string]any{"f": "Sm%", "b": "1956-03-12"}, "wildcards"},
		{map[string]any{"f": "Smith", "g": "J?", "b": "1956-03-12"}, "wildcards"},
		{map[string]any{"f": "Smith", "p": "WM1*", "b": "1956-03-12"}, "wildcards"},
		{map[string]any{"f": "Smi\u0000th", "b": "1956-03-12"}, "control characters"},
		{map[string]any{"f": "Smi\u202eth", "b": "1956-03-12"}, "control characters"},
		{map[string]any{"f": "Smith"}, "birthDate"},
		{map[string]any{"f": "Smith", "b": "1956"}, "whole date"},
		{map[string]any{"f": "Smith", "b": tomorrow}, "in the future"},
		{map[string]any{"f": "Smith", "b": "1801-01-01"}, "too long ago"},
		{map[string]any{"f": "Smith", "b": "2001-02-30"}, "not a date"},
		{map[string]any{"f": "Smith", "b": "1956-03-12", "s": "f"}, "male, female"},
		{map[string]any{"f": strings.Repeat("Smith", 30), "b": "1956-03-12"}, "longer than any"},
		{map[string]any{"f": "Smith", "b": "1956-03-12", "n": "9435000010"}, "Search by one of"},
		{map[string]any{"n": "9435000010", "b": "1956-03-12"}, "searched for alone"},
		{map[string]any{"n": "1234567890"}, "check digit"},
		{map[string]any{"l": "123"}, "organisation"},
		{map[string]any{"l": "123", "o": "nowhere"}, "no ODS code"},
		{map[string]any{"l": "1", "o": "gp"}, "two characters"},
		{map[string]any{"l": "12*", "o": "gp"}, "wildcards"},
	} {
		answer := r.ask(t, auth.RoleGP, searching, c.variables)
		errs := answer.list("errors")
		if len(errs) == 0 || errs[0].text("extensions.code") != "BAD_INPUT" || !strings.Contains(errs[0].text("message"), c.says) {
			t.Errorf("%v: %v", c.variables, answer)
			continue
		}
		for _, v := range c.variables {
			if text := v.(string); len(text) > 3 && text != "nowhere" && strings.Contains(errs[0].text("message"), text) {
				t.Errorf("%q is repeated: %v", text, errs)
			}
		}
	}
	for _, s := range r.Systems {
		if n := r.callsSince(t, s.ID); n != 0 {
			t.Errorf("%s was asked %d times", s.ID, n)
		}
	}
}

// TestSearchIsLimited: per user, with a time to wait, and flagged to the privacy officer.
func TestSearchIsLimited(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { c.Search = SearchConfig{PerMinute: 6, SimilarPerMinute: 2} })
	p := r.Scenario("everything")
	exact := map[string]any{"f": p.FamilyName, "b": p.BirthDate}
	for range 2 {
		r.search(t, auth.RoleGP, map[string]any{"f": "Nobodyhere", "b": p.BirthDate})
	}
	r.refusedFor(t, auth.RoleGP, map[string]any{"f": "Nobodyhere", "b": p.BirthDate}) // similar people, a third time
	for range 3 {
		r.search(t, auth.RoleGP, exact)
	}
	r.refusedFor(t, auth.RoleGP, exact)
	r.search(t, auth.RoleHospitalDoctor, exact) // somebody else
	r.flaggedTo(t, review.SearchVolume)
}

// refusedFor searches and is told to wait.
func (r *region) refusedFor(t *testing.T, role auth.Role, variables map[string]any) {
	t.Helper()
	errs := r.ask(t, role, searching, variables).list("errors")
	if len(errs) != 1 || errs[0].text("extensions.code") != "SEARCH_LIMITED" {
		t.Fatalf("%v", errs)
	}
	if wait, _ := errs[0].at("extensions.retryAfterSeconds").(float64); wait < 1 || wait > 600 || !strings.Contains(errs[0].text("message"), "Try again in") {
		t.Errorf("%v", errs)
	}
}

// flaggedTo looks for one item of a kind in the privacy officer's queue.
func (r *region) flaggedTo(t *testing.T, kind review.Kind) {
	t.Helper()
	if err := r.server.reviews.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	items := 0
	for _, i := range r.ask(t, auth.RolePrivacyOfficer, `{ reviews { items { kind sentence patient role } } }`, nil).list("data.reviews.items") {
		if i.text("kind") == string(kind) {
			items++
			if i.text("patient") != "" || i.text("sentence") == "" {
				t.Errorf("%v", i)
			}
		}
	}
	if items != 1 {
		t.Errorf("%d items of %s", items, kind)
	}
}

// TestNumbersTriedOut: numbers that lead to nobody are counted however they are looked up,
// those in numeric order are noticed at once, and both are flagged.
func TestNumbersTriedOut(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { c.Search = SearchConfig{PerMinute: 1000, Nobody: 12} })
	numbers := r.unused(30)
	for i, n := range numbers[:5] {
		switch i % 2 {
		case 0:
			r.ask(t, auth.RoleGP, byNumber, map[string]any{"n": n})
		default:
			r.search(t, auth.RoleGP, map[string]any{"n": n})
		}
	}
	r.flaggedTo(t, review.Probing)
	r.ask(t, auth.RoleGP, `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { problem } }`, map[string]any{"n": numbers[5:15]})
	r.refusedFor(t, auth.RoleGP, map[string]any{"n": numbers[20]})
	for query, variables := range map[string]map[string]any{
		byNumber: {"n": numbers[21]},
		`query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { problem } }`: {"n": numbers[22:24]},
	} {
		if errs := r.ask(t, auth.RoleGP, query, variables).list("errors"); len(errs) != 1 || errs[0].text("extensions.code") != "SEARCH_LIMITED" {
			t.Errorf("%v", errs)
		}
	}
	p := r.Scenario("everything") // care goes on: by name
	if hits := r.search(t, auth.RoleGP, map[string]any{"f": p.FamilyName, "b": p.BirthDate}).hits(); len(hits) != 1 {
		t.Errorf("%v", hits)
	}
	status, _ := r.post(t, r.tokens[auth.RoleHospitalDoctor], byNumber, map[string]any{"n": p.NHSNumber}) // and for others
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}

// TestNumbersTriedOutAtOnce: what is asked for in one request is not counted before it is
// answered, and so is bounded by itself: an operation asks for few people by their numbers, and
// lists of them wait for each other.
func TestNumbersTriedOutAtOnce(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	var many, lists strings.Builder
	for i, n := range r.unused(150) {
		fmt.Fprintf(&many, "a%d: patientByNHSNumber(nhsNumber: %q) { id } ", i, n)
	}
	for i := range 10 {
		fmt.Fprintf(&lists, "l%d: patientsByNHSNumber(nhsNumbers: $n) { problem } ", i)
	}
	o := r.ask(t, auth.RoleGP, "{"+many.String()+"}", nil)
	if errs := o.list("errors"); len(errs) != 1 || errs[0].text("extensions.code") != resolvers.CodeOperationTooLarge || o["data"] != nil {
		t.Errorf("150 numbers in one operation: %v", o)
	}
	query, refused := "query($n: [NHSNumber!]!) {"+lists.String()+"}", 0
	errs := r.ask(t, auth.RoleHospitalDoctor, query, map[string]any{"n": r.unused(50)}).list("errors")
	for _, e := range errs {
		if e.text("extensions.code") == "SEARCH_LIMITED" {
			refused++
		}
	}
	if told := 10 - refused; told > 2 || told == 0 {
		t.Errorf("%d of 10 lists were told: %v", told, errs)
	}
}

// TestALinkedRecordLocatesNobody: a record without a number is of whomever the index has
// linked it with. If that person must not be located, it must not locate them either.
func TestALinkedRecordLocatesNobody(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	who := r.Scenario("unnumbered")
	variables := map[string]any{"l": who.LocalIDs["social-care"], "o": "social-care"}
	hits := r.search(t, auth.RoleSocialWorker, variables).hits()
	if len(hits) != 1 || hits[0].text("id") == "" || hits[0].text("postcode") == "" {
		t.Fatalf("%v", hits)
	}
	id := hits[0].text("id")
	const mark = `INSERT INTO patient_registration (patient_id, source, state, code, reason, checked, labels) VALUES ($1, 'hospital', 'UNANSWERED', '', '', 0, 'x|R') ON CONFLICT (patient_id, source) DO UPDATE SET labels = 'x|R'`
	if _, err := r.server.db.Write.DB.ExecContext(t.Context(), mark, id); err != nil {
		t.Fatal(err)
	}
	for _, h := range r.search(t, auth.RoleSocialWorker, variables).hits() {
		if h.at("postcode") != nil {
			t.Errorf("located: %v", h)
		}
	}
}

// unused are valid numbers that nobody has, in numeric order.
func (r *region) unused(n int) []string {
	var list []string
	for nine := 960_000_000; len(list) < n; nine++ {
		sum := 0
		for i, c := range fmt.Sprint(nine) {
			sum += int(c-'0') * (10 - i)
		}
		if check := (11 - sum%11) % 11; check < 10 {
			list = append(list, fmt.Sprintf("%d%d", nine, check))
		}
	}
	return list
}

// TestWhoHasNoVerifiedNumberIsOpenedByTheirRecord: such a hit has an id from the search on,
// the same each time, and it opens that person and nobody else.
func TestWhoHasNoVerifiedNumberIsOpenedByTheirRecord(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.Scenario("unverified")
	variables := map[string]any{"l": p.LocalIDs["hospital"], "o": "hospital"}
	hits := r.search(t, auth.RoleHospitalDoctor, variables).hits()
	if len(hits) != 1 || hits[0].text("nhsNumber") != "" || hits[0].text("id") == "" {
		t.Fatalf("%v", hits)
	}
	id := hits[0].text("id")
	if again := r.search(t, auth.RoleHospitalDoctor, variables).hits(); len(again) != 1 || again[0].text("id") != id {
		t.Errorf("another time: %v", again)
	}
	opened := r.ask(t, auth.RoleHospitalDoctor, `query($id: ID!) { patient(id: $id) { id demographics { entries { name { family } provenance { localId source { id } } } } } }`, map[string]any{"id": id})
	entries := opened.list("data.patient.demographics.entries")
	// Their own system's number may have led the index to the person whom others know too.
	if opened.text("data.patient.id") == "" || !slices.ContainsFunc(entries, func(e object) bool { return e.text("provenance.source.id") == "hospital" }) {
		t.Errorf("%v", opened)
	}
	for _, e := range entries {
		if !strings.EqualFold(e.text("name.family"), p.FamilyName) {
			t.Errorf("somebody else: %v", e)
		}
	}
	listed := 0
	for _, e := range r.ledgerEvents(t) {
		if e.Action == audit.ActionSearch && e.Patient == id {
			listed++
		}
	}
	if listed != 2 {
		t.Errorf("%d events say that they were listed", listed)
	}
}
