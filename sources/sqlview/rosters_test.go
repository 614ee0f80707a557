package sqlview

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// goldenRoster reads a case as golden does.
func goldenRoster(t *testing.T, kind sources.RosterKind, input []byte) (a sourcetest.RosterAnswer) {
	config, statements := parts(t, input)
	path, _ := newSQLite(t, statements)
	s := open(t, stanza(t, "driver: sqlite\ndsn: "+path+"\n"+config)).(sources.Rosters)
	if a.Rosters, a.Err = s.Rosters(t.Context()); a.Err == nil {
		a.People, a.Err = s.Roster(t.Context(), kind, "r1")
	}
	return a
}

func TestRostersThatAreTooLong(t *testing.T) {
	placed := []string{"CREATE TABLE people (id TEXT, name TEXT)"}
	for from := 0; from <= sources.MostOnRoster; from += 500 {
		var rows []string
		for i := from; i < from+500; i++ {
			rows = append(rows, fmt.Sprintf("('P%d', 'Ashworth')", i))
		}
		placed = append(placed, "INSERT INTO people VALUES "+strings.Join(rows, ", "))
	}
	path, _ := newSQLite(t, placed)
	for _, c := range []struct{ rows, query, people, code string }{
		{"", "SELECT 'WARD' AS kind, '1' AS id, 'Ward' AS name", "SELECT id AS subject, name AS family_name FROM people WHERE :kind = 'WARD' AND :id = '1'", "roster-too-long"},
		{"max_rows: 100\n", "SELECT 'WARD' AS kind, '1' AS id, 'Ward' AS name", "SELECT id AS subject, name AS family_name FROM people WHERE :kind = 'WARD' AND :id = '1'", "roster-too-long"},
		{"max_rows: 100\n", "SELECT 'WARD' AS kind, id, name FROM people", "SELECT id AS subject FROM people WHERE :kind = :id", "too-many-rosters"},
		{"", "SELECT 'WARD' AS kind, a.id || b.id AS id, a.name FROM people a, people b", "SELECT id AS subject FROM people WHERE :kind = :id", "too-many-rosters"},
		{"", "SELECT 'WARD' AS kind, '1' AS id, 'Ward' AS name", "SELECT 'P1' AS subject, :today AS family_name WHERE :kind = 'WARD' AND :id = '1'", ""},
	} {
		s := open(t, stanza(t, "driver: sqlite\ndsn: "+path+"\n"+c.rows+`
people: {query: "SELECT id AS subject FROM people WHERE id IN (:nhs_numbers)", by_local_id: "SELECT id AS subject FROM people WHERE id IN (:ids)"}
rosters: {query: "`+c.query+`", people: "`+c.people+`"}`)).(sources.Rosters)
		people, err := s.Roster(t.Context(), sources.Ward, "1")
		if c.code == "" && (err != nil || len(people) != 1 || len(people[0].Name.Family) != len("2026-01-02")) || c.code != "" && (err == nil || sources.AsError(err).Code != c.code) {
			t.Errorf("%s %s: %d, %v", c.query, c.people, len(people), err)
		}
	}
}

func TestRosterProblems(t *testing.T) {
	const rest = "driver: sqlite\ndsn: x\nsections: {alerts: {query: SELECT subject FROM x WHERE y IN (:ids)}}\n"
	const people = "people: {query: SELECT subject FROM x WHERE y IN (:nhs_numbers)}\n"
	for text, want := range map[string][]string{
		people + "rosters: {query: SELECT kind FROM x, people: SELECT subject FROM x WHERE k = :kind AND i = :id AND d = :today}": nil,
		"rosters: {query: SELECT kind FROM x, people: SELECT subject FROM x WHERE k = :kind AND i = :id}":                         {"rosters"},
		people + "rosters: {}": {"rosters.query", "rosters.people"},
		people + "rosters: {query: SELECT kind FROM x WHERE y = :id, people: SELECT subject FROM x WHERE i = :id}":                {"rosters.query", "rosters.people"},
		people + "rosters: {query: DELETE FROM x, people: \"SELECT subject FROM x WHERE i = :id AND k = :kind AND y IN (:ids)\"}": {"rosters.query", "rosters.query", "rosters.people"},
	} {
		var c Config
		if err := yaml.Unmarshal([]byte(rest+text), &c); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range c.Validate() {
			got = append(got, p.Path)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The demo's PAS lists whom the demo's people say is there.
func TestDemoPASRosters(t *testing.T) {
	r := region(t)
	s := open(t, demoStanza(t, "testdata/demo-pas.yaml", r.System("mental-health").URL)).(sources.Rosters)
	all, err := s.Rosters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range r.Rosters {
		if want.System != "mental-health" {
			continue
		}
		if !slices.Contains(all, sources.Roster{Kind: sources.RosterKind(want.Kind), ID: want.ID, Name: want.Name}) {
			t.Errorf("%s is not among %v", want.Name, all)
		}
		people, err := s.Roster(t.Context(), sources.RosterKind(want.Kind), want.ID)
		var got []string
		for _, p := range people {
			got = append(got, p.Subject)
		}
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want.LocalIDs) {
			t.Errorf("%s: %q, %v, want %q", want.Name, got, err, want.LocalIDs)
		}
	}
}
