package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

var yearsView = map[string]any{
	"title": "Allergies by year of birth", "purpose": "HOPERAT", "roles": []string{"analyst"},
	"columns": []map[string]any{
		{"name": "person", "section": "patient", "field": "id"},
		{"name": "born", "section": "patient", "field": "birthDate"},
		{"name": "gender", "section": "demographics", "field": "gender", "take": "LATEST"},
		{"name": "criticality", "section": "allergies", "field": "criticality", "take": "EACH"},
		{"name": "problems", "section": "problems", "take": "COUNT"},
	},
}

// evaluated gives a list of a hospital doctor's that is shared with the hospital's analysts.
func (r *region) evaluated(t *testing.T, numbers []string) string {
	t.Helper()
	list := r.keepList(t, auth.RoleHospitalDoctor, "To be evaluated", numbers...)
	me := r.ask(t, auth.RoleAnalyst, `{ me { organisation { ods } } }`, nil)
	shared := r.ask(t, auth.RoleHospitalDoctor, `mutation($l: ID!, $o: String) { shareList(id: $l, with: {kind: ROLE, id: "analyst", organisation: $o}, may: READ) { id } }`,
		map[string]any{"l": list, "o": me.text("data.me.organisation.ods")})
	if shared.text("data.shareList.id") == "" {
		t.Fatal(shared)
	}
	return list
}

// approvedView keeps a view of the analyst's that the privacy officer has approved.
func (r *region) approvedView(t *testing.T, view map[string]any) string {
	t.Helper()
	id := r.saveView(t, auth.RoleAnalyst, view)
	if a := r.ask(t, auth.RoleAnalyst, `mutation($v: ID!) { submitView(id: $v, version: 1) { state } }`, map[string]any{"v": id}); a.text("data.submitView.state") != "SUBMITTED" {
		t.Fatal(a)
	}
	if a := r.ask(t, auth.RolePrivacyOfficer, `mutation($v: ID!) { decideView(id: $v, version: 1, approved: true, reason: "evaluation of the service") { state until } }`, map[string]any{"v": id}); a.text("data.decideView.state") != "APPROVED" {
		t.Fatal(a)
	}
	return id
}

func hospitalNumbers(r *region) []string {
	var numbers []string
	for _, p := range r.Patients {
		if p.NHSNumber != "" {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	return numbers
}

func TestAViewForAnotherPurpose(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	numbers := hospitalNumbers(r)
	list := r.evaluated(t, numbers)
	t.Run("needs approval", func(t *testing.T) {
		id := r.saveView(t, auth.RoleAnalyst, yearsView)
		run := r.ask(t, auth.RoleAnalyst, `mutation($v: ID!, $l: ID!) { runView(id: $v, list: $l) { id } }`, map[string]any{"v": id, "l": list})
		if run.code() != "VIEW_NOT_APPROVED" {
			t.Error(run)
		}
		own := r.ask(t, auth.RoleAnalyst, `mutation($v: ID!) { decideView(id: $v, version: 1, approved: true, reason: "because I can") { state } }`, map[string]any{"v": id})
		if own.code() != "FORBIDDEN" {
			t.Error(own)
		}
	})
	t.Run("names nobody", func(t *testing.T) {
		bad := map[string]any{"title": "Names", "purpose": "HRESCH", "columns": []map[string]any{
			{"name": "family", "section": "demographics", "field": "name.family", "take": "LATEST"}, {"name": "nhs", "section": "patient", "field": "nhsNumber"}}}
		a := r.ask(t, auth.RoleAnalyst, `mutation($v: ViewInput!) { saveView(view: $v) { id } }`, map[string]any{"v": bad})
		if a.code() != "BAD_INPUT" || !strings.Contains(a.text("errors.0.message"), "family") || !strings.Contains(a.text("errors.0.message"), "nhs") {
			t.Error(a)
		}
	})
	run := r.runOfView(t, auth.RoleAnalyst, r.approvedView(t, yearsView), list)
	if run.text("state") != "DONE" {
		t.Fatal(run)
	}
	t.Logf("people %v left out %v rows %v", run.at("people"), run.at("leftOut"), run.at("rows"))
	if int(run.at("leftOut").(float64)) < optedOut {
		t.Errorf("%v left out, of whom %d have opted out", run.at("leftOut"), optedOut)
	}
	text := fmt.Sprint(run["page"])
	for _, p := range r.Patients {
		if p.NHSNumber != "" && strings.Contains(text, p.NHSNumber) {
			t.Error("a number is in the rows")
		}
	}
	for _, born := range column(run, "born") {
		if len(born) != 4 {
			t.Errorf("born %q", born)
		}
	}
	for i, complete := range column(run, "_complete") {
		if of := column(run, "_coverage_demographics")[i]; complete != "true" && strings.Contains(of, "withheld=") {
			t.Errorf("not complete for what is not shown: %s", of)
		}
	}
	counts := r.ask(t, auth.RoleAnalyst, `query($r: ID!) { viewRun(id: $r) { counts(by: ["gender"]) { values total people } } }`, map[string]any{"r": run.text("id")})
	t.Log(counts)
	t.Run("a person less", func(t *testing.T) {
		fewer := r.evaluated(t, numbers[1:])
		view := r.approvedView(t, yearsView)
		if run := r.runOfView(t, auth.RoleAnalyst, view, fewer); run.text("state") != "REFUSED" {
			t.Error(run)
		}
		if run := r.runOfView(t, auth.RoleAnalyst, view, list); run.text("state") != "DONE" {
			t.Errorf("the same people again: %v", run)
		}
	})
	t.Run("one person", func(t *testing.T) {
		if run := r.runOfView(t, auth.RoleAnalyst, r.approvedView(t, yearsView), r.evaluated(t, numbers[:1])); run.text("state") != "REFUSED" || len(run.list("page")) > 0 {
			t.Error(run)
		}
	})
}

func TestTheConfigurationOfViews(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"views: {keep: -1h}":                                   "keep cannot be below 0",
		"views: {secondary: {}}":                               "needs opt_outs",
		"views: {secondary: {opt_outs: o.txt, smallest: 2}}":   "smallest is at least 3",
		"views: {secondary: {opt_outs: o.txt, remember: -1h}}": "remember cannot be below 0",
		"views: {secondry: {}}":                                "secondry",
	} {
		_, err := parseConfig("test", []byte("state: sqlite:x.db\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"+text+"\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
