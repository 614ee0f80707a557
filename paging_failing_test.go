package main

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

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
