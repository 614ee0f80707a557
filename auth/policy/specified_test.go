package policy_test

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
)

// mutant is the built-in set with one thing changed.
type mutant struct {
	what     string
	policies []policy.Policy
	roles    []string // whom it is about; "any" is everybody
}

// concerns reports whether the scenario is about one of the roles; all others are decided
// as before.
func (m mutant) concerns(s policy.Scenario) bool {
	return strings.Contains(s.Given, "anybody") || slices.ContainsFunc(m.roles, func(r string) bool { return r == "any" || strings.Contains(s.Given, r) })
}

// mutants change every word of the built-in policies that decides: each is left out,
// and each role, purpose and label is added where it is not.
func mutants(set *policy.Set) []mutant {
	var all []mutant
	for i := range set.Policies {
		with := func(what string, change func(p *policy.Policy)) {
			p := set.Policies[i]
			p.Roles, p.Actions, p.Resources = slices.Clone(p.Roles), slices.Clone(p.Actions), slices.Clone(p.Resources)
			when := map[string]policy.Values{}
			for k, v := range p.When {
				when[k] = policy.Values{In: slices.Clone(v.In), Not: slices.Clone(v.Not)}
			}
			p.When = when
			change(&p)
			list := slices.Clone(set.Policies)
			list[i] = p
			all = append(all, mutant{p.ID + ": " + what, list, slices.Concat(set.Policies[i].Roles, p.Roles)})
		}
		p := &set.Policies[i]
		all = append(all, mutant{p.ID + ": removed", slices.Delete(slices.Clone(set.Policies), i, i+1), p.Roles})
		without := func(what string, list func(p *policy.Policy) *[]string) {
			for j, word := range *list(p) {
				if word == "export" || word == "share" && strings.HasPrefix(p.Resources[0], "record:") {
					continue // nothing allows them yet, so that nothing can tell
				}
				if len(*list(p)) > 1 {
					with(what+" without "+word, func(p *policy.Policy) { *list(p) = slices.Delete(*list(p), j, j+1) })
				}
			}
		}
		without("roles", func(p *policy.Policy) *[]string { return &p.Roles })
		without("actions", func(p *policy.Policy) *[]string { return &p.Actions })
		without("resources", func(p *policy.Policy) *[]string { return &p.Resources })
		for _, r := range auth.Roles() {
			if !slices.Contains(p.Roles, string(r)) && p.Roles[0] != "any" {
				with("also for "+string(r), func(p *policy.Policy) { p.Roles = append(p.Roles, string(r)) })
			}
		}
		for key, v := range p.When {
			with("whatever the "+key, func(p *policy.Policy) { delete(p.When, key) })
			for j, word := range v.In {
				if len(v.In) > 1 {
					with(key+" without "+word, func(p *policy.Policy) { p.When[key] = policy.Values{In: slices.Delete(p.When[key].In, j, j+1)} })
				}
			}
			more := map[string][]string{"purpose": {"TREAT", "ETREAT", "CAREMGT", "HRESCH", "HOPERAT", "PATRQT", "none"}, "label": policy.Labels(), "objection": {"none", "overridable", "absolute"}}
			for _, word := range more[key] {
				if !slices.Contains(v.In, word) {
					with(key+" also "+word, func(p *policy.Policy) { p.When[key] = policy.Values{In: append(p.When[key].In, word)} })
				}
			}
		}
		if p.Effect == policy.Deny {
			with("the other mode", func(p *policy.Policy) {
				p.Mode = map[string]string{policy.Conceal: "", policy.Disclose: policy.Conceal, "": policy.Conceal}[p.Mode]
			})
		}
	}
	return all
}

// everyWord makes the test try every word and not only every policy; it takes minutes.
const everyWord = "PATCHWORK_TEST_POLICY_WORDS"

// TestEveryPolicyIsSpecified: no built-in policy, and with everyWord no word of one, can
// be changed without a scenario that notices, unless nothing is decided differently.
func TestEveryPolicyIsSpecified(t *testing.T) {
	t.Parallel()
	scenarios, schema := suite(t), classes(t)
	built, err := policy.NewEdition(builtIn(t), schema, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	unnoticed := func(m mutant) (string, error) {
		set, err := policy.NewSet("mutant", m.policies)
		if err != nil {
			return "", err
		}
		e, err := policy.NewEdition(set, schema, time.Now)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(scenarios, func(s policy.Scenario) bool { return m.concerns(s) && len(e.Run([]policy.Scenario{s})) > 0 }) {
			return "", nil
		}
		return strings.Join(policy.Diff(built, e).Sentences(), "\n"), nil
	}
	work := make(chan mutant)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for m := range work {
				if difference, err := unnoticed(m); err != nil || difference != "" {
					t.Errorf("no scenario notices %s: %v\n%s", m.what, err, difference)
				}
			}
		})
	}
	n := 0
	for _, m := range mutants(builtIn(t)) {
		if os.Getenv(everyWord) != "" || strings.HasSuffix(m.what, ": removed") {
			n++
			work <- m
		}
	}
	close(work)
	workers.Wait()
	t.Logf("%d changes of the built-in policies", n)
}
