package main

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// viewPeople names the variable with how many people the views of the suite are over.
const viewPeople = "PATCHWORK_VIEW_PEOPLE"

func manyPeople() int {
	if n, err := strconv.Atoi(os.Getenv(viewPeople)); err == nil {
		return n
	}
	return 120
}

// fiveColumns are of five sections, one of them with a row for each entry.
var fiveColumns = map[string]any{
	"title": "Five columns", "purpose": "CAREMGT",
	"columns": []map[string]any{
		{"name": "id", "section": "patient", "field": "id"},
		{"name": "allergy", "section": "allergies", "field": "code.text", "take": "EACH"},
		{"name": "problems", "section": "problems", "take": "COUNT"},
		{"name": "medicines", "section": "medications", "field": "code.text", "take": "ALL"},
		{"name": "last_result", "section": "results", "field": "code.text", "take": "LATEST"},
	},
}

// A view over many people costs each system two calls for each kind of section and 50 people
// at most, its rows are those that opening everybody would give, and its memory does not grow
// with the people.
func TestAViewOverManyPeople(t *testing.T) {
	t.Parallel()
	n := manyPeople()
	r := startRegion(t, demo.Options{Patients: n, Feed: true, OpenEHR: true}, nil)
	var numbers []string
	for _, p := range r.Patients {
		if p.NHSNumber != "" && len(numbers) < n {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	list := r.keepList(t, auth.RoleGP, "Everybody", numbers...)
	view := r.saveView(t, auth.RoleGP, fiveColumns)
	for _, s := range r.Systems {
		r.control(t, "DELETE", s.ID, "/counts", "")
	}
	run := r.runOfView(t, auth.RoleGP, view, list)
	if run.text("state") != "DONE" || int(run.at("people").(float64)) != len(numbers) {
		t.Fatalf("%s: %v of %d people", run.text("problem"), run.at("people"), len(numbers))
	}
	pages := (len(numbers) + 49) / 50
	for _, s := range r.Systems {
		for path, calls := range r.calls(t, s.ID) {
			kinds := 1
			if path == "/query/aql" { // one address for the four sections
				kinds = 4
			}
			if int(calls) > 2*pages*kinds {
				t.Errorf("%s%s: %v calls for %d pages", s.ID, path, calls, pages)
			}
		}
		t.Log(s.ID, r.calls(t, s.ID))
	}
	r.holdsWhatOpeningGives(t, numbers, list, view, run)
}

// holdsWhatOpeningGives counts the rows anew, person by person.
func (r *region) holdsWhatOpeningGives(t *testing.T, numbers []string, list, view string, run object) {
	t.Helper()
	const q = `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { patient { id allergies { entries { code { text } } } } } }`
	var want []string
	for part := range slices.Chunk(numbers, 10) {
		for _, found := range r.ask(t, auth.RoleGP, q, map[string]any{"n": part}).list("data.patientsByNHSNumber") {
			entries := found.list("patient.allergies.entries")
			if len(entries) == 0 {
				want = append(want, found.text("patient.id")+" ∅")
			}
			for _, e := range entries {
				text := e.text("code.text")
				if text == "" {
					text = "∅"
				}
				want = append(want, found.text("patient.id")+" "+text)
			}
		}
	}
	got := r.rowsOfRun(t, run.text("id"))
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%d rows, and %d by opening everybody", len(got), len(want))
	}
}

// rowsOfRun gives id and allergy of every row.
func (r *region) rowsOfRun(t *testing.T, id string) []string {
	t.Helper()
	var rows []string
	for offset := 0; ; offset += 1000 {
		answer := r.ask(t, auth.RoleGP, `query($r: ID!, $o: Int!) { viewRun(id: $r) { headings { name } page(offset: $o, first: 1000) { cells } } }`, map[string]any{"r": id, "o": offset})
		run := object(answer.at("data.viewRun").(map[string]any))
		ids, allergies := column(run, "id"), column(run, "allergy")
		for i := range ids {
			rows = append(rows, ids[i]+" "+allergies[i])
		}
		if len(ids) < 1000 {
			return rows
		}
	}
}
