package main

import (
	"context"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/lists"
)

// listOf makes a list of the caller's own with everybody of the world on it. Being on it
// opens nobody: nobody had grounds to add them.
func (r *fuzzRegion) listOf(t *testing.T, c *fuzzCaller) string {
	t.Helper()
	ctx := auth.WithSession(context.Background(), c.session)
	caller := lists.CallerOf(c.session)
	l, err := r.server.lists.Create(ctx, caller, lists.Draft{Title: "Everybody"})
	if err != nil {
		t.Fatal(err)
	}
	var items []lists.Item
	for _, id := range r.ids {
		items = append(items, lists.Item{Patient: id})
	}
	if _, _, _, err := r.server.lists.Add(ctx, caller, l.ID, items); err != nil {
		t.Fatal(err)
	}
	return l.ID
}

// keepsLists reports whether the caller may use lists at all, which is decided about
// nobody.
func (j *fuzzJudge) keepsLists() bool {
	if j.caller.session.Launch != nil || !j.scoped("lists:use") {
		return false
	}
	about := naive.Context(j.caller.naive, naive.About{}, naive.Source{}, "lists:use", j.at)
	return j.policy.Class(about, "list", "lists:use") == naive.Shown
}

// listed judges a list of everybody: who may be listed is there, in the list's order, who
// may not is counted, and who is concealed is neither.
func (j *fuzzJudge) listed(o *operations.Operation, root operations.Field, is map[string]any, one func(operations.Field, int, any)) []finding {
	var findings []finding
	var shown []int
	hidden := 0
	for i := range j.region.ids {
		switch j.policy.Class(j.about(i, "", "patient:list"), "list", "patient:list") {
		case naive.Shown:
			shown = append(shown, i)
		case naive.Withheld:
			hidden++
		}
	}
	for _, f := range o.Below(root, "PatientList") {
		page, ok := is[f.Key].(map[string]any)
		if f.Name == "size" && len(shown)+hidden < len(j.region.ids) && is[f.Key] != nil {
			findings = append(findings, leak("the size tells of people who are concealed"))
		}
		if f.Name != "people" || !ok {
			continue
		}
		for _, p := range o.Below(f, "ListPeople") {
			if p.Name == "hidden" && page[p.Key] != float64(hidden) {
				findings = append(findings, leak("%v people are hidden, not %d", page[p.Key], hidden))
			}
			if p.Name == "next" && page[p.Key] != nil {
				findings = append(findings, leak("there is more after everybody"))
			}
			rows, _ := page[p.Key].([]any)
			if p.Name != "people" {
				continue
			}
			if len(rows) != len(shown) {
				findings = append(findings, leak("%d people are on the page, not %d", len(rows), len(shown)))
				continue
			}
			for i, row := range rows {
				for _, of := range o.Below(p, "ListPerson") {
					if person, ok := row.(map[string]any); ok && of.Name == "patient" {
						one(of, shown[i], person[of.Key])
					}
				}
			}
		}
	}
	return findings
}
