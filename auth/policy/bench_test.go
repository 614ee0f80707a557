package policy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ory/ladon"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

// manyPolicies are the built-in ones and generated ones up to n: allows and denies over
// sections and fields, with conditions of every kind, for half of the roles each.
func manyPolicies(t testing.TB, n int) *Edition {
	t.Helper()
	built, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	policies := slices.Clone(built.Policies)[:min(n, len(built.Policies))]
	r := rand.New(rand.NewPCG(1, uint64(n)))
	sections := slices.DeleteFunc(sortedKeys(schema), func(c string) bool { return !strings.HasPrefix(c, "record:") })
	conditions := []func() (string, Values){
		func() (string, Values) { return keyPurpose, Values{In: []string{"TREAT", "ETREAT"}} },
		func() (string, Values) { return keyRelationship, Values{In: []string{"any"}} },
		func() (string, Values) { return keyLabel, Values{In: []string{"restricted", "none"}} },
		func() (string, Values) { return keySourceOrganisation, Values{Not: []string{"own"}} },
		func() (string, Values) { return keyCareSetting, Values{In: []string{"acute", "gp"}} },
		func() (string, Values) { return keySource, Values{In: []string{fmt.Sprintf("source-%d", r.IntN(4))}} },
		func() (string, Values) { return keyBreakGlass, Values{In: []string{"yes"}} },
	}
	for i := len(policies); i < n; i++ {
		section := sections[r.IntN(len(sections))]
		p := Policy{ID: fmt.Sprintf("generated-%d", i), Effect: Allow, Actions: []string{"read"}, Resources: []string{section}, When: map[string]Values{}}
		if r.IntN(3) == 0 && len(schema[section]) > 0 {
			p.Effect, p.Resources = Deny, []string{section + ":" + schema[section][r.IntN(len(schema[section]))]}
		}
		for _, role := range auth.Roles() {
			if r.IntN(2) == 0 {
				p.Roles = append(p.Roles, string(role))
			}
		}
		p.Roles = append(p.Roles, "gp")
		for range 1 + r.IntN(3) {
			key, values := conditions[r.IntN(len(conditions))]()
			p.When[key] = values
		}
		policies = append(policies, p)
	}
	set, err := NewSet("bench", policies)
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewEdition(set, schema, func() time.Time { return time.Date(2026, 3, 29, 23, 30, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// page is what a list of people asks: class × source × kind of person, and the fields
// and labels of what is found.
type page struct {
	session *auth.Session
	people  []*About
	sources []*record.Origin
	classes []string
}

func newPage() *page {
	p := &page{session: caller(auth.RoleGP)}
	for i := range 4 {
		p.sources = append(p.sources, &record.Origin{ID: fmt.Sprintf("source-%d", i), Organisation: record.Organisation{ODS: fmt.Sprintf("YZ90%d", i)}})
	}
	for _, k := range relationship.Kinds() {
		p.people = append(p.people, related(k))
	}
	p.people = append(p.people, related(), AboutPatient(relationship.Standing{BreakGlass: &relationship.BreakGlass{}}, false),
		AboutPatient(relationship.Standing{Objections: []relationship.Objection{{Section: "allergies"}}}, true))
	for _, c := range sortedKeys(schema) {
		if len(schema[c]) > 0 {
			p.classes = append(p.classes, c)
		}
	}
	return p
}

// decide makes n decisions, of them one in six about a section of a source and the
// others about an entry of it, and its fields; it returns how many were allowed.
func (p *page) decide(e *Edition, n int) (allowed int) {
	plain, restricted := &record.Problem{}, &record.Problem{Base: record.Base{Labels: label("R")}}
	for i := 0; i < n; {
		at := i / 6
		g := e.Check(p.session, p.people[at%len(p.people)], Read, p.classes[at%len(p.classes)], p.sources[at/7%len(p.sources)])
		i++
		if g.Allowed() {
			allowed++
		}
		for j := 0; j < 5 && i < n; j++ {
			entry := plain
			if j == 0 {
				entry = restricted
			}
			if _, seen := g.Entry(entry); seen == Shown && g.Field("code") {
				allowed++
			}
			i++
		}
	}
	return allowed
}

// checks makes n decisions that all go through Check: the worst page.
func (p *page) checks(e *Edition, n int) (allowed int) {
	for i := range n {
		g := e.Check(p.session, p.people[i%len(p.people)], Read, p.classes[i/3%len(p.classes)], p.sources[i/7%len(p.sources)])
		if g.Field("code") {
			allowed++
		}
	}
	return allowed
}

// BenchmarkCheck is one decision: remembered, and asked for the first time.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{20, 100, 1000} {
		e, p := manyPolicies(b, n), newPage()
		b.Run(fmt.Sprintf("warm/policies=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			p.checks(e, 10_000)
			for b.Loop() {
				e.Check(p.session, p.people[0], Read, "record:allergies", p.sources[0])
			}
		})
		b.Run(fmt.Sprintf("cold/policies=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				class := p.classes[i%len(p.classes)]
				e.decide(question{e.gather(p.session, nil, p.people[i%len(p.people)], class, p.sources[i%len(p.sources)]), Read, class})
				i++
			}
		})
	}
}

// BenchmarkPage is a page of 2,000 decisions; the goal is 1 ms of CPU (assurance.md §1).
func BenchmarkPage(b *testing.B) {
	for _, n := range []int{20, 100, 1000} {
		e, p := manyPolicies(b, n), newPage()
		b.Run(fmt.Sprintf("mixed/policies=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			p.decide(e, 2000)
			for b.Loop() {
				p.decide(e, 2000)
			}
		})
		b.Run(fmt.Sprintf("checks/policies=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			p.checks(e, 2000)
			for b.Loop() {
				p.checks(e, 2000)
			}
		})
		b.Run(fmt.Sprintf("cold/policies=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				e.decided.Store(&sync.Map{})
				b.StartTimer()
				p.checks(e, 2000)
			}
		})
	}
}

// BenchmarkLadon is Ladon by itself over the same policies, one resource each time,
// with its own matcher and with ours.
func BenchmarkLadon(b *testing.B) {
	for _, n := range []int{20, 100, 1000} {
		e, p := manyPolicies(b, n), newPage()
		f := e.gather(p.session, nil, p.people[0], "record:allergies", p.sources[0])
		r := &ladon.Request{Resource: "record:allergies", Action: "read", Subject: "role:gp", Context: f.context(0)}
		for name, matcher := range map[string]interface {
			Matches(ladon.Policy, []string, string) (bool, error)
		}{"regexp": ladon.DefaultMatcher, "exact": exact{}} {
			w := &ladon.Ladon{Manager: e.index, Matcher: matcher, Metric: ladon.DefaultMetric, AuditLogger: &ladon.AuditLoggerNoOp{}}
			b.Run(fmt.Sprintf("%s/policies=%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_ = w.DoPoliciesAllow(b.Context(), r, e.index.all)
				}
			})
		}
	}
}
