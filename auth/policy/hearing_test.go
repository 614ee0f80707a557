package policy

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ory/ladon"

	"github.com/patchworkcare/patchwork/auth"
)

// chance makes policies and questions that meet often: few roles, classes and values,
// every key.
type chance struct{ *rand.Rand }

var chanceSchema = Schema{"record:allergies": {"code", "note", "reactions"}, "record:problems": {"code", "note"}, "record:results": {"code"}, "patient:read": nil}

func (r chance) some(values []string) []string {
	var list []string
	for _, v := range values {
		if r.IntN(len(values)) == 0 {
			list = append(list, v)
		}
	}
	if list == nil {
		list = []string{values[r.IntN(len(values))]}
	}
	return list
}

func (r chance) policy(i int) Policy {
	p := Policy{
		ID: fmt.Sprintf("p%d", i), Effect: Allow, Roles: r.some([]string{"gp", "receptionist", "any"}), Actions: r.some([]string{"read", "list"}),
		Resources: r.some([]string{
			"record:*", "record:allergies", "record:allergies:*", "record:allergies:code", "record:allergies:reactions",
			"record:problems", "record:problems:note", "record:results", "record:results:*", "patient:read",
		}), When: map[string]Values{},
	}
	if r.IntN(3) == 0 {
		p.Effect = Deny
		p.Mode = []string{"", Disclose, Conceal}[r.IntN(3)]
	}
	if r.IntN(5) == 0 {
		p.Organisations = r.some([]string{"YZ901", "YZ902"})
	}
	values := map[string][]string{
		keyRole: {"gp", "receptionist"}, keyOrganisation: {"YZ901", "YZ902", none}, keyCareSetting: {"gp", "acute", none}, keyPurpose: {"TREAT", "ETREAT", none},
		keyRelationship: {"registration", "launch", none, "any"}, keyBreakGlass: {"yes", "no"}, keyObjection: objectedWords[:], keyRestrictedPerson: {"yes", "no"},
		keySource: {"a", "b", none}, keySourceOrganisation: {"YZ901", "own", none}, keyLabel: Labels(), keyLaunch: {"yes", "no"}, keyView: viewedWords[:],
		keyScope: {"all", "record:allergies"}, keyTime: {"08:00-18:00", "22:00-06:00"}, keyWeekday: {"monday", "sunday"},
	}
	for range r.IntN(4) {
		key := Keys()[r.IntN(len(Keys()))]
		if r.IntN(2) == 0 {
			key = keyLabel
		}
		v := Values{In: r.some(values[key])}
		switch r.IntN(4) {
		case 0:
			v = Values{Not: v.In}
		case 1:
			v.Not = r.some(values[key])
		}
		p.When[key] = v
	}
	return p
}

func (r chance) facts() facts {
	of := func(list ...string) string { return list[r.IntN(len(list))] }
	return facts{
		role: auth.Role(of("gp", "receptionist")), organisation: of("", "YZ901", "YZ902", "YZ903"), careSetting: of("", "gp", "acute"), purpose: auth.Purpose(of("", "TREAT", "ETREAT")),
		relationships: kinds(r.IntN(128) & r.IntN(128)), broken: r.IntN(2) == 0, objection: objected(r.IntN(3)), restricted: r.IntN(2) == 0,
		source: of("", "a", "b", "c"), sourceOrganisation: of("", "YZ901", "YZ902"), launch: r.IntN(2) == 0, view: viewed(r.IntN(3)),
		scopes: of("", "", "record:allergies", "record:allergies record:problems"), minute: int16(r.IntN(1441) - 1), weekday: int8(r.IntN(8) - 1), //nolint:gosec // below 1440 and 7
	}
}

// plainly asks Ladon for every label and every field, over all policies.
func plainly(e *Edition, q question) *verdict {
	c := e.classes[q.class]
	v := &verdict{class: c}
	for l := range labels {
		ask := func(resource string) (allowed, conceals bool) {
			denied := false
			for _, s := range q.subjects() {
				r := &ladon.Request{Resource: resource, Action: string(q.action), Subject: s, Context: q.context(l)}
				switch err := e.warden.IsAllowed(context.Background(), r); {
				case err == nil:
					allowed = true
				case isForceful(err):
					denied = true
					conceals = conceals || slices.ContainsFunc(e.index.all, func(p ladon.Policy) bool {
						return hushes(p) && slices.Contains(p.GetSubjects(), s) && applies(context.Background(), p, r)
					})
				}
			}
			return allowed && !denied, conceals
		}
		r := &v.by[l]
		if r.allowed, r.conceals = ask(c.name); !r.allowed {
			continue
		}
		for i, f := range c.fields {
			allowed, conceals := ask(c.name + ":" + f)
			switch {
			case allowed:
				r.fields |= 1 << i
			case conceals:
				r.hushed |= 1 << i
			}
		}
	}
	return v
}

// TestHearing: what is put before Ladon once decides what Ladon decides when it is asked
// for every label and every field over all policies.
func TestHearing(t *testing.T) {
	t.Parallel()
	sets, questions := 300, 60
	if testing.Short() {
		sets = 50
	}
	r := chance{rand.New(rand.NewPCG(7, 7))}
	shown, differ := 0, 0
	for n := range sets {
		var policies []Policy
		for i := range 2 + r.IntN(20) {
			policies = append(policies, r.policy(i))
		}
		set, err := NewSet("v", policies)
		if err != nil {
			t.Fatal(err)
		}
		e, err := NewEdition(set, chanceSchema, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for range questions {
			class := sortedKeys(chanceSchema)[r.IntN(len(chanceSchema))]
			q := question{r.facts(), []Action{Read, List}[r.IntN(2)], class}
			got, want := e.decide(q), plainly(e, q)
			if got.by != want.by {
				t.Fatalf("set %d, %+v:\n got %+v\nwant %+v", n, q, got.by, want.by)
			}
			if want.by[0].allowed != e.allows(q) {
				t.Fatalf("set %d, %+v: allows is %v", n, q, e.allows(q))
			}
			for l := range labels {
				if want.by[l].allowed {
					shown++
				}
				if want.by[l] != want.by[0] {
					differ++
				}
			}
		}
	}
	if shown < sets*questions/10 || differ < sets*questions/10 {
		t.Errorf("the questions are too easy: %d shown, %d differ by label", shown, differ)
	}
	t.Logf("%d decisions, %d shown, %d differ by label", sets*questions*labelCount, shown, differ)
}
