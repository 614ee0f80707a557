package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const sinceFields = `{ id state problem rows schedule differences { since new changed gone unknown came left } headings { name kind coverage } page(first: 1000) { cells } }`

// repeats keeps a schedule and gives its id and its first run, which begins by itself.
func (r *region) repeats(t *testing.T, role auth.Role, view, list, alert string) (schedule string, first object) {
	t.Helper()
	made := r.ask(t, role, `mutation($s: ViewScheduleInput!) { saveViewSchedule(schedule: $s) { id state problem next } }`, map[string]any{"s": map[string]any{
		"view": view, "version": 1, "list": list, "every": "DAILY", "hour": 6, "until": time.Now().AddDate(0, 0, 30).Format(time.DateOnly), "alert": alert,
	}})
	id := made.text("data.saveViewSchedule.id")
	if id == "" || made.text("data.saveViewSchedule.state") != "ACTIVE" {
		t.Fatalf("saveViewSchedule: %v", made)
	}
	for run := ""; ; {
		for _, c := range r.ask(t, role, `{ viewSchedules { id lastRun { id } } }`, nil).list("data.viewSchedules") {
			if c.text("id") == id {
				run = c.text("lastRun.id")
			}
		}
		if run != "" {
			return id, r.sinceRun(t, role, run)
		}
	}
}

func (r *region) sinceRun(t *testing.T, role auth.Role, run string) object {
	t.Helper()
	for {
		answer := r.ask(t, role, `query($r: ID!) { viewRun(id: $r) { state } }`, map[string]any{"r": run})
		if state := answer.text("data.viewRun.state"); state == "QUEUED" || state == "RUNNING" {
			continue
		} else if state != "DONE" {
			t.Fatalf("the run: %v", r.ask(t, role, `query($r: ID!) { viewRun(id: $r) { state problem } }`, map[string]any{"r": run}))
		}
		return r.ask(t, role, `query($r: ID!) { viewRun(id: $r) `+sinceFields+` }`, map[string]any{"r": run}).at("data.viewRun").(map[string]any)
	}
}

func (r *region) again(t *testing.T, role auth.Role, schedule string) object {
	t.Helper()
	run := r.ask(t, role, `mutation($s: ID!) { runViewScheduleNow(id: $s, wait: 1000) { id } }`, map[string]any{"s": schedule})
	if run.text("data.runViewScheduleNow.id") == "" {
		t.Fatalf("runViewScheduleNow: %v", run)
	}
	return r.sinceRun(t, role, run.text("data.runViewScheduleNow.id"))
}

// told are the differences of a run: new, changed, gone, unknown; came, left.
func toldDifferences(run object) string {
	if run["differences"] == nil {
		return "none"
	}
	at := func(name string) any { return run.at("differences." + name) }
	return fmt.Sprint(at("new"), " ", at("changed"), " ", at("gone"), " ", at("unknown"), "; ", at("came"), " ", at("left"))
}

// A view over a list is repeated: who comes is new, what a system does not answer is not gone,
// and not new when it answers again, of picked columns and over FHIR alike.
func TestSinceTheRunBefore(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			c.Sources[i].Timeout = 3 * time.Second
		}
	})
	everything, none := r.Scenario("everything").NHSNumber, r.Scenario("none-known").NHSNumber
	told := 0
	for name, view := range map[string]map[string]any{
		"picked": allergyView,
		"counts": {"title": "How many", "purpose": "CAREMGT", "columns": []map[string]any{
			{"name": "nhs_number", "section": "patient", "field": "nhsNumber"}, {"name": "problems", "section": "problems", "take": "COUNT"}, {"name": "stays", "section": "admissions", "take": "COUNT"},
		}},
		"over FHIR": {"title": "By FHIR", "purpose": "TREAT",
			"definition": `{"resourceType":"ViewDefinition","resource":"Condition","status":"active","select":[{"column":[{"name":"id","path":"getResourceKey()"},{"name":"what","path":"code.text"}]}]}`},
		"codes over FHIR": {"title": "Codes by FHIR", "purpose": "TREAT",
			"definition": `{"resourceType":"ViewDefinition","resource":"Condition","status":"active","select":[{"forEach":"code.coding","column":[{"name":"code","path":"code"}]}]}`},
		"over the person": {"title": "By the person", "purpose": "TREAT", "selection": "id allergies { entries { code { text } } }",
			"definition": `{"resourceType":"ViewDefinition","resource":"Person","status":"active","select":[{"forEachOrNull":"allergies.entries","column":[{"name":"what","path":"code.text"}]}]}`},
	} {
		list := r.keepList(t, auth.RoleGP, "List for "+name, everything)
		schedule, first := r.repeats(t, auth.RoleGP, r.saveView(t, auth.RoleGP, view), list, "NEW")
		rows := int(first.at("rows").(float64))
		if toldDifferences(first) != "none" || rows == 0 || slices.ContainsFunc(column(first, "_change"), func(c string) bool { return c != "∅" }) {
			t.Fatalf("%s, the first: %s of %v", name, toldDifferences(first), first)
		}
		expect := func(what, want string) object {
			t.Helper()
			run := r.again(t, auth.RoleGP, schedule)
			if got := toldDifferences(run); got != want {
				t.Errorf("%s, %s: %s, want %s (%v %v %v)", name, what, got, want, column(run, "_change"), column(run, "_complete"), column(run, "_coverage_allergies"))
			}
			return run
		}
		expect("nothing", "0 0 0 0; 0 0")
		r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": list, "n": []string{none}})
		run := r.again(t, auth.RoleGP, schedule)
		fresh := int(run.at("rows").(float64)) - rows
		if fresh > 0 {
			told++
		}
		if got, want := toldDifferences(run), fmt.Sprintf("%d 0 0 0; 1 0", fresh); got != want {
			t.Errorf("%s, somebody came: %s, want %s", name, got, want)
		}
		if n := len(slices.DeleteFunc(column(run, "_change"), func(c string) bool { return c != "NEW" })); n != fresh {
			t.Errorf("%s: %d rows are new, want %d", name, n, fresh)
		}
		system, fault := "gp", "refused"
		switch name {
		case "picked":
			fault = "hang"
		case "codes over FHIR":
			system = "hospital" // the practice's problems are not coded
		}
		r.control(t, http.MethodPut, system, "", `{"fault":"`+fault+`"}`)
		run = r.again(t, auth.RoleGP, schedule)
		r.control(t, http.MethodDelete, system, "", "")
		if got := toldDifferences(run); !strings.HasPrefix(got, "0 0 0 ") || !strings.HasSuffix(got, "; 0 0") || got == "0 0 0 0; 0 0" {
			t.Errorf("%s, %s: %s", name, fault, got)
		}
		r.answersAgain(t, system)
		expect("healed after "+fault, "0 0 0 0; 0 0")
		people := r.ask(t, auth.RoleGP, `query($l: ID!) { list(id: $l) { people(first: 50) { people { patient { id nhsNumber } } } } }`, map[string]any{"l": list}).list("data.list.people.people")
		for _, p := range people {
			if p.text("patient.nhsNumber") == none {
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: [ID!]!) { removeFromList(id: $l, patients: $p) { size } }`, map[string]any{"l": list, "p": []string{p.text("patient.id")}})
			}
		}
		expect("somebody left", fmt.Sprintf("0 0 %d 0; 0 1", fresh))
	}
	notices := r.ask(t, auth.RoleGP, `{ viewNotices { unread notices { title new changed problem read run } } }`, nil)
	if notices.at("data.viewNotices.unread") != float64(told) || told < 4 {
		t.Errorf("the notices: %v", notices)
	}
	if other := r.ask(t, auth.RolePharmacist, `{ viewNotices { unread notices { title } } viewSchedules { id } }`, nil); other.at("data.viewNotices.unread") != 0.0 || len(other.list("data.viewSchedules")) > 0 {
		t.Errorf("somebody else's: %v", other)
	}
	read := r.ask(t, auth.RoleGP, `mutation { readViewNotices { unread } }`, nil)
	if read.at("data.readViewNotices.unread") != 0.0 {
		t.Errorf("read: %v", read)
	}
}

// answersAgain waits until a system answers everything again: what failed is left alone for a
// while, each kind of call by itself.
func (r *region) answersAgain(t *testing.T, system string) {
	t.Helper()
	for waiting := true; waiting; {
		record := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
		waiting = slices.ContainsFunc([]string{"allergies", "problems", "medications", "admissions"}, func(section string) bool {
			status := outcome(object(record[section].(map[string]any)), system).text("status")
			return status != "ANSWERED" && status != "NOT_OFFERED" && status != "EMPTY" && status != "ASSERTED_NONE"
		})
	}
}
