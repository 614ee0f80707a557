package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// paged is a list that is read page by page.
type paged struct {
	role      auth.Role
	query     string // with $first and $after
	variables map[string]any
	items     string // the path of a page's items
	key       string // the path, in an item, of what tells it from the others
	next      string // the path of the cursor to go on after; "" where it is the last key
	most      int
}

// page reads one page: the items' keys, the answer, and what to go on after; nil at the end.
func (r *region) page(t *testing.T, p *paged, first int, after any) (keys []string, answer object, next any) {
	t.Helper()
	variables := map[string]any{"first": first, "after": after}
	for k, v := range p.variables {
		variables[k] = v
	}
	answer = r.ask(t, p.role, p.query, variables)
	if answer["errors"] != nil {
		t.Fatalf("a page of %d: %v", first, answer["errors"])
	}
	for _, item := range answer.list(p.items) {
		keys = append(keys, fmt.Sprint(item.at(p.key)))
	}
	if len(keys) > first {
		t.Errorf("a page of %d has %d", first, len(keys))
	}
	if p.next == "" && len(keys) == first {
		return keys, answer, answer.list(p.items)[first-1].at(p.key)
	}
	return keys, answer, answer.at(p.next)
}

// walk reads all pages, each of a size by chance, and gives the keys in the order they came.
// After each page but the last, between is called with what has been read.
func (r *region) walk(t *testing.T, p *paged, chance *rand.Rand, between func(read []string)) (all []string) {
	t.Helper()
	for after, n := any(nil), 0; ; n++ {
		keys, _, next := r.page(t, p, 1+chance.IntN(p.most), after)
		if all = append(all, keys...); next == nil {
			return all
		}
		if after = next; between != nil {
			between(all)
		}
		if n > 200 {
			t.Fatal("the pages do not end")
		}
	}
}

// whole is the list read in the largest pages.
func (r *region) whole(t *testing.T, p *paged, most int) (all []string) {
	t.Helper()
	for after := any(nil); ; {
		keys, _, next := r.page(t, p, most, after)
		if all = append(all, keys...); next == nil {
			return all
		}
		after = next
	}
}

func chanceOf(t *testing.T, seed uint64) *rand.Rand {
	t.Helper()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 9))
}

func lineOf(number string) *paged {
	return &paged{
		role: auth.RoleGP, variables: map[string]any{"n": number}, most: 9,
		query: `query($n: NHSNumber!, $first: Int, $after: String) { patientByNHSNumber(nhsNumber: $n) { timeline(first: $first, after: $after) {
			edges { cursor section node { id provenance { source { id } } } } pageInfo { hasNextPage endCursor } totalCount missing { section outcome { source { id } status } } } } }`,
		items: "data.patientByNHSNumber.timeline.edges", key: "cursor", next: "data.patientByNHSNumber.timeline.pageInfo.endCursor",
	}
}

func peoplePages(list string) *paged {
	return &paged{
		role: auth.RoleGP, variables: map[string]any{"l": list}, most: 5,
		query: `query($l: ID!, $first: Int!, $after: String) { list(id: $l) { people(first: $first, after: $after) { hidden next
			people { patient { id contacts { verdict outcomes { source { id } status } } } } } } }`,
		items: "data.list.people.people", key: "patient.id", next: "data.list.people.next",
	}
}

// numbered are so many people of the region who have a number.
func (r *region) numbered(n int) (numbers []string) {
	for _, p := range r.Patients {
		if p.NHSNumber != "" && len(numbers) < n {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	return numbers
}

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

// A source that fails between two pages takes its own entries and nobody else's, and each
// page from then on says so (hazards H-01, H-02).
func TestASourceFailsBetweenPages(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 30}, func(c *Config) { remember(c, 0) })
	number := r.Scenario("everything").NHSNumber
	r.linked(t, number)
	line := lineOf(number)
	whole, from := r.wholeLine(t, line), map[string]string{}
	r.walkLine(t, line, chanceOf(t, 1), func(_ int, page object) {
		for _, e := range page.list("edges") {
			from[e.text("cursor")] = e.text("node.provenance.source.id")
		}
	})
	list := peoplePages(r.keepList(t, auth.RoleGP, "Pages", r.numbered(20)...))
	people, before := r.whole(t, list, 50), r.record(t, auth.RoleGP, number)
	for seed, system := range []string{"hospital", "gp", "mental-health"} {
		t.Run(system, func(t *testing.T) {
			heal := func() {
				r.control(t, http.MethodDelete, system, "", "")
				r.recovered(t, system, number, before)
			}
			defer heal()
			r.lineWithout(t, line, uint64(seed), system, whole, from)
			heal()
			failed := false
			got := r.walk(t, list, chanceOf(t, uint64(seed)), func([]string) {
				if !failed {
					r.control(t, http.MethodPut, system, "", `{"fault":"refused"}`)
					failed = true
				}
			})
			if !slices.Equal(got, people) {
				t.Errorf("people of a list left with a system:\n%v, not\n%v", got, people)
			}
			_, answer, _ := r.page(t, list, 50, nil)
			r.saysWhoIsSilent(t, answer.list(list.items), system)
		})
	}
}

// lineWithout reads a line of which a system fails after the first page.
func (r *region) lineWithout(t *testing.T, p *paged, seed uint64, system string, whole []string, from map[string]string) {
	t.Helper()
	first := 0
	got := r.walkLine(t, p, chanceOf(t, seed), func(n int, page object) {
		if n == 0 {
			first = len(page.list("edges"))
			r.control(t, http.MethodPut, system, "", `{"fault":"refused"}`)
			return
		}
		if !slices.ContainsFunc(page.list("missing"), func(g object) bool { return g.text("outcome.source.id") == system }) {
			t.Errorf("page %d does not say that %s is silent", n, system)
		}
	})
	want := slices.Clone(whole[:first])
	for _, cursor := range whole[first:] {
		if from[cursor] != system {
			want = append(want, cursor)
		}
	}
	if len(want) == len(whole) {
		t.Fatalf("%s has nothing on the line", system)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the line without %s is\n%v, not\n%v", system, got, want)
	}
}

// saysWhoIsSilent: no one's contacts read as if the system had told of them.
func (r *region) saysWhoIsSilent(t *testing.T, people []object, system string) {
	t.Helper()
	silent := 0
	for _, p := range people {
		contacts := object(p.at("patient.contacts").(map[string]any))
		switch status := outcome(contacts, system).text("status"); status {
		case "ANSWERED", "EMPTY", "ASSERTED_NONE":
			t.Errorf("%s is down and reads %s", system, status)
		case "UNAVAILABLE", "TIMED_OUT":
			if silent++; contacts.text("verdict") == "KNOWN" || contacts.text("verdict") == "NONE_KNOWN" || contacts.text("verdict") == "NOT_RECORDED" {
				t.Errorf("without %s: %s", system, contacts.text("verdict"))
			}
		}
	}
	if silent == 0 {
		t.Errorf("nobody's contacts say that %s is silent", system)
	}
}

// People are added, taken off and moved between two pages: who stays where they are is
// shown once, in order, and nobody of them is skipped.
func TestAListChangesBetweenPages(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	numbers := r.numbered(26)
	for seed := range uint64(6) {
		list := r.keepList(t, auth.RoleGP, fmt.Sprint("Pages ", seed), numbers[:20]...)
		p, chance := peoplePages(list), chanceOf(t, seed)
		before, added, touched := r.whole(t, p, 50), 20, map[string]bool{}
		got := r.walk(t, p, chance, func(read []string) {
			last, unread := read[len(read)-1], slices.DeleteFunc(slices.Clone(before), func(id string) bool { return slices.Contains(read, id) || touched[id] })
			end := r.whole(t, p, 50)
			switch what := chance.IntN(5); {
			case what == 0 && added < len(numbers):
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": list, "n": numbers[added : added+1]})
				added++
			case what == 1 && len(unread) > 0:
				touched[unread[0]] = true
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: [ID!]!) { removeFromList(id: $l, patients: $p) { size } }`, map[string]any{"l": list, "p": unread[:1]})
			case what == 2:
				touched[last] = true
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: [ID!]!) { removeFromList(id: $l, patients: $p) { size } }`, map[string]any{"l": list, "p": []string{last}})
			case end[len(end)-1] != last: // whom the page ended with goes to the end: nobody goes with them
				touched[last] = true
				if moved := r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: ID!, $a: ID) { moveOnList(id: $l, patient: $p, after: $a) { version } }`,
					map[string]any{"l": list, "p": last, "a": end[len(end)-1]}); moved.code() != "" {
					t.Fatal(moved)
				}
			}
		})
		stayed := func(id string) bool { return !touched[id] && slices.Contains(before, id) }
		var want, have []string
		for _, id := range before {
			if stayed(id) {
				want = append(want, id)
			}
		}
		for _, id := range got {
			if stayed(id) {
				have = append(have, id)
			}
		}
		if !slices.Equal(have, want) {
			t.Errorf("who stayed is shown as\n%v, not\n%v", have, want)
		}
	}
}

// A team list is read live with each page: together they are who is there, and where the
// system fails in the middle the page says so and does not read as the end.
func TestATeamListIsPaged(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 80}, func(c *Config) { remember(c, 0) })
	var ward demo.Roster
	for _, roster := range r.Rosters {
		if roster.System == "hospital" && len(roster.LocalIDs) > len(ward.LocalIDs) {
			ward = roster
		}
	}
	p := &paged{
		role: auth.RoleHospitalDoctor, query: teamList, variables: map[string]any{"l": r.teamList(t, auth.RoleHospitalDoctor, &ward)}, most: 2,
		items: "data.list.people.people", key: "patient.id", next: "data.list.people.next",
	}
	whole := r.whole(t, p, 50)
	if len(whole) < 3 {
		t.Fatalf("%d on the ward", len(whole))
	}
	for seed := range uint64(3) {
		if got := r.walk(t, p, chanceOf(t, seed), nil); !slices.Equal(got, whole) {
			t.Errorf("the pages are %v, the ward is %v", got, whole)
		}
	}
	_, _, next := r.page(t, p, 1, nil)
	r.control(t, http.MethodPut, "hospital", "", `{"fault":"refused"}`)
	keys, answer, _ := r.page(t, p, 50, next)
	if status := answer.text("data.list.people.outcome.status"); len(keys) != 0 || status != "UNAVAILABLE" && status != "TIMED_OUT" {
		t.Errorf("without the hospital: %v, %s", keys, status)
	}
	r.control(t, http.MethodDelete, "hospital", "", "")
	number := r.Scenario("everything").NHSNumber
	for deadline := time.Now().Add(15 * time.Second); ; {
		r.record(t, auth.RoleHospitalDoctor, number) // until the hospital is asked again
		keys, answer, _ = r.page(t, p, 50, next)
		if answer.text("data.list.people.outcome.status") == "ANSWERED" || time.Now().After(deadline) {
			break
		}
	}
	if !slices.Equal(keys, whole[1:]) {
		t.Errorf("by the same cursor later: %v, not %v", keys, whole[1:])
	}
}
