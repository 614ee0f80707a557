package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const runFields = `{ id list state problem lacking people leftOut rows waiting headings { name kind coverage } page(first: 1000) { cells } }`

// saveView keeps a view and gives its id.
func (r *region) saveView(t *testing.T, role auth.Role, view map[string]any) string {
	t.Helper()
	saved := r.ask(t, role, `mutation($v: ViewInput!) { saveView(view: $v) { id version state problems } }`, map[string]any{"v": view})
	id := saved.text("data.saveView.id")
	if id == "" || len(saved.list("data.saveView.problems")) > 0 {
		t.Fatalf("saveView: %v", saved)
	}
	return id
}

// runOfView runs a view to its end.
func (r *region) runOfView(t *testing.T, role auth.Role, view, list string) object {
	t.Helper()
	return r.endOfView(t, role, r.ask(t, role, `mutation($v: ID!, $l: ID!) { runView(id: $v, list: $l, wait: 2000) { id state } }`, map[string]any{"v": view, "l": list}))
}

// endOfView waits for the end of a run that was begun.
func (r *region) endOfView(t *testing.T, role auth.Role, run object) object {
	t.Helper()
	id := run.text("data.runView.id")
	if id == "" {
		t.Fatalf("runView: %v", run)
	}
	for {
		answer := r.ask(t, role, `query($r: ID!) { viewRun(id: $r) { state } }`, map[string]any{"r": id})
		if state := answer.text("data.viewRun.state"); state != "QUEUED" && state != "RUNNING" {
			answer = r.ask(t, role, `query($r: ID!) { viewRun(id: $r) `+runFields+` }`, map[string]any{"r": id})
			return answer.at("data.viewRun").(map[string]any)
		}
	}
}

// column gives the cells of one column, by name; "∅" is null.
func column(run object, name string) []string {
	at := -1
	for i, h := range run.list("headings") {
		if h.text("name") == name {
			at = i
		}
	}
	var cells []string
	for _, row := range run.list("page") {
		cell := "∅"
		if list, _ := row["cells"].([]any); at >= 0 && at < len(list) && list[at] != nil {
			cell, _ = list[at].(string)
		}
		cells = append(cells, cell)
	}
	return cells
}

var allergyView = map[string]any{
	"title": "Allergies of my list", "purpose": "CAREMGT",
	"columns": []map[string]any{
		{"name": "nhs_number", "section": "patient", "field": "nhsNumber"},
		{"name": "allergy", "section": "allergies", "field": "code.text", "take": "EACH"},
		{"name": "criticality", "section": "allergies", "field": "criticality", "take": "EACH"},
		{"name": "problems", "section": "problems", "take": "COUNT"},
		{"name": "medicines", "section": "medications", "field": "code.text", "take": "ALL"},
	},
}

func TestAViewOfAList(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	everything, none := r.Scenario("everything").NHSNumber, r.Scenario("none-known").NHSNumber
	list := r.keepList(t, auth.RoleGP, "My list", everything, none)
	run := r.runOfView(t, auth.RoleGP, r.saveView(t, auth.RoleGP, allergyView), list)
	t.Log(run)
	if run.text("state") != "DONE" || run.at("people") != 2.0 {
		t.Fatalf("the run: %v", run)
	}
	record := r.record(t, auth.RoleGP, everything)
	want := 0
	for _, n := range column(run, "nhs_number") {
		if n == everything {
			want++
		}
	}
	if entries := object(record["allergies"].(map[string]any)).list("entries"); len(entries) != want {
		t.Errorf("%d rows for %d allergies", want, len(entries))
	}
	for _, c := range column(run, "_complete") {
		if c != "true" {
			t.Errorf("not complete: %v", column(run, "_coverage_allergies"))
		}
	}
	export := r.ask(t, auth.RoleGP, `mutation($r: ID!) { exportViewRun(id: $r, format: CSV) { url filename } }`, map[string]any{"r": run.text("id")})
	status, body := r.fetchFile(t, r.tokens[auth.RoleGP], export.text("data.exportViewRun.url"))
	if status != http.StatusOK || strings.Count(body, "\n") < int(run.at("rows").(float64)) {
		t.Errorf("the file: %d %q %v", status, body, export)
	}
	if status, _ := r.fetchFile(t, r.tokens[auth.RolePharmacist], export.text("data.exportViewRun.url")); status != http.StatusNotFound {
		t.Errorf("somebody else fetched the file: %d", status)
	}
}

func (r *region) fetchFile(t *testing.T, token, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestAViewOverFHIR(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	everything := r.Scenario("everything").NHSNumber
	list := r.keepList(t, auth.RoleGP, "My list", everything)
	for resource, path := range map[string]string{"Condition": "code.text", "AllergyIntolerance": "code.text", "Patient": "gender", "Observation": "code.text"} {
		run := r.runOfView(t, auth.RoleGP, r.saveView(t, auth.RoleGP, map[string]any{
			"title": resource + " by FHIR", "purpose": "TREAT",
			"definition": fmt.Sprintf(`{"resourceType":"ViewDefinition","resource":%q,"status":"active","select":[{"column":[{"name":"id","path":"getResourceKey()"},{"name":"what","path":%q}]}]}`, resource, path),
		}), list)
		if run.text("state") != "DONE" || len(run.list("page")) == 0 || strings.Contains(strings.Join(column(run, "id"), " "), "∅") {
			t.Errorf("%s: %v", resource, run)
		}
	}
}
