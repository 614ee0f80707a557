package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// Whatever the sizes of the pages, together they are the whole: in its order, nobody twice,
// nobody left out (hazard H-02).
func TestPagesTogetherAreTheWhole(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 30}, nil)
	number := r.Scenario("everything").NHSNumber
	for _, role := range []auth.Role{
		auth.RoleReceptionist, auth.RolePracticeNurse, auth.RoleHospitalDoctor, auth.RolePharmacist, auth.RoleSocialWorker, auth.RoleHospitalNurse, auth.RoleGP,
	} {
		r.record(t, role, number)
	}
	patient := r.idOf(t, auth.RoleGP, number)
	changed := r.keepList(t, auth.RoleGP, "Changed", number)
	for i := range 8 {
		r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": changed, "n": r.numbered(i + 2)[i:]})
		r.ask(t, auth.RoleAdministrator, `mutation($p: PolicyInput!, $v: Int!) { putPolicy(policy: $p, version: $v, reason: "a test of many versions") { version } }`,
			map[string]any{"v": r.ask(t, auth.RoleAdministrator, `{ policies { version } }`, nil).at("data.policies.version"), "p": map[string]any{
				"id": "nobody", "description": fmt.Sprint("It is about nobody ", i), "effect": "deny", "roles": []string{"patient"}, "actions": []string{"read"}, "resources": []string{"patient:read"},
			}})
	}
	for name, p := range map[string]*paged{
		"the people of a list": peoplePages(r.keepList(t, auth.RoleGP, "Pages", r.numbered(20)...)),
		"who has looked": {
			role: auth.RolePrivacyOfficer, variables: map[string]any{"p": patient}, most: 3,
			query: `query($p: ID!, $first: Int, $after: String) { whoHasLooked(patient: $p, first: $first, after: $after) { next looks { role firstSeq } } }`,
			items: "data.whoHasLooked.looks", key: "role", next: "data.whoHasLooked.next",
		},
		"the changes of a list": {
			role: auth.RoleGP, variables: map[string]any{"l": changed}, most: 4,
			query: `query($l: ID!, $first: Int!, $after: Int) { list(id: $l) { history(first: $first, after: $after) { version } } }`,
			items: "data.list.history", key: "version",
		},
		"the versions of the policies": {
			role: auth.RoleAdministrator, query: `query($first: Int!, $after: Int) { policyVersions(first: $first, after: $after) { version } }`,
			items: "data.policyVersions", key: "version", most: 4,
		},
		"accounts": {
			role: auth.RoleAdministrator, query: `query($first: Int, $after: String) { accounts(first: $first, after: $after) { next items { id } } }`,
			items: "data.accounts.items", key: "id", next: "data.accounts.next", most: 5,
		},
		"sessions": {
			role: auth.RoleAdministrator, query: `query($first: Int, $after: String) { sessions(first: $first, after: $after) { next items { id } } }`,
			items: "data.sessions.items", key: "id", next: "data.sessions.next", most: 5,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r.whole(t, p, 50) // who asks who has looked has looked from then on
			whole := r.whole(t, p, 50)
			if len(whole) < 6 {
				t.Fatalf("there are only %d: %v", len(whole), whole)
			}
			for seed := range uint64(5) {
				if got := r.walk(t, p, chanceOf(t, seed), nil); !slices.Equal(got, whole) {
					t.Errorf("the pages are\n%v, the whole is\n%v", got, whole)
				}
			}
		})
	}
	t.Run("the time line", func(t *testing.T) {
		p := lineOf(number)
		whole := r.wholeLine(t, p)
		for seed := range uint64(5) {
			if got := r.walkLine(t, p, chanceOf(t, seed), nil); !slices.Equal(got, whole) {
				t.Errorf("the pages are\n%v, the line is\n%v", got, whole)
			}
		}
	})
	t.Run("the rows of a view", func(t *testing.T) { r.viewPages(t) })
	t.Run("who was opened last", func(t *testing.T) {
		for _, scenario := range []string{"everything", "none-known", "conflict", "restricted"} {
			r.opensRecently(t, auth.RoleGP, scenario)
		}
		p := &paged{
			role: auth.RoleGP, query: `query($first: Int!) { recentPatients(first: $first) { patient { id } } }`,
			items: "data.recentPatients", key: "patient.id", next: "none",
		}
		whole := r.whole(t, p, 50)
		for n := 1; n <= len(whole); n++ {
			if got, _, _ := r.page(t, p, n, nil); !slices.Equal(got, whole[:n]) {
				t.Errorf("the first %d are %v of %v", n, got, whole)
			}
		}
	})
}

// wholeLine is a line that must be found to fit into the largest page.
func (r *region) wholeLine(t *testing.T, p *paged) []string {
	t.Helper()
	whole := r.walkLine(t, &paged{role: p.role, query: p.query, variables: p.variables, items: p.items, key: p.key, next: p.next, most: -100}, nil, nil)
	if len(whole) < 30 {
		t.Fatalf("the line has only %d entries", len(whole))
	}
	return whole
}

// walkLine is walk for a line, whose end is told by hasNextPage. A size below zero is every
// page's. Each page is handed to seen.
func (r *region) walkLine(t *testing.T, p *paged, chance *rand.Rand, seen func(page int, answer object)) (all []string) {
	t.Helper()
	for after, n := any(nil), 0; ; n++ {
		first := -p.most
		if chance != nil {
			first = 1 + chance.IntN(p.most)
		}
		keys, answer, next := r.page(t, p, first, after)
		all = append(all, keys...)
		line := object(answer.at("data.patientByNHSNumber.timeline").(map[string]any))
		more := line.at("pageInfo.hasNextPage") == true
		if !more && seen == nil && line.number("totalCount") != len(all) {
			t.Errorf("%d of %d entries", len(all), line.number("totalCount"))
		}
		if seen != nil {
			seen(n, line)
		}
		if !more || n > 200 {
			return all
		}
		after = next
	}
}

// viewPages pages by offset through the rows of a run, which are kept and do not change.
func (r *region) viewPages(t *testing.T) {
	list := r.keepList(t, auth.RoleGP, "Rows", r.numbered(12)...)
	run := r.runOfView(t, auth.RoleGP, r.saveView(t, auth.RoleGP, allergyView), list)
	whole := cellsOf(run.list("page"))
	if len(whole) < 12 || len(whole) != run.number("rows") {
		t.Fatalf("%d rows of %d", len(whole), run.number("rows"))
	}
	chance := chanceOf(t, 1)
	var all []string
	for len(all) < len(whole) {
		got := r.ask(t, auth.RoleGP, `query($r: ID!, $o: Int!, $f: Int!) { viewRun(id: $r) { page(offset: $o, first: $f) { cells } } }`,
			map[string]any{"r": run.text("id"), "o": len(all), "f": 1 + chance.IntN(5)})
		rows := cellsOf(got.list("data.viewRun.page"))
		if len(rows) == 0 {
			break
		}
		all = append(all, rows...)
	}
	if !slices.Equal(all, whole) {
		t.Errorf("the pages are\n%v, the rows are\n%v", all, whole)
	}
}

func cellsOf(page []object) (rows []string) {
	for _, row := range page {
		rows = append(rows, fmt.Sprint(row["cells"]))
	}
	return rows
}
