package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

const askUsage = `query($days: Int) { usage(days: $days) { day organisation organisationName role door users opened searches }
	firstPaints(days: $days) { organisation door count p50Milliseconds p75Milliseconds p95Milliseconds } }`

// What is done is counted by role and door, without anybody in it; a list is no opening of each.
func TestUsageIsCounted(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	person := r.Scenario("everything")
	for range 2 {
		r.record(t, auth.RoleGP, person.NHSNumber)
	}
	r.ask(t, auth.RoleGP, operation(t, "search"), map[string]any{"familyName": person.FamilyName, "birthDate": person.BirthDate})
	var numbers []string
	for _, p := range r.Patients[:10] {
		numbers = append(numbers, p.NHSNumber)
	}
	r.ask(t, auth.RoleGP, `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { patient { id } } }`, map[string]any{"n": numbers})
	for milliseconds, counted := range map[int]bool{850: true, 0: false, -5: false, 700_000: false, 2_000_000_000: false} {
		a := r.ask(t, auth.RoleGP, `mutation($m: Int!) { tellFirstPaint(milliseconds: $m) }`, map[string]any{"m": milliseconds})
		if a.at("data.tellFirstPaint") != counted {
			t.Errorf("%d: %v", milliseconds, a)
		}
	}
	if err := r.server.usage.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, role := range []auth.Role{auth.RoleAdministrator, auth.RolePrivacyOfficer} {
		a := r.ask(t, role, askUsage, nil)
		i := slices.IndexFunc(a.list("data.usage"), func(o object) bool { return o.text("role") == string(auth.RoleGP) })
		if i < 0 || a["errors"] != nil {
			t.Fatalf("%s: %v", role, a)
		}
		row := a.list("data.usage")[i]
		if row["users"] != 1.0 || row["opened"] != 1.0 || row["searches"] != 1.0 || row.text("door") != "API" || row.text("organisation") == "" {
			t.Errorf("%s: %v", role, row)
		}
		all := a.list("data.firstPaints")
		if len(all) != 2 || all[0]["organisation"] != nil || all[0]["door"] != nil || all[0]["count"] != 1.0 || all[1]["p95Milliseconds"] != 1000.0 {
			t.Errorf("%s: %v", role, all)
		}
	}
	if _, page := r.get(t, "/metrics"); !strings.Contains(string(page), `patchwork_viewer_first_paint_seconds_count{door="API"} 1`) {
		t.Error("the first paint is not in /metrics")
	}
}

// How much others use the record is told to those who lead it, and to nobody else.
func TestOnlyWhoLeadsSeesUsage(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	for _, role := range slices.Sorted(maps.Keys(r.tokens)) {
		a := r.ask(t, role, askUsage, nil)
		refused := a.at("data.usage") == nil && a.at("data.firstPaints") == nil && a.text("errors.0.extensions.code") == resolvers.CodeForbidden
		if leads := role == auth.RoleAdministrator || role == auth.RolePrivacyOfficer; leads == refused || leads && a["errors"] != nil {
			t.Errorf("%s: %v", role, a)
		}
	}
	for _, days := range []int{0, -1, 367} {
		a := r.ask(t, auth.RoleAdministrator, askUsage, map[string]any{"days": days})
		if a.text("errors.0.extensions.code") != resolvers.CodeBadInput {
			t.Errorf("%d days: %v", days, a)
		}
	}
}
