package policies

import (
	"fmt"
	"math/rand/v2"

	"github.com/patchworkcare/patchwork/fuzz/naive"
)

// Random makes a set: who may open people, a base of what is shown, and some policies
// that give and take around it. One policy keeps the administrators in, without which
// no set is taken.
func Random(rng *rand.Rand, v Vocabulary) *naive.Document {
	g := &maker{rng, v, 0}
	d := &naive.Document{Policies: []naive.Policy{{
		ID: "administrators", Description: "Somebody must be able to change this.", Effect: "allow",
		Roles: []string{"administrator"}, Actions: []string{"administer"}, Resources: []string{"policy:administer"},
	}}}
	d.Policies = append(d.Policies, g.openers()...)
	d.Policies = append(d.Policies, g.base()...)
	for range rng.IntN(7) {
		d.Policies = append(d.Policies, g.any())
	}
	return d
}

// Everything is the set that shows everything to everybody.
func Everything() *naive.Document {
	everything := naive.Policy{
		ID: "everything", Description: "Everything.", Effect: "allow", Roles: []string{"any"},
		Actions:   []string{"read", "search", "list", "audit", "administer"},
		Resources: append([]string{"record:*", "ledger:audit", "policy:administer", "signin:administer", "sources:administer", "checks:administer", "linking:administer"}, patients...),
		When:      map[string]naive.Condition{"label": {In: labels}, "objection": {In: objections}},
	}
	return &naive.Document{Policies: []naive.Policy{everything}}
}

var patients = []string{"patient:read", "patient:list", "patient:search", "patient:claim", "patient:break-glass", "patient:object", "lists:use"}

type maker struct {
	*rand.Rand
	v Vocabulary
	n int
}

func (g *maker) chance(p float64) bool { return g.Float64() < p }

func (g *maker) of(list []string) string { return list[g.IntN(len(list))] }

func (g *maker) some(list []string, most int) []string {
	n := 1 + g.IntN(most)
	var chosen []string
	seen := map[string]bool{}
	for range n {
		if s := g.of(list); !seen[s] {
			seen[s] = true
			chosen = append(chosen, s)
		}
	}
	return chosen
}

func (g *maker) id(word string) string {
	g.n++
	return fmt.Sprintf("%s-%d", word, g.n)
}

// openers let people be opened, mostly without more.
func (g *maker) openers() []naive.Policy {
	p := naive.Policy{
		ID: g.id("open"), Description: "Opens people.", Effect: "allow", Roles: g.roles(),
		Actions: []string{"read", "search", "list"}, Resources: patients,
	}
	if g.chance(0.8) {
		p.When = map[string]naive.Condition{"objection": {In: objections}}
	}
	if g.chance(0.15) {
		g.condition(&p, "relationship")
	}
	if g.chance(0.08) {
		p.Actions = g.some(p.Actions, 2)
	}
	if g.chance(0.1) {
		p.Resources = g.some(patients, 5)
	}
	list := []naive.Policy{p}
	if g.chance(0.2) {
		audit := p
		audit.ID, audit.Actions, audit.Resources = g.id("audit"), []string{"audit"}, []string{"ledger:audit"}
		list = append(list, audit)
	}
	return list
}

// base shows much of the record, in one of some ways.
func (g *maker) base() []naive.Policy {
	p := naive.Policy{
		ID: g.id("base"), Description: "Shows the record.", Effect: "allow", Roles: g.roles(),
		Actions: []string{"read", "list", "search"}, Resources: []string{"record:*"},
	}
	switch g.IntN(6) {
	case 0: // ordinary entries only
	case 1:
		p.Resources = nil
		for _, class := range g.some(g.v.Names, 12) {
			p.Resources = append(p.Resources, class+g.of([]string{"", ":*"}))
		}
		p.Resources = append(p.Resources, "record:demographics")
	case 2:
		p.When = map[string]naive.Condition{"label": {In: g.some(labels, 4)}}
	default:
		p.When = map[string]naive.Condition{"label": {In: labels}, "objection": {In: objections}}
	}
	if g.chance(0.1) {
		p.Actions = g.some(p.Actions, 2)
	}
	return []naive.Policy{p}
}

func (g *maker) roles() []string {
	switch {
	case g.chance(0.5):
		return []string{"any"}
	case g.chance(0.93):
		return append([]string{g.v.Caller.Role}, g.some(roles, 2)...)
	}
	return g.some(roles, 4)
}

// any is a policy of any kind, more often a deny.
func (g *maker) any() naive.Policy {
	p := naive.Policy{ID: g.id("rule"), Description: "Made up.", Effect: "deny", Roles: g.roles(), Actions: g.some([]string{"read", "list", "search", "read"}, 3)}
	if g.chance(0.5) {
		p.Actions = []string{"read", "list", "search"}
	}
	if g.chance(0.35) {
		p.Effect = "allow"
	} else if g.chance(0.5) {
		p.Mode = g.of([]string{"conceal", "conceal", "disclose"})
	}
	if g.chance(0.15) {
		p.Organisations = g.some([]string{g.organisation(), "YZ999"}, 2)
	}
	p.Resources = g.resources()
	keys := []string{"role", "organisation", "careSetting", "purpose", "relationship", "relationship", "breakGlass", "objection", "restrictedPerson",
		"source", "source", "sourceOrganisation", "sourceOrganisation", "label", "label", "label", "launch", "view", "scope", "time", "weekday"}
	for range g.IntN(4) {
		g.condition(&p, g.of(keys))
	}
	return p
}

func (g *maker) organisation() string {
	if g.v.Caller.Organisation == "" {
		return "YA101"
	}
	return g.v.Caller.Organisation
}

// resources are classes, fields, all under a class, all sections, or opening people.
func (g *maker) resources() []string {
	if g.chance(0.08) {
		return g.some(patients, 2)
	}
	if g.chance(0.12) {
		return []string{"record:*"}
	}
	var list []string
	for range 1 + g.IntN(5) {
		class := g.of(g.v.Names)
		if g.chance(0.15) {
			class = "record:demographics"
		}
		switch {
		case g.chance(0.12): // what readers can filter by
			list = append(list, g.of([]string{"record:results:code", "record:results:measurements", "record:observations:code", "record:observations:components"}))
		case g.chance(0.3):
			list = append(list, class)
		case g.chance(0.15):
			list = append(list, class+":*")
		default:
			for range 1 + g.IntN(4) {
				field := g.of(g.v.Classes[class])
				if class == "record:demographics" && g.chance(0.6) { // those that searches and the index go by
					list = append(list, class+":"+g.of([]string{"nhsNumber", "birthDate", "name", "postcode", "addresses", "gender", "localId"}))
					continue
				}
				if g.chance(0.3) { // those that every entry has tell most about it
					field = g.of([]string{"code", "code", "date", "recorded", "labels", "provenance", "author", "id", "note"})
				}
				list = append(list, class+":"+field)
			}
		}
	}
	return list
}

// Hiding makes a set that shows most and hides some of it, so that there is something
// which must not be noticed.
func Hiding(rng *rand.Rand, v Vocabulary) *naive.Document {
	g := &maker{rng, v, 0}
	d := &naive.Document{Policies: Random(rng, v).Policies[:1]}
	open := g.openers()[0]
	open.Roles, open.Actions, open.Resources = []string{"any"}, []string{"read", "search", "list"}, patients
	d.Policies = append(d.Policies, open)
	d.Policies = append(d.Policies, g.base()...)
	for range 2 + rng.IntN(6) {
		p := g.any()
		if g.chance(0.7) {
			p.Effect, p.Mode = "deny", g.of([]string{"conceal", "conceal", "disclose"})
			p.Roles, p.Organisations, p.Actions = []string{"any"}, nil, []string{"read", "list", "search"}
		}
		d.Policies = append(d.Policies, p)
	}
	return d
}
