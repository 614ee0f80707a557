package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

func (r *region) record(t *testing.T, role auth.Role, number string) object {
	t.Helper()
	answer := r.ask(t, role, operation(t, "full-record"), map[string]any{"nhsNumber": number})
	if answer["errors"] != nil {
		t.Fatalf("errors: %v", answer["errors"])
	}
	p, _ := answer.at("data.patientByNHSNumber").(map[string]any)
	if p == nil {
		t.Fatal("no patient")
	}
	return p
}

// One operation gives the whole record from all four systems, with provenance on every
// entry.
func TestWholeRecordFromAllSystems(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	seen := map[string]int{}
	for _, name := range sections {
		section := object(p[name].(map[string]any))
		if v := section.text("verdict"); v != "KNOWN" && v != "CONFLICT" {
			t.Errorf("%s: verdict %s, outcomes %v", name, v, section["outcomes"])
		}
		if len(section.list("outcomes")) != 4 {
			t.Errorf("%s: %d outcomes, want one per system", name, len(section.list("outcomes")))
		}
		for _, e := range section.list("entries") {
			for _, need := range []string{"provenance.source.id", "provenance.organisation.name", "provenance.localId", "provenance.retrieved", "provenance.asOf"} {
				if e.text(need) == "" {
					t.Errorf("%s: an entry has no %s", name, need)
				}
			}
			seen[e.text("provenance.source.id")]++
		}
	}
	if got := slices.Sorted(maps.Keys(seen)); !slices.Equal(got, []string{"gp", "hospital", "mental-health", "social-care"}) {
		t.Errorf("entries are from %v", got)
	}
	t.Logf("entries by system: %v", seen)
}

// With the hospital stopped its outcome says so with a reason, nothing reads as none,
// and the others are as before.
func TestHospitalStopped(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { remember(c, 0) })
	for _, scenario := range []string{"everything", "none-known", "nothing-recorded", "conflict"} {
		number := r.Scenario(scenario).NHSNumber
		r.linked(t, number)
		// Stopped first: an answer that came late is kept for five seconds, and would
		// rightly be shown after it.
		r.control(t, "PUT", "hospital", "", `{"fault":"refused"}`)
		after := r.record(t, auth.RoleGP, number)
		r.control(t, "DELETE", "hospital", "", "")
		r.healed(t, "hospital", number)
		before := r.record(t, auth.RoleGP, number)
		for _, name := range sections {
			was, is := object(before[name].(map[string]any)), object(after[name].(map[string]any))
			if s := outcome(was, "hospital").text("status"); s == "NOT_OFFERED" || s == "NOT_REGISTERED" {
				continue
			}
			o := outcome(is, "hospital")
			if o.text("status") != "UNAVAILABLE" || o.text("reason") == "" {
				t.Errorf("%s %s: %v", scenario, name, o)
			}
			if v := is.text("verdict"); v == "NONE_KNOWN" || v == "NOT_RECORDED" || v == "KNOWN" {
				t.Errorf("%s %s: verdict %s although the hospital is down", scenario, name, v)
			}
			if w, i := others(was), others(is); !slices.Equal(w, i) {
				t.Errorf("%s %s: the other systems' entries changed: %d and %d", scenario, name, len(w), len(i))
			}
		}
	}
}

// others are the ids of the entries that are not the hospital's.
func others(section object) []string {
	var ids []string
	for _, e := range section.list("entries") {
		if e.text("provenance.source.id") != "hospital" {
			ids = append(ids, e.text("id"))
		}
	}
	return ids
}

// healed waits until a system answers again.
func (r *region) healed(t *testing.T, system, number string) {
	t.Helper()
	const q = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: 2000) { allergies { outcomes { source { id } status } } } }`
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		a := r.ask(t, auth.RoleGP, q, map[string]any{"n": number})
		p, _ := a.at("data.patientByNHSNumber.allergies").(map[string]any)
		switch outcome(p, system).text("status") {
		case "ANSWERED", "EMPTY", "ASSERTED_NONE", "NOT_REGISTERED", "NOT_OFFERED":
			return
		}
	}
	t.Fatalf("%s has not recovered within 10 s", system)
}

// With the hospital late, the others' data is there within a second, the hospital is
// pending, and then it is there. Not parallel: it is about time.
func TestHospitalLate(t *testing.T) {
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { c.Answers = AnswerConfig{} })
	number := r.Scenario("everything").NHSNumber
	r.record(t, auth.RoleGP, r.Scenario("moved").NHSNumber) // connections are open
	r.linked(t, number)
	r.control(t, "PUT", "hospital", "", `{"fault":"slow","delay":"4s"}`)
	asked := time.Now()
	p := r.record(t, auth.RoleGP, number)
	if took := time.Since(asked); took > 1500*time.Millisecond { // race build, shared cores: 1 s and some
		t.Errorf("the others took %v", took)
	}
	allergies := object(p["allergies"].(map[string]any))
	if o := outcome(allergies, "hospital"); o.text("status") != "PENDING" {
		t.Errorf("hospital: %v", o)
	}
	if o := outcome(allergies, "gp"); o.text("status") != "ANSWERED" {
		t.Errorf("gp: %v", o)
	}
	if v := allergies.text("verdict"); v != "KNOWN_INCOMPLETE" {
		t.Errorf("verdict %s", v)
	}
	r.healed(t, "hospital", number) // asked again, the same read is joined
	if took := time.Since(asked); took > 8*time.Second {
		t.Errorf("it was there after %v", took)
	}
	if calls := r.calls(t, "hospital")["/AllergyIntolerance"]; calls != 1 {
		t.Errorf("the late answer cost %v calls, want the one that was asked first", calls)
	}
}

// linked opens the person without reading anything, and starts the counts again.
func (r *region) linked(t *testing.T, number string) {
	t.Helper()
	r.ask(t, auth.RoleGP, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: 2000) { id } }`, map[string]any{"n": number})
	for _, s := range r.Systems {
		r.control(t, "DELETE", s.ID, "/counts", "")
	}
}

func (r *region) calls(t *testing.T, system string) map[string]float64 {
	t.Helper()
	calls := map[string]float64{}
	counts, _ := r.control(t, "GET", system, "", "").at("counts").(map[string]any)
	for path, n := range counts {
		calls[path], _ = n.(float64)
	}
	return calls
}

// remember also lets nothing stay that came late: on a busy machine everything does.
func remember(c *Config, d time.Duration) {
	for i := range c.Sources {
		c.Sources[i].Remember, c.Sources[i].RememberLate = &d, new(time.Duration)
	}
}

// A page of 50 people and 8 sections costs at most two calls for each kind of resource
// at every system, counted there.
func TestFiftyPeopleEightSections(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 80}, func(c *Config) { remember(c, 0) })
	var numbers []string
	for _, p := range r.Patients {
		if len(p.Systems) > 1 && len(numbers) < 50 {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	const q = `query($n: [NHSNumber!]!, $wait: Int) { patientsByNHSNumber(nhsNumbers: $n, wait: $wait) { problem patient {
		demographics { ...S entries { name { text } } } allergies { ...S entries { code { label } } }
		alerts { ...S entries { code { label } } } medications { ...S entries { code { label } } }
		problems { ...S entries { code { label } } } appointments { ...S entries { start } }
		observations(first: 1) { ...S entries { code { label } } } vaccinations { ...S entries { code { label } } } } } }
		fragment S on Section { verdict outcomes { source { id } status reason } }`
	for known := false; !known; { // everybody is linked, and nobody looked for any more
		for _, s := range r.Systems {
			r.control(t, "DELETE", s.ID, "/counts", "")
		}
		r.ask(t, auth.RoleGP, `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n, wait: 15000) { patient { id } } }`, map[string]any{"n": numbers})
		known = true
		for _, s := range r.Systems {
			known = known && len(r.calls(t, s.ID)) == 0
		}
	}
	answer := r.ask(t, auth.RoleGP, q, map[string]any{"n": numbers, "wait": 15000})
	people := answer.list("data.patientsByNHSNumber")
	if len(people) != 50 {
		t.Fatalf("%d people: %v", len(people), answer["errors"])
	}
	for _, s := range r.Systems {
		calls := r.calls(t, s.ID)
		t.Logf("%-14s %v", s.ID, calls)
		for path, n := range calls {
			if n > 2 {
				t.Errorf("%s%s was called %v times for 50 people", s.ID, path, n)
			}
		}
		if len(calls) == 0 {
			t.Errorf("%s was not asked", s.ID)
		}
	}
	for i, p := range people {
		if p["problem"] != nil && !strings.Contains(r.scenarioOf(numbers[i]), "unverified") {
			t.Errorf("person %d: %v", i, p["problem"])
		}
	}
}

func (r *region) scenarioOf(number string) string {
	for _, p := range r.Patients {
		if p.NHSNumber == number {
			return p.Scenario
		}
	}
	return ""
}

// A receptionist sees who it is and appointments, and WITHHELD elsewhere.
func TestReceptionist(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	r.linked(t, number)
	p := r.record(t, auth.RoleReceptionist, number)
	for _, name := range sections {
		s := object(p[name].(map[string]any))
		switch name {
		case "demographics", "practice", "appointments":
			if len(s.list("entries")) == 0 {
				t.Errorf("%s: nothing shown: %v", name, s["outcomes"])
			}
		default:
			if s.text("verdict") != "WITHHELD" || len(s.list("entries")) != 0 || s["total"] != 0.0 {
				t.Errorf("%s: %s with %v entries", name, s.text("verdict"), s["total"])
			}
			for _, o := range s.list("outcomes") {
				if st := o.text("status"); st != "WITHHELD" && st != "NOT_OFFERED" {
					t.Errorf("%s: %s", name, st)
				}
			}
		}
	}
	appointments := object(p["appointments"].(map[string]any))
	if e := appointments.list("entries")[0]; e["reason"] != nil || e.text("start") == "" {
		t.Errorf("a receptionist sees when and not why: %v", e)
	}
	if calls := r.calls(t, "hospital"); calls["/AllergyIntolerance"] != 0 {
		t.Error("a source was asked for what policy withholds")
	}
}
