package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// pickable are the columns that can be picked, by section; those for other purposes only.
func (r *region) pickable(t *testing.T, role auth.Role, secondary bool) map[string][]map[string]any {
	t.Helper()
	columns := map[string][]map[string]any{}
	for _, section := range r.ask(t, role, `{ viewFields { section fields { path secondary } } }`, nil).list("data.viewFields") {
		for i, f := range section.list("fields") {
			if name := section.text("section"); !secondary || f["secondary"] == true {
				take := "EACH"
				if name == "patient" {
					take = ""
				}
				column := map[string]any{"name": fmt.Sprintf("c%d", i), "section": name, "field": f.text("path")}
				if take != "" {
					column["take"] = take
				}
				columns[name] = append(columns[name], column)
			}
		}
	}
	return columns
}

// scalars puts every value of an answer into a set.
func scalarsOf(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			scalarsOf(x, into)
		}
	case []any:
		for _, x := range v {
			scalarsOf(x, into)
		}
	case nil:
	default:
		into[fmt.Sprint(v)] = true
	}
}

// selectionTree writes paths as a selection.
func selectionTree(columns []map[string]any) string {
	type tree map[string]any
	var write func(n tree) string
	write = func(n tree) string {
		var b strings.Builder
		for name, below := range n {
			b.WriteString(" " + name)
			if t := below.(tree); len(t) > 0 {
				b.WriteString(" {" + write(t) + " }")
			}
		}
		return b.String()
	}
	root := tree{}
	for _, c := range columns {
		at := root
		for part := range strings.SplitSeq(c["field"].(string), ".") {
			if at[part] == nil {
				at[part] = tree{}
			}
			at = at[part].(tree)
		}
	}
	return write(root)
}

// Whatever a view shows somebody of anybody, opening that person shows them too: every field of
// every section, for people whose records are held back in all the ways there are.
func TestAViewShowsWhatOpeningShows(t *testing.T) {
	exhausts(t)
	t.Parallel()
	begun := time.Now()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	var numbers []string
	for _, p := range r.Patients {
		if p.NHSNumber != "" && p.Scenario != "" {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	for _, role := range []auth.Role{auth.RoleGP, auth.RoleHospitalDoctor, auth.RolePharmacist, auth.RoleSocialWorker, auth.RoleParamedic} {
		list := r.keepList(t, role, "Everybody", numbers...)
		cells := 0
		for section, columns := range r.pickable(t, role, false) {
			purpose := "CAREMGT"
			if role == auth.RoleParamedic {
				purpose = "TREAT"
			}
			if len(columns) > 60 {
				columns = columns[:60]
			}
			run := r.runOfView(t, role, r.saveView(t, role, map[string]any{"title": "All of " + section, "purpose": purpose, "columns": columns}), list)
			if run.text("state") != "DONE" {
				t.Fatalf("%s %s: %s", role, section, run.text("problem"))
			}
			shown := map[string]bool{}
			for _, number := range numbers {
				selection := selectionTree(columns)
				if section != "patient" {
					selection = section + " { entries {" + selection + " } }"
				}
				scalarsOf(map[string]any(r.ask(t, role, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { `+selection+` } }`, map[string]any{"n": number})), shown)
			}
			for _, row := range run.list("page") {
				list, _ := row["cells"].([]any)
				for i, cell := range list[:len(columns)] {
					text, ok := cell.(string)
					if !ok || shown[text] || readSince(begun, columns[i]["field"].(string), text) {
						cells++
						continue
					}
					for part := range strings.SplitSeq(text, "; ") {
						if !shown[part] && !holds(shown, part) {
							t.Errorf("%s: %s.%s shows what opening does not", role, section, columns[i]["field"])
						}
					}
				}
			}
		}
		if cells < 500 {
			t.Errorf("%s: only %d cells were compared", role, cells)
		}
	}
}

// readSince reports whether a cell says when a source was read, in this test: on a machine that is
// slow enough a view and the opening after it are two readings.
func readSince(begun time.Time, field, cell string) bool {
	if field != "provenance.retrieved" && field != "provenance.asOf" {
		return false
	}
	for part := range strings.SplitSeq(cell, "; ") {
		if at, err := time.Parse(time.RFC3339Nano, part); err != nil || at.Before(begun.Truncate(time.Second)) {
			return false
		}
	}
	return true
}

// holds reports whether one of the values has the part in it: a value may have "; " itself.
func holds(values map[string]bool, part string) bool {
	for v := range values {
		if strings.Contains(v, part) {
			return true
		}
	}
	return false
}

// Nothing that names or locates anybody is in what leaves for other purposes: neither in the
// rows nor in any file, of all fields that such views may have.
func TestAViewForAnotherPurposeNamesNobody(t *testing.T) {
	exhausts(t)
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	list := r.evaluated(t, hospitalNumbers(r))
	var canaries []string
	for _, p := range r.Patients {
		canaries = append(canaries, p.NHSNumber, p.FamilyName, p.BirthDate)
	}
	values := 0
	for section, columns := range r.pickable(t, auth.RoleAnalyst, true) {
		run := r.runOfView(t, auth.RoleAnalyst, r.approvedView(t, map[string]any{"title": "All of " + section, "purpose": "HRESCH", "columns": columns}), list)
		if run.text("state") != "DONE" {
			t.Fatalf("%s: %s", section, run.text("problem"))
		}
		text, err := json.Marshal(run)
		if err != nil {
			t.Fatal(err)
		}
		files := []string{string(text)}
		for _, format := range []string{"CSV", "NDJSON", "PARQUET", "SQLITE", "DICTIONARY"} {
			export := r.ask(t, auth.RoleAnalyst, `mutation($r: ID!, $f: ViewFormat!) { exportViewRun(id: $r, format: $f) { url } }`, map[string]any{"r": run.text("id"), "f": format})
			status, body := r.fetchFile(t, r.tokens[auth.RoleAnalyst], export.text("data.exportViewRun.url"))
			if status != 200 || len(body) == 0 {
				t.Errorf("%s: %s: %d %v", section, format, status, export)
			}
			files = append(files, body)
		}
		for i, file := range files {
			for _, c := range canaries {
				if len(c) > 3 && strings.Contains(file, c) {
					t.Errorf("%s: file %d has %q", section, i, c)
				}
			}
		}
		values += strings.Count(files[0], `"`)
	}
	if values < 5000 {
		t.Errorf("only %d values were looked at", values)
	}
}
