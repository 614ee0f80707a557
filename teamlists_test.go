package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const teamList = `query($l: ID!, $first: Int = 50, $after: String) { list(id: $l) { size roster { kind source { id } } people(first: $first, after: $after) {
	hidden unidentified next outcome { status reason count } people { added new patient { id registrations { source { id } links { localId } } } } } } }`

// teamList makes a team list of a roster and gives its id.
func (r *region) teamList(t *testing.T, role auth.Role, of *demo.Roster) string {
	t.Helper()
	made := r.ask(t, role, `mutation($s: ID!, $k: RosterKind!, $i: ID!) { createList(title: "Now", roster: {source: $s, kind: $k, id: $i}) { id size roster { name } } }`,
		map[string]any{"s": of.System, "k": of.Kind, "i": of.ID})
	if made.text("data.createList.roster.name") != of.Name || made.at("data.createList.size") != nil {
		t.Fatalf("createList: %v", made)
	}
	return made.text("data.createList.id")
}

// shownFrom are the local ids, in a system, of the people that are shown.
func shownFrom(people []object, system string) map[string]bool {
	ids := map[string]bool{}
	for _, p := range people {
		for _, reg := range p.list("patient.registrations") {
			if reg.text("source.id") == system {
				for _, l := range reg.list("links") {
					ids[l.text("localId")] = true
				}
			}
		}
	}
	return ids
}

// A team list shows who is there now, and whoever cannot be shown is counted: nobody is
// missing without a word. Who must not be located is on none.
func TestTeamListsShowWhoIsThere(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 80}, nil)
	offered := map[string]bool{}
	all := r.ask(t, auth.RoleHospitalDoctor, `{ rosters { rosters { kind id name source { id } } outcomes { source { id } status } } }`, nil)
	for _, o := range all.list("data.rosters.rosters") {
		offered[o.text("source.id")+" "+o.text("kind")+" "+o.text("id")] = true
	}
	for _, o := range all.list("data.rosters.outcomes") {
		if o.text("source.id") == "hospital" && o.text("status") != "ANSWERED" || o.text("source.id") == "gp" && o.text("status") != "NOT_OFFERED" {
			t.Errorf("%v", o)
		}
	}
	restricted := r.Scenario("restricted")
	roles := map[string]auth.Role{"hospital": auth.RoleHospitalDoctor, "mental-health": auth.RoleMentalHealthClinician, "social-care": auth.RoleSocialWorker}
	shown, kinds := 0, map[string]int{}
	for i := range r.Rosters {
		of := &r.Rosters[i]
		if !offered[of.System+" "+of.Kind+" "+of.ID] {
			t.Errorf("not offered: %v", of)
			continue
		}
		got := r.ask(t, roles[of.System], teamList, map[string]any{"l": r.teamList(t, roles[of.System], of)})
		people := got.list("data.list.people.people")
		ids := shownFrom(people, of.System)
		for id := range ids {
			if !strings.Contains(fmt.Sprint(of.LocalIDs), id) {
				t.Errorf("%s %s shows somebody who is not there", of.System, of.Name)
			}
		}
		hidden, unidentified := int(got.at("data.list.people.hidden").(float64)), int(got.at("data.list.people.unidentified").(float64))
		if len(people)+hidden+unidentified != len(of.LocalIDs) {
			t.Errorf("%s %s: %d shown, %d hidden, %d unidentified of %d: %v", of.System, of.Name, len(people), hidden, unidentified, len(of.LocalIDs), got)
		}
		status := got.text("data.list.people.outcome.status")
		if (status == "EMPTY") != (len(of.LocalIDs) == 0) || status != "EMPTY" && status != "ANSWERED" {
			t.Errorf("%s %s: %s of %d people", of.System, of.Name, status, len(of.LocalIDs))
		}
		for _, p := range people {
			if got := r.ask(t, roles[of.System], `query($p: ID!) { patient(id: $p) { nhsNumber } }`, map[string]any{"p": p.text("patient.id")}); got.text("data.patient.nhsNumber") == restricted.NHSNumber {
				t.Errorf("%s %s locates who must not be", of.System, of.Name)
			}
		}
		shown, kinds[of.System+" "+of.Kind] = shown+len(people), kinds[of.System+" "+of.Kind]+len(people)
	}
	t.Logf("%d shown: %v", shown, kinds)
	if shown < 10 {
		t.Error("hardly anybody is shown")
	}
}

// A system that does not answer is no empty ward; nor is one that has no such ward any
// more; and nobody who works elsewhere sees more there than in the record.
func TestTeamListsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	var ward *demo.Roster
	for i := range r.Rosters {
		if of := &r.Rosters[i]; of.System == "hospital" && of.Kind == "WARD" && (ward == nil || len(of.LocalIDs) > len(ward.LocalIDs)) {
			ward = of
		}
	}
	list := r.teamList(t, auth.RoleHospitalDoctor, ward)
	before := r.ask(t, auth.RoleHospitalDoctor, teamList, map[string]any{"l": list})
	people := len(before.list("data.list.people.people"))
	if people == 0 {
		t.Fatalf("%v", before)
	}
	seen := map[string]bool{}
	for cursor, pages := any(nil), 0; pages == 0 || cursor != nil; pages++ {
		page := r.ask(t, auth.RoleHospitalDoctor, teamList, map[string]any{"l": list, "first": 1, "after": cursor})
		for id := range shownFrom(page.list("data.list.people.people"), "hospital") {
			seen[id] = true
		}
		if cursor = page.at("data.list.people.next"); pages > 100 {
			t.Fatal("pages without end")
		}
	}
	if len(seen) != len(shownFrom(before.list("data.list.people.people"), "hospital")) {
		t.Errorf("one by one %d, together %d", len(seen), people)
	}
	own := r.keepList(t, auth.RoleHospitalDoctor, "Own")
	if got := r.ask(t, auth.RoleHospitalDoctor, `mutation($l: ID!, $own: ID!) { addToList(id: $own, fromList: $l) { added refused } }`, map[string]any{"l": list, "own": own}); got.code() != "BAD_INPUT" {
		t.Errorf("a full ward reads as nobody: %v", got)
	}
	id := before.text("data.list.people.people.0.patient.id")
	for _, o := range []string{`addToList(id: $l, patients: [$p]) { added }`, `moveOnList(id: $l, patient: $p) { id }`, `removeFromList(id: $l, patients: [$p]) { id }`} {
		if got := r.ask(t, auth.RoleHospitalDoctor, `mutation($l: ID!, $p: ID!) { `+o+` }`, map[string]any{"l": list, "p": id}); got.code() != "BAD_INPUT" {
			t.Errorf("%s: %v", o, got)
		}
	}
	// A GP elsewhere: only their own patients.
	r.shareWith(t, auth.RoleHospitalDoctor, list, auth.RoleGP, "READ")
	r.shareWith(t, auth.RoleHospitalDoctor, list, auth.RoleReceptionist, "READ")
	for _, p := range r.ask(t, auth.RoleGP, `query($l: ID!) { list(id: $l) { people { people { patient { access { relationships { kind } } } } } } }`, map[string]any{"l": list}).list("data.list.people.people") {
		if p.text("patient.access.relationships.0.kind") == "" {
			t.Errorf("a stranger on another's ward: %v", p)
		}
	}
	if got := r.ask(t, auth.RoleReceptionist, teamList, map[string]any{"l": list}); got.text("data.list.people.outcome.status") != "WITHHELD" || len(got.list("data.list.people.people")) != 0 {
		t.Errorf("a receptionist: %v", got)
	}
	r.control(t, http.MethodPut, "hospital", "", `{"fault":"refused"}`)
	got := r.ask(t, auth.RoleHospitalDoctor, teamList, map[string]any{"l": list})
	if status := got.text("data.list.people.outcome.status"); status != "UNAVAILABLE" && status != "TIMED_OUT" {
		t.Errorf("the hospital does not answer: %v", got)
	}
	if got := r.ask(t, auth.RoleHospitalDoctor, `mutation { createList(title: "x", roster: {source: "hospital", kind: WARD, id: "`+ward.ID+`"}) { id } }`, nil); got.code() != "UNAVAILABLE" {
		t.Errorf("a team list of a system that does not answer: %v", got)
	}
	r.control(t, http.MethodDelete, "hospital", "", "")
	for name, in := range map[string]string{
		"no such ward": `source: "hospital", kind: WARD, id: "none"`, "no such system": `source: "none", kind: WARD, id: "x"`, "one without": `source: "gp", kind: WARD, id: "x"`,
	} {
		if got := r.ask(t, auth.RoleHospitalDoctor, `mutation { createList(title: "x", roster: {`+in+`}) { id } }`, nil); got.code() != "BAD_INPUT" && got.code() != "UNAVAILABLE" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Who is concealed leaves no trace on a team list either: not even that a page follows.
func TestWhoIsConcealedIsOnNoTeamList(t *testing.T) {
	t.Parallel()
	r := listsFor(t, "mode: conceal, resources: ['patient:list'], when: {objection: [overridable]}")
	var list string
	page := func(first int) (people []object, next any) {
		got := r.ask(t, auth.RoleGP, teamList, map[string]any{"l": list, "first": first})
		return got.list("data.list.people.people"), got.at("data.list.people.next")
	}
	var before []object
	for i := range r.Rosters { // one of which everybody is shown
		of := &r.Rosters[i]
		if len(of.LocalIDs) < 2 {
			continue
		}
		list = r.teamList(t, auth.RoleGP, of)
		if before, _ = page(50); len(before) == len(of.LocalIDs) {
			break
		}
		before = nil
	}
	if before == nil {
		t.Fatal("no ward shows everybody")
	}
	if _, next := page(len(before) - 1); next == nil {
		t.Error("the last has no page")
	}
	last := before[len(before)-1].text("patient.id")
	said := r.ask(t, auth.RoleGP, `mutation($p: ID!) { recordObjection(patient: $p, objection: {reason: "no lists"}) { id } }`, map[string]any{"p": last})
	if said.text("data.recordObjection.id") == "" {
		t.Fatalf("%v", said)
	}
	after, next := page(len(before) - 1)
	if len(after) != len(before)-1 || next != nil {
		t.Errorf("%d people, then %v", len(after), next)
	}
}
