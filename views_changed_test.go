package main

import (
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// A list that is sorted while a view runs over it: whoever was moved from what had not been read
// to what had is in the rows, and nobody is twice.
func TestAListIsSortedWhileAViewRuns(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 120}, nil)
	var numbers []string
	for _, p := range r.Patients {
		if p.NHSNumber != "" {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	list := r.keepList(t, auth.RoleGP, "Everybody", numbers...)
	view := r.saveView(t, auth.RoleGP, whoView)
	still := column(r.runOfView(t, auth.RoleGP, view, list), "id")
	if len(still) < 101 {
		t.Fatalf("only %d people: less than three pages", len(still))
	}
	begun := r.ask(t, auth.RoleGP, `mutation($v: ID!, $l: ID!) { runView(id: $v, list: $l, wait: 0) { id } }`, map[string]any{"v": view, "l": list})
	for pages := 0; pages == 0; {
		if err := r.server.db.Read.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM view_rows WHERE run = ?`, begun.text("data.runView.id")).Scan(&pages); err != nil {
			t.Fatal(err)
		}
	}
	for _, move := range []map[string]any{{"p": still[len(still)-1], "a": nil}, {"p": still[0], "a": still[len(still)-2]}, {"p": still[len(still)-3], "a": nil}} {
		move["l"] = list
		if a := r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: ID!, $a: ID) { moveOnList(id: $l, patient: $p, after: $a) { version } }`, move); a["errors"] != nil {
			t.Fatal(a)
		}
	}
	run := r.endOfView(t, auth.RoleGP, begun)
	moved := column(run, "id")
	slices.Sort(still)
	slices.Sort(moved)
	if run.text("state") != "DONE" || run["lacking"] != nil || !slices.Equal(moved, still) {
		t.Errorf("%s: %d rows of %d people: %s", run.text("state"), len(moved), len(still), run.text("lacking"))
	}
}
