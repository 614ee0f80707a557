package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const overSearch = `mutation($v: ID!, $l: ID, $s: ViewSearchInput) { runView(id: $v, list: $l, search: $s, wait: 2000) { id state } }`

// searchView runs a view over a search to its end.
func (r *region) searchView(t *testing.T, role auth.Role, view string, search map[string]any) object {
	t.Helper()
	return r.endOfView(t, role, r.ask(t, role, overSearch, map[string]any{"v": view, "s": search}))
}

// manySearches lets a test search as often as it likes.
func manySearches(c *Config) { c.Search.PerMinute, c.Search.SimilarPerMinute = 10_000, 10_000 }

var whoView = map[string]any{
	"title": "Who they are", "purpose": "TREAT",
	"columns": []map[string]any{
		{"name": "id", "section": "patient", "field": "id"},
		{"name": "allergies", "section": "allergies", "take": "COUNT"},
	},
}

// A run over a search is over those whom its user could find and open by hand, each once:
// whatever they are searched for by, whoever is held back, and whether they are known here.
func TestAViewOverASearch(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, manySearches)
	people, several := 0, 0
	for _, role := range []auth.Role{auth.RoleGP, auth.RoleHospitalDoctor, auth.RolePharmacist, auth.RoleParamedic} {
		view := r.saveView(t, role, whoView)
		for _, p := range r.Patients {
			if p.Scenario == "" {
				continue
			}
			for _, s := range []map[string]any{{"familyName": p.FamilyName, "birthDate": p.BirthDate}, {"nhsNumber": p.NHSNumber}} {
				if s["nhsNumber"] == "" || s["nhsNumber"] != nil && role != auth.RoleGP {
					continue // one role by number is enough
				}
				run := r.searchView(t, role, view, s)
				if run.text("state") != "DONE" || run["list"] != nil {
					t.Fatalf("%s, %s: %v", role, p.Scenario, run)
				}
				got := column(run, "id")
				if want := r.openedByHand(t, role, s); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
					t.Errorf("%s, %s: %v, and by hand %v", role, p.Scenario, got, want)
				}
				if people += len(got); len(got) > 1 {
					several++
				}
			}
		}
	}
	if people < 100 || several == 0 {
		t.Errorf("only %d people, %d times several", people, several)
	}
}

// openedByHand are those of a search who can be opened.
func (r *region) openedByHand(t *testing.T, role auth.Role, search map[string]any) (ids []string) {
	t.Helper()
	found := r.search(t, role, map[string]any{"n": search["nhsNumber"], "f": search["familyName"], "b": search["birthDate"]})
	for _, h := range found.hits() {
		id := ""
		if h.text("id") != "" {
			id = r.ask(t, role, `query($p: ID!) { patient(id: $p) { id } }`, map[string]any{"p": h.text("id")}).text("data.patient.id")
		} else if h.text("nhsNumber") != "" {
			id = r.ask(t, role, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`, map[string]any{"n": h.text("nhsNumber")}).text("data.patientByNHSNumber.id")
		}
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestASearchThatIsNoCohort(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	p := r.Scenario("everything")
	list := r.keepList(t, auth.RoleGP, "My list", p.NHSNumber)
	view := r.saveView(t, auth.RoleGP, whoView)
	name := map[string]any{"familyName": p.FamilyName, "birthDate": p.BirthDate}
	for what, c := range map[string]struct {
		list       any
		search     any
		code, want string
	}{
		"neither":     {nil, nil, "BAD_INPUT", "either"},
		"both":        {list, name, "BAD_INPUT", "either"},
		"nothing":     {nil, map[string]any{}, "BAD_INPUT", "familyName"},
		"no birth":    {nil, map[string]any{"familyName": p.FamilyName}, "BAD_INPUT", "birthDate"},
		"wildcard":    {nil, map[string]any{"familyName": "Ev*", "birthDate": p.BirthDate}, "BAD_INPUT", "wildcards"},
		"unborn":      {nil, map[string]any{"familyName": p.FamilyName, "birthDate": "2999-01-01"}, "BAD_INPUT", "future"},
		"two at once": {nil, map[string]any{"familyName": p.FamilyName, "birthDate": p.BirthDate, "nhsNumber": p.NHSNumber}, "BAD_INPUT", "one of"},
	} {
		a := r.ask(t, auth.RoleGP, overSearch, map[string]any{"v": view, "l": c.list, "s": c.search})
		if a.code() != c.code || !strings.Contains(a.text("errors.0.message"), c.want) || strings.Contains(fmt.Sprint(a), p.FamilyName) {
			t.Errorf("%s: %v", what, a)
		}
	}
	// For another purpose than care it is said, although an analyst may not search at all.
	a := r.ask(t, auth.RoleAnalyst, overSearch, map[string]any{"v": r.approvedView(t, yearsView), "s": name})
	if a.code() != "BAD_INPUT" || !strings.Contains(a.text("errors.0.message"), "For other purposes than care a view is run over a list") {
		t.Error(a)
	}
	if runs := r.ask(t, auth.RoleGP, `{ viewRuns { id } }`, nil).list("data.viewRuns"); len(runs) > 0 {
		t.Errorf("%d runs were begun", len(runs))
	}
	// Runs count among the searches of their user.
	for range 30 {
		if run := r.searchView(t, auth.RoleGP, view, name); run.text("state") != "DONE" {
			t.Fatal(run)
		}
	}
	if run := r.searchView(t, auth.RoleGP, view, name); run.text("state") != "FAILED" || !strings.Contains(run.text("problem"), "searched very often") {
		t.Error(run)
	}
}

// A system that does not answer the search may know people whom nobody else does: the run says
// so, on its page and in the data dictionary of its files.
func TestASearchThatIsNotAnswered(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, manySearches)
	p := r.Scenario("everything")
	view := r.saveView(t, auth.RoleGP, whoView)
	r.control(t, "PUT", "hospital", "", `{"fault":"refused"}`)
	const silent = "1 system did not answer the search: people known only there are missing."
	for name, c := range map[string]struct {
		family string
		people int
		want   string
	}{
		"somebody": {p.FamilyName, 1, silent},
		"nobody":   {"Nobodyhere", 0, silent},
		"similar":  {"Everad-Holis", 1, silent + " Nobody fits the search exactly: these are people who are similar."},
	} {
		run := r.searchView(t, auth.RoleGP, view, map[string]any{"familyName": c.family, "birthDate": p.BirthDate})
		if run.text("state") != "DONE" || len(run.list("page")) != c.people || run.text("lacking") != c.want {
			t.Errorf("%s: %v", name, run)
		}
		export := r.ask(t, auth.RoleGP, `mutation($r: ID!) { exportViewRun(id: $r, format: DICTIONARY) { url } }`, map[string]any{"r": run.text("id")})
		if status, body := r.fetchFile(t, r.tokens[auth.RoleGP], export.text("data.exportViewRun.url")); status != 200 || !strings.Contains(body, silent) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

// Nothing of what was searched for is kept where it can be read, or told to anybody.
func TestASearchIsKeptSealed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := startRegion(t, demo.Options{Patients: 20, Dir: dir}, nil)
	view := r.saveView(t, auth.RoleGP, whoView)
	const family, born, given = "Zzyzxandra", "1931-07-23", "Qwertilda"
	run := r.searchView(t, auth.RoleGP, view, map[string]any{"familyName": family, "birthDate": born, "givenName": given, "postcode": "QQ7 7QQ"})
	if run.text("state") != "DONE" {
		t.Fatal(run)
	}
	places := map[string][]byte{}
	for _, e := range r.ledgerEvents(t) {
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		places["the ledger"] = append(places["the ledger"], text...)
	}
	if !bytes.Contains(places["the ledger"], []byte("over a search")) {
		t.Error("the ledger does not tell of the run")
	}
	text, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	places["the run"] = text
	if err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(filepath.Base(path), "patchwork.db") {
			return err
		}
		places[path], err = os.ReadFile(filepath.Join(dir, path))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(places) < 3 {
		t.Error("the database was not looked through")
	}
	for place, text := range places {
		for _, word := range []string{family, born, given, "QQ7 7QQ"} {
			if bytes.Contains(bytes.ToLower(text), bytes.ToLower([]byte(word))) {
				t.Errorf("%q stands in %s", word, place)
			}
		}
	}
}
