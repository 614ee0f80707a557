package main

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/world"
)

// threeViews is a set under which three users see three different things of the same
// people.
const threeViews = `policies:
  - {id: administrators, description: They keep the policies., effect: allow, roles: [administrator], actions: [administer], resources: ["policy:administer"]}
  - {id: open, description: All open people., effect: allow, roles: [gp, pharmacist, receptionist], actions: [read, list, search], resources: ["patient:read", "patient:list", "patient:search", "patient:break-glass"]}
  - {id: gp, description: GPs read all., effect: allow, roles: [gp], actions: [read, search], resources: ["record:*"]}
  - {id: gp-sensitive, description: And what is labelled when they broke the glass., effect: allow, roles: [gp], actions: [read], resources: ["record:*"], when: {label: [restricted, very-restricted, sensitive, safeguarding], breakGlass: ["yes"]}}
  - {id: pharmacist, description: What supply needs., effect: allow, roles: [pharmacist], actions: [read], resources: ["record:allergies", "record:medications", "record:demographics"]}
  - {id: pharmacist-not, description: No words., effect: deny, mode: conceal, roles: [pharmacist], actions: [read], resources: ["record:medications:note", "record:allergies:reactions"]}
  - {id: receptionist, description: Who and when., effect: allow, roles: [receptionist], actions: [read, search], resources: ["record:demographics", "record:appointments"]}
  - {id: receptionist-not, description: Not why., effect: deny, roles: [receptionist], actions: [read], resources: ["record:appointments:reason", "record:appointments:note"]}
`

// TestClientsShareNothing: 64 clients of three users who may see different things ask
// about the same people at once. What one may see never reaches another; a change of
// the policies and the end of a broken glass hold within a second, also on a second
// server (assurance.md §1: no cache, loader or coalescing crosses users).
func TestClientsShareNothing(t *testing.T) {
	t.Parallel()
	r := openFuzz(t, world.Options{Seed: 64, People: 3})
	d, err := naive.Read([]byte(threeViews))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.use(d); err != nil {
		t.Fatal(err)
	}
	callers := []*fuzzCaller{r.plain("gp"), r.plain("pharmacist"), r.plain("receptionist")}
	for i := range r.ids {
		if _, err := r.relations.Break(noContext(), callers[0].session, r.ids[i], "emergency-treatment", "cannot be asked and is not well"); err != nil {
			t.Fatal(err)
		}
		callers[0].about[i].Broken = true
	}
	var asked [3][]*operations.Operation
	rng := rand.New(rand.NewPCG(64, 64))
	for u := range asked {
		for range 12 {
			o, err := operations.Try(r.schema, rng, r.facts(rng), []string{"patient", "patientsByNHSNumber", "patientByNHSNumber", "searchPatients"}[rng.IntN(4)])
			if err != nil {
				t.Fatal(err)
			}
			asked[u] = append(asked[u], o)
		}
	}
	var sum tally
	var all sync.WaitGroup
	for client := range 64 {
		all.Go(func() {
			u := client % 3
			j := r.judge(d, callers[u])
			for n := range 8 {
				o := asked[u][(client+n)%len(asked[u])]
				resp, err := r.run(callers[u].session, o.Text, o.Variables)
				if err != nil {
					t.Error(err)
					return
				}
				for _, p := range r.data(&sum, j, o, resp.Data, r.inputs(o)) {
					t.Errorf("client %d, %s: %s: %s", client, callers[u].naive.Role, p.kind, p.text)
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d canaries in answers judged, %d allowed ones looked for", sum.found.Load(), sum.asked.Load())
	if sum.found.Load() == 0 {
		t.Error("no canary was seen at all")
	}
}

// plain is a user of a role without anything that stands between.
func (r *fuzzRegion) plain(role string) *fuzzCaller {
	c := &fuzzCaller{about: make([]naive.About, len(r.ids)), naive: naive.Caller{Role: role, Organisation: "YZ900", Purpose: "TREAT"}}
	for i, p := range r.world.People {
		c.about[i].Restricted = p.Restricted
	}
	c.session = &auth.Session{Issuer: "fuzz", Subject: "plain-" + role, Name: "Made Up", Role: auth.Role(role), Purpose: auth.PurposeTreatment, Confirmed: time.Now()}
	c.session.Organisation.ODS = "YZ900"
	return c
}

// TestEndsWithinASecond: what a change of the policies takes away, and what a broken
// glass showed, is gone everywhere within a second, while many go on reading.
func TestEndsWithinASecond(t *testing.T) {
	t.Parallel()
	r := openFuzz(t, world.Options{Seed: 65, People: 2})
	second := r.another(t)
	gp, admin := r.plain("gp"), r.plain("administrator")
	whole := `query($id: ID!) { patient(id: $id) { allergies { entries { code { text } note } } problems { entries { code { text } note } } } }`
	ask := func(s *server) string {
		resp, err := runOn(s.executor, gp.session, whole, map[string]any{"id": r.ids[0]})
		if err != nil {
			return err.Error()
		}
		return resp.Errors.Error() + string(resp.Data)
	}
	gone := func(name string, s *server, since time.Time) {
		t.Helper()
		for asked := time.Now(); strings.Contains(ask(s), "k7q"); asked = time.Now() {
			if took := asked.Sub(since); took > time.Second {
				t.Fatalf("the %s server still shows it when asked after %v", name, took)
			}
		}
	}
	var stop atomic.Bool
	var all sync.WaitGroup
	for range 4 { // others go on reading, so that whatever is remembered is warm
		all.Go(func() {
			for !stop.Load() {
				_, _ = ask(r.server), ask(second)
			}
		})
	}
	defer all.Wait()
	defer stop.Store(true)

	put := func(id, rule string, version int) {
		t.Helper()
		resp, err := r.run(admin.session, `mutation($p: PolicyInput!, $v: Int!) { putPolicy(policy: $p, version: $v, reason: "a test of the second") { version } }`,
			map[string]any{"v": version, "p": json.RawMessage(rule)})
		if err != nil || len(resp.Errors) > 0 {
			t.Fatalf("%s: %v %v", id, err, resp)
		}
	}
	r.backToStored(t)
	for _, s := range []*server{r.server, second} {
		if answer := ask(s); !strings.Contains(answer, "k7q") {
			t.Fatalf("nothing is shown to begin with: %s", answer)
		}
	}
	changed := time.Now()
	put("no-words", `{"id": "no-words", "description": "No words.", "effect": "deny", "roles": ["gp"], "actions": ["read"], "resources": ["record:allergies", "record:problems"],
		"when": [{"key": "breakGlass", "in": ["no"]}]}`, 1)
	for name, s := range map[string]*server{"first": r.server, "second": second} {
		gone(name, s, changed)
	}
	t.Logf("a change of the policies holds everywhere after %v", time.Since(changed))

	mutation := func(text string) {
		t.Helper()
		resp, err := r.run(gp.session, text, map[string]any{"id": r.ids[0]})
		if err != nil || len(resp.Errors) > 0 {
			t.Fatalf("%v %v", err, resp)
		}
	}
	mutation(`mutation($id: ID!) { breakGlass(patient: $id, reason: "emergency-treatment", explanation: "cannot be asked and is not well") { mayBreakGlass } }`)
	for name, s := range map[string]*server{"first": r.server, "second": second} {
		if !strings.Contains(ask(s), "k7q") {
			t.Errorf("the broken glass shows nothing on the %s server", name)
		}
	}
	ended := time.Now()
	mutation(`mutation($id: ID!) { endBreakGlass(patient: $id) { mayBreakGlass } }`)
	for name, s := range map[string]*server{"first": r.server, "second": second} {
		gone(name, s, ended)
	}
	t.Logf("the end of a broken glass holds everywhere after %v", time.Since(ended))
}

// backToStored lets the stored policies decide again, after the test set others.
func (r *fuzzRegion) backToStored(t *testing.T) {
	t.Helper()
	_, set, err := r.server.policies.At(noContext(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.swap(set); err != nil {
		t.Fatal(err)
	}
}
